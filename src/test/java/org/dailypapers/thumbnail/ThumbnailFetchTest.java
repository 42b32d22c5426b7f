package org.dailypapers.thumbnail;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.awt.Color;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.MovedClock;
import org.dailypapers.ScriptedSource;
import org.dailypapers.edition.Intake;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.PaperId;
import org.dailypapers.paper.Papers;
import org.dailypapers.paper.Revisions;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.http.UserAgent;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the address in a source's answer to the picture on the page. */
@QuarkusTest
class ThumbnailFetchTest {

    private static final String DAY = "2026-03-02";

    @Inject
    FreshService service;

    @Inject
    Intake intake;

    @Inject
    Papers papers;

    @Inject
    Thumbnails thumbnails;

    @Inject
    Revisions revisions;

    @Inject
    UserAgent agent;

    @Inject
    MovedClock clock;

    @Inject
    Database database;

    private final Map<String, byte[]> files = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void begin() throws IOException {
        service.at("2026-03-02T12:00:00Z");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            byte[] file = files.get(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(file == null ? 404 : 200, file == null ? -1 : file.length);
            if (file != null) {
                exchange.getResponseBody().write(file);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    private int round(String... privateHosts) {
        var settings = new ThumbnailSettings() {
            @Override
            public boolean on() {
                return true;
            }

            @Override
            public Optional<List<String>> privateHosts() {
                return Optional.of(List.of(privateHosts));
            }
        };
        return new ThumbnailFetch(thumbnails, revisions, settings, agent, clock).round();
    }

    private void take(String id, String picture) {
        PaperRecord paper = PaperRecord.titled("Paper " + id)
                .id(PaperId.arxiv(id).orElseThrow())
                .listed(LocalDate.parse(DAY))
                .votes(3)
                .picture("http://127.0.0.1:" + server.getAddress().getPort() + picture)
                .build();
        intake.file(ScriptedSource.NAME, Stream.of(paper), n -> {});
    }

    private Element shown() {
        return Jsoup.parse(given().get("/papers?date=" + DAY).asString()).selectFirst("img.thumb");
    }

    @Test
    void aPictureIsFetchedOnceAndServedFromHere() throws IOException {
        files.put("/a.png", ThumbnailTest.file("png", 800, 500, Color.RED));
        take("2603.00001", "/a.png");
        assertNull(shown());
        assertEquals(1, round("127.0.0.1"));
        assertEquals(0, round("127.0.0.1"));
        assertEquals(List.of("/a.png"), asked);
        String address = shown().attr("src");
        assertTrue(address.startsWith("/thumbnails/"), address);
        Response picture = given().get(address);
        assertEquals("image/jpeg", picture.contentType());
        assertEquals("public, max-age=604800", picture.header("Cache-Control"));
        assertEquals(
                304,
                given().header("If-None-Match", picture.header("ETag"))
                        .get(address)
                        .statusCode());
        assertTrue(picture.asByteArray().length > 500);
        assertEquals(
                address,
                Jsoup.parse(given().get("/papers/2603.00001").asString())
                        .selectFirst("article img.thumb")
                        .attr("src"));
        database.update("update paper set hidden = true");
        assertEquals(404, given().get(address).statusCode());
        assertEquals(404, given().get("/thumbnails/1-..%2f..%2fx.jpg").statusCode());
    }

    @Test
    void anotherPictureTakesThePlaceOfTheFirst() throws IOException {
        files.put("/a.png", ThumbnailTest.file("png", 80, 50, Color.RED));
        files.put("/b.gif", ThumbnailTest.file("gif", 80, 50, Color.BLUE));
        take("2603.00001", "/a.png");
        round("127.0.0.1");
        String first = shown().attr("src");
        take("2603.00001", "/b.gif");
        assertEquals(first, shown().attr("src"), "the old one stays until the new one is there");
        assertEquals(1, round("127.0.0.1"));
        assertNotEquals(first, shown().attr("src"));
        Response old = given().redirects().follow(false).get(first);
        assertEquals(302, old.statusCode(), "a page that is still open finds the new one");
        assertTrue(old.header("Location").endsWith(shown().attr("src")), old.header("Location"));
    }

    @Test
    void whatIsNotThereIsTriedFourTimesWithLongerRests() {
        take("2603.00001", "/missing.png");
        for (int hour = 0; hour < 72; hour++) {
            assertEquals(0, round("127.0.0.1"));
            clock.move(Duration.ofHours(1));
        }
        assertEquals(4, asked.size());
        assertNull(shown());
    }

    @Test
    void aClockThatWasAheadPutsNoPictureOffForLong() throws IOException {
        take("2603.00001", "/a.png");
        clock.move(Duration.ofDays(30));
        round("127.0.0.1");
        clock.move(Duration.ofDays(-30));
        files.put("/a.png", ThumbnailTest.file("png", 80, 50, Color.RED));
        assertEquals(1, round("127.0.0.1"));
    }

    @Test
    void nothingInThisNetworkIsAsked() throws IOException {
        files.put("/a.png", ThumbnailTest.file("png", 80, 50, Color.RED));
        take("2603.00001", "/a.png");
        assertEquals(0, round());
        assertEquals(List.of(), asked);
    }

    @Test
    void whatIsFetchedLateTakesNoPlaceFromAnotherPicture() throws IOException {
        take("2603.00001", "/a.png");
        Thumbnails.Wanted slow = thumbnails.wanted(9).getFirst();
        assertTrue(thumbnails.take(slow));
        take("2603.00001", "/b.png");
        files.put("/b.png", ThumbnailTest.file("png", 80, 50, Color.BLUE));
        assertEquals(1, round("127.0.0.1"));
        String newer = shown().attr("src");
        thumbnails.keep(new Thumbnails.Made(slow, Thumbnail.of(ThumbnailTest.file("png", 80, 50, Color.RED))));
        assertEquals(newer, shown().attr("src"));
    }

    @Test
    void votesThatComeMeanwhileStay() throws IOException {
        take("2603.00001", "/a.png");
        Thumbnails.Wanted wanted = thumbnails.wanted(9).getFirst();
        assertTrue(thumbnails.take(wanted));
        Thumbnail made = Thumbnail.of(ThumbnailTest.file("png", 80, 50, Color.RED));
        QuarkusTransaction.requiringNew().run(() -> {
            Paper paper = papers.findById(wanted.paper());
            paper.votes = 99;
            QuarkusTransaction.requiringNew().run(() -> thumbnails.keep(new Thumbnails.Made(wanted, made)));
        });
        assertEquals("99 | " + made.hash() + "\n", database.rows("select votes, thumbnail from paper"));
    }

    @Test
    void aTurnIsTakenAtAnyInstant() {
        clock.moveTo("2026-03-02T12:00:00.123456700Z");
        take("2603.00001", "/a.png");
        assertTrue(thumbnails.take(thumbnails.wanted(9).getFirst()));
    }

    @Test
    void oneOfTwoProcessesTakesATurn() {
        take("2603.00001", "/a.png");
        Thumbnails.Wanted wanted = thumbnails.wanted(9).getFirst();
        assertTrue(thumbnails.take(wanted));
        assertFalse(thumbnails.take(wanted));
    }
}
