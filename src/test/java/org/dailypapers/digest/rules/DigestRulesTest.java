package org.dailypapers.digest.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.preference.Frequency;
import org.dailypapers.subscriber.preference.Preferences;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who gets what, and when: a row for each rule of "The day" in docs/architecture.md. */
class DigestRulesTest {

    /** A Tuesday. */
    private static final Instant NOW = Instant.parse("2026-03-03T08:00:00Z");

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final boolean IN_DIGEST = true;

    // ---- Who is due ----

    static Stream<Arguments> scheduled() {
        return Stream.of(
                row(
                        "who is due gets what has closed since the last one, and is due the next day",
                        reader(),
                        closed("03-01", "03-02"),
                        "scheduled (03-01, 03-02], 03-03 served; covered 03-02, last 03-03, due 03-04T08:00"),
                row(
                        "of several editions one digest is made",
                        reader().covered("02-24"),
                        closed("02-25", "02-26", "03-02"),
                        "scheduled (02-24, 03-02], 03-03 served; covered 03-02, last 03-03, due 03-04T08:00"),
                row(
                        "after an outage too, at whatever hour it ends",
                        reader().covered("02-24").last("02-25").at("2026-03-03T17:30:00Z"),
                        closed("02-25", "03-02"),
                        "scheduled (02-24, 03-02], 03-03 served; covered 03-02, last 03-03, due 03-04T08:00"),
                row(
                        "where nothing has closed since, the date passes without a letter",
                        reader(),
                        closed("03-01"),
                        "wait until 03-04T08:00, 03-03 served; covered 03-01, last 03-03, due 03-04T08:00"),
                row(
                        "on a new instance nothing has closed",
                        reader(),
                        closed(),
                        "wait until 03-04T08:00, 03-03 served; covered 03-01, last 03-03, due 03-04T08:00"),
                row(
                        "what closed before the reader came is not owed",
                        reader().covered("03-05"),
                        closed("03-01", "03-02"),
                        "wait until 03-04T08:00, 03-03 served; covered 03-05, last 03-03, due 03-04T08:00"),
                row(
                        "a date has one digest at most",
                        reader().last("03-03"),
                        closed("03-01", "03-02"),
                        "wait until 03-04T08:00; covered 03-01, last 03-03, due 03-04T08:00"),
                row(
                        "the first date of a reader has had none",
                        reader().last(null),
                        closed("03-01", "03-02"),
                        "scheduled (03-01, 03-02], 03-03 served; covered 03-02, last 03-03, due 03-04T08:00"),
                row(
                        "the date is the reader's own: in Tokyo the next has begun",
                        reader().in("Asia/Tokyo").last("03-03").at("2026-03-03T23:00:00Z"),
                        closed("03-01", "03-02"),
                        "scheduled (03-01, 03-02], 03-04 served; covered 03-02, last 03-04, due 03-04T23:00"),
                row(
                        "who moves west waits for a date that had none",
                        reader().in("Pacific/Honolulu").last("03-04"),
                        closed("03-01", "03-02"),
                        "wait until 03-05T18:00; covered 03-01, last 03-04, due 03-05T18:00"),
                row(
                        "a weekly digest covers its week",
                        reader().weekly(DayOfWeek.TUESDAY).covered("02-23").last("02-24"),
                        closed("02-24", "03-02"),
                        "scheduled (02-23, 03-02], 03-03 served; covered 03-02, last 03-03, due 03-10T08:00"),
                row(
                        "a digest on weekdays is next due after the weekend",
                        reader().on(Frequency.WEEKDAYS).last("03-05").at("2026-03-06T08:00:00Z"),
                        closed("03-05"),
                        "scheduled (03-01, 03-05], 03-06 served; covered 03-05, last 03-06, due 03-09T08:00"),
                row(
                        "a pause is waited for",
                        reader().pausedUntil("03-09"),
                        closed("03-01", "03-02"),
                        "wait until 03-09T08:00; covered 03-01, last 03-02, due 03-09T08:00"),
                row(
                        "on the date that ends it letters go on",
                        reader().pausedUntil("03-03"),
                        closed("03-01", "03-02"),
                        "scheduled (03-01, 03-02], 03-03 served; covered 03-02, last 03-03, due 03-04T08:00"),
                row(
                        "who has left waits for nothing",
                        reader().says(Consent.WITHDRAWN),
                        closed("03-01", "03-02"),
                        "wait; covered 03-01, last 03-02, never due"),
                row(
                        "nor is there anything for who has not confirmed, be they paused or not",
                        reader().says(Consent.PENDING).pausedUntil("03-09"),
                        closed("03-01", "03-02"),
                        "wait; covered 03-01, last 03-02, never due"),
                row(
                        "a digest that still waits is expired first, and its range composed again",
                        reader().covered("03-01").waits(DigestKind.SCHEDULED, "02-28", "03-01"),
                        closed("03-01", "03-02"),
                        "replacing: scheduled (02-28, 03-02], 03-03 served; covered 03-02, last 03-03, due 03-04T08:00"),
                row(
                        "also where nothing has closed since",
                        reader().covered("03-01").waits(DigestKind.SCHEDULED, "02-28", "03-01"),
                        closed("03-01"),
                        "replacing: scheduled (02-28, 03-01], 03-03 served; covered 03-01, last 03-03, due 03-04T08:00"),
                row(
                        "one by hand that moved nothing gives back its papers alone",
                        reader().waits(DigestKind.MANUAL, "02-19", "02-20"),
                        closed("03-01", "03-02"),
                        "replacing: scheduled (03-01, 03-02], 03-03 served; covered 03-02, last 03-03, due 03-04T08:00"),
                row(
                        "whose digest is just being sent is left alone",
                        reader().covered("03-01").beingSent("02-28", "03-01"),
                        closed("03-01", "03-02"),
                        "leave alone; covered 03-01, last 03-02, due 03-03T08:00"),
                row(
                        "one that was perhaps taken counts as sent",
                        reader().covered("03-01").perhapsSent("02-28", "03-01"),
                        closed("03-01", "03-02"),
                        "replacing: scheduled (03-01, 03-02], 03-03 served; covered 03-02, last 03-03, due 03-04T08:00"),
                row(
                        "in a pause what waits is left to its own end",
                        reader().pausedUntil("03-09").waits(DigestKind.SCHEDULED, "02-28", "03-01"),
                        closed("03-01"),
                        "wait until 03-09T08:00; covered 03-01, last 03-02, due 03-09T08:00"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void scheduled(String rule, Given given, ClosedEditions closed, String expected) {
        check(given, reader -> DigestRules.scheduled(reader, closed, given.now), expected);
    }

    // ---- One edition by hand ----

    static Stream<Arguments> byHand() {
        return Stream.of(
                row(
                        "whoever wants letters gets the edition; where it is their next, they have covered it",
                        reader(),
                        !IN_DIGEST,
                        closed("03-01", "03-02"),
                        "manual (03-01, 03-02]; covered 03-02, last 03-02, due 03-03T08:00"),
                row(
                        "whatever their clock, and it takes no date from them",
                        reader().last("03-03").due("2026-03-04T05:00:00Z"),
                        !IN_DIGEST,
                        closed("03-01", "03-02"),
                        "manual (03-01, 03-02]; covered 03-02, last 03-03, due 03-04T05:00"),
                row(
                        "where another comes before it, nothing moves past that",
                        reader().covered("02-28"),
                        !IN_DIGEST,
                        closed("03-01", "03-02"),
                        "manual (03-01, 03-02] moving nothing; covered 02-28, last 03-02, due 03-03T08:00"),
                row(
                        "an edition of long ago moves nothing",
                        reader().covered("03-09"),
                        !IN_DIGEST,
                        closed("03-01", "03-02"),
                        "manual (03-01, 03-02] moving nothing; covered 03-09, last 03-02, due 03-03T08:00"),
                row(
                        "nor does one that was filled with the past",
                        reader(),
                        !IN_DIGEST,
                        closed("03-01"),
                        "manual (03-01, 03-02] moving nothing; covered 03-01, last 03-02, due 03-03T08:00"),
                row(
                        "what waits may give its range back, so nothing moves past it, and it is not replaced",
                        reader().waits(DigestKind.SCHEDULED, "02-28", "03-01"),
                        !IN_DIGEST,
                        closed("03-01", "03-02"),
                        "manual (03-01, 03-02] moving nothing; covered 03-01, last 03-02, due 03-03T08:00"),
                row(
                        "who has a digest of it gets no second",
                        reader(),
                        IN_DIGEST,
                        closed("03-01", "03-02"),
                        "leave alone; covered 03-01, last 03-02, due 03-03T08:00"),
                row(
                        "who has paused gets none",
                        reader().pausedUntil("03-04"),
                        !IN_DIGEST,
                        closed("03-01", "03-02"),
                        "leave alone; covered 03-01, last 03-02, due 03-03T08:00"),
                row(
                        "who has left gets none",
                        reader().says(Consent.WITHDRAWN),
                        !IN_DIGEST,
                        closed("03-01", "03-02"),
                        "leave alone; covered 03-01, last 03-02, due 03-03T08:00"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void byHand(String rule, Given given, boolean inDigest, ClosedEditions closed, String expected) {
        LocalDate edition = date("03-02");
        check(given, reader -> DigestRules.byHand(reader, edition, inDigest, closed, given.now), expected);
    }

    // ---- At once after confirming ----

    static Stream<Arguments> welcome() {
        return Stream.of(
                row(
                        "a welcome holds its edition and the quiet ones after it, and is that date's digest",
                        reader().covered("03-02").last(null),
                        !IN_DIGEST,
                        "welcome (02-27, 03-02], 03-03 served; covered 03-02, last 03-03, due 03-04T08:00"),
                row(
                        "who comes back in the west keeps the later date of before",
                        reader().covered("03-02").last("03-04"),
                        !IN_DIGEST,
                        "welcome (02-27, 03-02], 03-03 served; covered 03-02, last 03-04, due 03-05T08:00"),
                row(
                        "an edition that was in a digest of theirs is not sent again",
                        reader().covered("03-02"),
                        IN_DIGEST,
                        "leave alone; covered 03-02, last 03-02, due 03-03T08:00"),
                row(
                        "what still waits of before makes way",
                        reader().covered("03-02").waits(DigestKind.SCHEDULED, "02-25", "02-26"),
                        !IN_DIGEST,
                        "replacing: welcome (02-27, 03-02], 03-03 served; covered 03-02, last 03-03, due 03-04T08:00"),
                row(
                        "and gives its own editions back",
                        reader().covered("03-02").waits(DigestKind.MANUAL, "03-01", "03-02"),
                        !IN_DIGEST,
                        "replacing: welcome (02-27, 03-01], 03-03 served; covered 03-01, last 03-03, due 03-04T08:00"),
                row(
                        "unless it is just being sent",
                        reader().covered("03-02").beingSent("02-25", "02-26"),
                        !IN_DIGEST,
                        "leave alone; covered 03-02, last 03-02, due 03-03T08:00"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void welcome(String rule, Given given, boolean inDigest, String expected) {
        check(given, reader -> DigestRules.welcome(reader, date("02-28"), inDigest, given.now), expected);
    }

    // ---- A digest that expired, sent again ----

    static Stream<Arguments> again() {
        return Stream.of(
                row(
                        "a scheduled one takes its range again where nobody has",
                        reader(),
                        range(DigestKind.SCHEDULED, "03-01", "03-02"),
                        IN_DIGEST,
                        "scheduled (03-01, 03-02]; covered 03-02, last 03-02, due 03-03T08:00"),
                row(
                        "once a later one took it, it is left",
                        reader().covered("03-02"),
                        range(DigestKind.SCHEDULED, "03-01", "03-02"),
                        !IN_DIGEST,
                        "leave alone; covered 03-02, last 03-02, due 03-03T08:00"),
                row(
                        "one by hand of the reader's next edition is covered again",
                        reader(),
                        range(DigestKind.MANUAL, "03-01", "03-02"),
                        IN_DIGEST,
                        "manual (03-01, 03-02]; covered 03-02, last 03-02, due 03-03T08:00"),
                row(
                        "one by hand of another edition moves nothing",
                        reader().covered("03-02"),
                        range(DigestKind.MANUAL, "02-19", "02-20"),
                        !IN_DIGEST,
                        "manual (02-19, 02-20] moving nothing; covered 03-02, last 03-02, due 03-03T08:00"),
                row(
                        "and is left where another digest covers the edition",
                        reader().covered("03-02"),
                        range(DigestKind.MANUAL, "03-01", "03-02"),
                        IN_DIGEST,
                        "leave alone; covered 03-02, last 03-02, due 03-03T08:00"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void again(String rule, Given given, DigestRange digest, boolean inDigest, String expected) {
        ClosedEditions closed = closed("03-01", "03-02");
        check(given, reader -> DigestRules.again(reader, digest, inDigest, closed), expected);
    }

    // ---- What comes back ----

    static Stream<Arguments> givenBack() {
        return Stream.of(
                row(
                        "the range of the last digest is the next one's",
                        reader().covered("03-02"),
                        "covered 03-01, last 03-02, due 03-03T08:00"),
                row(
                        "what later ones have covered stays covered",
                        reader().covered("03-03"),
                        "covered 03-03, last 03-02, due 03-03T08:00"),
                row(
                        "who has paused gets the date back too",
                        reader().covered("03-02").pausedUntil("03-05"),
                        "covered 03-01, last 03-01, due 03-05T08:00"),
                row(
                        "so does who has left",
                        reader().covered("03-02").says(Consent.WITHDRAWN),
                        "covered 03-01, last 03-01, never due"),
                row(
                        "but no later date",
                        reader().covered("03-02").last("03-03").pausedUntil("03-05"),
                        "covered 03-01, last 03-03, due 03-03T08:00"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void givenBack(String rule, Given given, String expected) {
        DigestRange digest = range(DigestKind.SCHEDULED, "03-01", "03-02");
        assertEquals(expected, told(DigestRules.givenBack(given.reader(), digest, given.now)));
    }

    static Stream<Arguments> broughtBack() {
        return Stream.of(
                row(
                        "whom the clock carried past the newest edition is back at it",
                        reader().covered("09-01").last("09-02").due("2026-09-03T08:00:00Z"),
                        "covered 03-02, last none, due 03-03T08:00"),
                row(
                        "whom it did not reach is only due by the right clock",
                        reader().due("2026-09-03T08:00:00Z"),
                        "covered 03-01, last 03-02, due 03-03T08:00"),
                row("today is no day to come", reader().last("03-03"), "covered 03-01, last 03-03, due 03-04T08:00"),
                row(
                        "who has left is never due",
                        reader().covered("09-01").says(Consent.WITHDRAWN),
                        "covered 03-02, last 03-02, never due"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void broughtBack(String rule, Given given, String expected) {
        assertEquals(expected, told(DigestRules.broughtBack(given.reader(), date("03-02"), given.now)));
    }

    // ---- How long a digest is worth delivering ----

    static Stream<Arguments> expiry() {
        Given due = reader().due("2026-03-04T08:00:00Z");
        Given soon = reader().due("2026-03-03T09:00:00Z");
        return Stream.of(
                row("a scheduled one until the next is due", due, DigestKind.SCHEDULED, "2026-03-04T08:00:00Z"),
                row("however soon that is", soon, DigestKind.SCHEDULED, "2026-03-03T09:00:00Z"),
                row("any other for six hours at least", soon, DigestKind.MANUAL, "2026-03-03T14:00:00Z"),
                row("a welcome too", soon, DigestKind.WELCOME, "2026-03-03T14:00:00Z"),
                row("but longer where the next is later", due, DigestKind.WELCOME, "2026-03-04T08:00:00Z"),
                row(
                        "a weekly one for four days",
                        reader().weekly(DayOfWeek.TUESDAY).due("2026-03-10T08:00:00Z"),
                        DigestKind.SCHEDULED,
                        "2026-03-07T08:00:00Z"),
                row(
                        "six hours where no other is to come",
                        reader().due(null),
                        DigestKind.SCHEDULED,
                        "2026-03-03T14:00:00Z"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void expiry(String rule, Given given, DigestKind kind, Instant expected) {
        assertEquals(expected, DigestRules.expiry(given.reader(), kind, given.now));
    }

    @Test
    void oneThatIsSentAgainIsWorthSixHoursAtLeast() {
        Given soon = reader().due("2026-03-03T09:00:00Z");
        assertEquals(NOW.plus(Duration.ofHours(6)), DigestRules.expiryAtAnOddHour(soon.reader(), NOW));
    }

    // ---- Editions ----

    @Test
    void ofALongRangeTheNewestFourteenEditionsCount() {
        LocalDate first = date("02-01");
        var twenty = new ClosedEditions(
                IntStream.range(0, 20).mapToObj(i -> first.plusDays(i)).toList());
        assertEquals(date("02-06"), twenty.countedAfter(date("01-15"), date("02-20")));
        assertEquals(date("02-06"), twenty.countedAfter(date("02-06"), date("02-20")), "fourteen are not too many");
        assertEquals(date("02-10"), twenty.countedAfter(date("02-10"), date("02-20")));
        assertEquals(date("01-15"), twenty.countedAfter(date("01-15"), date("02-14")), "quiet days are none");
        assertEquals(date("01-15"), closed().countedAfter(date("01-15"), date("02-14")));
    }

    @Test
    void theNextEditionIsTheFirstThatClosedAfterWhatIsCovered() {
        ClosedEditions closed = closed("02-27", "03-02");
        assertTrue(closed.isNext(date("03-02"), date("02-28")));
        assertFalse(closed.isNext(date("03-01"), date("02-28")), "which never was");
        assertFalse(closed.isNext(date("03-02"), date("02-26")));
        assertFalse(closed.isNext(date("03-02"), date("03-02")));
    }

    // ---- For anybody, at any time ----

    @Test
    void composingTwiceIsHarmlessAndNobodyIsDueAtOnceAgain() {
        long seed = Long.getLong("rules.seed", System.nanoTime());
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String told = "-Drules.seed=" + seed + ", reader " + i;
            Given given = anybody(random);
            var dates = new ArrayList<LocalDate>();
            for (int day = 0; day < 30; day++) {
                if (random.nextInt(3) > 0) {
                    dates.add(date("02-10").plusDays(day));
                }
            }
            var closed = new ClosedEditions(dates);
            ReaderStanding reader = expired(given.reader(), given.now);
            Turn turn = DigestRules.scheduled(reader, closed, given.now);
            ReaderStanding after = DigestRules.after(reader, turn, given.now);
            if (turn instanceof Turn.Compose compose) {
                assertTrue(compose.from().isBefore(compose.to()), told);
                assertEquals(compose.from(), reader.covered(), told);
                assertEquals(compose.to(), after.covered(), told);
                assertTrue(dates.contains(compose.to()), told);
                assertEquals(Wish.LETTERS, reader.wish(given.now), told);
            } else {
                assertEquals(reader.covered(), after.covered(), told);
            }
            assertTrue(after.nextDue() == null || after.nextDue().isAfter(given.now) || turn.date() == null, told);
            Turn second = DigestRules.scheduled(after, closed, given.now);
            assertFalse(second instanceof Turn.Compose, () -> told + ": " + turn + ", then " + second);
            assertEquals(
                    after.covered(), DigestRules.after(after, second, given.now).covered(), told);
        }
    }

    private static Given anybody(Random random) {
        Given given = reader().says(
                        Consent.values()[random.nextInt(4) == 0 ? random.nextInt(3) : Consent.CONFIRMED.ordinal()])
                .in(List.of("UTC", "Asia/Tokyo", "Pacific/Honolulu", "Europe/Berlin")
                        .get(random.nextInt(4)))
                .on(Frequency.values()[random.nextInt(3)])
                .at(NOW.plus(Duration.ofMinutes(random.nextInt(20_000) - 10_000))
                        .toString());
        given.covered = date("02-10").plusDays(random.nextInt(35));
        given.last = random.nextInt(5) == 0 ? null : date("02-20").plusDays(random.nextInt(20));
        given.pauseUntil = random.nextInt(3) == 0 ? date("02-25").plusDays(random.nextInt(20)) : null;
        if (random.nextInt(3) == 0) {
            var range = new DigestRange(DigestKind.SCHEDULED, given.covered.minusDays(1), given.covered, date("03-01"));
            given.waiting = new WaitingDigest(range, random.nextInt(3) == 0, random.nextInt(3) == 0);
        }
        return given;
    }

    // ---- The words of the tables ----

    private static void check(Given given, Function<ReaderStanding, Turn> rule, String expected) {
        ReaderStanding reader = given.reader();
        Turn turn = rule.apply(reader);
        boolean replaces = DigestRules.replacesWaiting(reader, turn);
        if (replaces) {
            reader = expired(reader, given.now);
            assertEquals(turn, rule.apply(reader), "once what waits is expired the rule says the same");
        }
        assertEquals(
                expected,
                (replaces ? "replacing: " : "") + told(turn) + "; " + told(DigestRules.after(reader, turn, given.now)));
    }

    /** As the outbox and the digest's end leave the reader. */
    private static ReaderStanding expired(ReaderStanding reader, Instant now) {
        WaitingDigest waiting = reader.waiting();
        return waiting == null || waiting.perhapsSent()
                ? reader.withoutWaiting()
                : DigestRules.givenBack(reader.withoutWaiting(), waiting.range(), now);
    }

    private static String told(Turn turn) {
        String served = turn.date() == null ? "" : ", " + told(turn.date()) + " served";
        return switch (turn) {
            case Turn.LeaveAlone() -> "leave alone";
            case Turn.WaitUntil(Instant until, LocalDate date) ->
                "wait" + (until == null ? "" : " until " + told(until)) + served;
            case Turn.Compose compose ->
                compose.kind().name().toLowerCase(java.util.Locale.ROOT) + " (" + told(compose.from()) + ", "
                        + told(compose.to()) + "]" + (compose.advances() ? "" : " moving nothing") + served;
        };
    }

    private static String told(ReaderStanding reader) {
        return "covered " + told(reader.covered()) + ", last "
                + (reader.lastDate() == null ? "none" : told(reader.lastDate()))
                + (reader.nextDue() == null ? ", never due" : ", due " + told(reader.nextDue()));
    }

    private static String told(LocalDate date) {
        return date.toString().substring("2026-".length());
    }

    private static String told(Instant instant) {
        return instant.toString().substring("2026-".length(), "2026-03-03T08:00".length());
    }

    private static LocalDate date(String monthAndDay) {
        return LocalDate.parse("2026-" + monthAndDay);
    }

    private static ClosedEditions closed(String... dates) {
        return new ClosedEditions(Stream.of(dates).map(DigestRulesTest::date).toList());
    }

    private static DigestRange range(DigestKind kind, String from, String to) {
        return new DigestRange(kind, date(from), date(to), date("03-02"));
    }

    private static Arguments row(Object... cells) {
        return Arguments.of(cells);
    }

    /** Somebody who reads daily at eight in UTC, had a digest yesterday, and is due now. */
    private static Given reader() {
        return new Given();
    }

    /** A reader, and what time it is. */
    private static final class Given {
        private Instant now = NOW;
        private Consent consent = Consent.CONFIRMED;
        private LocalDate pauseUntil;
        private Frequency frequency = Frequency.DAILY;
        private DayOfWeek weekday = DayOfWeek.MONDAY;
        private ZoneId zone = UTC;
        private LocalDate covered = date("03-01");
        private LocalDate last = date("03-02");
        private Instant due = NOW;
        private WaitingDigest waiting;

        ReaderStanding reader() {
            var preferences = new Preferences(frequency, weekday, 8, zone, 10, true, 0, List.of());
            return new ReaderStanding(consent, pauseUntil, preferences, covered, last, due, waiting);
        }

        Given at(String instant) {
            now = Instant.parse(instant);
            return this;
        }

        Given says(Consent word) {
            consent = word;
            return this;
        }

        Given pausedUntil(String date) {
            pauseUntil = date(date);
            return this;
        }

        Given on(Frequency days) {
            frequency = days;
            return this;
        }

        Given weekly(DayOfWeek day) {
            weekday = day;
            return on(Frequency.WEEKLY);
        }

        Given in(String place) {
            zone = ZoneId.of(place);
            return this;
        }

        Given covered(String date) {
            covered = date(date);
            return this;
        }

        Given last(String date) {
            last = date == null ? null : date(date);
            return this;
        }

        Given due(String instant) {
            due = instant == null ? null : Instant.parse(instant);
            return this;
        }

        Given waits(DigestKind kind, String from, String to) {
            waiting = new WaitingDigest(range(kind, from, to), false, false);
            return this;
        }

        Given beingSent(String from, String to) {
            waiting = new WaitingDigest(range(DigestKind.SCHEDULED, from, to), true, false);
            return this;
        }

        Given perhapsSent(String from, String to) {
            waiting = new WaitingDigest(range(DigestKind.SCHEDULED, from, to), false, true);
            return this;
        }
    }
}
