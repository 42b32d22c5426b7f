package org.dailypapers.site;

import static io.restassured.RestAssured.given;
import static org.dailypapers.House.paper;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.MovedClock;
import org.dailypapers.ScriptedSource;
import org.dailypapers.digest.DigestComposer;
import org.dailypapers.digest.letter.LetterFeeds;
import org.dailypapers.edition.Intake;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.TokenPurpose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What researchers' own tools ask by the Model Context Protocol. */
@QuarkusTest
class McpDoorTest {

    @Inject
    FreshService service;

    @Inject
    Database database;

    @Inject
    Intake intake;

    @Inject
    House house;

    @Inject
    DigestComposer composer;

    @Inject
    LetterFeeds feeds;

    @Inject
    LinkTokens tokens;

    @Inject
    MovedClock clock;

    @BeforeEach
    void begin() {
        service.at("2026-03-03T12:00:00Z");
        intake.file(
                ScriptedSource.NAME,
                Stream.of(
                        paper("2603.00001", "Graphs of <everything>", "2026-03-02", 9),
                        paper("2603.00002", "Speech", "2026-03-02", 3)),
                n -> {});
        service.awaitSearch();
    }

    private static Response post(String body) {
        return given().contentType("application/json")
                .header("Accept", "application/json, text/event-stream")
                .body(body)
                .post("/mcp");
    }

    private static JsonPath call(String tool, String arguments) {
        Response answer = post("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + "}}");
        assertEquals(200, answer.statusCode(), answer.asString());
        assertEquals(7, answer.jsonPath().getInt("id"));
        return answer.jsonPath();
    }

    @Test
    void aClientIsWelcomedAndToldOfTheTools() {
        JsonPath welcome =
                post("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-03-26\",\"capabilities\":{},\"clientInfo\":{\"name\":\"x\",\"version\":\"1\"}}}")
                        .jsonPath();
        assertEquals("2025-03-26", welcome.getString("result.protocolVersion"));
        assertEquals("a", welcome.getString("id"));
        assertEquals("daily-papers", welcome.getString("result.serverInfo.name"));
        assertEquals(
                202,
                post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}")
                        .statusCode());
        JsonPath tools =
                post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}").jsonPath();
        assertEquals(List.of("search", "edition", "match", "letter"), tools.getList("result.tools.name"));
        assertEquals(List.of(true, true, true, true), tools.getList("result.tools.annotations.readOnlyHint"));
        assertEquals(405, given().get("/mcp").statusCode());
    }

    @Test
    void papersAreFoundReadAndMatchedAndNothingChanges() {
        String before = database.dump();
        JsonPath found = call("search", "{\"query\":\"graph\"}");
        assertEquals(List.of("2603.00001"), found.getList("result.structuredContent.papers.id"));
        assertTrue(found.getString("result.content[0].text").contains("2603.00001"));
        assertEquals(
                List.of("2603.00001", "2603.00002"),
                call("edition", "{\"date\":\"2026-03-02\"}").getList("result.structuredContent.papers.id").stream()
                        .sorted()
                        .toList());
        JsonPath matched = call("match", "{\"interests\":[\"graph\"],\"edition\":\"2026-03-02\"}");
        assertEquals(List.of("2603.00001"), matched.getList("result.structuredContent.papers.paper.id"));
        assertEquals("graph", matched.getString("result.structuredContent.papers[0].interest"));
        assertEquals(before, database.dump());
    }

    @Test
    void aReadersOwnLettersAreReadByTheAddressOfTheirFeedAlone() {
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        composer.composeByHand(LocalDate.parse("2026-03-02"), null, n -> {});
        feeds.open(ada.id);
        String address = feeds.address(ada.id).orElseThrow().toString();
        String token = address.substring(address.lastIndexOf('/') + 1);
        String before = database.dump();
        for (String told : List.of(address + ".atom", address + ".json", address, token)) {
            JsonPath letter = call("letter", "{\"address\":\"" + told + "\"}");
            assertFalse(letter.getBoolean("result.isError"), told);
            assertTrue(
                    letter.getList("result.structuredContent.papers.paper.id").contains("2603.00001"), told);
            assertTrue(letter.getString("result.structuredContent.papers[0].reasons[0]")
                    .contains("graph"));
            assertFalse(letter.prettify().contains("ada@"), told);
        }
        String question =
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"letter\",\"arguments\":{\"limit\":1}}}";
        assertEquals(
                1,
                given().contentType("application/json")
                        .header("Authorization", "bearer " + token)
                        .body(question)
                        .post("/mcp")
                        .jsonPath()
                        .getList("result.structuredContent.papers")
                        .size());
        assertEquals(before, database.dump());
        for (String other :
                List.of("", "x", address + "x", tokens.issue(TokenPurpose.PREFERENCES, ada.id, clock.instant()))) {
            assertTrue(call("letter", "{\"address\":\"" + other + "\"}").getBoolean("result.isError"), other);
        }
        feeds.close(ada.id);
        JsonPath closed = call("letter", "{\"address\":\"" + address + "\"}");
        assertTrue(closed.getString("result.content[0].text").contains("closed"), closed.prettify());
    }

    @Test
    void whatCannotBeAskedIsToldInTheProtocolsWords() {
        assertEquals(
                -32601,
                post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/list\"}")
                        .jsonPath()
                        .getInt("error.code"));
        assertEquals(-32602, call("erase", "{}").getInt("error.code"));
        for (String bad :
                List.of("", "[]", "x", "{\"id\":1}", "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]")) {
            Response answer = post(bad);
            assertEquals(400, answer.statusCode(), bad);
        }
        for (String arguments : List.of(
                "{\"query\":\"(\"}",
                "{}",
                "{\"query\":\"graph\",\"limit\":0}",
                "{\"query\":\"graph\",\"limit\":51}",
                "null")) {
            assertTrue(call("search", arguments).getBoolean("result.isError"), arguments);
        }
        assertTrue(call("edition", "{\"date\":\"yesterday\"}").getBoolean("result.isError"));
        assertTrue(call("match", "{\"interests\":[]}").getBoolean("result.isError"));
        assertEquals(
                403,
                given().contentType("application/json")
                        .header("Origin", "https://elsewhere.example")
                        .body("{}")
                        .post("/mcp")
                        .statusCode());
    }
}
