package org.dailypapers.digest;

import static org.dailypapers.storage.DatabaseTime.utc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.dailypapers.storage.DatabaseArray;

/**
 * The readers' rows, many at a time and in the order of their ids.
 *
 * <p>Rows are locked until the transaction ends: that is the lease of a range of readers. It needs no clock, and a
 * process that dies gives it back at once.
 */
final class Readers {

    private Readers() {}

    private static final String DUE = """
            select * from reader
            where subscriber_id > ? and subscriber_id <= ? and next_due <= ?
            order by subscriber_id
            limit ?
            """;

    private static final String NEXT = """
            select * from reader
            where subscriber_id > ? and subscriber_id <= ?
            order by subscriber_id
            limit ?
            """;

    /** The next readers of (after, upTo] who are due. */
    static List<Reader> due(Connection connection, long after, long upTo, Instant now, int most) throws SQLException {
        return due(connection, DUE, after, upTo, now, most);
    }

    /** Locks the next readers who are due, leaving out those whom another process has in hand. */
    static List<Reader> lockDue(Connection connection, long after, long upTo, Instant now, int most)
            throws SQLException {
        return due(connection, DUE + "for update skip locked", after, upTo, now, most);
    }

    private static List<Reader> due(Connection connection, String sql, long after, long upTo, Instant now, int most)
            throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            select.setLong(1, after);
            select.setLong(2, upTo);
            select.setObject(3, utc(now));
            select.setInt(4, most);
            return read(select);
        }
    }

    /** The next readers of (after, upTo]. */
    static List<Reader> next(Connection connection, long after, long upTo, int most) throws SQLException {
        return next(connection, NEXT, after, upTo, most);
    }

    /** Locks the next readers, waiting for those whom another process has in hand. */
    static List<Reader> lock(Connection connection, long after, long upTo, int most) throws SQLException {
        return next(connection, NEXT + "for update", after, upTo, most);
    }

    private static List<Reader> next(Connection connection, String sql, long after, long upTo, int most)
            throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            select.setLong(1, after);
            select.setLong(2, upTo);
            select.setInt(3, most);
            return read(select);
        }
    }

    /** Locks those readers, waiting for those whom another process has in hand. */
    static List<Reader> lock(Connection connection, Collection<Long> subscribers) throws SQLException {
        try (var select = connection.prepareStatement("""
                select * from reader
                where subscriber_id = any(?)
                order by subscriber_id
                for update""")) {
            select.setArray(1, connection.createArrayOf("bigint", subscribers.toArray()));
            return read(select);
        }
    }

    /** Locks the readers who have covered more than that edition, or whose last date is after that one. */
    static List<Reader> lockAhead(Connection connection, LocalDate covered, LocalDate latest) throws SQLException {
        try (var select = connection.prepareStatement("""
                select * from reader
                where covered > ? or last_date > ?
                order by subscriber_id
                for update""")) {
            select.setObject(1, covered);
            select.setObject(2, latest);
            return read(select);
        }
    }

    /** Adds readers who have had no digest. */
    static void add(Connection connection, List<Reader> readers) throws SQLException {
        try (var insert = connection.prepareStatement("""
                insert into reader (subscriber_id, covered, next_due, seen)
                select n.id, n.covered, n.next_due, ''
                from unnest(cast(? as bigint array), cast(? as date array),
                            cast(? as timestamp(6) with time zone array)) as n(id, covered, next_due)""")) {
            insert.setArray(1, DatabaseArray.of(connection, "bigint", readers, r -> r.subscriberId));
            insert.setArray(2, DatabaseArray.of(connection, "date", readers, r -> r.covered));
            insert.setArray(
                    3,
                    DatabaseArray.of(
                            connection, "timestamptz", readers, r -> r.nextDue == null ? null : utc(r.nextDue)));
            insert.executeUpdate();
        }
    }

    /** How many there are. */
    static long count(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement("select count(*) from reader")) {
            return number(select);
        }
    }

    /** How many are due. */
    static long countDue(Connection connection, Instant now) throws SQLException {
        try (var select = connection.prepareStatement("select count(*) from reader where next_due <= ?")) {
            select.setObject(1, utc(now));
            return number(select);
        }
    }

    private static long number(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Reads the reader again, whose row was changed in this transaction. */
    static void refresh(Connection connection, Reader reader) throws SQLException {
        Reader now = lock(connection, reader.subscriberId - 1, reader.subscriberId, 1)
                .getFirst();
        reader.covered = now.covered;
        reader.seen = now.seen;
    }

    /** Lets the reader be due at that instant; whether they are still there. */
    static boolean postpone(Connection connection, long subscriberId, Instant due) throws SQLException {
        try (var update = connection.prepareStatement("update reader set next_due = ? where subscriber_id = ?")) {
            update.setObject(1, utc(due));
            update.setLong(2, subscriberId);
            return update.executeUpdate() > 0;
        }
    }

    private static List<Reader> read(PreparedStatement select) throws SQLException {
        var readers = new ArrayList<Reader>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                var reader = new Reader();
                reader.subscriberId = row.getLong("subscriber_id");
                reader.covered = row.getObject("covered", LocalDate.class);
                reader.lastDate = row.getObject("last_date", LocalDate.class);
                OffsetDateTime due = row.getObject("next_due", OffsetDateTime.class);
                reader.nextDue = due == null ? null : due.toInstant();
                reader.seen = row.getString("seen");
                reader.lastDigest = row.getObject("last_digest", Long.class);
                readers.add(reader);
            }
        }
        return readers;
    }

    /**
     * A reader as they are to be, and as they were.
     *
     * @param was what they had covered: if it is no longer so, somebody else composed for them meanwhile
     */
    record Moved(Reader reader, LocalDate was) {}

    /** Writes what became of them; {@code covered} moves by compare-and-set. */
    static void write(Connection connection, List<Moved> moved) throws SQLException {
        if (moved.isEmpty()) {
            return;
        }
        try (var merge = connection.prepareStatement("""
                merge into reader r
                using (select * from unnest(cast(? as bigint array), cast(? as date array), cast(? as date array),
                                            cast(? as date array), cast(? as timestamp(6) with time zone array),
                                            cast(? as varchar array), cast(? as bigint array))
                       as n(id, was, covered, last_date, next_due, seen, last_digest)) m
                on r.subscriber_id = m.id and r.covered = m.was
                when matched then update set covered = m.covered, last_date = m.last_date, next_due = m.next_due,
                                             seen = m.seen, last_digest = m.last_digest""")) {
            merge.setArray(1, DatabaseArray.of(connection, "bigint", moved, m -> m.reader().subscriberId));
            merge.setArray(2, DatabaseArray.of(connection, "date", moved, Moved::was));
            merge.setArray(3, DatabaseArray.of(connection, "date", moved, m -> m.reader().covered));
            merge.setArray(4, DatabaseArray.of(connection, "date", moved, m -> m.reader().lastDate));
            merge.setArray(
                    5,
                    DatabaseArray.of(
                            connection,
                            "timestamptz",
                            moved,
                            m -> m.reader().nextDue == null ? null : utc(m.reader().nextDue)));
            merge.setArray(6, DatabaseArray.of(connection, "varchar", moved, m -> m.reader().seen));
            merge.setArray(7, DatabaseArray.of(connection, "bigint", moved, m -> m.reader().lastDigest));
            int written = merge.executeUpdate();
            if (written != moved.size()) {
                throw new IllegalStateException(
                        "Another process composed for " + (moved.size() - written) + " of these readers meanwhile");
            }
        }
    }
}
