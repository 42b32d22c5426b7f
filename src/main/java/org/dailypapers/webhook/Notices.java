package org.dailypapers.webhook;

import static org.dailypapers.storage.DatabaseTime.known;
import static org.dailypapers.storage.DatabaseTime.utc;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.dailypapers.outbox.RetrySchedule;
import org.dailypapers.storage.DatabaseArray;
import org.dailypapers.storage.Sequence;
import org.dailypapers.storage.Sql;

/** The queue of what is to be told: leased, never held locked, and tried again as letters are. */
@ApplicationScoped
class Notices {

    private static final Duration EXPIRES = Duration.ofDays(3);
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int LONGEST_REPLY = 200;

    private final Sql sql;
    private final Clock clock;

    Notices(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * Something to tell.
     *
     * @param reference of a subscriber, a message's row, or the epoch day of an edition
     * @param detail what the row does not say
     */
    record Notice(long id, NoticeKind kind, long reference, String detail, Instant at, int attempts) {}

    /** Queues notices of a kind in the transaction at hand. */
    void queue(NoticeKind kind, List<Long> references, String detail) {
        sql.joined("Notices could not be queued", """
                insert into notice (id, kind, reference, detail, at, attempts, not_before)
                select n.id, ?, n.reference, ?, ?, 0, ?
                from unnest(cast(? as bigint array), cast(? as bigint array)) as n(id, reference)""", insert -> {
            Connection connection = insert.getConnection();
            insert.setString(1, kind.name());
            insert.setString(2, detail);
            insert.setObject(3, utc(clock.instant()));
            insert.setObject(4, utc(clock.instant()));
            insert.setArray(
                    5,
                    connection.createArrayOf(
                            "bigint", Sequence.ids(connection, "select nextval('notice_seq')", references.size())));
            insert.setArray(6, DatabaseArray.of(connection, "bigint", references, r -> r));
            return insert.executeUpdate();
        });
    }

    /** Leases what is due, oldest first. */
    List<Notice> claim(int most, Duration lease) {
        return sql.inTransaction("Notices could not be read", connection -> {
            List<Notice> due = due(connection, most);
            try (var update = connection.prepareStatement("""
                    update notice
                    set leased_till = current_timestamp + cast(? as integer) * interval '1' second
                    where id = any(?)""")) {
                update.setLong(1, lease.toSeconds());
                update.setArray(
                        2,
                        DatabaseArray.sought(
                                connection,
                                "bigint",
                                due.stream().map(Notice::id).toList()));
                if (!due.isEmpty()) {
                    update.executeUpdate();
                }
            }
            return due;
        });
    }

    private List<Notice> due(Connection connection, int most) throws SQLException {
        try (var select = connection.prepareStatement("""
                select id, kind, reference, detail, at, attempts
                from notice
                where ended_at is null and (not_before <= ? or not_before > ?) and (leased_till is null or leased_till < current_timestamp)
                order by not_before, id
                limit ?
                for update skip locked""")) {
            select.setObject(1, utc(clock.instant()));
            // What would rest longer than anything does was queued while the clock was ahead.
            select.setObject(2, utc(clock.instant().plus(RetrySchedule.LONGEST)));
            select.setInt(3, most);
            var due = new ArrayList<Notice>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    due.add(new Notice(
                            row.getLong(1),
                            NoticeKind.valueOf(row.getString(2)),
                            row.getLong(3),
                            row.getString(4),
                            known(row, 5),
                            row.getInt(6)));
                }
            }
            return due;
        }
    }

    /** Records a try: it has ended where it was taken, refused for good, or too old to be tried again. */
    void tried(Notice notice, String reply, boolean ended) {
        Instant now = clock.instant();
        boolean over = ended || notice.at().plus(EXPIRES).isBefore(now);
        sql.inTransaction("A notice could not be recorded", """
                update notice
                set attempts = attempts + 1, last_reply = ?, leased_till = null, ended_at = ?, not_before = ?
                where id = ?""", update -> {
            update.setString(1, reply.substring(0, Math.min(LONGEST_REPLY, reply.length())));
            update.setObject(2, over ? utc(now) : null);
            update.setObject(3, utc(now.plus(RetrySchedule.after(notice.attempts() + 1, notice.id()))));
            update.setLong(4, notice.id());
            return update.executeUpdate();
        });
    }

    /** Forgets what ended long ago. */
    void prune() {
        sql.inTransaction("Notices could not be forgotten", "delete from notice where ended_at < ?", delete -> {
            delete.setObject(1, utc(clock.instant().minus(KEPT)));
            return delete.executeUpdate();
        });
    }
}
