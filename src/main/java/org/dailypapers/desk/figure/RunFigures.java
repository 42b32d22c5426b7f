package org.dailypapers.desk.figure;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.dailypapers.digest.Digest;
import org.dailypapers.digest.DigestComposer;
import org.dailypapers.digest.SentDigests;
import org.dailypapers.outbox.MessageState;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.storage.Sql;

/** How far the digests of an edition have come. */
@ApplicationScoped
public class RunFigures {

    private static final String FAILURE = "The digests could not be counted";

    private static final int KEPT_EDITIONS = 16;

    private final Sql sql;
    private final Kept<Long> due;
    private final Kept<Long> queued;

    /** Those that were asked for last. */
    private final Map<LocalDate, Kept<Run>> runs = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<LocalDate, Kept<Run>> eldest) {
            return size() > KEPT_EDITIONS;
        }
    };

    private final Map<LocalDate, Pace> paces = new LinkedHashMap<>();

    RunFigures(Sql sql, DigestComposer composer, Outbox outbox) {
        this.sql = sql;
        this.due = new Kept<>(Duration.ofSeconds(10), composer::due);
        this.queued = new Kept<>(Duration.ofSeconds(5), outbox::queued);
    }

    /**
     * The digests whose last edition is that one.
     *
     * @param composed all of them, also those whose range was given back
     * @param forgotten whose messages ended so long ago that they are kept no more
     * @param bounced of those that were accepted, how many came back
     * @param left how long the rest takes at the pace of the last minutes; empty where nothing moves or waits
     */
    public record Run(
            LocalDate edition,
            long composed,
            Map<MessageState, Long> states,
            long forgotten,
            long bounced,
            long complained,
            Optional<Duration> left) {

        /** How many are in that state. */
        public long in(MessageState state) {
            return states.getOrDefault(state, 0L);
        }

        /** How many wait. */
        public long waiting() {
            return in(MessageState.QUEUED);
        }

        /** How many have ended. */
        public long ended() {
            return composed - waiting();
        }

        /** From 0 to 100. */
        public int percent() {
            return composed == 0 ? 100 : (int) (100 * ended() / composed);
        }
    }

    /** When so many had ended. */
    private record Pace(long ended, long at) {}

    /** How many readers are due and have no digest yet. */
    public long due() {
        return due.get();
    }

    /** How many letters of all kinds wait. */
    public long queued() {
        return queued.get();
    }

    /** The edition's run, some seconds old at most while it is looked at. */
    public Run run(LocalDate edition) {
        Kept<Run> kept;
        synchronized (runs) {
            kept = runs.computeIfAbsent(edition, date -> new Kept<>(Duration.ofSeconds(5), () -> count(date)));
        }
        return kept.get();
    }

    /** Counts anew at the next look. */
    public void changed() {
        synchronized (runs) {
            runs.values().forEach(Kept::forget);
        }
        due.forget();
        queued.forget();
    }

    private Run count(LocalDate edition) {
        return sql.joined(FAILURE, connection -> count(connection, edition));
    }

    private Run count(Connection connection, LocalDate edition) throws SQLException {
        long composed;
        long first;
        long last;
        try (var select = connection.prepareStatement(
                "select count(*), coalesce(min(id), 0), coalesce(max(id), -1) from digest where to_date = ?")) {
            select.setObject(1, edition);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                composed = row.getLong(1);
                first = row.getLong(2);
                last = row.getLong(3);
            }
        }
        var states = new EnumMap<MessageState, Long>(MessageState.class);
        // The bounds say again what the join says: with them the messages are read as one piece of their index.
        try (var select = connection.prepareStatement("""
                select m.state, count(*)
                from digest d
                join message m on m.kind = ? and m.reference = d.id and m.reference between ? and ?
                where d.to_date = ?
                group by m.state""")) {
            select.setString(1, Digest.MESSAGE_KIND);
            select.setLong(2, first);
            select.setLong(3, last);
            select.setObject(4, edition);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    states.put(MessageState.valueOf(row.getString(1)), row.getLong(2));
                }
            }
        }
        long known = states.values().stream().mapToLong(Long::longValue).sum();
        long waiting = states.getOrDefault(MessageState.QUEUED, 0L);
        long complained = 0;
        long bounced = 0;
        try (var select = connection.prepareStatement("""
                select kind, count(distinct message_id)
                from bounce
                where run = ?
                group by kind""")) {
            select.setString(1, SentDigests.run(edition));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    if (row.getString(1).equals("complaint")) {
                        complained += row.getLong(2);
                    } else {
                        bounced += row.getLong(2);
                    }
                }
            }
        }
        return new Run(
                edition, composed, states, composed - known, bounced, complained, left(edition, composed, waiting));
    }

    private Optional<Duration> left(LocalDate edition, long composed, long waiting) {
        long now = System.nanoTime();
        long ended = composed - waiting;
        synchronized (paces) {
            Pace before = paces.get(edition);
            if (waiting == 0) {
                paces.remove(edition);
                return Optional.empty();
            }
            if (before == null || ended < before.ended()) {
                paces.put(edition, new Pace(ended, now));
                return Optional.empty();
            }
            long moved = ended - before.ended();
            if (moved == 0) {
                return Optional.empty();
            }
            Duration left = Duration.ofNanos((long) ((double) (now - before.at()) / moved * waiting));
            if (now - before.at() > Duration.ofMinutes(2).toNanos()) {
                paces.put(edition, new Pace(ended, now));
            }
            return Optional.of(left);
        }
    }
}
