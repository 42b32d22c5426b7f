package org.dailypapers.desk.page;

import static io.restassured.RestAssured.given;
import static org.dailypapers.House.paper;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.MovedClock;
import org.dailypapers.PostOffice;
import org.dailypapers.Schedule;
import org.dailypapers.ScriptedSource;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.edition.Curation;
import org.dailypapers.operator.Role;
import org.dailypapers.paper.Editions;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EditionDeskTest {

    private static final String DAY = "2026-03-02";

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
    Database database;

    @Inject
    Editions editions;

    @Inject
    Curation curation;

    @BeforeEach
    void begin() {
        service.at("2026-03-02T00:00:00Z");
        source.list(paper("2602.00001", "An older paper", "2026-03-01"));
        schedule.tick();
        source.reset();
        source.list(paper("2603.00001", "A graph of everything", DAY));
        source.list(paper("2603.00002", "Another graph", DAY));
        house.reader("ada").interestedIn("graph").confirmed();
        liveUntil("2026-03-02T02:00:00Z");
    }

    private void liveUntil(String instant) {
        Instant end = Instant.parse(instant);
        while (clock.instant().isBefore(end)) {
            clock.move(Duration.ofHours(1));
            schedule.tick();
        }
    }

    private boolean isClosed() {
        return editions.find(LocalDate.parse(DAY)).orElseThrow().closed();
    }

    @Test
    void papersAreHiddenPinnedAndAdded() {
        DeskVisits.Visit editor = visits.as(Role.EDITOR);
        String here = "/desk/editions/" + DAY;
        assertEquals(
                303,
                editor.post(here + "/paper", Map.of("id", "2603.00002", "do", "pin"))
                        .statusCode());
        assertEquals(
                303,
                editor.post(here + "/paper", Map.of("id", "2603.00001", "do", "hide"))
                        .statusCode());
        Document page = editor.page(here);
        assertEquals(
                "Another graph pinned",
                page.select("tbody tr:contains(Another) td").get(1).text());
        assertEquals(
                "A graph of everything hidden",
                page.select("tr.hidden td").get(1).text());
        assertFalse(given().get("/papers?date=" + DAY).asString().contains("A graph of everything"));
        assertEquals(
                303,
                editor.post(here + "/paper", Map.of("id", "2603.00001", "do", "show"))
                        .statusCode());
        assertTrue(given().get("/papers?date=" + DAY).asString().contains("A graph of everything"));
        source.know(paper("2603.00009", "By hand", DAY));
        assertTrue(editor.post(here + "/paper", Map.of("id", "2603.00009", "do", "add"))
                .asString()
                .contains("By hand: joins"));
        assertEquals(
                400,
                editor.post(here + "/paper", Map.of("id", "so", "do", "hide")).statusCode());
        assertEquals(
                400,
                editor.post(here + "/paper", Map.of("id", "2603.00001", "do", "burn"))
                        .statusCode());
    }

    @Test
    void aNoteStandsAboveThePapersOnThePageAndInLettersThatAreComposedAfterwards() throws Exception {
        DeskVisits.Visit editor = visits.as(Role.EDITOR);
        String here = "/desk/editions/" + DAY;
        assertEquals(
                303,
                editor.post(here + "/note", Map.of("note", "We meet **on Friday**, [here](https://example.org/). <b>"))
                        .statusCode());
        assertTrue(given().get("/papers?date=" + DAY).asString().contains("<strong>on Friday</strong>"));
        liveUntil("2026-03-03T08:00:00Z");
        // By another process, whose clock is behind or whose transaction took its time.
        database.update("insert into edition_note (edition, at, text) values (date '" + DAY
                + "', timestamp with time zone '2026-03-02 22:00:00Z', 'Too late.')");
        clock.move(Duration.ofDays(-2));
        assertEquals(
                303,
                visits.as(Role.EDITOR)
                        .post(here + "/note", Map.of("note", "Never mind."))
                        .statusCode(),
                "the last word counts, whatever the clock said");
        clock.move(Duration.ofDays(2));
        try (var post = new PostOffice()) {
            List<PostOffice.Received> letters = post.deliver(delivery);
            String html = letters.getFirst().html();
            assertTrue(html.contains("We meet <strong>on Friday</strong>"), html);
            assertTrue(html.contains("&lt;b&gt;"), html);
            assertTrue(
                    letters.getFirst().text().contains("We meet on Friday"),
                    letters.getFirst().text());
            assertFalse(html.contains("Never mind"), html);
            assertFalse(html.contains("Too late"), html);
        }
        assertTrue(given().get("/papers?date=" + DAY).asString().contains("Never mind."));
        assertEquals(
                303,
                visits.as(Role.EDITOR).post(here + "/note", Map.of("note", " ")).statusCode());
        assertFalse(given().get("/papers?date=" + DAY).asString().contains("Never mind."));
        assertEquals(
                400,
                visits.as(Role.EDITOR)
                        .post(here + "/note", Map.of("note", "x".repeat(4001)))
                        .statusCode());
    }

    @Test
    void anEditionThatIsHeldClosesAndIsSentOnceItIsReleased() throws Exception {
        String here = "/desk/editions/" + DAY;
        assertTrue(visits.as(Role.EDITOR).page(here + "/hold").text().contains("until it is released"));
        assertEquals(303, visits.as(Role.EDITOR).post(here + "/hold", Map.of()).statusCode());
        liveUntil("2026-03-03T12:00:00Z");
        assertFalse(isClosed());
        int asked = source.asked();
        schedule.tick();
        schedule.tick();
        assertEquals(asked, source.asked(), "sources are asked each hour, held or not");
        try (var post = new PostOffice()) {
            assertEquals(0, post.deliver(delivery).size());
            assertEquals(
                    303,
                    visits.as(Role.EDITOR).post(here + "/release", Map.of()).statusCode());
            schedule.tick();
            assertTrue(isClosed());
            schedule.tick();
            assertEquals(1, post.deliver(delivery).size());
        }
        assertEquals(409, visits.as(Role.EDITOR).post(here + "/hold", Map.of()).statusCode());
    }

    @Test
    void anEditionThatIsHeldWhileItIsBeingClosedStaysOpenAndSoDoThoseAfterIt() {
        source.whenVotesAreRead(() -> curation.hold(LocalDate.parse(DAY), true));
        liveUntil("2026-03-05T12:00:00Z");
        assertFalse(isClosed());
        assertFalse(editions.find(LocalDate.parse("2026-03-03")).orElseThrow().closed());
    }

    @Test
    void whoClosesAHeldEditionByHandIsToldThatItIsHeld() {
        DeskVisits.Visit owner = visits.as(Role.OWNER);
        assertEquals(
                303, owner.post("/desk/editions/" + DAY + "/hold", Map.of()).statusCode());
        assertEquals(
                409, owner.post("/desk/deeds/close?edition=" + DAY, Map.of()).statusCode());
        Document page = owner.page("/desk/deeds/close");
        assertTrue(page.text().contains("It is held"), page.text());
        assertEquals(
                List.of("/desk/deeds/close?edition=" + DAY + "&held=true"),
                page.select("main form").eachAttr("action"));
    }

    @Test
    void theLetterIsShownAsAnyReaderWouldGetIt() {
        DeskVisits.Visit editor = visits.as(Role.EDITOR);
        String here = "/desk/editions/" + DAY;
        editor.post(here + "/note", Map.of("note", "A note."));
        Document page = editor.page(here + "/preview?interests=everything");
        assertEquals(3, page.select("iframe[sandbox]").size());
        assertTrue(
                page.select("pre").text().contains("A graph of everything"),
                page.select("pre").text());
        Response letter = editor.get(page.selectFirst("iframe").attr("src"));
        assertEquals(200, letter.statusCode());
        assertTrue(letter.header("Content-Security-Policy").contains("frame-ancestors 'self'"));
        assertTrue(letter.asString().contains("A note."));
        assertFalse(letter.asString().contains("Another graph"));
        Response dark = editor.get(page.select("iframe").last().attr("src"));
        assertFalse(dark.asString().contains("prefers-color-scheme: dark"));
        Document german = editor.page(here + "/preview?interests=everything&lang=de");
        assertTrue(
                german.select("pre").text().contains("Montag, 2. März 2026"),
                german.select("pre").text());
        assertTrue(
                editor.get(german.selectFirst("iframe").attr("src")).asString().contains("<html lang=\"de\""));
        assertTrue(editor.page(here + "/preview?interests=nothingofthekind^9&topic=")
                        .text()
                        .length()
                > 0);
    }
}
