package org.dailypapers.digest;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.dailypapers.outbox.MessageState;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.reputation.Bounces;
import org.dailypapers.storage.Sql;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.SubscriberRows;
import org.jspecify.annotations.Nullable;

/** What became of the digests of an edition; read a page at a time, so that a million of them fit. */
@ApplicationScoped
public class DigestLedger {

    private static final int PAGE = 1_000;
    private static final String FAILURE = "The ledger could not be read";

    private final Sql sql;
    private final Outbox outbox;
    private final Bounces bounces;

    DigestLedger(Sql sql, Outbox outbox, Bounces bounces) {
        this.sql = sql;
        this.outbox = outbox;
        this.bounces = bounces;
    }

    /**
     * One digest and its message.
     *
     * @param digest its id
     * @param lastReply where there was one
     * @param state none where the message ended so long ago that it is forgotten
     * @param returned what came back of it since
     */
    public record LedgerEntry(
            String address,
            long digest,
            int attempts,
            @Nullable String lastReply,
            @Nullable MessageState state,
            Bounces.@Nullable Returned returned) {

        /** Whether it was refused, expired or came back. */
        public boolean failed() {
            return state == MessageState.REJECTED || state == MessageState.EXPIRED || returned != null;
        }
    }

    /**
     * Tells of every digest that covers the edition, also of those whose range was given back: by their last edition,
     * then in the order of their composing.
     *
     * @param pages is given some lines at a time
     * @return how many there are
     */
    public long read(LocalDate edition, Consumer<List<LedgerEntry>> pages) {
        long count = 0;
        Optional<LocalDate> to = next(edition);
        while (to.isPresent()) {
            long after = Long.MIN_VALUE;
            List<LedgerEntry> page = page(edition, to.get(), after);
            while (!page.isEmpty()) {
                pages.accept(page);
                count += page.size();
                after = page.getLast().digest();
                page = page(edition, to.get(), after);
            }
            to = next(to.get().plusDays(1));
        }
        return count;
    }

    private Optional<LocalDate> next(LocalDate from) {
        return sql.inTransaction(FAILURE, connection -> Digests.lastEdition(connection, from));
    }

    private List<LedgerEntry> page(LocalDate edition, LocalDate to, long after) {
        return sql.inTransaction(FAILURE, connection -> {
            List<Digests.Owned> digests = Digests.page(connection, edition, to, after, PAGE);
            Map<Long, Subscriber> subscribers = SubscriberRows.read(
                    connection,
                    digests.stream().map(Digests.Owned::subscriberId).distinct().toList());
            Map<Long, Outbox.MessageStatus> standings = outbox.statuses(
                    Digest.MESSAGE_KIND, digests.stream().map(Digests.Owned::id).toList());
            Map<Long, Bounces.Returned> returned = bounces.of(
                    standings.values().stream().map(Outbox.MessageStatus::id).toList());
            var lines = new ArrayList<LedgerEntry>();
            for (Digests.Owned digest : digests) {
                Outbox.MessageStatus standing = standings.get(digest.id());
                lines.add(new LedgerEntry(
                        Objects.requireNonNull(subscribers.get(digest.subscriberId())).email,
                        digest.id(),
                        standing == null ? 0 : standing.attempts(),
                        standing == null ? null : standing.lastReply(),
                        standing == null ? null : standing.state(),
                        standing == null ? null : returned.get(standing.id())));
            }
            return lines;
        });
    }
}
