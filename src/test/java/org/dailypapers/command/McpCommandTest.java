package org.dailypapers.command;

import static org.dailypapers.House.paper;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.ScriptedSource;
import org.dailypapers.command.verb.Commands;
import org.dailypapers.command.verb.Console;
import org.dailypapers.digest.DigestComposer;
import org.dailypapers.digest.letter.LetterFeeds;
import org.dailypapers.edition.Intake;
import org.dailypapers.subscriber.Subscriber;
import org.junit.jupiter.api.Test;

/** What a desktop client that starts a program gets from it. */
@QuarkusTest
class McpCommandTest {

    @Inject
    FreshService service;

    @Inject
    Intake intake;

    @Inject
    House house;

    @Inject
    DigestComposer composer;

    @Inject
    LetterFeeds feeds;

    @TestHTTPResource("/")
    URI here;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private int status;

    /** The lines of standard output, each of which is JSON. */
    private List<JsonNode> said(String input, String... arguments) throws IOException {
        var out = new ByteArrayOutputStream();
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            status = Commands.run(
                    Stream.concat(Stream.of("mcp"), Stream.of(arguments)).toArray(String[]::new),
                    new Console(
                            new PrintStream(out, true, StandardCharsets.UTF_8),
                            new PrintStream(err, true, StandardCharsets.UTF_8),
                            Path.of("."),
                            false));
        } finally {
            System.setIn(before);
        }
        var lines = new ArrayList<JsonNode>();
        for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    private String base() {
        return here.toString().replaceFirst("/$", "");
    }

    private static String call(int id, String tool, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + "}}\n";
    }

    @Test
    void aConversationIsALineForEachQuestionAndNothingElse() throws IOException {
        service.at("2026-03-03T12:00:00Z");
        intake.file(ScriptedSource.NAME, Stream.of(paper("2603.00001", "Graphs of Ünï", "2026-03-02", 9)), n -> {});
        service.awaitSearch();
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        composer.composeByHand(LocalDate.parse("2026-03-02"), null, n -> {});
        feeds.open(ada.id);
        String token = feeds.address(ada.id).orElseThrow().getPath();
        List<JsonNode> said = said(
                "{\"jsonrpc\":\"2.0\",\"id\":\"i\",\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\"}}\r\n"
                        + "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n\n"
                        + "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}\n"
                        + call(2, "search", "{\"query\":\"graphs\"}")
                        + call(3, "edition", "{\"date\":\"2026-03-02\"}")
                        + call(4, "match", "{\"interests\":[\"title:ünï\"]}")
                        + call(5, "letter", "{}")
                        + "no JSON\n[]\n"
                        + "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"ping\"}",
                "--letter=" + base() + token + ".atom");
        assertEquals(0, status, err.toString(StandardCharsets.UTF_8));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
        assertEquals(9, said.size(), said.toString());
        assertEquals("i", said.get(0).get("id").asText());
        assertEquals("daily-papers", said.get(0).at("/result/serverInfo/name").asText());
        assertEquals(4, said.get(1).at("/result/tools").size());
        for (int i = 2; i < 6; i++) {
            assertEquals(i, said.get(i).get("id").asInt());
            assertTrue(
                    said.get(i).toString().contains("Graphs of Ünï"),
                    said.get(i).toString());
        }
        assertEquals(-32700, said.get(6).at("/error/code").asInt());
        assertTrue(said.get(7).has("error"), said.get(7).toString());
        assertTrue(said.get(8).get("result").isObject());
    }

    @Test
    void whatIsNoSuchServiceIsToldInTheProtocolsWords() throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        other.createContext("/", exchange -> {
            byte[] page = "<html>\nnot found</html>".getBytes(StandardCharsets.UTF_8);
            boolean busy = exchange.getRequestURI().getPath().startsWith("/busy");
            if (busy) {
                exchange.getResponseHeaders().add("Retry-After", "7");
            }
            exchange.sendResponseHeaders(busy ? 503 : 404, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        other.start();
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n";
        String notice = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\"}\n";
        try {
            String address = "http://127.0.0.1:" + other.getAddress().getPort();
            List<JsonNode> said = said(notice + ping, "--url", address + "/");
            assertEquals(1, said.size());
            assertEquals(1, said.getFirst().get("id").asInt());
            assertEquals(
                    address + "/mcp answers 404 and is no such service",
                    said.getFirst().at("/error/message").asText());
            assertEquals(
                    address + "/busy/mcp answers 503; try again in 7 s",
                    said(ping, "--url", address + "/busy")
                            .getFirst()
                            .at("/error/message")
                            .asText());
        } finally {
            other.stop(0);
        }
        List<JsonNode> said = said(notice + ping, "--url=http://127.0.0.1:9");
        assertEquals(1, said.size());
        assertTrue(
                said.getFirst().at("/error/message").asText().startsWith("http://127.0.0.1:9/mcp does not answer: "));
        assertEquals(0, status);
    }

    @Test
    void aLineWithoutAnEndIsRefusedAndTheNextOneIsAnswered() throws IOException {
        List<JsonNode> said = said(
                "[\"" + "x".repeat(3 << 20) + "\"]\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n",
                "--url=" + base());
        assertEquals("The line is too long.", said.get(0).at("/error/message").asText());
        assertEquals(1, said.get(1).get("id").asInt());
    }

    @Test
    void aPrivateAddressGoesToItsOwnServiceAloneAndNotInTheClear() throws IOException {
        for (List<String> wrong : List.of(
                List.of("--url=papers"),
                List.of("--url=ftp://papers.example.org"),
                List.of("--url=https://a:b@papers.example.org"),
                List.of("--letter=https://papers.example.org/preferences/x"),
                List.of("--letter=https://papers.example.org/feeds/x.atom", "--url=https://other.example"),
                List.of("--letter=http://papers.example.org/feeds/x.atom"))) {
            assertEquals(List.of(), said("", wrong.toArray(String[]::new)), wrong.toString());
            assertEquals(2, status, wrong.toString());
        }
    }
}
