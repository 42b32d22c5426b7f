package org.dailypapers.digest.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.dailypapers.subscriber.preference.Frequency;
import org.dailypapers.subscriber.preference.Preferences;
import org.jspecify.annotations.Nullable;

/** When a reader's digest is due: at their hour, in their zone, on their days, at most once for each local date. */
final class DigestCalendar {

    private static final Duration WEEKLY_EXPIRY = Duration.ofDays(4);

    private DigestCalendar() {}

    /** The reader's local date at that instant. */
    static LocalDate localDate(Preferences preferences, Instant now) {
        return LocalDate.ofInstant(now, preferences.zone());
    }

    /**
     * The first instant that is due after {@code lastDate} has had its digest; it may lie before {@code now}, where
     * today's hour has passed and today has had none.
     *
     * @param pauseUntil the first date after a pause
     * @param lastDate none where no date has had a digest
     */
    static Instant nextDue(
            Preferences preferences, @Nullable LocalDate pauseUntil, @Nullable LocalDate lastDate, Instant now) {
        LocalDate date = localDate(preferences, now);
        if (lastDate != null && !date.isAfter(lastDate)) {
            date = lastDate.plusDays(1);
        }
        if (pauseUntil != null && date.isBefore(pauseUntil)) {
            date = pauseUntil;
        }
        while (!preferences.frequency().includes(date, preferences.weekday())) {
            date = date.plusDays(1);
        }
        // In a gap of the clock the hour moves forward with it; of an hour that comes twice the first one counts.
        return date.atTime(LocalTime.of(preferences.hour(), 0))
                .atZone(preferences.zone())
                .toInstant();
    }

    /** When a digest composed now is no longer worth delivering. */
    static Instant expiry(Preferences preferences, Instant nextDue, Instant now) {
        return preferences.frequency() == Frequency.WEEKLY ? now.plus(WEEKLY_EXPIRY) : nextDue;
    }
}
