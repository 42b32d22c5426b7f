package org.dailypapers.reputation;

import static org.dailypapers.storage.DatabaseTime.known;
import static org.dailypapers.storage.DatabaseTime.utc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dailypapers.smtp.EnhancedStatusCode;
import org.dailypapers.storage.DatabaseArray;
import org.dailypapers.storage.Sql;

/** What came back of accepted messages: a row for each report, for as long as the message is kept. Names nobody. */
@ApplicationScoped
public class Bounces {

    /** Of one message and kind: who holds its return address might send reports without end. */
    private static final int MOST = 10;

    private static final int LONGEST_CAUSE = 200;

    private final Sql sql;
    private final SuppressionList suppressions;
    private final Clock clock;
    private final Event<CameBack> cameBack;

    Bounces(Sql sql, SuppressionList suppressions, Clock clock, Event<CameBack> cameBack) {
        this.sql = sql;
        this.suppressions = suppressions;
        this.clock = clock;
        this.cameBack = cameBack;
    }

    /**
     * What came back last.
     *
     * @param kind in one word
     * @param status the code that told most; empty where there was none
     * @param cause in a few words for people
     */
    public record Returned(String kind, Optional<String> status, String cause, Instant at) {}

    /** Holds a run for the transaction at hand: each report of it is judged with all that were recorded before. */
    void hold(String run) {
        sql.joined("A run could not be noted", "insert into run (name) values (?) on conflict do nothing", insert -> {
            insert.setString(1, run);
            return insert.executeUpdate();
        });
        sql.joined("A run could not be held", "select name from run where name = ? for update", select -> {
            select.setString(1, run);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        });
    }

    /** Records a report in the transaction at hand; false where it was recorded before, or its message has enough of them. */
    boolean add(Bounce bounce) {
        boolean added = record(bounce);
        if (added && !bounce.kind().equals(Bounce.UNSIGNED)) {
            cameBack.fire(new CameBack(
                    bounce.message().kind(),
                    bounce.message().reference(),
                    bounce.kind(),
                    bounce.status().map(EnhancedStatusCode::toString)));
        }
        return added;
    }

    private boolean record(Bounce bounce) {
        return sql.joined("A bounce could not be recorded", """
                insert into bounce (message_id, kind, digest, at, status, cause, address_hash, run, suppressed)
                select ?, ?, ?, ?, ?, ?, ?, ?, false
                where (select count(*) from bounce b where b.message_id = ? and b.kind = ?) < ?
                on conflict do nothing""", insert -> {
            insert.setLong(1, bounce.message().id());
            insert.setString(2, bounce.kind());
            insert.setString(3, bounce.digest());
            insert.setObject(4, utc(clock.instant()));
            insert.setString(
                    5, bounce.status().map(EnhancedStatusCode::toString).orElse(null));
            String cause = bounce.cause();
            insert.setString(6, cause.length() > LONGEST_CAUSE ? cause.substring(0, LONGEST_CAUSE) : cause);
            insert.setString(7, suppressions.hash(bounce.address()));
            insert.setString(8, bounce.run().name());
            insert.setLong(9, bounce.message().id());
            insert.setString(10, bounce.kind());
            insert.setInt(11, MOST);
            return insert.executeUpdate() == 1;
        });
    }

    /** How many messages of a run came back so. */
    long count(String run, String kind) {
        return sql.joined(
                "Bounces could not be counted",
                "select count(distinct message_id) from bounce where run = ? and kind = ?",
                select -> {
                    select.setString(1, run);
                    select.setString(2, kind);
                    try (ResultSet row = select.executeQuery()) {
                        row.next();
                        return row.getLong(1);
                    }
                });
    }

    /** Notes that the address was suppressed for that report. */
    void suppressedFor(Bounce bounce) {
        sql.joined(
                "A bounce could not be marked",
                "update bounce set suppressed = true where message_id = ? and kind = ? and digest = ?",
                update -> {
                    update.setLong(1, bounce.message().id());
                    update.setString(2, bounce.kind());
                    update.setString(3, bounce.digest());
                    return update.executeUpdate();
                });
    }

    /** The hashes of whom the reports of a run have suppressed; a second time none. */
    List<String> takeBack(String run) {
        List<String> hashes = sql.joined(
                "Bounces could not be read",
                "select distinct address_hash from bounce where run = ? and kind = 'hard' and suppressed",
                select -> {
                    select.setString(1, run);
                    var all = new ArrayList<String>();
                    try (ResultSet row = select.executeQuery()) {
                        while (row.next()) {
                            all.add(row.getString(1));
                        }
                    }
                    return all;
                });
        if (!hashes.isEmpty()) {
            sql.joined(
                    "Bounces could not be marked",
                    "update bounce set suppressed = false where run = ? and kind = 'hard'",
                    update -> {
                        update.setString(1, run);
                        return update.executeUpdate();
                    });
        }
        return hashes;
    }

    /** What came back last of an address's letters. */
    public Optional<Returned> latest(String address) {
        String hash = suppressions.hash(address);
        return sql.joined("Bounces could not be read", """
                select kind, status, cause, at
                from bounce
                where address_hash = ? and kind <> 'unsigned'
                order by at desc
                limit 1""", select -> {
            select.setString(1, hash);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(returned(row)) : Optional.empty();
            }
        });
    }

    /** What came back last of those messages, by their ids. */
    public Map<Long, Returned> of(Collection<Long> messages) {
        return sql.joined("Bounces could not be read", """
                select b.kind, b.status, b.cause, b.at, b.message_id
                from unnest(cast(? as bigint array)) as n(id)
                join bounce b on b.message_id = n.id
                order by b.at""", select -> {
            select.setArray(1, DatabaseArray.of(select.getConnection(), "bigint", List.copyOf(messages), m -> m));
            var returned = new HashMap<Long, Returned>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    returned.put(row.getLong(5), returned(row));
                }
            }
            return returned;
        });
    }

    /** Forgets the names of runs of which no report is kept any more; how many. */
    public int prune() {
        return sql.inTransaction(
                "Runs could not be forgotten",
                "delete from run where not exists (select 1 from bounce b where b.run = run.name)",
                delete -> delete.executeUpdate());
    }

    private static Returned returned(ResultSet row) throws SQLException {
        return new Returned(row.getString(1), Optional.ofNullable(row.getString(2)), row.getString(3), known(row, 4));
    }
}
