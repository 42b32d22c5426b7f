package org.dailypapers;

import static org.awaitility.Awaitility.await;
import static org.dailypapers.House.paper;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.desk.ClockWatch;
import org.dailypapers.edition.Intake;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Paper;
import org.dailypapers.source.Arrival;
import org.dailypapers.source.Ingest;
import org.dailypapers.source.Sample;
import org.dailypapers.subscriber.DoubleOptIn;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.subscriber.preference.Preferences;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Days on which something is wrong: sources that sleep, a process that was paused, clocks that are set. */
@QuarkusTest
class OutageTest {

    @Inject
    MovedClock clock;

    @Inject
    Database database;

    @Inject
    ScriptedSource source;

    @Inject
    House house;

    @Inject
    Schedule schedule;

    @Inject
    Subscriptions subscriptions;

    @Inject
    DoubleOptIn optIn;

    @Inject
    Editions editions;

    @Inject
    Intake intake;

    @Inject
    Ingest ingest;

    @Inject
    Delivery delivery;

    @Inject
    ClockWatch watch;

    private final AcceptingTransport relay = new AcceptingTransport();

    @BeforeEach
    void aHouseThatHasBeenLivedInForADay() {
        database.empty();
        source.reset();
        clock.moveTo("2026-03-02T00:00:00Z");
        source.list(paper("2602.00001", "An older paper", "2026-03-01"));
        schedule.tick();
    }

    private void liveUntil(String instant) {
        Instant end = Instant.parse(instant);
        while (clock.instant().isBefore(end)) {
            clock.move(Duration.ofHours(1));
            tick();
        }
    }

    private void tick() {
        schedule.tick();
        delivery.drain(relay);
    }

    private String row(String sql) {
        return database.rows(sql).strip();
    }

    private Subscriber confirmed(Preferences preferences) {
        optIn.request(EmailAddress.parse("ada@example.org").orElseThrow(), preferences);
        return optIn.confirm(Long.parseLong(row("select max(id) from request"))).orElseThrow();
    }

    @Test
    void whatWasListedWhileASourceSleptArrivesWhenItWakes() {
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        liveUntil("2026-03-03T12:00:00Z");
        source.goDown();
        source.list(paper("2603.00011", "A graph of Tuesday", "2026-03-03"));
        source.list(paper("2603.00012", "A graph of Wednesday", "2026-03-04"));
        liveUntil("2026-03-06T12:00:00Z");
        assertEquals(List.of(), house.sent(ada));
        source.comeBack();
        liveUntil("2026-03-08T12:00:00Z");
        assertEquals(
                List.of("2603.00011", "2603.00012"),
                house.sent(ada).stream().sorted().toList());
    }

    @Test
    void aTableThatIsMissingForAWhileCostsNoPaper() {
        liveUntil("2026-03-02T12:00:00Z");
        source.list(paper("2603.00091", "A graph", "2026-03-02"));
        database.update("alter table entry rename to entry_gone");
        try {
            clock.move(Duration.ofHours(1));
            schedule.tick();
        } finally {
            database.update("alter table entry_gone rename to entry");
        }
        assertEquals("DATABASE", row("select kind from alarm"));
        liveUntil("2026-03-02T16:00:00Z");
        assertEquals(
                "1",
                row("select count(*) from entry e join paper p on p.id = e.paper_id where p.public_id ="
                        + " '2603.00091'"));
    }

    @Test
    void aSourceThatIsSilentForAWeekdayRaisesOneAlarmADay() {
        liveUntil("2026-03-03T12:00:00Z");
        source.goDown();
        liveUntil("2026-03-04T23:00:00Z");
        assertEquals("0", row("select count(*) from alarm"), "Wednesday is not over");
        liveUntil("2026-03-05T01:00:00Z");
        assertEquals("SOURCE", row("select kind from alarm"));
        assertTrue(row("select text from alarm").contains("scripted has not answered since 2026-03-03T"));
        liveUntil("2026-03-05T20:00:00Z");
        assertEquals("1", row("select count(*) from alarm"));
    }

