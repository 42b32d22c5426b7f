package org.dailypapers.operator;

import static org.dailypapers.storage.DatabaseTime.utc;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.dailypapers.storage.DatabaseTime;
import org.dailypapers.storage.Sql;

/**
 * What operators did, and when. It is only ever added to: there is no verb that changes it, PostgreSQL refuses to, and
 * each entry carries a hash of itself and of the one before. A change by other means shows, unless whoever made it
 * reckoned all that follows anew or took away the end. Readers stand in it by their numbers.
 */
@ApplicationScoped
public class AuditTrail {

    private static final String FAILURE = "What was done could not be noted";
    private static final String BEGINNING = "0".repeat(64);
    /** Rows that are in memory at a time. */
    private static final int PAGE = 500;

    private static final int LONGEST_OBJECT = 100;
    private static final int LONGEST_DETAIL = 500;

    private final Sql sql;
    private final Clock clock;

    AuditTrail(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * One act.
     *
     * @param actor the address of the operator, or who else acted
     * @param act a short word, such as {@code close}
     * @param object on what, such as {@code edition 2026-01-31} or {@code reader 17}
     */
    public record Entry(long id, Instant at, String actor, String act, String object, String detail) {}

    /** Notes an act, in the transaction at hand where there is one. */
    public void note(String actor, String act, String object, String detail) {
        QuarkusTransaction.joiningExisting()
                .call(() -> sql.joined(FAILURE, connection -> add(connection, actor, act, object, detail)));
    }

    private long add(Connection connection, String actor, String act, String object, String detail)
            throws SQLException {
        // One after the other, or two would follow the same one.
        try (var lock = connection.prepareStatement("select name from turn where name = 'audit' for update");
                ResultSet locked = lock.executeQuery()) {
            locked.next();
        }
        long id = 1;
        String before = BEGINNING;
        try (var last = connection.prepareStatement("select id, chain from desk_audit order by id desc limit 1");
                ResultSet row = last.executeQuery()) {
            if (row.next()) {
                id = row.getLong(1) + 1;
                before = row.getString(2);
            }
        }
        var entry = new Entry(
                id,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                actor,
                act,
                cut(object, LONGEST_OBJECT),
                cut(detail, LONGEST_DETAIL));
        try (var insert = connection.prepareStatement("""
                insert into desk_audit (id, at, actor, act, object, detail, chain) values (?, ?, ?, ?, ?, ?, ?)""")) {
            insert.setLong(1, id);
            insert.setObject(2, utc(entry.at()));
            insert.setString(3, entry.actor());
            insert.setString(4, entry.act());
            insert.setString(5, entry.object());
            insert.setString(6, entry.detail());
            insert.setString(7, chain(before, entry));
            return insert.executeUpdate();
        }
    }

    /** The newest acts first, those before that one; {@link Long#MAX_VALUE} for the newest of all. */
    public List<Entry> before(long id, int most) {
        return sql.joined("The trail could not be read", """
                select id, at, actor, act, object, detail, chain
                from desk_audit
                where id < ?
                order by id desc
                limit ?""", select -> {
            select.setLong(1, id);
            select.setInt(2, most);
            try (ResultSet row = select.executeQuery()) {
                var entries = new ArrayList<Entry>();
                while (row.next()) {
                    entries.add(entry(row));
                }
                return entries;
            }
        });
    }

    /** The first entry that was changed, or that follows one which was taken out; empty where the trail is whole. */
    public OptionalLong broken() {
        // PostgreSQL hands rows out in pages within a transaction alone.
        return sql.inTransaction("The trail could not be read", """
                select id, at, actor, act, object, detail, chain
                from desk_audit
                order by id""", select -> {
            select.setFetchSize(PAGE);
            try (ResultSet row = select.executeQuery()) {
                String before = BEGINNING;
                while (row.next()) {
                    String chain = row.getString(7);
                    if (!chain.equals(chain(before, entry(row)))) {
                        return OptionalLong.of(row.getLong(1));
                    }
                    before = chain;
                }
                return OptionalLong.empty();
            }
        });
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong(1),
                DatabaseTime.known(row, 2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6));
    }

    private static String chain(String before, Entry entry) {
        return Secrets.hash(String.join(
                "\u0000",
                before,
                Long.toString(entry.id()),
                entry.at().toString(),
                entry.actor(),
                entry.act(),
                entry.object(),
                entry.detail()));
    }

    private static String cut(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest) : text;
    }
}
