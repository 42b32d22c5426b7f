package org.dailypapers.reputation;

import static org.dailypapers.storage.DatabaseTime.instant;
import static org.dailypapers.storage.DatabaseTime.utc;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.dailypapers.smtp.ReplyMeaning;
import org.dailypapers.storage.Sql;

/** What relays said against addresses, kept as keyed hashes like the suppression list, and for as long as it counts. */
@ApplicationScoped
public class RefusalHistory {

    /** Five weekly letters in a row fit into it. */
    private static final Duration KEPT = Duration.ofDays(90);

    /** So long mail servers try before they send a letter back; then one that did not come back has arrived. */
    private static final Duration COMES_BACK_WITHIN = Duration.ofDays(5);

    /** Stands as the meaning of a letter that was accepted by the relay while something was held against its address. */
    private static final String ACCEPTED = "ACCEPTED";

    private final Sql sql;
    private final SuppressionList suppressions;
    private final Clock clock;

    RefusalHistory(Sql sql, SuppressionList suppressions, Clock clock) {
        this.sql = sql;
        this.suppressions = suppressions;
        this.clock = clock;
    }

    /** Records that a message was refused; a second time it changes nothing. */
    void add(String address, long message, ReplyMeaning meaning) {
        add(address, message, meaning.name(), false, clock.instant());
    }

    /** Records that a message came back that was accepted at that instant; what came back of it before is replaced. */
    void cameBack(String address, long message, ReplyMeaning meaning, Instant accepted) {
        change("delete from refusal where address_hash = ? and message = ?", delete -> {
            delete.setString(1, suppressions.hash(address));
            delete.setLong(2, message);
        });
        add(address, message, meaning.name(), true, accepted);
    }

    private void add(String address, long message, String meaning, boolean bounced, Instant at) {
        change(
                "insert into refusal (address_hash, message, meaning, bounced, at) values (?, ?, ?, ?, ?)"
                        + " on conflict do nothing",
                insert -> {
                    insert.setString(1, suppressions.hash(address));
                    insert.setLong(2, message);
                    insert.setString(3, meaning);
                    insert.setBoolean(4, bounced);
                    insert.setObject(5, utc(at));
                });
    }

    /** How many messages to the address were refused, or came back, with that meaning since then and since one arrived. */
    int count(String address, ReplyMeaning meaning, Instant from) {
        String hash = suppressions.hash(address);
        Instant since = arrived(hash).filter(from::isBefore).orElse(from);
        return sql.joined(
                "Refusals could not be counted",
                "select count(*) from refusal where address_hash = ? and meaning = ? and at > ?",
                select -> {
                    select.setString(1, hash);
                    select.setString(2, meaning.name());
                    select.setObject(3, utc(since));
                    try (ResultSet row = select.executeQuery()) {
                        row.next();
                        return row.getInt(1);
                    }
                });
    }

    /** When the last letter was accepted that can no longer come back, of those that are remembered. */
    private Optional<Instant> arrived(String hash) {
        return sql.joined(
                "Refusals could not be read",
                "select max(at) from refusal where address_hash = ? and meaning = ? and at < ?",
                select -> {
                    select.setString(1, hash);
                    select.setString(2, ACCEPTED);
                    select.setObject(3, utc(clock.instant().minus(COMES_BACK_WITHIN)));
                    try (ResultSet row = select.executeQuery()) {
                        return row.next() ? Optional.ofNullable(instant(row, 1)) : Optional.empty();
                    }
                });
    }

    /**
     * Forgets what was said against an address that has taken a letter. What came back of earlier letters stays until this
     * one can no longer come back: a relay that passes letters on takes every one.
     */
    void forgive(String address, long message) {
        String hash = suppressions.hash(address);
        change("delete from refusal where address_hash = ? and not bounced and meaning <> ?", delete -> {
            delete.setString(1, hash);
            delete.setString(2, ACCEPTED);
        });
        arrived(hash)
                .ifPresent(last -> change("delete from refusal where address_hash = ? and at <= ?", delete -> {
                    delete.setString(1, hash);
                    delete.setObject(2, utc(last));
                }));
        change("""
                insert into refusal (address_hash, message, meaning, bounced, at)
                select ?, ?, ?, false, ?
                where exists (select 1 from refusal where address_hash = ? and bounced)
                on conflict do nothing""", insert -> {
            insert.setString(1, hash);
            insert.setLong(2, message);
            insert.setString(3, ACCEPTED);
            insert.setObject(4, utc(clock.instant()));
            insert.setString(5, hash);
        });
    }

    /** Forgets all that was said against an address, for the operator knows better. */
    public void forget(String address) {
        change("delete from refusal where address_hash = ?", delete -> delete.setString(1, suppressions.hash(address)));
    }

    /** Forgets refusals that no longer count; how many. */
    public int prune() {
        return change(
                "delete from refusal where at < ?",
                delete -> delete.setObject(1, utc(clock.instant().minus(KEPT))));
    }

    private interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }

    private int change(String statement, Parameters parameters) {
        return sql.joined("A refusal could not be recorded", statement, change -> {
            parameters.set(change);
            return change.executeUpdate();
        });
    }
}
