package org.dailypapers.edition;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.dailypapers.House.paper;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.MovedClock;
import org.dailypapers.PostOffice;
import org.dailypapers.ScriptedSource;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.digest.DigestComposer;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.SourceException;
import org.dailypapers.source.SourceStandings;
import org.dailypapers.subscriber.Subscriber;
import org.jsoup.Jsoup;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CurationTest {

    private static final PaperId SPEECH = new PaperId("2603.00001");
    private static final PaperId STRINGS = new PaperId("2603.00003");
    private static final LocalDate YESTERDAY = LocalDate.parse("2026-03-02");

    @Inject
    FreshService service;

    @Inject
    MovedClock clock;

    @Inject
    House house;

    @Inject
    Intake intake;

    @Inject
    Curation curation;

    @Inject
    ScriptedSource source;

    @Inject
    SourceStandings standings;

    @Inject
    DigestComposer composer;

    @Inject
    Delivery delivery;

    @BeforeEach
    void begin() {
        service.at("2026-03-03T12:00:00Z");
        listAll();
        service.awaitSearch();
    }

    private void listAll() {
        intake.file(
                ScriptedSource.NAME,
                Stream.of(
                        paper("2603.00001", "Speech of machines", "2026-03-02", 90),
                        paper("2603.00002", "Speech of people", "2026-03-02", 9),
                        paper("2603.00003", "Strings without speech", "2026-03-02", null)),
                n -> {});
    }

    private static List<String> onPage() {
        return Jsoup.parse(given().get("/papers?date=2026-03-02").asString())
                .select(".papers h3")
                .eachText();
    }

    private static List<String> inFeed(String question) {
        return Jsoup.parse(given().get("/feed.atom" + question).asString(), "", Parser.xmlParser())
                .select("entry > title")
                .eachText();
    }

    private boolean isSeen(String title, String id) {
        boolean found = inFeed("?q=speech").contains(title);
        assertEquals(found, onPage().contains(title));
        assertEquals(found, inFeed("").contains(title));
        assertEquals(
                found,
                Jsoup.parse(given().get("/papers?q=speech").asString())
                        .select(".papers h3")
                        .eachText()
                        .contains(title));
        assertEquals(found, given().get("/api/v1/papers?q=speech").asString().contains(title));
        assertEquals(
                found, given().get("/api/v1/editions/2026-03-02").asString().contains(title));
        assertEquals(found ? 200 : 404, given().get("/papers/" + id).statusCode());
        assertEquals(found ? 200 : 404, given().get("/papers/" + id + ".bib").statusCode());
        assertEquals(found ? 200 : 404, given().get("/api/v1/papers/" + id).statusCode());
        assertEquals(
                found, given().get("/papers.bib?date=2026-03-02").asString().contains(id));
        assertEquals(
                found,
                given().get("/sitemaps/papers-" + part() + ".xml").asString().contains(id));
        return found;
    }

    private static String part() {
        return Jsoup.parse(given().get("/sitemap.xml").asString(), "", Parser.xmlParser())
                .select("loc")
                .last()
                .text()
                .replaceAll(".*papers-|\\.xml", "");
    }

    @Test
    void aHiddenPaperIsSeenNowhereUntilItIsShown() {
        assertTrue(isSeen("Speech of machines", "2603.00001"));
        assertTrue(curation.hide(SPEECH, true));
        await().until(() -> !inFeed("?q=speech").contains("Speech of machines"));
        assertFalse(isSeen("Speech of machines", "2603.00001"));
        assertEquals(2, given().get("/api/v1/editions/2026-03-02").jsonPath().getInt("total"));
        clock.move(Duration.ofMinutes(1));
        intake.file(
                ScriptedSource.NAME, Stream.of(paper("2603.00001", "Speech of machines", "2026-03-02", 200)), n -> {});
        assertFalse(isSeen("Speech of machines", "2603.00001"));
        assertTrue(curation.hide(SPEECH, false));
        await().until(() -> inFeed("?q=speech").contains("Speech of machines"));
        assertTrue(isSeen("Speech of machines", "2603.00001"));
        assertFalse(curation.hide(new PaperId("2603.99999"), true));
    }

    @Test
    void anEditionWhoseOnlyPaperIsHiddenIsAnEmptyOne() {
        intake.file(ScriptedSource.NAME, Stream.of(paper("2603.00009", "Alone in its day", "2026-02-27", 1)), n -> {});
        assertEquals(1, papersOf("2026-02-27"));
        String earlier = "a[href=/papers?date=2026-02-27]";
        assertFalse(Jsoup.parse(given().get("/papers?date=2026-03-02").asString())
                .select(earlier)
                .isEmpty());
        assertTrue(curation.hide(new PaperId("2603.00009"), true));
        assertEquals(0, papersOf("2026-02-27"));
        assertTrue(Jsoup.parse(given().get("/papers?date=2026-03-02").asString())
                .select(earlier)
                .isEmpty());
        assertFalse(given().get("/sitemaps/pages.xml").asString().contains("2026-02-27"));
    }

    private static int papersOf(String date) {
        return given().get("/api/v1/editions").jsonPath().getInt("editions.find { it.date == '" + date + "' }.papers");
    }

    @Test
    void noLetterHoldsAHiddenPaper() {
        house.reader("ada").interestedIn("speech").confirmed();
        assertEquals(1, composer.composeByHand(YESTERDAY, null, n -> {}).queued());
        curation.hide(SPEECH, true);
        try (var post = new PostOffice()) {
            String letter = post.deliver(delivery).getFirst().html();
            assertFalse(letter.contains("Speech of machines"));
            assertTrue(letter.contains("Speech of people"));
        }
        Subscriber grace = house.reader("grace").interestedIn("speech").filled().confirmed();
        assertEquals(1, composer.composeByHand(YESTERDAY, null, n -> {}).queued());
        assertEquals(Optional.of("2603.00002"), house.sent(grace).stream().findFirst());
        assertFalse(house.sent(grace).contains("2603.00001"));
    }

    @Test
    void aPinnedPaperStandsAtTheHeadAndInItsPlace() {
        assertEquals(List.of("Speech of machines", "Speech of people", "Strings without speech"), onPage());
        assertTrue(curation.pin(STRINGS, YESTERDAY, true));
        assertEquals(
                List.of("Strings without speech", "Speech of machines", "Speech of people", "Strings without speech"),
                onPage());
        assertEquals(List.of("Strings without speech", "Speech of machines", "Speech of people"), inFeed(""));
        Response edition = given().get("/api/v1/editions/2026-03-02");
        assertEquals(List.of(1, 2, 3), edition.jsonPath().getList("entries.rank"));
        assertTrue(edition.jsonPath().getBoolean("entries[2].pinned"));
        assertEquals(
                3,
                Jsoup.parse(given().get("/papers?date=2026-03-02&period=week").asString())
                        .select(".papers h3")
                        .size());
        curation.hide(STRINGS, true);
        assertEquals(List.of("Speech of machines", "Speech of people"), onPage());
        curation.hide(STRINGS, false);
        assertTrue(curation.pin(STRINGS, YESTERDAY, false));
        assertEquals(List.of("Speech of machines", "Speech of people", "Strings without speech"), onPage());
        assertFalse(curation.pin(STRINGS, LocalDate.parse("2026-03-01"), true));
        assertFalse(curation.pin(new PaperId("2603.99999"), YESTERDAY, true));
    }

    @Test
    void aPaperIsAddedAsASourceKnowsItAndJoinsTheOpenEdition() throws SourceException {
        PaperId old = new PaperId("1706.03762");
        source.know(paper("1706.03762", "Attention Is All You Need", "2017-06-13", 5));
        assertEquals(LocalDate.parse("2026-03-03"), curation.add(old).orElseThrow().firstEdition);
        assertEquals(200, given().get("/papers/1706.03762").statusCode());
        // What the sources say of it later counts for more.
        intake.file(
                ScriptedSource.NAME,
                Stream.of(PaperRecord.titled("Attention, in a better spelling")
                        .id(old)
                        .summary("About it.")
                        .listed(LocalDate.parse("2026-03-03"))
                        .build()),
                n -> {});
        assertEquals("Attention, in a better spelling", curation.add(old).orElseThrow().title);
        assertEquals(Optional.empty(), curation.add(new PaperId("1706.99999")));
        source.goDown();
        assertThrows(SourceException.class, () -> curation.add(new PaperId("1706.99999")));
        assertEquals("1706.03762", curation.add(old).orElseThrow().publicId);
    }

    @Test
    void aSourceIsAskedForOnePaperInItsTurnAlone() throws SourceException {
        PaperId id = new PaperId("2603.00077");
        source.know(paper("2603.00077", "By hand", "2026-03-01"));
        assertTrue(standings.takeNow(ScriptedSource.NAME).isPresent());
        assertTrue(assertThrows(SourceException.class, () -> curation.add(id))
                .getMessage()
                .contains("is being asked just now"));
        standings.handBack(ScriptedSource.NAME);
        assertEquals("By hand", curation.add(id).orElseThrow().title);
        assertTrue(standings.takeNow(ScriptedSource.NAME).isPresent(), "and the turn is given back");
        PaperId other = new PaperId("2603.00078");
        standings.failed(
                ScriptedSource.NAME,
                null,
                new SourceException("scripted: 429", null, Duration.ofHours(1), SourceException.Trouble.BUSY));
        assertThrows(SourceException.class, () -> curation.add(other), "who wants to be left alone is");
        clock.move(Duration.ofHours(2));
        assertEquals(Optional.empty(), curation.add(other));
    }
}
