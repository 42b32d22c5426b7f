package org.dailypapers.site.feed;

import static io.restassured.RestAssured.given;
import static org.dailypapers.House.paper;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.MovedClock;
import org.dailypapers.ScriptedSource;
import org.dailypapers.digest.DigestComposer;
import org.dailypapers.edition.Intake;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.TokenPurpose;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OwnFeedPagesTest {

    @Inject
    FreshService service;

    @Inject
    Database database;

    @Inject
    MovedClock clock;

    @Inject
    House house;

    @Inject
    Intake intake;

    @Inject
    DigestComposer composer;

    @Inject
    Subscriptions subscriptions;

    @Inject
    LinkTokens tokens;

    private Subscriber ada;

    @BeforeEach
    void begin() {
        service.at("2026-03-03T12:00:00Z");
        intake.file(
                ScriptedSource.NAME,
                Stream.of(
                        paper("2603.00001", "Speech of machines", "2026-03-01", 3),
                        paper("2603.00002", "Diffusion of heat", "2026-03-01", 80),
                        paper("2603.00003", "Speech again", "2026-03-02", 4)),
                n -> {});
        ada = house.reader("ada").interestedIn("speech").confirmed();
    }

    private Document preferences(String action) {
        Response page = given().formParam("action", action)
                .post("/preferences/" + tokens.issue(TokenPurpose.PRIVATE, ada.id, clock.instant()));
        assertEquals(200, page.statusCode());
        return Jsoup.parse(page.asString());
    }

    private static String address(Document preferences) {
        Element link = preferences.selectFirst("#feed a[href*=/feeds/]");
        return link == null ? null : URI.create(link.attr("href")).getRawPath();
    }

    private static List<String> titles(String address) {
        Response answer = given().get(address);
        assertEquals(200, answer.statusCode(), address);
        return Jsoup.parse(answer.asString(), "", Parser.xmlParser())
                .select("entry > title")
                .eachText();
    }

    @Test
    void theLinkOfALetterNeitherShowsNorMakesNorClosesIt() {
        String feed = address(preferences("feed"));
        String link = "/preferences/" + tokens.issue(TokenPurpose.PREFERENCES, ada.id);
        for (String action : List.of("feed", "feed-close")) {
            assertEquals(400, given().formParam("action", action).post(link).statusCode());
        }
        assertNull(address(Jsoup.parse(given().get(link).asString())));
        assertEquals(List.of(), titles(feed));
    }

    @Test
    void itHoldsThePapersOfTheLettersAndWhyTheyWereThere() {
        String feed = address(preferences("feed"));
        assertEquals(List.of(), titles(feed));
        assertEquals(
                1,
                composer.composeByHand(LocalDate.parse("2026-03-01"), null, n -> {})
                        .queued());
        clock.move(Duration.ofHours(1));
        assertEquals(
                1,
                composer.composeByHand(LocalDate.parse("2026-03-02"), null, n -> {})
                        .queued());
        assertEquals(List.of("Speech again", "Speech of machines"), titles(feed));
        Response answer = given().get(feed);
        Element entry = Jsoup.parse(answer.asString(), "", Parser.xmlParser()).selectFirst("entry");
        assertEquals(
                "<p><strong>your interest “speech”</strong>: speech</p><p>about speech again.</p>",
                entry.selectFirst("summary").wholeText().toLowerCase(Locale.ROOT));
        assertEquals("2026-03-03T13:00:00Z", entry.selectFirst("updated").text());
        assertEquals("private, no-cache", answer.header("Cache-Control"));
        assertEquals("noindex", answer.header("X-Robots-Tag"));
        assertFalse(answer.asString().contains("ada"), answer.asString());
        assertFalse(answer.asString().contains("/preferences/"));
        assertFalse(answer.asString().contains("/unsubscribe/"));
        assertEquals(
                304,
                given().header("If-None-Match", answer.header("ETag")).get(feed).statusCode());
        Response json = given().get(feed.replaceFirst("\\.atom$", ".json"));
        assertEquals(
                List.of("Speech again", "Speech of machines"), json.jsonPath().getList("items.title"));
        assertEquals("noindex", json.header("X-Robots-Tag"));
    }

    @Test
    void itSpeaksTheReadersLanguageAndSaysThatItsPapersDoNot() {
        database.update("update subscriber set language = 'de'");
        composer.composeByHand(LocalDate.parse("2026-03-01"), null, n -> {});
        String address = address(preferences("feed"));
        Document feed = Jsoup.parse(given().get(address).asString(), "", Parser.xmlParser());
        assertEquals("de", feed.selectFirst("feed").attr("xml:lang"));
        assertEquals(
                "Daily Papers: mein Newsletter",
                feed.selectFirst("feed > title").text());
        assertEquals("en", feed.selectFirst("entry").attr("xml:lang"));
        Document why = Jsoup.parse(feed.selectFirst("summary").wholeText());
        assertEquals(
                "Ihr Interesse „speech“: speech",
                why.selectFirst("p[lang=de]")
                        .text()
                        .toLowerCase(Locale.ROOT)
                        .replace("ihr interesse", "Ihr Interesse"));
        Response json = given().get(address.replaceFirst("\\.atom$", ".json"));
        assertEquals("de", json.path("language"));
        assertEquals("en", json.path("items[0].language"));
    }

    @Test
    void whatAnExpiredLetterGaveBackIsNotThere() {
        String feed = address(preferences("feed"));
        composer.composeByHand(LocalDate.parse("2026-03-02"), null, n -> {});
        database.update("update digest set given_back = id");
        assertEquals(List.of(), titles(feed));
    }

    @Test
    void itIsMadeRenewedAndClosedByPostsAlone() {
        String link = "/preferences/" + tokens.issue(TokenPurpose.PRIVATE, ada.id, clock.instant());
        given().get(link + "?action=feed").then().statusCode(200);
        assertEquals("0\n", database.rows("select count(*) from letter_feed"));
        String first = address(preferences("feed"));
        assertEquals(first, address(Jsoup.parse(given().get(link).asString())));
        assertEquals(200, given().get(first).statusCode());
        String second = address(preferences("feed"));
        assertNotEquals(first, second);
        Response closed = given().get(first);
        assertEquals(410, closed.statusCode());
        assertEquals("text/plain;charset=UTF-8", closed.contentType().replace(" ", ""));
        assertEquals("no-store", closed.header("Cache-Control"));
        assertEquals(200, given().get(second).statusCode());
        assertEquals(null, address(preferences("feed-close")));
        assertEquals(410, given().get(second).statusCode());
        String third = address(preferences("feed"));
        assertEquals(410, given().get(first).statusCode());
        assertEquals(410, given().get(second).statusCode());
        assertEquals(200, given().get(third).statusCode());
    }

    @Test
    void noOtherTokenOpensIt() {
        String feed = address(preferences("feed"));
        String token = feed.replaceFirst(".*/", "").replaceFirst("\\.atom$", "");
        for (String forged : List.of(
                "x",
                tokens.issue(TokenPurpose.PREFERENCES, ada.id),
                tokens.issue(TokenPurpose.LETTER, 1),
                token.substring(1),
                token + "A",
                (token.charAt(20) == 'A' ? 'B' : 'A') + token.substring(1))) {
            assertEquals(404, given().get("/feeds/" + forged + ".atom").statusCode(), forged);
            assertEquals(404, given().get("/feeds/" + forged + ".json").statusCode(), forged);
        }
        for (String other : List.of("/feeds/" + token, "/feeds/" + token + ".xml", "/feeds/" + token + ".atom.atom")) {
            assertEquals(404, given().get(other).statusCode(), other);
        }
        for (String door : List.of("/preferences/", "/unsubscribe/", "/letters/", "/confirm/")) {
            assertEquals(404, given().get(door + token).statusCode(), door);
        }
        // After a restored backup an id may be given again: the time in the token tells whose it was.
        long id = Long.parseLong(database.rows("select id from letter_feed").strip());
        assertEquals(
                410,
                given().get("/feeds/" + tokens.issue(TokenPurpose.FEED, id, Instant.EPOCH) + ".atom")
                        .statusCode());
    }

    @Test
    void whoExportsFindsItAndWhoErasesIsRidOfIt() {
        String link = "/preferences/" + tokens.issue(TokenPurpose.PRIVATE, ada.id, clock.instant());
        assertEquals(
                null,
                given().formParam("action", "export").post(link).jsonPath().getString("feed"));
        String feed = address(preferences("feed"));
        String exported =
                given().formParam("action", "export").post(link).jsonPath().getString("feed");
        assertEquals(feed, URI.create(exported).getRawPath() + ".atom");
        subscriptions.erase(ada.id);
        assertEquals(410, given().get(feed).statusCode());
        assertEquals("0\n", database.rows("select count(*) from letter_feed"));
    }

    @Test
    void whoHasLeftKeepsWhatWasSentAndGetsNoMore() {
        String feed = address(preferences("feed"));
        composer.composeByHand(LocalDate.parse("2026-03-01"), null, n -> {});
        subscriptions.withdraw(ada.id, "test");
        assertEquals(List.of("Speech of machines"), titles(feed));
    }
}
