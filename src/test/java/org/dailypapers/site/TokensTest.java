package org.dailypapers.site;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.MovedClock;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.DoubleOptIn;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.SubscriberImport;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.subscriber.preference.Preferences;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.TokenPurpose;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TokensTest {

    private static final String ADDRESS = "ada@example.org";

    private static final Map<String, Set<TokenPurpose>> DOORS = Map.of(
            "/confirm/", EnumSet.of(TokenPurpose.CONFIRM),
            "/preferences/", EnumSet.of(TokenPurpose.PREFERENCES, TokenPurpose.PRIVATE),
            "/unsubscribe/", EnumSet.of(TokenPurpose.UNSUBSCRIBE),
            "/letters/", EnumSet.of(TokenPurpose.LETTER));

    @Inject
    FreshService service;

    @Inject
    Database database;

    @Inject
    MovedClock clock;

    @Inject
    Subscriptions subscriptions;

    @Inject
    SubscriberImport imports;

    @Inject
    DoubleOptIn optIn;

    @Inject
    LinkTokens tokens;

    private long reader;
    private long request;
    private long digest;

    @BeforeEach
    void begin() {
        service.at("2026-03-02T12:00:00Z");
        EmailAddress address = EmailAddress.parse(ADDRESS).orElseThrow();
        reader = imports.bringIn(
                        address, Preferences.standard(ZoneId.of("UTC")), Consent.CONFIRMED, clock.instant(), null)
                .id;
        optIn.request(address, Preferences.standard(ZoneId.of("Europe/Berlin")));
        request = Long.parseLong(database.rows("select id from request").strip());
        database.update(
                "insert into digest (id, subscriber_id, kind, from_date, to_date, composed_at, local_date, items,"
                        + " given_back) values (7, " + reader
                        + ", 'SCHEDULED', date '2026-02-28', date '2026-03-01', timestamp"
                        + " with time zone '2026-03-02 07:00:00+00', date '2026-03-02', '[]', 0)");
        digest = 7;
    }

    private static RequestSpecification form() {
        return given().redirects().follow(false).contentType("application/x-www-form-urlencoded; charset=UTF-8");
    }

    private long behind(String door) {
        return door.equals("/confirm/") ? request : door.equals("/letters/") ? digest : reader;
    }

    @Test
    void aTokenOpensItsOwnDoorAndNoOther() {
        DOORS.forEach((door, keys) -> {
            for (TokenPurpose purpose : TokenPurpose.values()) {
                String address = door + tokens.issue(purpose, behind(door));
                if (keys.contains(purpose)) {
                    assertEquals(200, given().get(address).statusCode(), door + purpose);
                    continue;
                }
                String before = database.dump();
                assertEquals(404, given().get(address).statusCode(), door + purpose);
                if (!door.equals("/letters/")) {
                    assertEquals(404, form().post(address).statusCode(), door + purpose);
                    for (String action : List.of("save", "erase", "export", "pause", "link", "nonsense")) {
                        assertEquals(
                                404,
                                form().formParam("action", action).post(address).statusCode(),
                                door + purpose);
                    }
                    assertEquals(
                            door.equals("/unsubscribe/") && purpose == TokenPurpose.UNDO ? 200 : 404,
                            form().formParam("action", "undo").post(address).statusCode(),
                            door + purpose);
                }
                assertEquals(before, database.dump(), door + purpose);
            }
        });
    }

    @Test
    void theKeyOfTheUnsubscribeDoorDoesNotUndo() {
        String leave = "/unsubscribe/" + tokens.issue(TokenPurpose.UNSUBSCRIBE, reader);
        form().post(leave).then().statusCode(200);
        form().formParam("action", "undo").post(leave).then().statusCode(404);
        assertEquals("WITHDRAWN\n", database.rows("select consent from subscriber"));
    }

    @Test
    void everyFlippedBitIsNoticed() {
        for (TokenPurpose purpose : TokenPurpose.values()) {
            String token = tokens.issue(purpose, reader);
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            for (int bit = 0; bit < bytes.length * 8; bit++) {
                byte[] flipped = bytes.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(flipped);
                for (TokenPurpose any : TokenPurpose.values()) {
                    assertInstanceOf(LinkTokens.Forged.class, tokens.read(any, forged), purpose + " bit " + bit);
                }
            }
        }
    }

    @Test
    void everyOtherSpellingOfATokenIsRefused() {
        String token = tokens.issue(TokenPurpose.UNSUBSCRIBE, reader);
        assertInstanceOf(LinkTokens.Valid.class, tokens.read(TokenPurpose.UNSUBSCRIBE, token));
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=.~ ";
        for (int at = 0; at < token.length(); at++) {
            for (char other : letters.toCharArray()) {
                if (other != token.charAt(at)) {
                    String changed = token.substring(0, at) + other + token.substring(at + 1);
                    assertInstanceOf(LinkTokens.Forged.class, tokens.read(TokenPurpose.UNSUBSCRIBE, changed), changed);
                }
            }
        }
        for (String changed : List.of(
                "", "A", token + "A", token + "=", token + "==", token.substring(1), token + token, " " + token)) {
            assertInstanceOf(LinkTokens.Forged.class, tokens.read(TokenPurpose.UNSUBSCRIBE, changed), changed);
        }
    }

    @Test
    void forgedTokensAre404AtEveryDoor() {
        String before = database.dump();
        DOORS.forEach((door, keys) -> {
            String token = tokens.issue(keys.iterator().next(), behind(door));
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            for (int bit = 0; bit < bytes.length * 8; bit += 17) {
                byte[] flipped = bytes.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                String forged = door + Base64.getUrlEncoder().withoutPadding().encodeToString(flipped);
                assertEquals(404, given().get(forged).statusCode(), forged);
                if (!door.equals("/letters/")) {
                    assertEquals(404, form().post(forged).statusCode(), forged);
                }
            }
            for (String nonsense : List.of("x", "1", "..%2f..%2f", "%00", "a".repeat(3000))) {
                int status =
                        given().urlEncodingEnabled(false).get(door + nonsense).statusCode();
                assertTrue(status == 404 || status == 400, door + nonsense + ": " + status);
            }
        });
        assertEquals(before, database.dump());
    }

    @Test
    void aTokenForARowThatIsGoneIs404() {
        DOORS.forEach((door, keys) -> keys.forEach(purpose -> assertEquals(
                404, given().get(door + tokens.issue(purpose, 999_999)).statusCode(), door)));
        for (long odd : List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE)) {
            form().post("/unsubscribe/" + tokens.issue(TokenPurpose.UNSUBSCRIBE, odd))
                    .then()
                    .statusCode(404);
        }
    }

    @Test
    void aConfirmationIsGoodForSevenDays() {
        String link = "/confirm/" + tokens.issue(TokenPurpose.CONFIRM, request);
        clock.move(Duration.ofDays(7).minusSeconds(1));
        given().get(link).then().statusCode(200);
        clock.move(Duration.ofSeconds(1));
        String before = database.dump();
        given().get(link).then().statusCode(410);
        form().post(link).then().statusCode(410);
        assertEquals(before, database.dump());
    }

    @Test
    void anUndoIsGoodForADay() {
        String undo = leave().selectFirst("main form").attr("action");
        clock.move(Duration.ofHours(24));
        form().formParam("action", "undo").post(undo).then().statusCode(410);
        assertEquals("WITHDRAWN\n", database.rows("select consent from subscriber"));
        clock.move(Duration.ofSeconds(-1));
        form().formParam("action", "undo").post(undo).then().statusCode(200);
        assertEquals("CONFIRMED\n", database.rows("select consent from subscriber"));
    }

    @Test
    void leavingAgainDoesNotProlongTheDay() {
        String undo = leave().selectFirst("main form").attr("action");
        clock.move(Duration.ofDays(3));
        assertEquals(List.of(), leave().select("main form"), "nothing is offered that would be refused");
        form().formParam("action", "undo").post(undo).then().statusCode(410);
        assertEquals("WITHDRAWN\n", database.rows("select consent from subscriber"));
    }

    private Document leave() {
        String page = form().post("/unsubscribe/" + tokens.issue(TokenPurpose.UNSUBSCRIBE, reader, Instant.EPOCH))
                .then()
                .statusCode(200)
                .extract()
                .asString();
        return Jsoup.parse(page);
    }

    @Test
    void aPrivateLinkIsGoodForHalfAnHour() {
        String link = "/preferences/" + tokens.issue(TokenPurpose.PRIVATE, reader);
        assertTrue(given().get(link).asString().contains(ADDRESS));
        clock.move(Duration.ofMinutes(30));
        given().get(link).then().statusCode(410);
        for (String action : List.of("erase", "export", "save", "pause")) {
            form().formParam("action", action).post(link).then().statusCode(410);
        }
        assertEquals("1\n", database.rows("select count(*) from subscriber"));
    }

    @Test
    void unsubscribingWorksAfterTenYears() {
        String link = "/unsubscribe/" + tokens.issue(TokenPurpose.UNSUBSCRIBE, reader);
        clock.move(Duration.ofDays(3653));
        given().get(link).then().statusCode(200);
        form().formParam("List-Unsubscribe", "One-Click").post(link).then().statusCode(200);
        assertEquals("WITHDRAWN\n", database.rows("select consent from subscriber"));
        form().formParam("List-Unsubscribe", "One-Click").post(link).then().statusCode(200);
    }

    @Test
    void whoHasLeftIsToldSoByTheLinkAndCanTakeItBackForADay() {
        String link = "/unsubscribe/" + tokens.issue(TokenPurpose.UNSUBSCRIBE, reader);
        form().post(link).then().statusCode(200);
        String before = database.dump();
        clock.move(Duration.ofHours(23));
        Document page = Jsoup.parse(given().get(link).asString());
        assertEquals("You have left", page.selectFirst("h1").text());
        assertEquals("Undo", page.selectFirst("main button").text());
        clock.move(Duration.ofHours(2));
        page = Jsoup.parse(given().get(link).asString());
        assertEquals("You have left", page.selectFirst("h1").text());
        assertEquals(List.of(), page.select("main button").eachText());
        assertEquals(before, database.dump());
    }

    @Test
    void oneClickIsTakenAsMailProgramsSendIt() {
        String link = "/unsubscribe/" + tokens.issue(TokenPurpose.UNSUBSCRIBE, reader);
        given().multiPart("List-Unsubscribe", "One-Click")
                .header("Origin", "https://mail.example")
                .header("Sec-Fetch-Site", "cross-site")
                .redirects()
                .follow(false)
                .post(link)
                .then()
                .statusCode(200);
        assertEquals("WITHDRAWN\n", database.rows("select consent from subscriber"));
        assertTrue(database.rows("select wording from consent").contains("RFC 8058"));
    }

    @Test
    void whoeverHoldsAForwardedLetterNeitherSeesTheAddressNorExportsNorErases() {
        String link = "/preferences/" + tokens.issue(TokenPurpose.PREFERENCES, reader);
        String before = database.dump();
        for (String action : List.of("export", "erase", "nonsense")) {
            String page = form().formParam("action", action)
                    .post(link)
                    .then()
                    .statusCode(400)
                    .extract()
                    .asString();
            assertFalse(page.contains(ADDRESS), action);
        }
        assertEquals(before, database.dump());
        for (String action : List.of("save", "preview", "resume", "link")) {
            String page = form().formParam("action", action)
                    .post(link)
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString();
            assertFalse(page.contains(ADDRESS), action);
        }
        assertFalse(given().get(link).asString().contains(ADDRESS));
        assertFalse(given().get("/unsubscribe/" + tokens.issue(TokenPurpose.UNSUBSCRIBE, reader))
                .asString()
                .contains(ADDRESS));
    }

    @Test
    void aBreakIsTakenAndEnded() {
        String link = "/preferences/" + tokens.issue(TokenPurpose.PREFERENCES, reader);
        for (String wrong : List.of("", "soon", "2026-03-02", "2020-01-01", "2028-01-01", "2026-02-30")) {
            form().formParam("action", "pause")
                    .formParam("pause-until", wrong)
                    .post(link)
                    .then()
                    .statusCode(400);
        }
        form().formParam("action", "pause")
                .formParam("pause-until", "2026-03-20")
                .post(link)
                .then()
                .statusCode(200);
        assertEquals(LocalDate.parse("2026-03-20"), subscriptions.find(reader).orElseThrow().pauseUntil);
        form().formParam("action", "resume").post(link).then().statusCode(200);
        assertEquals(null, subscriptions.find(reader).orElseThrow().pauseUntil);
    }
}
