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
import org.dailypapers.storage.Sql;

/** How many readers there are, and how many came and left. */
@ApplicationScoped
public class ReaderFigures {

    private static final String FAILURE = "The readers could not be counted";
    private static final Duration WEEK = Duration.ofDays(7);

    private final Sql sql;
    private final Clock clock;
    private final Kept<Counts> counts = new Kept<>(Duration.ofSeconds(30), this::count);

    ReaderFigures(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * Readers by what they said.
     *
     * @param confirmed of whom {@code paused} rest
     * @param suppressed addresses that get no letter, of readers or not
     * @param came confirmed in the last seven days
     * @param went left in the last seven days
     */
    public record Counts(
            long confirmed, long paused, long pending, long withdrawn, long suppressed, long came, long went) {}

    /** The last count; half a minute old at most where pages are looked at. */
    public Counts counts() {
        return counts.get();
    }

    /** Counts anew at the next look. */
    public void changed() {
        counts.forget();
    }

    private Counts count() {
        Instant week = clock.instant().minus(WEEK);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return sql.joined(FAILURE, connection -> {
            long confirmed = 0;
            long paused = 0;
            long pending = 0;
            long withdrawn = 0;
            try (var select = connection.prepareStatement("""
                    select consent, count(*), count(case when pause_until > ? then 1 end)
                    from subscriber
                    group by consent""")) {
                select.setObject(1, today);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        switch (row.getString(1)) {
                            case "CONFIRMED" -> {
                                confirmed = row.getLong(2);
                                paused = row.getLong(3);
                            }
                            case "PENDING" -> pending = row.getLong(2);
                            default -> withdrawn += row.getLong(2);
                        }
                    }
                }
            }
            try (var suppressed = connection.prepareStatement("select count(*) from suppression");
                    var came = connection.prepareStatement("select count(*) from subscriber where confirmed_at >= ?");
                    var went = connection.prepareStatement("select count(*) from subscriber where left_at >= ?")) {
                came.setObject(1, utc(week));
                went.setObject(1, utc(week));
                return new Counts(
                        confirmed, paused, pending, withdrawn, number(suppressed), number(came), number(went));
            }
        });
    }

    private static long number(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