    @Test
    void aSourceThatAnsweredUnderAClockThatWasAheadIsMissedOnceTheClockIsRight() {
        clock.set("2026-09-01T12:00:00Z");
        tick();
        clock.set("2026-03-03T12:00:00Z");
        source.goDown();
        liveUntil("2026-03-05T01:00:00Z");
        assertEquals("SOURCE", row("select kind from alarm"));
    }

    @Test
    void aWeekendWithoutAnAnswerRaisesNoAlarm() {
        liveUntil("2026-03-06T12:00:00Z");
        source.goDown();
        liveUntil("2026-03-09T20:00:00Z");
        assertEquals("0", row("select count(*) from alarm"));
    }

    @Test
    void whatWasListedOverFourNightsOfAPausedProcessArrives() {
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        liveUntil("2026-03-02T12:00:00Z");
        for (int day = 2; day <= 6; day++) {
            source.list(paper("2603.0002" + day, "A graph of day " + day, "2026-03-0" + day));
        }
        clock.moveTo("2026-03-06T12:00:00Z");
        tick();
        liveUntil("2026-03-08T12:00:00Z");
        assertEquals(5, house.sent(ada).size());
    }

    @Test
    void aSourceThatAsksToBeLeftAloneIsAskedAgainAfterThat() {
        liveUntil("2026-03-02T12:00:00Z");
        source.goDown(Duration.ofSeconds(300));
        liveUntil("2026-03-02T13:00:00Z");
        source.comeBack();
        int asked = source.asked();
        clock.move(Duration.ofSeconds(240));
        tick();
        assertEquals(asked, source.asked());
        clock.move(Duration.ofSeconds(60));
        tick();
        assertEquals(asked + 1, source.asked());
    }

    @Test
    void aListingThatBreaksOffIsReadOnFromWhatCame() {
        liveUntil("2026-03-05T12:00:00Z");
        source.list(paper("2603.00031", "A graph", "2026-03-05"));
        source.breakAfterListing();
        liveUntil("2026-03-05T14:00:00Z");
        assertEquals("2026-03-05", row("select read_to from source"));
        assertEquals("1", row("select count(*) from paper where public_id = '2603.00031'"));
    }

    @Test
    void aClockThatIsSetBackThreeHoursSilencesNobody() {
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        liveUntil("2026-03-03T03:00:00Z");
        int asked = source.asked();
        clock.set("2026-03-03T00:00:00Z");
        tick();
        assertEquals(asked + 1, source.asked(), "the source is asked at once");
        String health = watch.call().getData().orElseThrow().toString();
        assertTrue(health.contains("back by 3 h 0 min"), health);
        source.list(paper("2603.00041", "A graph", "2026-03-03"));
        liveUntil("2026-03-04T09:00:00Z");
        assertEquals(List.of("2603.00041"), house.sent(ada));
    }

    private void adaAsks() {
        optIn.request(
                EmailAddress.parse("ada@example.org").orElseThrow(),
                house.reader("ada").interestedIn("graph").preferences());
    }

    @Test
    void whatWasQueuedBeforeTheClockWasSetBackLeavesAtOnce() {
        liveUntil("2026-03-03T12:00:00Z");
        adaAsks();
        clock.set("2026-03-03T09:00:00Z");
        tick();
        assertEquals(1, relay.accepted.size());
    }

    @Test
    void whoAskedUnderAClockThatWasAheadMayAskAgain() {
        EmailAddress address = EmailAddress.parse("ada@example.org").orElseThrow();
        Preferences preferences = house.reader("ada").interestedIn("graph").preferences();
        clock.set("2026-09-01T12:00:00Z");
        optIn.link(address);
        optIn.request(address, preferences);
        tick();
        assertEquals(1, relay.accepted.size());
        clock.set("2026-03-02T12:00:00Z");
        tick();
        optIn.request(address, preferences);
        tick();
        assertEquals(2, relay.accepted.size());
    }

