package org.dailypapers.digest;

import static org.dailypapers.storage.DatabaseTime.utc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dailypapers.digest.rules.DigestKind;
import org.dailypapers.storage.DatabaseArray;
import org.dailypapers.storage.Sequence;

/** The digests' rows, many at a time. */
final class Digests {

    private Digests() {}

    /**
     * Writes digests that differ in all but the time of their composing, each with the note that its last edition has now,
     * and gives each its id.
     */
    static void write(Connection connection, List<Digest> digests) throws SQLException {
        if (digests.isEmpty()) {
            return;
        }
        number(connection, digests);
        try (var insert = connection.prepareStatement("""
                insert into digest (id, subscriber_id, kind, from_date, to_date, composed_at, local_date, items,
                                    language, given_back, note_id)
                select n.id, n.subscriber_id, n.kind, n.from_date, n.to_date, ?, n.local_date, n.items, n.language, 0,
                       (select e.id from edition_note e where e.edition = n.to_date
                        order by e.id desc limit 1)
                from unnest(cast(? as bigint array), cast(? as bigint array), cast(? as varchar array),
                            cast(? as date array), cast(? as date array), cast(? as date array),
                            cast(? as varchar array), cast(? as varchar array))
                     as n(id, subscriber_id, kind, from_date, to_date, local_date, items, language)""")) {
            insert.setObject(1, utc(digests.getFirst().composedAt));
            insert.setArray(2, DatabaseArray.of(connection, "bigint", digests, d -> d.id));
            insert.setArray(3, DatabaseArray.of(connection, "bigint", digests, d -> d.subscriberId));
            insert.setArray(4, DatabaseArray.of(connection, "varchar", digests, d -> d.kind.name()));
            insert.setArray(5, DatabaseArray.of(connection, "date", digests, d -> d.from));
            insert.setArray(6, DatabaseArray.of(connection, "date", digests, d -> d.to));
            insert.setArray(7, DatabaseArray.of(connection, "date", digests, d -> d.localDate));
            insert.setArray(8, DatabaseArray.of(connection, "varchar", digests, d -> d.items));
            insert.setArray(9, DatabaseArray.of(connection, "varchar", digests, d -> d.language));
            insert.executeUpdate();
        }
    }

    private static void number(Connection connection, List<Digest> digests) throws SQLException {
        Long[] ids = Sequence.ids(connection, "select nextval('digest_seq')", digests.size());
        for (int i = 0; i < ids.length; i++) {
            digests.get(i).id = ids[i];
        }
    }

    /** The first of the dates from that one on which is some digest's last edition. */
    static Optional<LocalDate> lastEdition(Connection connection, LocalDate from) throws SQLException {
        try (var select = connection.prepareStatement("select min(to_date) from digest where to_date >= ?")) {
            select.setObject(1, from);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return Optional.ofNullable(row.getObject(1, LocalDate.class));
            }
        }
    }

    /** A digest and whose it is. */
    record Owned(long id, long subscriberId) {}

    /** The next digests that end with {@code to} and cover the edition, given back or not, in the order of their ids. */
    static List<Owned> page(Connection connection, LocalDate edition, LocalDate to, long after, int most)
            throws SQLException {
        try (var select = connection.prepareStatement("""
                select id, subscriber_id from digest
                where to_date = ? and id > ? and from_date < ?
                order by to_date, id
                limit ?""")) {
            select.setObject(1, to);
            select.setLong(2, after);
            select.setObject(3, edition);
            select.setInt(4, most);
            var page = new ArrayList<Owned>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    page.add(new Owned(row.getLong(1), row.getLong(2)));
                }
            }
            return page;
        }
    }

    /** Those digests, newest first, without the times of their composing. */
    static List<Digest> read(Connection connection, Collection<Long> ids) throws SQLException {
        try (var select = connection.prepareStatement("""
                select id, subscriber_id, kind, from_date, to_date, local_date, items, given_back from digest
                where id = any(?)
                order by id desc""")) {
            select.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            var digests = new ArrayList<Digest>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    digests.add(digest(row));
                }
            }
            return digests;
        }
    }

    private static Digest digest(ResultSet row) throws SQLException {
        var digest = new Digest();
        digest.id = row.getLong("id");
        digest.subscriberId = row.getLong("subscriber_id");
        digest.kind = DigestKind.valueOf(row.getString("kind"));
        digest.from = row.getObject("from_date", LocalDate.class);
        digest.to = row.getObject("to_date", LocalDate.class);
        digest.localDate = row.getObject("local_date", LocalDate.class);
        digest.items = row.getString("items");
        digest.givenBack = row.getLong("given_back");
        return digest;
    }

    /**
     * Deletes the oldest digests, as many as asked for at most, that were composed before that instant and end with an
     * edition before that date, but for those that still wait to be sent; how many.
     */
    static int forget(Connection connection, Instant composedBefore, LocalDate endingBefore, int most)
            throws SQLException {
        try (var delete = connection.prepareStatement("""
                delete from digest where id in (
                  select d.id from digest d
                  where d.to_date < ? and d.composed_at < ?
                    and not exists (select 1 from message m
                                    where m.kind = ? and m.reference = d.id and m.state = 'QUEUED')
                  order by d.to_date, d.id
                  limit ?)""")) {
            delete.setObject(1, endingBefore);
            delete.setObject(2, utc(composedBefore));
            delete.setString(3, Digest.MESSAGE_KIND);
            delete.setInt(4, most);
            return delete.executeUpdate();
        }
    }

    /** Lets no digest end later than with that edition. */
    static void endBy(Connection connection, LocalDate edition) throws SQLException {
        try (var update = connection.prepareStatement("update digest set to_date = ? where to_date > ?")) {
            update.setObject(1, edition);
            update.setObject(2, edition);
            update.executeUpdate();
        }
    }

    /** Takes the ranges of those digests again, which were given back. */
    static void takeAgain(Connection connection, Collection<Long> ids) throws SQLException {
        try (var update = connection.prepareStatement("update digest set given_back = 0 where id = any(?)")) {
            update.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            update.executeUpdate();
        }
    }

    /** Those of the subscribers who have a digest that covers the edition. */
    static Set<Long> covering(Connection connection, Collection<Long> subscribers, LocalDate edition)
            throws SQLException {
        try (var select = connection.prepareStatement("""
                select subscriber_id from digest
                where subscriber_id = any(?) and given_back = 0 and from_date < ? and to_date >= ?""")) {
            select.setArray(1, connection.createArrayOf("bigint", subscribers.toArray()));
            select.setObject(2, edition);
            select.setObject(3, edition);
            var covering = new HashSet<Long>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    covering.add(row.getLong(1));
                }
            }
            return covering;
        }
    }
}
