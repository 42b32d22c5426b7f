package org.dailypapers.reputation;

import static org.dailypapers.storage.DatabaseTime.utc;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.dailypapers.smtp.ReplyMeaning;
import org.dailypapers.storage.Sql;

/** What relays said against addresses, kept as keyed hashes like the suppression list, and for as long as it counts. */
@ApplicationScoped
public class RefusalHistory {

    /** Five weekly letters in a row fit into it. */
    private static final Duration KEPT = Duration.ofDays(90);

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
        change(
                "insert into refusal (address_hash, message, meaning, at) values (?, ?, ?, ?) on conflict do nothing",
                insert -> {
                    insert.setString(1, suppressions.hash(address));
                    insert.setLong(2, message);
                    insert.setString(3, meaning.name());
                    insert.setObject(4, utc(clock.instant()));
                });
    }

    /** How many messages to the address were refused with that meaning since then. */
    int count(String address, ReplyMeaning meaning, Instant since) {
        String hash = suppressions.hash(address);
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

    /** Forgets what was said against an address that has taken a letter. */
    void forgive(String address) {
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
        return sql.inTransaction("A refusal could not be recorded", statement, change -> {
            parameters.set(change);
            return change.executeUpdate();
        });
    }
}
