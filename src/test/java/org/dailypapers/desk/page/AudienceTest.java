package org.dailypapers.desk.page;

import static org.dailypapers.House.paper;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.dailypapers.AcceptingTransport;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.MovedClock;
import org.dailypapers.Schedule;
import org.dailypapers.ScriptedSource;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.operator.Role;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AudienceTest {

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
    Subscriptions subscriptions;

    private Subscriber ada;

    @BeforeEach
    void begin() {
        service.at("2026-03-02T00:00:00Z");
        source.list(paper("2602.00001", "An older paper", "2026-03-01"));
        schedule.tick();
        source.reset();
        source.list(paper("2603.00001", "A graph of everything", "2026-03-02"));
        ada = house.reader("ada").interestedIn("graph").confirmed();
        house.reader("adam_x").interestedIn("topic:reasoning").confirmed();
        house.reader("bob").filled().confirmed();
    }

    private void liveUntil(String instant) {
        Instant end = Instant.parse(instant);
        while (clock.instant().isBefore(end)) {
            clock.move(Duration.ofHours(1));
            schedule.tick();
        }
        delivery.drain(new AcceptingTransport());
    }

    private static List<String> found(Response answer) {
        return Jsoup.parse(answer.asString())
                .select("table.rows tbody td:first-child")
                .eachText();
    }

    @Test
    void aReaderIsFoundByTheirAddressHoweverItIsSpeltAndByItsBeginning() {
        DeskVisits.Visit helper = visits.as(Role.HELPER);
        Response exact = helper.post("/desk/readers", Map.of("address", " Ada@EXAMPLE.org "));
        assertEquals(303, exact.statusCode());
        assertTrue(exact.header("Location").endsWith("/desk/readers/" + ada.id));
        assertEquals(
                List.of("ada@example.org", "adam_x@example.org"),
                found(helper.post("/desk/readers", Map.of("address", "AD"))));
        assertEquals(List.of("adam_x@example.org"), found(helper.post("/desk/readers", Map.of("address", "adam_"))));
        for (String odd : List.of("ad%", "__", "a!", "' or 1=1 --", "\\_%")) {
            assertEquals(List.of(), found(helper.post("/desk/readers", Map.of("address", odd))), odd);
        }
        assertEquals(400, helper.post("/desk/readers", Map.of("address", "a")).statusCode());
    }

    @Test
    void segmentsAreByStateTopicAgeAndSilence() {
        liveUntil("2026-03-03T08:00:00Z");
        DeskVisits.Visit helper = visits.as(Role.HELPER);
        assertEquals(3, found(helper.get("/desk/readers?state=confirmed")).size());
        assertEquals(List.of("adam_x@example.org"), found(helper.get("/desk/readers?topic=reasoning")));
        assertEquals(List.of(), found(helper.get("/desk/readers?topic=reason%25")));
        assertEquals(3, found(helper.get("/desk/readers?age=2")).size());
        assertEquals(
                List.of("bob@example.org", "adam_x@example.org"),
                found(helper.get("/desk/readers?state=confirmed&silent=1")),
                "who had no letter");
        clock.move(Duration.ofDays(9));
        assertEquals(List.of(), found(visits.as(Role.HELPER).get("/desk/readers?age=2")));
    }

    @Test
    void aReadersPageShowsWhatWasSaidAndSentAndWhy() {
        liveUntil("2026-03-03T08:00:00Z");
        DeskVisits.Visit helper = visits.as(Role.HELPER);
        Document page = helper.page("/desk/readers/" + ada.id);
        assertEquals("ada@example.org", page.selectFirst("h1").text());
        String letter = page.select("details.letter").text();
        assertTrue(letter.contains("digest of 2026-03-02 (scheduled): accepted"), letter);
        assertTrue(letter.contains("A graph of everything graph"), letter);
        assertTrue(page.text().contains("confirmed: imported by the operator"), page.text());
        String sent = page.selectFirst("details.letter a[href^=/letters/]").attr("href");
        assertTrue(helper.page(sent).text().contains("A graph of everything"));
    }

    @Test
    void whatIsDoneForAReaderIsToldBeforeDoneOnceAndNotedWithoutTheirAddress() {
        DeskVisits.Visit helper = visits.as(Role.HELPER);
        String here = "/desk/readers/" + ada.id;
        assertTrue(helper.page(here + "/unsubscribe").text().contains("by their own act alone"));
        assertEquals(Consent.CONFIRMED, subscriptions.find(ada.id).orElseThrow().consent);

        assertEquals(409, helper.post(here + "/pause", Map.of("until", "soon")).statusCode());
        assertEquals(
                200, helper.post(here + "/pause", Map.of("until", "2026-04-01")).statusCode());
        assertTrue(helper.page(here).text().contains("rests until 2026-04-01"));
        assertEquals(200, helper.post(here + "/resume", Map.of()).statusCode());
        assertEquals(409, helper.post(here + "/release", Map.of()).statusCode());
        assertTrue(helper.page(here + "/address")
                .select("main form input[type=email]")
                .hasAttr("required"));
        assertEquals(
                409, helper.post(here + "/address", Map.of("email", "soon")).statusCode());
        assertEquals(
                200,
                helper.post(here + "/address", Map.of("email", "ada@example.net"))
                        .statusCode());
        assertEquals("ada@example.org", subscriptions.find(ada.id).orElseThrow().email, "until it is confirmed");
        Response export = helper.post(here + "/export", Map.of());
        assertEquals("ada@example.org", export.path("email"));
        assertTrue(export.header("Content-Disposition").startsWith("attachment"));
        assertEquals(200, helper.post(here + "/unsubscribe", Map.of()).statusCode());
        assertEquals(Consent.WITHDRAWN, subscriptions.find(ada.id).orElseThrow().consent);
        assertTrue(helper.page("/desk/leavers").text().contains("unsubscribed by the operator (helper@example.org)"));
        assertEquals(200, helper.post(here + "/erase", Map.of()).statusCode());
        assertEquals(404, helper.get(here).statusCode());
        String trail = database.rows("select act, object, detail from desk_audit where act like 'reader %'");
        for (String act : List.of("pause", "resume", "address", "release", "export", "unsubscribe", "erase")) {
            assertTrue(trail.contains("reader " + act + " | reader " + ada.id), trail);
        }
        assertFalse(trail.contains("ada@"), trail);
    }

    @Test
    void whoLeftIsListedWithTheLetterBefore() {
        liveUntil("2026-03-03T08:00:00Z");
        DeskVisits.Visit helper = visits.as(Role.HELPER);
        helper.post("/desk/readers/" + ada.id + "/unsubscribe", Map.of());
        assertTrue(helper.page("/desk/leavers").select("tbody tr").text().endsWith("2026-03-02"));
    }
}