    @Test
    void aStartMonthsAheadLeavesNothingBehindOnceTheClockIsRight() {
        database.empty();
        source.reset();
        clock.set("2026-09-01T12:00:00Z");
        source.list(paper("2608.00001", "A graph that was listed in a dream", "2026-08-31"));
        source.list(paper("2609.00001", "Another graph of a dream", "2026-09-01"));
        tick();
        Subscriber ada =
                confirmed(house.reader("ada").interestedIn("graph").at(8).preferences());
        assertEquals(List.of("2608.00001"), house.sent(ada), "a welcome");
        tick();
        clock.set("2026-03-02T12:00:00Z");
        tick();
        assertEquals("2026-03-02", row("select max(date) from edition"));
        assertEquals("0", row("select count(*) from paper where first_edition > date '2026-03-02'"));
        assertEquals(
                "0",
                row("select count(*) from reader where covered > date '2026-03-02' or last_date > date '2026-03-02'"));
        assertEquals(
                "0",
                row(
                        "select count(*) from subscriber where confirmed_at > timestamp with time zone '2026-03-03 00:00:00+00'"));
        assertEquals(
                "0", row("select count(*) from consent where at > timestamp with time zone '2026-03-03 00:00:00+00'"));
        int asked = source.asked();
        source.list(paper("2603.00051", "A graph of this day", "2026-03-02"));
        liveUntil("2026-03-03T09:00:00Z");
        assertTrue(source.asked() > asked, "the source is asked again");
        assertTrue(house.sent(ada).contains("2603.00051"), house.sent(ada).toString());
        liveUntil("2026-03-06T09:00:00Z");
        assertEquals(house.sent(ada).stream().distinct().toList(), house.sent(ada));
    }

    @Test
    void aClockThatIsDaysBehindAfterAQuietWeekendLosesNoPaper() {
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        source.list(paper("2603.00091", "A graph of Friday", "2026-03-06"));
        source.list(paper("2603.00092", "A graph of Monday", "2026-03-09"));
        liveUntil("2026-03-09T12:00:00Z");
        clock.set("2026-03-04T12:00:00Z");
        tick();
        tick();
        clock.set("2026-03-09T13:00:00Z");
        liveUntil("2026-03-11T12:00:00Z");
        assertEquals(List.of("2603.00091", "2603.00092"), house.sent(ada));
        assertEquals("0", row("select count(*) from edition where closed_at is null and date < date '2026-03-10'"));
    }

    @Test
    void aClockThatIsDaysAheadForATickSilencesNobody() {
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        liveUntil("2026-03-04T12:00:00Z");
        clock.set("2026-03-12T12:00:00Z");
        tick();
        tick();
        clock.set("2026-03-04T13:00:00Z");
        tick();
        assertEquals("2026-03-04", row("select max(date) from edition"));
        source.list(paper("2603.00095", "A graph of Thursday", "2026-03-05"));
        liveUntil("2026-03-06T12:00:00Z");
        assertEquals(List.of("2603.00095"), house.sent(ada));
    }

    @Test
    void whatWasSentUnderAClockThatWasAheadIsNotSentAgain() {
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        source.list(paper("2603.00096", "A graph that many like", "2026-03-04"));
        liveUntil("2026-03-04T12:00:00Z");
        clock.set("2026-09-01T12:00:00Z");
        tick();
        tick();
        clock.set("2026-03-04T13:00:00Z");
        liveUntil("2026-03-05T12:00:00Z");
        source.list(paper("2603.00096", "A graph that many like", "2026-03-04", 50));
        source.list(paper("2603.00097", "A graph of Thursday", "2026-03-05"));
        liveUntil("2026-03-08T12:00:00Z");
        assertEquals(house.sent(ada).stream().distinct().toList(), house.sent(ada));
        assertTrue(house.sent(ada).contains("2603.00097"), house.sent(ada).toString());
    }

    @Test
    void theEditionOfTomorrowStaysWhereItIsTodayEastOfHere() {
        ingest.ingest(
                "scripted",
                Stream.of(paper("2603.00098", "A graph from the east", "2026-03-03")),
                Arrival.LIVE,
                n -> {},
                new TreeSet<>());
        tick();
        assertEquals("2026-03-03", row("select max(edition) from entry"));
    }

