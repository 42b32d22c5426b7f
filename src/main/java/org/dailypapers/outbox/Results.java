package org.dailypapers.outbox;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.dailypapers.storage.Sql;
import org.jboss.logging.Logger;

/** Records what became of messages, and tells of those that ended. */
final class Results {

    private static final Logger LOG = Logger.getLogger(Results.class);

    private final Sql sql;
    private final Consumer<DeliveryEnded> ended;

    Results(Sql sql, Consumer<DeliveryEnded> ended) {
        this.sql = sql;
        this.ended = ended;
    }

    /** Records results in one transaction, and tells of those that are ends; for each whether the lease was still ours. */
    List<Boolean> record(List<AttemptResult> all) {
        return all.stream().allMatch(tried -> tried.attempt().outcome() == AttemptOutcome.ACCEPTED)
                ? accepted(all)
                : record(all, true);
    }

    /** Records an end that nobody is told of; whether the lease was still ours. */
    boolean recordUntold(AttemptResult tried) {
        return record(List.of(tried), false).getFirst();
    }

    /** One statement, its own transaction, for most results; told afterwards, for the letter has left whoever objects. */
    private List<Boolean> accepted(List<AttemptResult> all) {
        Optional<Set<Long>> some = QuarkusTransaction.suspendingExisting()
                .call(() -> sql.joined("A delivery could not be recorded", connection -> {
                    int written = OutboxTable.accept(connection, all);
                    return written < all.size() ? Optional.of(OutboxTable.accepted(connection, all)) : Optional.empty();
                }));
        List<Boolean> ours = all.stream()
                .map(result ->
                        some.isEmpty() || some.get().contains(result.message().id()))
                .toList();
        for (int i = 0; i < all.size(); i++) {
            if (ours.get(i)) {
                tellAccepted(all.get(i));
            }
        }
        return ours;
    }

    private void tellAccepted(AttemptResult result) {
        try {
            tell(result);
        } catch (RuntimeException e) {
            LOG.errorf(
                    e, "The end of message %d cannot be told", result.message().id());
        }
    }

    private void tell(AttemptResult result) {
        OutboundMessage message = result.message();
        ended.accept(new DeliveryEnded(
                message.kind(), message.reference(), result.attempt().outcome().state()));
    }

    /** @param tell whether those who observe ends hear of them */
    private List<Boolean> record(List<AttemptResult> all, boolean tell) {
        return sql.inTransaction("A delivery could not be recorded", connection -> {
            int written = OutboxTable.write(connection, all);
            if (written < all.size()) {
                if (all.size() == 1) {
                    return List.of(false);
                }
                throw new LeaseLost();
            }
            List<AttemptResult> goOn =
                    all.stream().filter(result -> !result.ends()).toList();
            if (!goOn.isEmpty()) {
                OutboxTable.log(connection, goOn);
            }
            if (tell) {
                all.stream().filter(AttemptResult::ends).forEach(this::tell);
            }
            return Collections.nCopies(all.size(), true);
        });
    }

    /** One of a group has lost its lease: each is recorded alone then, which tells whose. */
    private static final class LeaseLost extends RuntimeException {

        private static final long serialVersionUID = 1;

        LeaseLost() {
            super("a lease was lost", null, false, false);
        }
    }
}
