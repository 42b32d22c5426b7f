package org.dailypapers.digest.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.dailypapers.subscriber.preference.Frequency;
import org.dailypapers.subscriber.preference.Preferences;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DigestCalendarTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2028, 12, 31);

    /** Zones with the same rules are due at the same instants: one of each kind stands for all. */
    private static Collection<ZoneId> zones() {
        var byRules = new java.util.HashMap<ZoneRules, ZoneId>();
        var ids = new java.util.TreeSet<>(ZoneId.getAvailableZoneIds());
        ids.forEach(id -> byRules.putIfAbsent(ZoneId.of(id).getRules(), ZoneId.of(id)));
        assertTrue(ids.size() > 500 && byRules.size() > 100, "a time zone database without zones");
        return new TreeMap<>(
                        byRules.values().stream().collect(java.util.stream.Collectors.toMap(ZoneId::getId, z -> z)))
                .values();
    }

    @ParameterizedTest
    @EnumSource
    void everyDateOfEveryZoneHasItsDigestOnce(Frequency frequency) {
        for (ZoneId zone : zones()) {
            for (int hour = 0; hour < 24; hour++) {
                DayOfWeek weekday = DayOfWeek.of(1 + (hour + zone.getId().length()) % 7);
                walk(new Preferences(frequency, weekday, hour, zone, 10, true, 0, List.of()));
            }
        }
    }

    private static void walk(Preferences preferences) {
        ZoneId zone = preferences.zone();
        LocalDate last = FIRST.minusDays(1);
        Instant now = FIRST.atStartOfDay(zone).toInstant();
        LocalDate expected = FIRST;
        while (true) {
            Instant due = DigestCalendar.nextDue(preferences, null, last, now);
            LocalDate date = DigestCalendar.localDate(preferences, due);
            while (!preferences.frequency().includes(expected, preferences.weekday())) {
                expected = expected.plusDays(1);
            }
            if (!date.equals(expected)) {
                // The hour, and what is left of that date, are skipped by the clock: the digest comes at its end.
                LocalDateTime wanted = expected.atTime(preferences.hour(), 0);
                ZoneOffsetTransition gap = zone.getRules().getTransition(wanted);
                if (gap == null
                        || !gap.isGap()
                        || !gap.getDateTimeAfter().toLocalDate().equals(date)) {
                    throw new AssertionError(preferences + ": expected " + expected + ", due on " + date);
                }
            }
            if (!due.isAfter(now) && !last.isBefore(FIRST)) {
                throw new AssertionError(preferences + ": " + due + " is not after " + now);
            }
            if (date.isAfter(LAST)) {
                return;
            }
            last = date;
            now = due;
            expected = date.plusDays(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // Of the gap the hour moves on with the clock; of the hour that comes twice the first counts.
        "Europe/Berlin, 2, 2027-03-28, 2027-03-28T01:00:00Z",
        "Europe/Berlin, 2, 2027-10-31, 2027-10-31T00:00:00Z",
        "Europe/Berlin, 2, 2027-11-01, 2027-11-01T01:00:00Z",
        // Midnight does not exist.
        "Africa/Cairo, 0, 2026-04-24, 2026-04-23T22:00:00Z",
        "America/Havana, 0, 2026-03-08, 2026-03-08T05:00:00Z",
        "America/Havana, 0, 2026-11-01, 2026-11-01T04:00:00Z",
        // By half an hour: 02:00 becomes 02:30.
        "Australia/Lord_Howe, 2, 2026-10-04, 2026-10-03T15:30:00Z",
        "Australia/Lord_Howe, 2, 2026-04-05, 2026-04-04T15:30:00Z",
        // 2011-12-30 never was: who is due on it is due on the date after.
        "Pacific/Apia, 8, 2011-12-29, 2011-12-29T18:00:00Z",
        "Pacific/Apia, 8, 2011-12-30, 2011-12-30T18:00:00Z",
        "Pacific/Apia, 8, 2011-12-31, 2011-12-30T18:00:00Z",
        "Asia/Kathmandu, 8, 2026-05-05, 2026-05-05T02:15:00Z",
        "Pacific/Kiritimati, 0, 2026-05-05, 2026-05-04T10:00:00Z",
    })
    void aDigestIsDueAtTheHourOfTheClockOnTheWall(String zone, int hour, LocalDate date, Instant due) {
        Preferences preferences = daily(zone, hour);
        Instant before = due.minus(Duration.ofHours(20));
        assertEquals(due, DigestCalendar.nextDue(preferences, null, date.minusDays(1), before));
    }

    @Test
    void aDateThatNeverWasHasNoDigest() {
        Preferences apia = daily("Pacific/Apia", 8);
        var dates = new ArrayList<LocalDate>();
        LocalDate last = LocalDate.of(2011, 12, 27);
        Instant now = Instant.parse("2011-12-28T00:00:00Z");
        for (int i = 0; i < 4; i++) {
            now = DigestCalendar.nextDue(apia, null, last, now);
            last = DigestCalendar.localDate(apia, now);
            dates.add(last);
        }
        assertEquals(
                List.of("2011-12-28", "2011-12-29", "2011-12-31", "2012-01-01"),
                dates.stream().map(LocalDate::toString).toList());
    }

    @Test
    void anHourThatHasPassedIsStillDueToday() {
        Instant afternoon = Instant.parse("2027-06-10T15:00:00Z");
        Preferences morning = daily("UTC", 8);
        Instant today = Instant.parse("2027-06-10T08:00:00Z");
        assertEquals(today, DigestCalendar.nextDue(morning, null, LocalDate.of(2027, 6, 9), afternoon));
        assertEquals(today, DigestCalendar.nextDue(morning, null, null, afternoon));
        assertEquals(
                Instant.parse("2027-06-11T08:00:00Z"),
                DigestCalendar.nextDue(morning, null, LocalDate.of(2027, 6, 10), afternoon));
    }

    @Test
    void afterAnOutageOneDigestIsDue() {
        Instant back = Instant.parse("2027-06-13T15:00:00Z");
        Preferences preferences = daily("UTC", 8);
        Instant due = DigestCalendar.nextDue(preferences, null, LocalDate.of(2027, 6, 9), back);
        assertEquals(Instant.parse("2027-06-13T08:00:00Z"), due);
        assertEquals(
                Instant.parse("2027-06-14T08:00:00Z"),
                DigestCalendar.nextDue(preferences, null, DigestCalendar.localDate(preferences, back), back));
    }

    /** Today's digest came at 8; moving the hour earlier or later today brings no second one. */
    @Test
    void anHourThatIsMovedBringsNoSecondDigestToday() {
        Instant now = Instant.parse("2027-06-10T08:30:00Z");
        LocalDate today = LocalDate.of(2027, 6, 10);
        assertEquals(Instant.parse("2027-06-11T18:00:00Z"), DigestCalendar.nextDue(daily("UTC", 18), null, today, now));
        assertEquals(Instant.parse("2027-06-11T06:00:00Z"), DigestCalendar.nextDue(daily("UTC", 6), null, today, now));
    }

    /** Before today's digest came, a moved hour counts at once. */
    @Test
    void anHourThatIsMovedBeforeTheDigestCountsToday() {
        Instant now = Instant.parse("2027-06-10T07:30:00Z");
        LocalDate yesterday = LocalDate.of(2027, 6, 9);
        assertEquals(
                Instant.parse("2027-06-10T18:00:00Z"), DigestCalendar.nextDue(daily("UTC", 18), null, yesterday, now));
        assertEquals(
                Instant.parse("2027-06-10T06:00:00Z"), DigestCalendar.nextDue(daily("UTC", 6), null, yesterday, now));
    }

    @Test
    void whoMovesEastIsDueOnTheirNewDate() {
        // New York had 10 June's at 8; in Tokyo 11 June began an hour ago.
        Instant now = Instant.parse("2027-06-10T16:00:00Z");
        assertEquals(
                Instant.parse("2027-06-10T23:00:00Z"),
                DigestCalendar.nextDue(daily("Asia/Tokyo", 8), null, LocalDate.of(2027, 6, 10), now));
    }

    @Test
    void whoMovesWestWaitsForADateThatHadNone() {
        // Tokyo had 11 June's at 8; in Honolulu 10 June is still young.
        Instant now = Instant.parse("2027-06-11T00:00:00Z");
        assertEquals(
                Instant.parse("2027-06-12T18:00:00Z"),
                DigestCalendar.nextDue(daily("Pacific/Honolulu", 8), null, LocalDate.of(2027, 6, 11), now));
    }

    @Test
    void aPauseEndsOnItsDate() {
        Instant now = Instant.parse("2027-06-10T08:30:00Z");
        LocalDate today = LocalDate.of(2027, 6, 10);
        Preferences daily = daily("UTC", 8);
        assertEquals(
                Instant.parse("2027-06-20T08:00:00Z"),
                DigestCalendar.nextDue(daily, LocalDate.of(2027, 6, 20), today, now));
        assertEquals(
                Instant.parse("2027-06-11T08:00:00Z"),
                DigestCalendar.nextDue(daily, LocalDate.of(2027, 6, 1), today, now),
                "a pause that is over changes nothing");
    }

    @Test
    void aPauseThatEndsBesideTheReadersDaysWaitsForOne() {
        Instant now = Instant.parse("2027-06-10T08:30:00Z");
        LocalDate saturday = LocalDate.of(2027, 6, 19);
        assertEquals(
                Instant.parse("2027-06-21T08:00:00Z"),
                DigestCalendar.nextDue(on(Frequency.WEEKDAYS, DayOfWeek.MONDAY), saturday, null, now));
        assertEquals(
                Instant.parse("2027-06-24T08:00:00Z"),
                DigestCalendar.nextDue(on(Frequency.WEEKLY, DayOfWeek.THURSDAY), saturday, null, now));
    }

    @Test
    void aWeeklyDigestExpiresAfterFourDaysAndEveryOtherWhenTheNextIsDue() {
        Instant now = Instant.parse("2027-06-10T08:30:00Z");
        Instant next = Instant.parse("2027-06-11T08:00:00Z");
        assertEquals(next, DigestCalendar.expiry(daily("UTC", 8), next, now));
        assertEquals(next, DigestCalendar.expiry(on(Frequency.WEEKDAYS, DayOfWeek.MONDAY), next, now));
        assertEquals(
                Instant.parse("2027-06-14T08:30:00Z"),
                DigestCalendar.expiry(on(Frequency.WEEKLY, DayOfWeek.THURSDAY), next, now));
    }

    private static Preferences daily(String zone, int hour) {
        return new Preferences(Frequency.DAILY, DayOfWeek.MONDAY, hour, ZoneId.of(zone), 10, true, 0, List.of());
    }

    private static Preferences on(Frequency frequency, DayOfWeek weekday) {
        return new Preferences(frequency, weekday, 8, ZoneId.of("UTC"), 10, true, 0, List.of());
    }
}