    @Test
    void aClockThatIsBehindMovesNobodysLeaving() {
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        source.list(paper("2603.00099", "A graph", "2026-03-06"));
        liveUntil("2026-03-07T12:00:00Z");
        subscriptions.withdraw(ada.id, "unsubscribe page");
        clock.set("2026-03-03T12:00:00Z");
        tick();
        clock.set("2026-03-07T13:00:00Z");
        tick();
        assertEquals(
                "1",
                row(
                        "select count(*) from subscriber where left_at = timestamp with time zone '2026-03-07 12:00:00+00'"));
    }

    @Test
    void aClockThatIsMonthsAheadForgetsNobodyWhoHasJustAsked() {
        liveUntil("2026-03-03T03:00:00Z");
        adaAsks();
        clock.set("2026-09-01T04:00:00Z");
        tick();
        tick();
        clock.set("2026-03-03T03:05:00Z");
        tick();
        assertTrue(optIn.confirm(Long.parseLong(row("select max(id) from request")))
                .isPresent());
    }

    @Test
    void aRestartUnderAClockThatIsMonthsAheadForgetsNobodyEither() {
        liveUntil("2026-03-03T03:00:00Z");
        adaAsks();
        clock.set("2026-09-01T04:00:00Z");
        tick();
        var container = Arc.container();
        for (Class<?> remembers : List.of(
                Schedule.class,
                ClockWatch.class,
                ClockCorrection.class,
                EditionDay.class,
                DigestDay.class,
                CleanUp.class)) {
            container
                    .getActiveContext(ApplicationScoped.class)
                    .destroy(container.instance(remembers).getBean());
        }
        tick();
        clock.set("2026-03-03T03:05:00Z");
        tick();
        assertTrue(optIn.confirm(Long.parseLong(row("select max(id) from request")))
                .isPresent());
    }

    @Test
    void whoNeverConfirmedIsForgottenOnceTheClockIsTrusted() {
        adaAsks();
        liveUntil("2026-03-04T12:00:00Z");
        assertEquals("1", row("select count(*) from subscriber"));
        for (int day = 0; day < 33; day++) {
            clock.move(Duration.ofDays(1));
            tick();
        }
        assertEquals("0", row("select count(*) from subscriber"));
    }

    @Test
    void anEditionOfTheFutureThatHasClosedStaysAndTheOperatorIsTold() {
        source.list(paper("2603.00061", "A graph", "2026-03-10"));
        liveUntil("2026-03-11T07:00:00Z");
        clock.set("2026-03-05T07:00:00Z");
        tick();
        assertEquals("2026-03-10", row("select max(date) from edition where closed_at is not null"));
        assertEquals("1", row("select count(*) from alarm where kind = 'CLOCK'"));
        clock.set("2026-03-11T08:00:00Z");
        source.list(paper("2603.00062", "A second graph", "2026-03-11"));
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        liveUntil("2026-03-12T09:00:00Z");
        assertEquals(List.of("2603.00062"), house.sent(ada));
    }

