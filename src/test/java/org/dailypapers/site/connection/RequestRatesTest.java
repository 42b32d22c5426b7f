package org.dailypapers.site.connection;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import org.dailypapers.OwnMasthead;
import org.dailypapers.site.connection.RequestRates.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often one client network may ask. */
@QuarkusTest
@TestProfile(OwnMasthead.class)
class RequestRatesTest {

    private static final int LIMIT = 20;

    private static Response link(String client) {
        return given().header("X-Forwarded-For", client)
                .formParam("email", "ada@example.org")
                .post("/link");
    }

    private static int ask(String client) {
        return given().header("X-Forwarded-For", client).get("/api/v1/topics").statusCode();
    }

    @Test
    void ofMoreTheAnswerIs429WhichSaysWhenToComeAgain() {
        for (int i = 0; i < LIMIT; i++) {
            assertEquals(200, link("198.51.100.1").statusCode());
        }
        Response refused = link("198.51.100.1");
        assertEquals(429, refused.statusCode());
        assertTrue(Integer.parseInt(refused.header("Retry-After")) <= 4, refused.header("Retry-After"));
        assertEquals(1, refused.asString().lines().count());
        assertEquals(200, link("198.51.100.2").statusCode(), "another address has its own");
        assertEquals(
                200,
                given().header("X-Forwarded-For", "198.51.100.1")
                        .get("/subscribe")
                        .statusCode(),
                "pages are looked at as before");
        assertEquals(
                404,
                given().header("X-Forwarded-For", "198.51.100.1")
                        .post("/unsubscribe/none")
                        .statusCode(),
                "leaving is never limited");
    }

    @Test
    void aHouseholdOfIpv6IsOneClientAndWhatAClientWritesItselfCountsNothing() {
        for (int i = 0; i < LIMIT; i++) {
            assertEquals(200, ask("203.0.113." + i + ", 2001:db8:1:2::" + i));
        }
        assertEquals(429, ask("2001:db8:1:2:ffff::1"));
        assertEquals(200, ask("2001:db8:1:3::1"));
        String problem = given().header("X-Forwarded-For", "2001:db8:1:2::9")
                .get("/api/v1/topics")
                .contentType();
        assertTrue(problem.startsWith("application/problem+json"), problem);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /subscribe, , FORMS",
        "POST, /link, , FORMS",
        "POST, /confirm/x, , FORMS",
        "POST, /preferences/x, , FORMS",
        "POST, /address/x, , FORMS",
        "POST, /unsubscribe/x, , ",
        "GET, /subscribe, , ",
        "GET, /papers, q=x, SEARCH",
        "GET, /papers, date=2026-01-31, ",
        "GET, /papers, date=2026-01-31&q=x, SEARCH",
        "GET, /feed.atom, topic=agents, SEARCH",
        "GET, /feed.atom, , ",
        "GET, /api/v1/papers, q=x, SEARCH",
        "GET, /api/v1/papers, , API",
        "POST, /api/v1/forecast, , FORECAST",
        "POST, /mcp, , API",
        "GET, /api/v1/desk/readers, , ",
        "POST, /api/v1/returns/ses, , ",
        "GET, /q/health, , ",
    })
    void whatIsAskedForIsOneKind(String method, String path, String query, Kind kind) {
        assertEquals(Optional.ofNullable(kind), RequestRates.kind(HttpMethod.valueOf(method), path, query));
    }
}
