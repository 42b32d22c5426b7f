package org.dailypapers.desk.page;

import static org.awaitility.Awaitility.await;
import static org.dailypapers.House.paper;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.dailypapers.AcceptingTransport;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.MovedClock;
import org.dailypapers.Schedule;
import org.dailypapers.ScriptedSource;
import org.dailypapers.audience.ReaderActs;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.desk.DeskWork;
import org.dailypapers.desk.figure.ReaderFigures;
import org.dailypapers.desk.figure.RunFigures;
import org.dailypapers.operator.AuditTrail;
import org.dailypapers.operator.Role;
import org.dailypapers.paper.Editions;
import org.dailypapers.subscriber.EmailAddress;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TodayTest {

    @Inject
    FreshService service;

    @Inject
    MovedClock clock;

    @Inject
    House house;

    @Inject
    ScriptedSource source;

    @Inject
    Schedule schedule;

    @Inject
    Delivery delivery;

    @Inject
    DeskVisits visits;

    @Inject
    DeskWork work;

    @Inject
    RunFigures runs;

    @Inject
    ReaderFigures readers;

    @Inject
    ReaderActs acts;

    @Inject
    Editions editions;

    @Inject
    AuditTrail audit;

    @BeforeEach
    void begin() {
        service.at("2026-03-02T00:00:00Z");
        source.list(paper("2602.00001", "An older paper", "2026-03-01"));
        schedule.tick();
        source.reset();
        source.list(paper("2603.00001", "A graph of everything", "2026-03-02"));
        runs.changed();
        readers.changed();
    }

    private void liveUntil(String instant) {
        Instant end = Instant.parse(instant);
        while (clock.instant().isBefore(end)) {
            clock.move(Duration.ofHours(1));
            schedule.tick();
        }
        runs.changed();
        readers.changed();
    }

    private static Map<String, Element> figures(Document page) {
        return page.select(".figures > div").stream()
                .collect(java.util.stream.Collectors.toMap(
                        div -> div.selectFirst("dt").text(), div -> div.selectFirst("dd"), (one, other) -> one));
    }

    @Test
    void eachFigureIsTheNumberOfTheRowsBehindIt() {
        house.reader("ada").interestedIn("graph").confirmed();
        house.reader("bob").interestedIn("graph").confirmed();
        house.reader("cyd").interestedIn("graph").pausedUntil("2026-06-01").confirmed();
        house.reader("dan").interestedIn("graph").confirmed();
        acts.unsubscribe(EmailAddress.parse("dan@example.org").orElseThrow(), "a test");
        liveUntil("2026-03-03T08:00:00Z");
        DeskVisits.Visit owner = visits.as(Role.OWNER);
        Map<String, Element> before = figures(owner.page("/desk"));
        assertEquals("2", before.get("composed").text());
        assertEquals("2", before.get("wait").text());
        delivery.drain(new AcceptingTransport());
        runs.changed();
        Map<String, Element> after = figures(owner.page("/desk"));
        assertEquals("0", after.get("wait").text());
        assertEquals("2", after.get("accepted").text());
        assertEquals("3", after.get("read").text());
        assertEquals("1", after.get("of them rest").text());
        assertEquals("1", after.get("left in 7 days").text());
        for (String name : List.of(
                "read",
                "of them rest",
                "wait for their link",
                "came in 7 days",
                "left in 7 days",
                "composed",
                "accepted",
                "refused",
                "came back")) {
            Element figure = after.get(name);
            Document rows = owner.page(figure.selectFirst("a").attr("href"));
            assertEquals(figure.text(), "" + rows.select("table.rows tbody tr").size(), name);
        }
    }

    @Test
    void workThatEndsInAnErrorOfTheMachineIsOverAsOtherWorkIs() {
        assertTrue(work.begin("A test", progress -> {
            throw new NoClassDefFoundError("not there, for a test");
        }));
        await().until(() -> work.running().isEmpty());
        assertEquals(
                "A test: That failed: not there, for a test",
                work.ended().getFirst().name() + ": " + work.ended().getFirst().result());
        assertTrue(work.begin("Another test", progress -> "done"));
        await().until(() -> work.running().isEmpty());
    }

    @Test
    void theEditionIsClosedAndPapersAreFetchedByAPressThatTheTrailKeeps() {
        DeskVisits.Visit owner = visits.as(Role.OWNER);
        clock.move(Duration.ofHours(1));
        String open = editions.oldestOpen().toString();
        assertTrue(owner.page("/desk/deeds/close").select("main").text().contains(open));
        assertTrue(
                editions.newestLived()
                        .filter(date -> date.toString().equals(open))
                        .isEmpty(),
                "looking closes nothing");
        assertEquals(303, owner.post("/desk/deeds/fetch", Map.of()).statusCode());
        await().until(() -> work.running().isEmpty());
        assertEquals(
                303, owner.post("/desk/deeds/close?edition=" + open, Map.of()).statusCode());
        await().until(() -> work.running().isEmpty());
        assertEquals(open, editions.newestLived().orElseThrow().toString());
        assertTrue(
                owner.page("/desk").text().contains("Closed " + open),
                owner.page("/desk").text());
        assertEquals(
                409, owner.post("/desk/deeds/close?edition=" + open, Map.of()).statusCode());
        assertEquals(
                List.of("close edition " + open, "fetch sources"),
                audit.before(Long.MAX_VALUE, 2).stream()
                        .map(entry -> entry.act() + " " + entry.object())
                        .toList());
    }

    @Test
    void aTestLetterGoesToWhoAsksForIt() {
        DeskVisits.Visit viewer = visits.as(Role.VIEWER);
        for (int i = 0; i < 2; i++) {
            assertEquals(303, viewer.post("/desk/deeds/test", Map.of()).statusCode());
            assertTrue(viewer.page("/desk/deeds/test/sent").text().contains("in a moment"));
            var relay = new AcceptingTransport();
            delivery.drain(relay);
            assertTrue(viewer.page("/desk/deeds/test/sent").text().contains("It was accepted"));
        }
    }

    @Test
    void aSourceThatHasNeverAnsweredIsNoMatterOfPatience() {
        service.at("2026-03-02T00:00:00Z");
        source.goDown();
        liveUntil("2026-03-02T02:00:00Z");
        Document page = visits.as(Role.VIEWER).page("/desk");
        assertEquals("Not all is well", page.selectFirst("h1").text());
        assertTrue(page.select(".notice").text().contains(ScriptedSource.NAME + ": has never answered"), page.text());
        assertEquals("", page.select("td.well").text());
    }

    @Test
    void aSilentSourceIsNamedWithWhatToDo() {
        liveUntil("2026-03-03T08:00:00Z");
        DeskVisits.Visit viewer = visits.as(Role.VIEWER);
        assertEquals("All is well", viewer.page("/desk").selectFirst("h1").text());
        source.goDown();
        liveUntil("2026-03-06T08:00:00Z");
        Document page = viewer.get("/desk").statusCode() == 200
                ? viewer.page("/desk")
                : visits.as(Role.VIEWER).page("/desk");
        assertEquals("Not all is well", page.selectFirst("h1").text());
        assertTrue(page.select(".notice").text().contains(ScriptedSource.NAME), page.text());
        assertTrue(page.select("#alarms ~ div").text().contains("A source of papers does not answer"), page.text());
    }
}