    @Test
    void twoProcessesAskASourceOnce() throws Exception {
        clock.move(Duration.ofHours(2));
        int asked = source.asked();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var work = new ArrayList<Callable<Object>>();
            for (int i = 0; i < 4; i++) {
                work.add(() -> {
                    return intake.live(source, Instant.MIN);
                });
            }
            for (var done : threads.invokeAll(work)) {
                done.get();
            }
        }
        assertEquals(asked + 1, source.asked());
    }

    @Test
    void noEditionClosesWhileAProcessBringsPapersIn() {
        clock.moveTo("2026-03-03T06:30:00Z");
        database.update("update source set leased_till = timestamp with time zone '2026-03-03 06:32:00+00',"
                + " asked_at = timestamp with time zone '2026-03-03 06:30:00+00'");
        schedule.tick();
        assertEquals("0", row("select count(*) from edition where closed_at is not null and date = date '2026-03-02'"));
        clock.move(Duration.ofMinutes(3));
        schedule.tick();
        assertEquals("1", row("select count(*) from edition where closed_at is not null and date = date '2026-03-02'"));
    }

    @Test
    @Timeout(120)
    void aSourceThatHangsHoldsUpNeitherTheDayNorMoreThanAMomentTheClosing() {
        String closed = "select count(*) from edition where closed_at is not null and date = date '2026-03-02'";
        clock.moveTo("2026-03-03T06:30:00Z");
        source.hang();
        schedule.tick();
        assertEquals("0", row(closed), "its news may still come");
        // It still sends now and then, so its turn is held on to.
        database.update("update source set leased_till = timestamp with time zone '2026-03-03 06:43:00+00'");
        clock.moveTo("2026-03-03T06:41:00Z");
        schedule.tick();
        assertEquals("1", row(closed));
        source.comeBack();
        await().until(() ->
                row("select count(*) from source where leased_till is not null").equals("0"));
    }

    @Test
    void whatASourceListedLongBeforeItsFirstReadingIsNoNews() {
        clock.moveTo("2026-04-10T12:00:00Z");
        schedule.tick();
        assertEquals(
                "1",
                row("select count(*) from edition where history = false and closed_at is not null"
                        + " and date = date '2026-03-02'"));
        ingest.ingest(
                "feed",
                Stream.of(paper("2602.00099", "It stood there for years", "2026-03-02")),
                Arrival.FIRST,
                n -> {},
                new TreeSet<>());
        assertEquals(
                "2026-03-02",
                row("select e.edition from entry e join paper p on p.id = e.paper_id"
                        + " where p.public_id = '2602.00099'"));
    }

    @Test
    void anInstanceThatLivedOnTheSampleSendsWhatItsReadersHaveNotSeen() {
        database.empty();
        source.reset();
        source.goDown();
        clock.moveTo("2026-03-02T12:00:00Z");
        editions.ensureToday();
        intake.sample();
        Subscriber ada = house.reader("ada").interestedIn("hypograph").confirmed();
        liveUntil("2026-03-05T12:00:00Z");
        source.comeBack();
        source.list(paper("2603.00071", "A hypograph of Tuesday", "2026-03-03"));
        source.list(paper("2603.00072", "A hypograph of Wednesday", "2026-03-04"));
        source.list(paper("2602.00071", "A hypograph of the week before", "2026-02-27"));
        liveUntil("2026-03-07T12:00:00Z");
        assertTrue(
                house.sent(ada).containsAll(List.of("2603.00071", "2603.00072")),
                house.sent(ada).toString());
        assertFalse(house.sent(ada).contains("2602.00071"), "what was before the instance is history");
    }

    @Test
    void aFirstStartThatWasKilledIsFinishedByTheNextOne() {
        database.empty();
        var past = new java.util.TreeSet<LocalDate>();
        ingest.ingest(
                Paper.SAMPLE, Sample.papers(LocalDate.parse("2026-03-02")).stream(), Arrival.FIRST, n -> {}, past);
        assertTrue(Integer.parseInt(row("select count(*) from entry where rank is null")) > 0, "killed before ranking");
        intake.finish();
        assertEquals(
                "0",
                row(
                        "select count(*) from entry e join edition d on d.date = e.edition where d.history and e.rank is null"));
    }

    @Test
    void anErrorInAStepStopsNoOtherStep() {
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        source.list(paper("2603.00081", "A graph", "2026-03-02"));
        liveUntil("2026-03-02T12:00:00Z");
        clock.moveTo("2026-03-03T10:00:00Z");
        source.failWith(new StackOverflowError("made by the test"));
        schedule.tick();
        schedule.tick();
        assertEquals(List.of("2603.00081"), house.sent(ada));
        source.reset();
        clock.move(Duration.ofMinutes(10));
        int asked = source.asked();
        schedule.tick();
        assertEquals(asked + 1, source.asked(), "and nobody holds the source's turn");
    }
}
