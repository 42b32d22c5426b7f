package org.dailypapers.reputation;

import static org.dailypapers.storage.DatabaseTime.utc;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.outbox.Priority;
import org.dailypapers.storage.DatabaseTime;
import org.dailypapers.storage.Sql;
import org.jboss.logging.Logger;

/**
 * Tells the operator: by the log, by health and metrics, and by a letter where an address is set, one for each kind of
 * alarm and day.
 */
@ApplicationScoped
public class Alarms {

    /** The kind of the letters that carry alarms; the row is the alarm's. */
    public static final String KIND = "alarm";

    private static final Logger LOG = Logger.getLogger(Alarms.class);
    private static final Duration A_LOG_LINE_EVERY = Duration.ofMinutes(1);
    private static final Duration LETTER_EXPIRES = Duration.ofDays(1);
    private static final int LONGEST = 1000;

    private final Sql sql;
    private final Outbox outbox;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final boolean byLetter;
    private final Map<Alarm, Raised> latest = new EnumMap<>(Alarm.class);

    Alarms(Sql sql, Outbox outbox, MeterRegistry metrics, Clock clock, AlarmSettings settings) {
        this.sql = sql;
        this.outbox = outbox;
        this.metrics = metrics;
        this.clock = clock;
        this.byLetter = settings.operator().isPresent();
    }

    /** An alarm, and when and with which words it was raised. */
    public record Raised(Alarm kind, Instant at, String text) {}

    /**
     * Raises an alarm; never throws.
     *
     * @param text what happened, on one line, without anybody's address
     */
    public void raise(Alarm kind, String text) {
        metrics.counter("dailypapers.alarms", "kind", kind.name().toLowerCase(java.util.Locale.ROOT))
                .increment();
        if (isNews(kind, text)) {
            LOG.errorf("ALARM %s: %s", kind, text);
            try {
                write(kind, text.length() > LONGEST ? text.substring(0, LONGEST) : text);
            } catch (RuntimeException e) {
                LOG.errorf("The alarm could not be kept: %s", e.getMessage());
            }
        }
    }

    private boolean isNews(Alarm kind, String text) {
        synchronized (latest) {
            Instant now = clock.instant();
            Raised before = latest.get(kind);
            if (before != null && Duration.between(before.at(), now).abs().compareTo(A_LOG_LINE_EVERY) < 0) {
                return false;
            }
            latest.put(kind, new Raised(kind, now, text));
            return true;
        }
    }

    /** What was raised last in this process, of each kind, since then. */
    public Map<Alarm, Raised> since(Instant since) {
        synchronized (latest) {
            var recent = new EnumMap<>(latest);
            recent.values().removeIf(raised -> raised.at().isBefore(since));
            return recent;
        }
    }

    /** What any process raised since then, newest first: the first of each kind and day. */
    public List<Raised> kept(Instant since) {
        return sql.joined(
                "Alarms could not be read",
                "select kind, raised_at, text from alarm where raised_at >= ? order by raised_at desc, id desc",
                select -> {
                    select.setObject(1, utc(since));
                    var kept = new ArrayList<Raised>();
                    try (ResultSet row = select.executeQuery()) {
                        while (row.next()) {
                            kept.add(new Raised(
                                    Alarm.valueOf(row.getString(1)), DatabaseTime.known(row, 2), row.getString(3)));
                        }
                    }
                    return kept;
                });
    }

    private void write(Alarm kind, String text) {
        sql.inTransaction("An alarm could not be kept", connection -> {
            long id;
            try (var next = connection.prepareStatement("select nextval('alarm_seq')");
                    ResultSet row = next.executeQuery()) {
                row.next();
                id = row.getLong(1);
            }
            Instant now = clock.instant();
            boolean first;
            try (var insert = connection.prepareStatement("""
                    insert into alarm (id, kind, raised_on, raised_at, text)
                    values (?, ?, ?, ?, ?)
                    on conflict do nothing""")) {
                insert.setLong(1, id);
                insert.setString(2, kind.name());
                insert.setObject(3, LocalDate.ofInstant(now, ZoneOffset.UTC));
                insert.setObject(4, utc(now));
                insert.setString(5, text);
                first = insert.executeUpdate() == 1;
            }
            if (first && byLetter) {
                outbox.queue(Priority.TRANSACTIONAL, KIND, id, now.plus(LETTER_EXPIRES));
            }
            return first;
        });
    }

    /** The alarm that a letter is made from. */
    public Optional<Raised> find(long id) {
        return sql.joined(
                "An alarm could not be read", "select kind, raised_at, text from alarm where id = ?", select -> {
                    select.setLong(1, id);
                    try (ResultSet row = select.executeQuery()) {
                        return row.next()
                                ? Optional.of(new Raised(
                                        Alarm.valueOf(row.getString(1)), DatabaseTime.known(row, 2), row.getString(3)))
                                : Optional.empty();
                    }
                });
    }
}
