package org.dailypapers.outbox;

import static org.dailypapers.storage.DatabaseTime.utc;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import org.dailypapers.storage.Sql;

/** Queues a message once more that the relay had taken, for a reader who says that it never came. */
@ApplicationScoped
public class Repeats {

    private final Sql sql;
    private final Clock clock;

    Repeats(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * Queues the accepted message of that row again, in the transaction at hand; its tries so far stay in the ledger.
     * False where no accepted one is there.
     */
    public boolean queue(String kind, long reference, Instant expiresAt) {
        sql.joined("The tries of a message could not be kept", """
                insert into attempt (message_id, number, tried_at, stage, reply, status, outcome)
                select m.id, m.attempts, m.last_try_at, m.last_stage, m.last_reply, m.last_status, m.state
                from message m
                where m.kind = ? and m.reference = ? and m.state = 'ACCEPTED' and m.attempts > 0 and not exists (
                    select 1 from attempt kept where kept.message_id = m.id and kept.number = m.attempts)""", insert -> {
            insert.setString(1, kind);
            insert.setLong(2, reference);
            return insert.executeUpdate();
        });
        // One copy is known to have left: so what comes back of it finds its letter, and however the other one ends,
        // the
        // letter counts as sent.
        return sql.joined("A message could not be queued again", """
                update message
                set state = 'QUEUED', priority = ?, not_before = ?, expires_at = ?, ended_at = null,
                    leased_till = null, lease = 0, unknowns = 1, composed_at = null, attempts_before = attempts
                where kind = ? and reference = ? and state = 'ACCEPTED'""", update -> {
            update.setInt(1, Priority.TRANSACTIONAL.rank());
            update.setObject(2, utc(clock.instant()));
            update.setObject(3, utc(expiresAt));
            update.setString(4, kind);
            update.setLong(5, reference);
            return update.executeUpdate() == 1;
        });
    }
}
