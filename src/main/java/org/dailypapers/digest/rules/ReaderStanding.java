package org.dailypapers.digest.rules;

import java.time.Instant;
import java.time.LocalDate;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.preference.Preferences;
import org.jspecify.annotations.Nullable;

/**
 * What a reader wants, and where they stand in the stream of editions.
 *
 * @param pauseUntil the first date after a pause
 * @param covered the last edition that was taken into account for them
 * @param lastDate the last date of theirs that was served
 * @param nextDue when the next digest is due, while one is wanted
 * @param waiting their newest digest while it waits to be sent
 */
public record ReaderStanding(
        Consent consent,
        @Nullable LocalDate pauseUntil,
        Preferences preferences,
        LocalDate covered,
        @Nullable LocalDate lastDate,
        @Nullable Instant nextDue,
        @Nullable WaitingDigest waiting) {

    /** The reader's local date at that instant. */
    public LocalDate localDate(Instant now) {
        return DigestCalendar.localDate(preferences, now);
    }

    public Wish wish(Instant now) {
        return Wish.at(now, consent, pauseUntil, preferences.zone());
    }

    /** The same with the date on which the next digest is due reckoned anew: what they want may have changed. */
    public ReaderStanding dueAnew(Instant now) {
        return with(covered, lastDate, consent == Consent.CONFIRMED ? dueAfter(lastDate, now) : null);
    }

    /** The same once their editions up to that one are taken into account. */
    ReaderStanding covering(LocalDate edition) {
        return with(edition, lastDate, nextDue);
    }

    /** When a digest is due after that date was served, or before any was. */
    Instant dueAfter(@Nullable LocalDate served, Instant now) {
        return DigestCalendar.nextDue(preferences, pauseUntil, served, now);
    }

    /** Whether that date of theirs, or a later one, was served. */
    boolean served(LocalDate date) {
        return lastDate != null && !date.isAfter(lastDate);
    }

    ReaderStanding with(LocalDate covered, @Nullable LocalDate lastDate, @Nullable Instant nextDue) {
        return new ReaderStanding(consent, pauseUntil, preferences, covered, lastDate, nextDue, waiting);
    }

    ReaderStanding withoutWaiting() {
        return new ReaderStanding(consent, pauseUntil, preferences, covered, lastDate, nextDue, null);
    }
}
