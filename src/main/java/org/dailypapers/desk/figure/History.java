package org.dailypapers.desk.figure;

import static org.dailypapers.storage.DatabaseTime.utc;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dailypapers.outbox.MessageState;
import org.dailypapers.paper.Editions;
import org.dailypapers.storage.Sql;

/** How things went over time: readers by day, letters by edition, what came back. */
@ApplicationScoped
public class History {

    private static final String FAILURE = "The past could not be counted";
    private static final int DAYS = 90;
    private static final int EDITIONS = 30;
    private static final int BOUNCE_DAYS = 30;
    private static final int MOST_ROWS = 25;

    /** After that nothing of an edition waits any more: a weekly digest expires after four days. */
    private static final int OVER_AFTER_DAYS = 7;

    private final Sql sql;
    private final Editions editions;
    private final RunFigures runs;
    private final Clock clock;
    private final Kept<List<Day>> readers = new Kept<>(Duration.ofMinutes(5), this::countReaders);
    private final Kept<List<Letters>> letters = new Kept<>(Duration.ofMinutes(2), this::countLetters);
    private final Kept<List<Returned>> returned = new Kept<>(Duration.ofMinutes(5), this::countReturned);

    History(Sql sql, Editions editions, RunFigures runs, Clock clock) {
        this.sql = sql;
        this.editions = editions;
        this.runs = runs;
        this.clock = clock;
    }

    /**
     * A day in UTC.
     *
     * @param readers at its end; those who have been erased since are in no day
     */
    public record Day(LocalDate date, long readers, long came, long went) {}

    /** What became of the digests of an edition. */
    public record Letters(
            LocalDate edition,
            long composed,
            long accepted,
            long rejected,
            long expired,
            long withdrawn,
            long bounced,
            long complained) {}

    /** What came back, from whose readers. */
    public record Returned(String provider, String kind, String cause, long count) {}

    /** The last ninety days, oldest first; empty while they are being counted. */
    public Optional<List<Day>> readers() {
        return readers.soon();
    }

    /** The last thirty closed editions, oldest first; empty while they are being counted. */
    public Optional<List<Letters>> letters() {
        return letters.soon();
    }

    /** What came back in thirty days, the most first; empty while it is being counted. */
    public Optional<List<Returned>> returned() {
        return returned.soon();
    }

    /** Counts anew at the next look. */
    public void changed() {
        readers.forget();
        letters.forget();
        returned.forget();
    }

    private List<Day> countReaders() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate first = today.minusDays(DAYS - 1L);
        return sql.joined(FAILURE, connection -> {
            Map<LocalDate, Long> came = byDay(connection, "confirmed_at", "", first);
            Map<LocalDate, Long> went = byDay(connection, "left_at", " and left_at > confirmed_at", first);
            long readers;
            try (var select =
                            connection.prepareStatement("select count(*) from subscriber where consent = 'CONFIRMED'");
                    ResultSet row = select.executeQuery()) {
                row.next();
                readers = row.getLong(1);
            }
            var days = new ArrayList<Day>();
            for (LocalDate day = today; !day.isBefore(first); day = day.minusDays(1)) {
                var one = new Day(day, Math.max(0, readers), came.getOrDefault(day, 0L), went.getOrDefault(day, 0L));
                days.add(one);
                readers += one.went() - one.came();
            }
            Collections.reverse(days);
            return days;
        });
    }

    private static Map<LocalDate, Long> byDay(Connection connection, String column, String more, LocalDate first)
            throws SQLException {
        // Days of UTC, whatever zone the session has.
        try (var select = connection.prepareStatement("select cast(floor(extract(epoch from " + column
                + ") / 86400) as bigint) as day_number, count(*) from subscriber where " + column + " >= ?" + more
                + " group by 1")) {
            select.setObject(1, utc(first.atStartOfDay(ZoneOffset.UTC).toInstant()));
            try (ResultSet row = select.executeQuery()) {
                var days = new HashMap<LocalDate, Long>();
                while (row.next()) {
                    days.put(LocalDate.ofEpochDay(row.getLong(1)), row.getLong(2));
                }
                return days;
            }
        }
    }

    private List<Letters> countLetters() {
        Map<LocalDate, Letters> known = stored();
        LocalDate over = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(OVER_AFTER_DAYS);
        var all = new ArrayList<Letters>();
        for (LocalDate edition : editions.livedBetween(over.minusDays(EDITIONS), over.plusDays(2L * OVER_AFTER_DAYS))) {
            Letters one = known.get(edition);
            if (one == null) {
                RunFigures.Run run = runs.run(edition);
                one = new Letters(
                        edition,
                        run.composed(),
                        run.in(MessageState.ACCEPTED),
                        run.in(MessageState.REJECTED),
                        run.in(MessageState.EXPIRED),
                        run.in(MessageState.WITHDRAWN),
                        run.bounced(),
                        run.complained());
                if (edition.isBefore(over) && run.forgotten() == 0) {
                    store(one);
                }
            }
            all.add(one);
        }
        return all.size() > EDITIONS ? all.subList(all.size() - EDITIONS, all.size()) : all;
    }

    private Map<LocalDate, Letters> stored() {
        return sql.joined(FAILURE, """
                select edition, composed, accepted, rejected, expired, withdrawn, bounced, complained
                from desk_run
                order by edition desc
                limit 100""", select -> {
            try (ResultSet row = select.executeQuery()) {
                var known = new HashMap<LocalDate, Letters>();
                while (row.next()) {
                    LocalDate edition = row.getObject(1, LocalDate.class);
                    known.put(
                            edition,
                            new Letters(
                                    edition,
                                    row.getLong(2),
                                    row.getLong(3),
                                    row.getLong(4),
                                    row.getLong(5),
                                    row.getLong(6),
                                    row.getLong(7),
                                    row.getLong(8)));
                }
                return known;
            }
        });
    }

    private void store(Letters one) {
        sql.inTransaction(FAILURE, """
                insert into desk_run (edition, composed, accepted, rejected, expired, withdrawn, bounced, complained)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing""", insert -> {
            insert.setObject(1, one.edition());
            insert.setLong(2, one.composed());
            insert.setLong(3, one.accepted());
            insert.setLong(4, one.rejected());
            insert.setLong(5, one.expired());
            insert.setLong(6, one.withdrawn());
            insert.setLong(7, one.bounced());
            insert.setLong(8, one.complained());
            return insert.executeUpdate();
        });
    }

    private List<Returned> countReturned() {
        return sql.joined(FAILURE, """
                select substring(s.email_key from position('@' in s.email_key) + 1), b.kind, b.cause,
                    count(distinct b.message_id)
                from bounce b
                join message m on m.id = b.message_id and m.kind = 'digest'
                join digest d on d.id = m.reference
                join subscriber s on s.id = d.subscriber_id
                where b.at >= ?
                group by 1, b.kind, b.cause
                order by 4 desc, 1
                limit ?""", select -> {
            select.setObject(1, utc(clock.instant().minus(Duration.ofDays(BOUNCE_DAYS))));
            select.setInt(2, MOST_ROWS);
            try (ResultSet row = select.executeQuery()) {
                var rows = new ArrayList<Returned>();
                while (row.next()) {
                    rows.add(new Returned(row.getString(1), row.getString(2), row.getString(3), row.getLong(4)));
                }
                return rows;
            }
        });
    }
}
