package org.dailypapers.paper;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * The instance's days: which edition an instant belongs to and when an edition closes.
 *
 * @param zone of the instance
 * @param close the time of the day after at which an edition closes
 * @param clock what time it is
 */
public record EditionCalendar(ZoneId zone, LocalTime close, Clock clock) {

    /** The local date of this moment. */
    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    public Instant now() {
        return clock.instant();
    }

    /** When the edition of that date closes. */
    public Instant closesAt(LocalDate edition) {
        return edition.plusDays(1).atTime(close).atZone(zone).toInstant();
    }

    /** Whether the edition's closing time has come. */
    public boolean mayClose(LocalDate edition) {
        return !clock.instant().isBefore(closesAt(edition));
    }
}
