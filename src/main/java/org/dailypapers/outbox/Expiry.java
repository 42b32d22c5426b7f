package org.dailypapers.outbox;

import static org.dailypapers.storage.DatabaseTime.utc;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.dailypapers.storage.DatabaseFailure;
import org.dailypapers.storage.Sql;
import org.jboss.logging.Logger;

/** Ends messages that are no longer worth delivering. */
final class Expiry {

    private static final Logger LOG = Logger.getLogger(Expiry.class);
    private static final int EXPIRED_AT_ONCE = 100;
    private static final String OVERDUE = "not delivered in time";

    private final Sql sql;
    private final Clock clock;
    private final Consumer<DeliveryEnded> ended;

    Expiry(Sql sql, Clock clock, Consumer<DeliveryEnded> ended) {
        this.sql = sql;
        this.clock = clock;
        this.ended = ended;
    }

    /** Expires what was not delivered in time and is not just being tried, newest first; how many. */
    int expireOverdue() {
        int expired = 0;
        long below = Long.MAX_VALUE;
        var some = new ArrayList<OutboxTable.Overdue>();
        do {
            some.clear();
            expired += expire(below, some);
            below = some.isEmpty() ? below : some.getLast().id();
        } while (some.size() == EXPIRED_AT_ONCE);
        return expired;
    }

    /**
     * Expires some in one transaction; where that fails each has one of its own, so that one harms no other.
     *
     * @param some is told which
     */
    private int expire(long below, List<OutboxTable.Overdue> some) {
        try {
            return sql.inTransaction("Overdue messages could not be expired", connection -> {
                some.addAll(OutboxTable.overdue(connection, clock.instant(), below, EXPIRED_AT_ONCE));
                if (!some.isEmpty()) {
                    OutboxTable.expire(connection, some, clock.instant(), OVERDUE);
                }
                some.forEach(m -> ended.accept(new DeliveryEnded(m.kind(), m.reference(), m.end())));
                return some.size();
            });
        } catch (RuntimeException e) {
            if (some.isEmpty() || DatabaseFailure.isBehind(e)) {
                throw e;
            }
            LOG.debug("Overdue messages could not be expired together; taking them one by one", e);
        }
        return (int) some.stream().filter(this::expireAlone).count();
    }

    private boolean expireAlone(OutboxTable.Overdue message) {
        try {
            return QuarkusTransaction.requiringNew().call(() -> expire(message.kind(), message.reference(), OVERDUE));
        } catch (RuntimeException e) {
            DatabaseFailure.throwIfBehind(e);
            LOG.warnf("%s %d could not be expired now: %s", message.kind(), message.reference(), e.getMessage());
            return false;
        }
    }

    /**
     * Expires a queued message that nobody has leased, in the transaction at hand; whether that was so. One whose last
     * try ended between the final dot and its reply counts as sent.
     */
    boolean expire(String kind, long reference, String reason) {
        Optional<MessageState> end = sql.joined("A message could not be expired", """
                        select unknowns
                        from message
                        where kind = ? and reference = ? and state = 'QUEUED' and (leased_till is null
                            or leased_till < current_timestamp)
                        for update""", select -> {
            select.setString(1, kind);
            select.setLong(2, reference);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                return Optional.of(row.getInt(1) > 0 ? MessageState.ACCEPTED : MessageState.EXPIRED);
            }
        });
        if (end.isEmpty()) {
            return false;
        }
        sql.joined("A message could not be expired", """
                        update message
                        set state = ?, ended_at = ?, last_reply = coalesce(last_reply, ?)
                        where kind = ? and reference = ? and state = 'QUEUED'""", update -> {
            update.setString(1, end.get().name());
            update.setObject(2, utc(clock.instant()));
            update.setString(3, reason);
            update.setString(4, kind);
            update.setLong(5, reference);
            return update.executeUpdate();
        });
        ended.accept(new DeliveryEnded(kind, reference, end.get()));
        return true;
    }
}
