package org.dailypapers.site.voice;

import static io.restassured.RestAssured.given;
import static org.dailypapers.House.paper;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.MovedClock;
import org.dailypapers.ScriptedSource;
import org.dailypapers.digest.DigestComposer;
import org.dailypapers.digest.DigestHistory;
import org.dailypapers.edition.Intake;
import org.dailypapers.storage.Sql;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.subscriber.liking.Likes;
import org.dailypapers.subscriber.preference.Preferences;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.TokenPurpose;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class VoicePagesTest {

    private static final LocalDate EDITION = LocalDate.of(2026, 3, 2);

    @Inject
    FreshService service;

    @Inject
    MovedClock clock;

    @Inject
    House house;

    @Inject
    Intake intake;

    @Inject
    DigestComposer composer;

    @Inject
    DigestHistory digests;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Likes likes;

    @Inject
    LinkTokens tokens;

    @Inject
    Sql sql;

    private Subscriber ada;
    private String voice;

    @BeforeEach
    void begin() {
        service.at("2026-03-03T12:00:00Z");
        intake.file(
                ScriptedSource.NAME,
                Stream.of(
                        paper("2603.00001", "Speech of machines", "2026-03-02", 3),
                        paper("2603.00002", "Diffusion of heat", "2026-03-02", 80),
                        paper("2603.00003", "Speech again", "2026-03-02", 4)),
                n -> {});
        ada = house.reader("ada")
                .interestedIn("speech")
                .interestedIn("author:\"Grace Secret\"")
                .confirmed();
        composer.composeByHand(EDITION, ada.id, n -> {});
        voice = "/voice/" + tokens.issue(TokenPurpose.VOICE, number("select max(id) from digest"));
    }

    /** The links below the paper at that place of the choices. */
    private String at(int place) {
        long digest = number("select max(id) from digest");
        return voice + "/"
                + digests.choices(digest).orElseThrow().papers().get(place).paper();
    }

    private long number(String query) {
        return sql.joined("A test could not read", query, statement -> {
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private static Document press(String address) {
        Response page = given().post(address);
        assertEquals(200, page.statusCode(), address);
        return Jsoup.parse(page.asString());
    }

    private Document learned(String... fields) {
        String address = "/learned/" + tokens.issue(TokenPurpose.PRIVATE, ada.id);
        var request = given();
        for (int i = 0; i < fields.length; i += 2) {
            request = request.formParam(fields[i], fields[i + 1]);
        }
        Response page = fields.length == 0 ? given().get(address) : request.post(address);
        assertEquals(200, page.statusCode());
        return Jsoup.parse(page.asString());
    }

    @Test
    void lookingChangesNothing() {
        for (String path : List.of("", "/more", "/less", "/save", "/mute")) {
            Document page = Jsoup.parse(given().get(at(0) + path).asString());
            assertFalse(page.select("form[method=post] button").isEmpty(), path);
            assertEquals(200, given().head(at(0) + path).statusCode(), path);
        }
        assertEquals(0, number("select count(*) from liked"));
        assertEquals(List.of(), subscriptions.find(ada.id).orElseThrow().learnedLines());
        assertEquals(
                2,
                subscriptions
                        .find(ada.id)
                        .orElseThrow()
                        .preferences()
                        .interests()
                        .size());
    }

    @Test
    void aPressIsFollowedByLettersAndCanBeTakenBack() {
        Document page = press(at(0) + "/more");
        String line = subscriptions.find(ada.id).orElseThrow().learned;
        assertTrue(line.startsWith("like:2603.0000"), line);
        press(at(0) + "/less");
        assertEquals(line.replace("like:", "less:"), subscriptions.find(ada.id).orElseThrow().learned);
        assertEquals(1, number("select count(*) from liked"));
        String undo = page.select(".message form").attr("action");
        press(undo);
        assertEquals("", subscriptions.find(ada.id).orElseThrow().learned, "what was said before the letter");
        assertEquals("Nothing to take back", press(undo).select("h1").text());
    }

    @Test
    void howeverOftenItWasPressedTakenBackALetterHasSaidNothing() {
        for (List<String> presses : List.of(
                List.of("/more"),
                List.of("/more", "/more"),
                List.of("/more", "/less"),
                List.of("/more", "/save"),
                List.of("/save", "/less", "/save"))) {
            Document page = null;
            for (String path : presses) {
                page = press(at(0) + path);
            }
            press(page.select(".message form").attr("action"));
            assertEquals(List.of(), likes.lines(ada.id), presses.toString());
            assertEquals(0, number("select count(*) from liked"), presses.toString());
        }
    }

    @Test
    void undoingALikeThatFollowedADislikeBringsTheDislikeBack() {
        press(at(1) + "/less");
        List<String> before = likes.lines(ada.id);
        String other = "/voice/" + tokens.issue(TokenPurpose.VOICE, anotherLetter()) + "/"
                + at(1).substring(at(1).lastIndexOf('/') + 1);
        press(other + "/more");
        press(press(other + "/more").select(".message form").attr("action"));
        assertEquals(before, likes.lines(ada.id));
    }

    @Test
    void aSavedPaperIsKeptAndLettersDoNotFollowIt() {
        press(at(0) + "/save");
        assertEquals(List.of(), likes.lines(ada.id));
        assertTrue(learned().text().contains("saved"));
    }

    @Test
    void anInterestIsMutedAndComesBack() {
        Document page = press(at(0) + "/mute");
        assertEquals(
                List.of("author:\"Grace Secret\""),
                subscriptions.find(ada.id).orElseThrow().preferences().interests());
        press(page.select(".message form").attr("action"));
        assertTrue(subscriptions
                .find(ada.id)
                .orElseThrow()
                .preferences()
                .interests()
                .contains("speech"));
    }

    @Test
    void aMutedInterestIsKeptWhileThereIsNoRoomForIt() {
        Document page = press(at(0) + "/mute");
        interests(IntStream.range(0, Preferences.MOST_INTERESTS)
                .mapToObj(i -> "word" + i)
                .toList());
        String undo = page.select(".message form").attr("action");
        Response full = given().post(undo);
        assertEquals(409, full.statusCode());
        assertTrue(full.asString().contains("There is no room for it"));
        assertEquals(1, number("select count(*) from muted"));
        interests(List.of("heat"));
        press(undo);
        assertEquals(
                List.of("speech", "heat"),
                subscriptions.find(ada.id).orElseThrow().preferences().interests());
        assertEquals(0, number("select count(*) from muted"));
    }

    private void interests(List<String> lines) {
        subscriptions.change(
                ada.id,
                p -> new Preferences(
                        p.frequency(),
                        p.weekday(),
                        p.hour(),
                        p.zone(),
                        p.size(),
                        p.fill(),
                        p.minVotes(),
                        lines,
                        p.zoneChosen(),
                        p.language()));
    }

    @Test
    void aForwardedLetterShowsNothingOfItsReader() {
        String secret = "Secret";
        for (String path : List.of("", "/more", "/mute")) {
            assertFalse(given().get(at(0) + path).asString().contains(secret), path);
        }
        assertFalse(press(at(0) + "/more").text().contains(secret));
        assertFalse(press(at(0) + "/more").text().contains("ada@"));
        String token = voice.substring("/voice/".length());
        assertEquals(404, given().get("/learned/" + token).statusCode());
        assertEquals(404, given().get("/preferences/" + token).statusCode());
        assertEquals(404, given().get("/unsubscribe/" + token).statusCode());
        assertEquals(
                404,
                given().get("/learned/" + tokens.issue(TokenPurpose.PREFERENCES, ada.id))
                        .statusCode());
    }

    @Test
    void whatIsNoLinkOfALetterLeadsNowhere() {
        for (String address : List.of(
                voice + "/7",
                voice + "/999/more",
                voice + "/x/more",
                at(0) + "/all",
                "/voice/x/0/more",
                "/voice/" + tokens.issue(TokenPurpose.LETTER, 1) + "/0/more")) {
            assertEquals(404, given().get(address).statusCode(), address);
            int posted = given().post(address).statusCode();
            assertTrue(posted == 404 || posted == 405, address + " " + posted);
        }
        assertEquals(
                410,
                given().post("/voice/" + tokens.issue(TokenPurpose.VOICE, 999_999) + "/0/more")
                        .statusCode());
    }

    @Test
    void pressesOfALetterAreBoundedInAnHourWhateverTheyAre() {
        likes.add(
                ada.id,
                IntStream.range(0, 200)
                        .mapToObj(i -> new Likes.Known("2601.%05d".formatted(i), null, null))
                        .toList());
        for (int i = 0; i < 50; i++) {
            press(at(0) + "/more");
            press(at(0) + "/more/undo");
        }
        for (String path : List.of("/more", "/save", "/mute")) {
            assertEquals(429, given().post(at(0) + path).statusCode(), path);
        }
        for (int i = 0; i < 100; i++) {
            press(at(0) + "/more/undo");
        }
        for (String path : List.of("/more", "/more/undo", "/mute/undo")) {
            assertEquals(429, given().post(at(0) + path).statusCode(), path);
        }
        clock.set("2026-03-03T14:00:00Z");
        press(at(0) + "/more");
    }

    @Test
    void aLetterTakesBackWhatItDidAndNothingElse() {
        String other = "/voice/" + tokens.issue(TokenPurpose.VOICE, anotherLetter()) + "/"
                + at(0).substring(at(0).lastIndexOf('/') + 1);
        press(at(0) + "/less");
        List<String> said = likes.lines(ada.id);
        assertEquals(
                "Nothing to take back", press(other + "/more/undo").select("h1").text());
        assertEquals(
                "Nothing to take back", press(at(1) + "/mute/undo").select("h1").text());
        assertEquals(said, likes.lines(ada.id));
        Document page = press(other + "/more");
        assertFalse(
                page.html().toLowerCase(Locale.ROOT).contains("less"),
                page.select(".message").html());
        assertEquals(other + "/more/undo", page.select(".message form").attr("action"));
        press(other + "/more/undo");
        assertEquals(said, likes.lines(ada.id));
    }

    private long anotherLetter() {
        sql.joined("A test could not write", """
                insert into digest (id, subscriber_id, kind, from_date, to_date, composed_at, local_date, items, given_back)
                select nextval('digest_seq'), subscriber_id, kind, from_date, to_date, composed_at, local_date, items, 1
                from digest""", insert -> insert.executeUpdate());
        return number("select max(id) from digest");
    }

    @Test
    void aPressOnAPaperOfALibraryThatWasNotInTheCatalogueIsFollowed() {
        likes.add(ada.id, List.of(new Likes.Known("2603.00001", "Speech of machines", "Text")));
        assertEquals(List.of(), likes.lines(ada.id));
        for (int place = 0; place < 2; place++) {
            press(at(place) + "/more");
        }
        assertTrue(
                likes.lines(ada.id).contains("like:2603.00001"),
                likes.lines(ada.id).toString());
        assertFalse(learned().text().contains("not in the catalogue"));
    }

    @Test
    void whatWasPressedIsFollowedBeforeALibrary() {
        press(at(0) + "/more");
        String pressed = likes.lines(ada.id).getFirst();
        clock.set("2026-03-03T13:00:00Z");
        likes.add(
                ada.id,
                IntStream.range(0, 60)
                        .mapToObj(i -> new Likes.Known("2601.%05d".formatted(i), null, null))
                        .toList());
        assertEquals(Likes.FOLLOWED, likes.lines(ada.id).size());
        assertEquals(pressed, likes.lines(ada.id).getFirst());
    }

    @Test
    void savingAPaperThatIsSwitchedOffLeavesItSo() {
        press(at(0) + "/more");
        likes.switched(ada.id, number("select max(id) from liked"), false);
        String other = "/voice/" + tokens.issue(TokenPurpose.VOICE, anotherLetter()) + "/"
                + at(0).substring(at(0).lastIndexOf('/') + 1);
        press(other + "/save");
        assertEquals(List.of(), likes.lines(ada.id));
        assertTrue(learned().text().contains("more like this, saved"), learned().text());
        press(other + "/save/undo");
        assertTrue(learned().text().contains("switched off"), learned().text());
    }

    @Test
    void ofAPaperOutsideTheCatalogueAShortTextIsKept() {
        likes.add(ada.id, List.of(new Likes.Known("doi:10.1000/1", "Title", "x".repeat(30_000))));
        assertEquals(2_000, number("select length(text) from liked"));
    }

    @Test
    void aPreviewOfPreferencesFollowsWhatWasSaidAndNamesNoPaperForIt() {
        String address = "/preferences/" + tokens.issue(TokenPurpose.PREFERENCES, ada.id);
        assertFalse(previewed(address).contains("Like a paper you liked"));
        likes.add(ada.id, List.of(new Likes.Known("2603.00003", null, null)));
        assertTrue(previewed(address).contains("Like a paper you liked"), previewed(address));
        assertFalse(previewed(address).contains("like:2603.00003"));
    }

    private static String previewed(String address) {
        return Jsoup.parse(given().formParam("action", "preview")
                        .formParam("keywords", "author:\"Grace Secret\"")
                        .post(address)
                        .asString())
                .text();
    }

    @Test
    void aMutedInterestComesBackToItsPlaceAlsoByThePageOfWhatWasLearned() {
        List<String> before =
                subscriptions.find(ada.id).orElseThrow().preferences().interests();
        press(at(0) + "/mute");
        assertTrue(
                learned().select("section[aria-labelledby=muted-title]").text().contains("speech"));
        learned("action", "unmute", "id", Long.toString(number("select max(id) from muted")));
        assertEquals(
                before, subscriptions.find(ada.id).orElseThrow().preferences().interests());
    }

    @Test
    void whereThereIsNoRoomForAMutedInterestThatIsSaid() {
        press(at(0) + "/mute");
        interests(IntStream.range(0, Preferences.MOST_INTERESTS)
                .mapToObj(i -> "word" + i)
                .toList());
        assertTrue(learned("action", "unmute", "id", Long.toString(number("select max(id) from muted")))
                .text()
                .contains("There is no room for it"));
        assertEquals(1, number("select count(*) from muted"));
    }

    @Test
    void whatWasLearnedIsSeenSwitchedOffExportedAndErased() {
        press(at(0) + "/more");
        press(at(1) + "/less");
        long id = number("select max(id) from liked");
        assertEquals(
                2, learned().select("section[aria-labelledby=said-title] li").size());
        learned("action", "off", "id", Long.toString(id));
        assertEquals(1, likes.lines(ada.id).size());
        learned("action", "on", "id", Long.toString(id));
        assertEquals(2, likes.lines(ada.id).size());
        press(at(0) + "/mute");
        String export = given().formParam("action", "export")
                .post("/preferences/" + tokens.issue(TokenPurpose.PRIVATE, ada.id))
                .asString();
        assertTrue(export.contains("\"line\" : \"speech\""), export);
        assertTrue(export.contains("\"said\" : \"MORE\"") && export.contains("\"said\" : \"LESS\""), export);
        learned("action", "forget", "id", Long.toString(id));
        assertEquals(1, likes.lines(ada.id).size());
        learned("action", "forget-all");
        assertEquals(List.of(), likes.lines(ada.id));
        press(at(0) + "/more");
        press(at(0) + "/mute");
        String address = at(0);
        subscriptions.erase(ada.id);
        assertEquals(410, given().post(address + "/more").statusCode());
        for (String table : List.of("liked", "muted", "pressed")) {
            assertEquals(0, number("select count(*) from " + table), table);
        }
    }

    @Test
    void nobodyTouchesWhatAnotherReaderSaid() {
        press(at(0) + "/more");
        long id = number("select max(id) from liked");
        Subscriber bob = house.reader("bob").confirmed();
        likes.forget(bob.id, id);
        likes.switched(bob.id, id, false);
        assertEquals(1, likes.lines(ada.id).size());
    }

    @Test
    void aLibraryIsLikedAndWhatIsNotKnownIsKeptAsText() {
        Document page = learned("action", "library", "library", """
                @article{a, title = {Speech of machines}, journal = {arXiv preprint arXiv:2603.00001}}
                @article{b, title = {{Quantum} cats of $\\alpha$ kind}, year = 1999}
                """);
        assertTrue(page.text().contains("2 papers read, 1 in the catalogue, 2 newly liked"), page.text());
        assertEquals(List.of("like:2603.00001"), likes.lines(ada.id));
        assertTrue(page.text().contains("Quantum cats of α kind (not in the catalogue"), page.text());
        assertTrue(learned("action", "library", "library", "nothing of this")
                .text()
                .contains("No paper could be read"));
    }
}
