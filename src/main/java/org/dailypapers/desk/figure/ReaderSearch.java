package org.dailypapers.desk.figure;

import static org.dailypapers.storage.DatabaseTime.utc;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dailypapers.interest.Interest;
import org.dailypapers.storage.DatabaseFailure;
import org.dailypapers.storage.DatabaseTime;
import org.dailypapers.storage.Sql;
import org.jspecify.annotations.Nullable;

/** Finds readers by the beginning of an address, and lists segments of them, a page at a time; each for {@value #MOST_SECONDS} seconds at most. */
@ApplicationScoped
public class ReaderSearch {

    private static final String FAILURE = "The readers could not be looked up";
    private static final int MOST_SECONDS = 2;

    /** ISO/IEC 9075-2 leaves the class to products; PostgreSQL and H2 say so of a statement that took too long. */
    private static final String CANCELLED = "57014";

    private static final Duration WEEK = Duration.ofDays(7);

    private static final String COLUMNS =
            "select s.id, s.email, s.consent, s.created_at, s.confirmed_at, s.left_at, s.pause_until, l.local_date"
                    + " from subscriber s left join reader r on r.subscriber_id = s.id"
                    + " left join digest l on l.id = r.last_digest ";

    private final Sql sql;
    private final Clock clock;

    ReaderSearch(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Readers that have something in common. */
    public enum State {
        ALL("everybody", ""),
        CONFIRMED("read", "s.consent = 'CONFIRMED'"),
        PAUSED("rest", "s.consent = 'CONFIRMED' and s.pause_until > :today"),
        PENDING("wait for their link", "s.consent = 'PENDING'"),
        CAME("came in 7 days", "s.confirmed_at >= :week"),
        LEFT("left in 7 days", "s.left_at >= :week"),
        WITHDRAWN("have left", "s.consent = 'WITHDRAWN'");

        private final String words;
        private final String where;

        State(String words, String where) {
            this.words = words;
            this.where = where;
        }

        /** After "who". */
        public String words() {
            return words;
        }

        /** As it stands in addresses. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Which readers.
     *
     * @param topic a slug; empty for any
     * @param silentDays whose last letter is so many days old or older, or who have had none; 0 for any
     * @param ageDays who came within so many days; 0 for any
     */
    public record Segment(State state, String topic, int silentDays, int ageDays) {}

    /** One of them. */
    public record Row(
            long id,
            String email,
            String consent,
            Instant createdAt,
            @Nullable Instant confirmedAt,
            @Nullable Instant leftAt,
            @Nullable LocalDate pauseUntil,
            @Nullable LocalDate lastDate) {}

    /** What was looked for is so rare among the rows, or these are so many, that looking on would hold up others. */
    public static class TookTooLong extends RuntimeException {

        private static final long serialVersionUID = 1;

        TookTooLong(Throwable cause) {
            super("Readers were looked for in vain for " + MOST_SECONDS + " seconds", cause);
        }
    }

    private <T> T limited(String statement, Sql.Run<T> run) {
        try {
            return sql.inTransaction(FAILURE, statement, select -> {
                select.setQueryTimeout(MOST_SECONDS);
                try {
                    return run.of(select);
                } finally {
                    // H2 keeps it for all that the connection is used for later.
                    select.setQueryTimeout(0);
                }
            });
        } catch (DatabaseFailure e) {
            if (e.getCause() instanceof SQLException said && CANCELLED.equals(said.getSQLState())) {
                throw new TookTooLong(e);
            }
            throw e;
        }
    }

    /** Some of those whose address begins so, in the order of the addresses. */
    public List<Row> beginning(String prefix, int most) {
        // Any of them: to sort a hundred thousand for the first fifty would take longer than to type one letter more.
        return limited(
                COLUMNS + "where s.id in (select id from subscriber where email_key like ? limit ?)"
                        + " order by s.email_key",
                select -> {
                    select.setString(1, literal(prefix.toLowerCase(Locale.ROOT)) + "%");
                    select.setInt(2, most);
                    return rows(select);
                });
    }

    private static String literal(String text) {
        return text.replaceAll("([\\\\%_])", "\\\\$1");
    }

    /**
     * Those of a segment, newest first.
     *
     * @param before an id; {@link Long#MAX_VALUE} for the newest
     */
    public List<Row> of(Segment segment, long before, int most) {
        var where = new ArrayList<String>();
        var values = new ArrayList<Object>();
        where.add("s.id < ?");
        values.add(before);
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        String state = segment.state().where;
        if (state.contains(":today")) {
            values.add(today);
        } else if (state.contains(":week")) {
            values.add(utc(now.minus(WEEK)));
        }
        if (!state.isEmpty()) {
            where.add(state.replaceAll(":\\w+", "?"));
        }
        if (!segment.topic().isEmpty()) {
            // Interests are lines.
            where.add("chr(10) || s.interests || chr(10) like ?");
            values.add("%\n" + literal(Interest.topicLine(segment.topic())) + "\n%");
        }
        if (segment.silentDays() > 0) {
            where.add("(l.local_date is null or l.local_date <= ?)");
            values.add(today.minusDays(segment.silentDays()));
        }
        if (segment.ageDays() > 0) {
            where.add("s.confirmed_at >= ?");
            values.add(utc(now.minus(Duration.ofDays(segment.ageDays()))));
        }
        return limited(
                COLUMNS + "where " + String.join(" and ", where) + " order by s.id desc limit " + most, select -> {
                    for (int i = 0; i < values.size(); i++) {
                        select.setObject(i + 1, values.get(i));
                    }
                    return rows(select);
                });
    }

    private static List<Row> rows(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            var rows = new ArrayList<Row>();
            while (row.next()) {
                rows.add(new Row(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        DatabaseTime.known(row, 4),
                        DatabaseTime.instant(row, 5),
                        DatabaseTime.instant(row, 6),
                        row.getObject(7, LocalDate.class),
                        row.getObject(8, LocalDate.class)));
            }
            return rows;
        }
    }

    /**
     * Somebody who left.
     *
     * @param reason how, in the words that were kept with it
     * @param afterLetter the edition of the last digest that was composed before
     */
    public record Leaver(
            long id,
            String email,
            Instant at,
            String reason,
            @Nullable LocalDate afterLetter) {}

    /** Who left last, newest first. */
    public List<Leaver> leavers(int most) {
        return limited("""
                select l.id, l.email, l.left_at,
                    (select c.wording from consent c
                     where c.subscriber_id = l.id and c.consent = 'WITHDRAWN' order by c.at desc, c.id desc limit 1),
                    (select max(d.to_date) from digest d where d.subscriber_id = l.id and d.composed_at <= l.left_at)
                from (select id, email, left_at from subscriber
                      where left_at is not null and consent = 'WITHDRAWN' order by left_at desc limit ?) l
                order by l.left_at desc""", select -> {
            select.setInt(1, most);
            try (ResultSet row = select.executeQuery()) {
                var leavers = new ArrayList<Leaver>();
                while (row.next()) {
                    leavers.add(new Leaver(
                            row.getLong(1),
                            row.getString(2),
                            DatabaseTime.known(row, 3),
                            row.getString(4) == null ? "" : row.getString(4),
                            row.getObject(5, LocalDate.class)));
                }
                return leavers;
            }
        });
    }

    /**
     * A digest of an edition and what became of it.
     *
     * @param state null where its message is forgotten
     */
    public record Letter(
            long digest,
            long reader,
            String email,
            @Nullable String state,
            int attempts,
            @Nullable String reply) {}

    /**
     * Digests whose last edition is that one, in the order of their composing.
     *
     * @param state of their messages, {@code bounced}, {@code complained}, or {@code all}
     */
    public List<Letter> letters(LocalDate edition, String state, long after, int most) {
        boolean came = state.equals("bounced") || state.equals("complained");
        boolean one = !came && !state.equals("all");
        String where = came
                ? " and exists (select 1 from bounce b where b.message_id = m.id and (b.kind = 'complaint') = ?)"
                : one ? " and m.state = ?" : "";
        return limited("""
                select d.id, s.id, s.email, m.state, coalesce(m.attempts, 0), m.last_reply
                from digest d
                join subscriber s on s.id = d.subscriber_id
                left join message m on m.kind = 'digest' and m.reference = d.id
                where d.to_date = ? and d.id > ?""" + where + " order by d.id limit ?", select -> {
            select.setObject(1, edition);
            select.setLong(2, after);
            if (came) {
                select.setBoolean(3, state.equals("complained"));
            } else if (one) {
                select.setString(3, state.toUpperCase(Locale.ROOT));
            }
            select.setInt(came || one ? 4 : 3, most);
            try (ResultSet row = select.executeQuery()) {
                var letters = new ArrayList<Letter>();
                while (row.next()) {
                    letters.add(new Letter(
                            row.getLong(1),
                            row.getLong(2),
                            row.getString(3),
                            row.getString(4),
                            row.getInt(5),
                            row.getString(6)));
                }
                return letters;
            }
        });
    }
}
