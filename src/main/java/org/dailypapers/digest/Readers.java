package org.dailypapers.digest;

import static org.dailypapers.delivery.DatabaseTime.instant;
import static org.dailypapers.delivery.DatabaseTime.utc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.dailypapers.delivery.DatabaseArray;

/**
 * The readers' rows, many at a time and in the order of their ids.
 *
 * <p>Rows are locked until the transaction ends: that is the lease of a range of readers. It needs no clock, and a
 * process that dies gives it back at once.
 */
final class Readers {

    private Readers() {}

    /** Locks the next readers who are due, leaving out those whom another process has in hand. */
    static List<Reader> lockDue(Connection connection, long after, long upTo, Instant now, int most)
            throws SQLException {
        try (var select = connection.prepareStatement("select subscriber_id, covered, last_date, next_due, seen,"
                + " last_digest from reader where subscriber_id > ? and subscriber_id <= ? and next_due <= ? order by subscriber_id limit ?"
                + " for update skip locked")) {
            select.setLong(1, after);
            select.setLong(2, upTo);
            select.setObject(3, utc(now));
            select.setInt(4, most);
            return read(select);
        }
    }

    /** Locks the next readers, waiting for those whom another process has in hand. */
    static List<Reader> lock(Connection connection, long after, long upTo, int most) throws SQLException {
        try (var select = connection.prepareStatement(
                "select subscriber_id, covered, last_date, next_due, seen,"
                        + " last_digest from reader where subscriber_id > ? and subscriber_id <= ? order by subscriber_id limit ? for update")) {
            select.setLong(1, after);
            select.setLong(2, upTo);
            select.setInt(3, most);
            return read(select);
        }
    }

    /** Locks those readers, waiting for those whom another process has in hand. */
    static List<Reader> lock(Connection connection, Collection<Long> subscribers) throws SQLException {
        try (var select = connection.prepareStatement("select subscriber_id, covered, last_date, next_due, seen,"
                + " last_digest from reader where subscriber_id = any(?) order by subscriber_id for update")) {
            select.setArray(1, connection.createArrayOf("bigint", subscribers.toArray()));
            return read(select);
        }
    }

    /** Reads the reader again, whose row was changed in this transaction. */
    static Reader refresh(Connection connection, Reader reader) throws SQLException {
        Reader now = lock(connection, reader.subscriberId - 1, reader.subscriberId, 1)
                .getFirst();
        reader.covered = now.covered;
        reader.seen = now.seen;
        return reader;
    }

    private static List<Reader> read(PreparedStatement select) throws SQLException {
        var readers = new ArrayList<Reader>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                var reader = new Reader();
                reader.subscriberId = row.getLong(1);
                reader.covered = row.getObject(2, LocalDate.class);
                reader.lastDate = row.getObject(3, LocalDate.class);
                reader.nextDue = instant(row, 4);
                reader.seen = row.getString(5);
                reader.lastDigest = row.getObject(6, Long.class);
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
        try (var merge = connection.prepareStatement("merge into reader r using (select * from unnest("
                + "cast(? as bigint array), cast(? as date array), cast(? as date array), cast(? as date array),"
                + " cast(? as timestamp(6) with time zone array), cast(? as varchar array), cast(? as bigint array))"
                + " as n(id, was, covered, last_date, next_due, seen, last_digest)) m"
                + " on r.subscriber_id = m.id and r.covered = m.was when matched then update set covered = m.covered,"
                + " last_date = m.last_date, next_due = m.next_due, seen = m.seen, last_digest = m.last_digest")) {
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
