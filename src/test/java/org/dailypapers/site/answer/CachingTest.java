package org.dailypapers.site.answer;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.mailbox.Envelope;
import org.dailypapers.mailbox.MailboxServer;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.TokenPurpose;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
class CachingTest {

    @Inject
    FreshService service;

    @Inject
    House house;

    @Inject
    LinkTokens tokens;

    @Inject
    MailboxServer mailbox;

    @TempDir
    Path folder;

    @BeforeEach
    void begin() {
        service.at("2026-03-02T12:00:00Z");
    }

    private Set<String> assets() {
        var found = new LinkedHashSet<String>();
        mailbox.stop();
        mailbox.start(folder);
        try {
            for (String page : List.of("/", "/subscribe", "/mailbox")) {
                Jsoup.parse(given().get(page).asString())
                        .select("link[rel=stylesheet], link[rel=icon], script")
                        .forEach(e -> found.add(e.attr(e.hasAttr("href") ? "href" : "src")));
            }
        } finally {
            mailbox.stop();
        }
        return found;
    }

    @Test
    void aQueryThatCannotBeReadIsNoFaultOfOurs() throws IOException {
        for (String query : List.of("v=%zz", "v=%", "%zz", "v=%00", "v=a&v=b")) {
            for (String tag : List.of("*", "\"other\"")) {
                String answer = asWritten("/style/site.css?" + query, tag);
                assertTrue(answer.matches("HTTP/1\\.1 (200|304|400) .*"), query + " " + tag + ": " + answer);
            }
        }
    }

    /** The first line of the answer to a request whose target no client library would write. */
    private static String asWritten(String target, String tag) throws IOException {
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: " + tag
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    @Test
    void aFileIsKeptForEverUnderTheAddressThatNamesItsContentAlone() {
        assertTrue(assets().contains(Assets.at("/style/site.css")), assets().toString());
        for (String address : assets()) {
            Response file = given().get(address);
            assertEquals(200, file.statusCode(), address);
            assertEquals("public, max-age=31536000, immutable", file.header("Cache-Control"), address);
            String path = address.replaceFirst("\\?.*", "");
            for (String other : List.of(path, path + "?v=0123456789abcdef", path + "?v=", address + "0")) {
                Response plain = given().get(other);
                assertEquals(200, plain.statusCode(), other);
                assertEquals("no-cache", plain.header("Cache-Control"), other);
                assertEquals(file.header("ETag"), plain.header("ETag"), other);
                assertEquals(plain.header("ETag"), given().head(other).header("ETag"), other);
            }
        }
    }

    @Test
    void aFileThatIsKnownIsNotSentAgain() {
        for (String address : assets()) {
            String tag = given().get(address).header("ETag");
            for (String known : List.of(tag, tag.replaceFirst("W/", ""), "\"other\", " + tag, "*")) {
                Response answer = given().header("If-None-Match", known).get(address);
                assertEquals(304, answer.statusCode(), known);
                assertEquals("", answer.asString());
                assertEquals(tag, answer.header("ETag"));
                assertTrue(answer.header("Cache-Control").contains("immutable"));
                assertEquals("nosniff", answer.header("X-Content-Type-Options"));
            }
            for (String unknown : List.of("\"other\"", "", tag + "x", "W/")) {
                assertEquals(
                        200,
                        given().header("If-None-Match", unknown).get(address).statusCode(),
                        unknown);
            }
        }
    }

    @Test
    void whatIsSomebodysOwnIsKeptNowhere() {
        long reader = house.reader("ada").interestedIn("speech").confirmed().id;
        Instant longAgo = Instant.EPOCH;
        for (String own : List.of(
                "/confirm/x",
                "/confirm/" + tokens.issue(TokenPurpose.CONFIRM, 1, longAgo),
                "/preferences/" + tokens.issue(TokenPurpose.PREFERENCES, reader),
                "/preferences/" + tokens.issue(TokenPurpose.PRIVATE, reader),
                "/preferences/" + tokens.issue(TokenPurpose.PRIVATE, reader, longAgo),
                "//preferences/" + tokens.issue(TokenPurpose.PREFERENCES, reader),
                "/address/" + tokens.issue(TokenPurpose.PRIVATE, reader),
                "/unsubscribe/" + tokens.issue(TokenPurpose.UNSUBSCRIBE, reader),
                "/letters/" + tokens.issue(TokenPurpose.LETTER, 1),
                "/feeds/x.atom",
                "/feeds/" + tokens.issue(TokenPurpose.FEED, 1) + ".json",
                "/feed.atom?q=(",
                "/papers/2603.99999.bib",
                "/sitemaps/none.xml",
                "/link",
                "/mailbox",
                "/mailbox/1",
                "/mailbox/1.eml",
                "/command",
                "/papers/2603.99999",
                "/papers?date=nonsense",
                "/topics/none",
                "/api/v1/papers/none",
                "/q/health",
                "/q/metrics",
                "/nothing/at/all")) {
            for (Response answer : List.of(given().get(own), given().head(own))) {
                assertEquals("no-store", answer.header("Cache-Control"), own + " " + answer.statusCode());
                assertNull(answer.header("ETag"), own);
            }
        }
        for (String post : List.of(
                "/subscribe",
                "/link",
                "/confirm/x",
                "/preferences/" + tokens.issue(TokenPurpose.PREFERENCES, reader),
                "/unsubscribe/" + tokens.issue(TokenPurpose.UNSUBSCRIBE, reader))) {
            Response answer = given().formParam("email", "ada@example.org")
                    .formParam("action", "preview")
                    .post(post);
            assertEquals("no-store", answer.header("Cache-Control"), post + " " + answer.statusCode());
        }
        assertEquals(
                "no-store",
                given().contentType("application/json")
                        .body("{}")
                        .post("/api/v1/forecast")
                        .header("Cache-Control"));
    }

    @Test
    void caughtMailIsKeptNowhere() {
        mailbox.stop();
        mailbox.start(folder);
        try {
            mailbox.mail()
                    .orElseThrow()
                    .add(
                            new Envelope("", List.of("ada@example.org")),
                            "Subject: x\n\nx".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            for (String page : List.of("/mailbox", "/mailbox/1", "/mailbox/1.eml")) {
                Response answer = given().get(page);
                assertEquals(200, answer.statusCode(), page);
                assertEquals("no-store", answer.header("Cache-Control"), page);
            }
        } finally {
            mailbox.stop();
        }
    }

    @Test
    void publicPagesMayBeGoneBackTo() {
        for (String page : List.of("/", "/papers", "/topics", "/subscribe", "/api/v1/topics")) {
            Response answer = given().get(page);
            assertEquals(200, answer.statusCode(), page);
            assertNotEquals("no-store", answer.header("Cache-Control"), page);
            assertFalse(String.valueOf(answer.header("Cache-Control")).contains("immutable"), page);
        }
    }
}
