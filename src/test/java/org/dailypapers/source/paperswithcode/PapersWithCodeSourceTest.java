package org.dailypapers.source.paperswithcode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.SourceException;
import org.dailypapers.source.http.UserAgent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PapersWithCodeSourceTest {

    private static final String LIST = """
            [{"paper_id": 7, "arxiv_id": "2603.00001v2", "title": "A model that many star", "abstract": "What it does.",
              "authors": ["Ada Lovelace", "Charles Babbage"], "date_published": "2026-03-04", "paper_age_days": 1.5,
              "tasks": [{"id": 1, "name": "Image Segmentation"}, {"name": null}],
              "repository": {"url": "https://github.com/example/model", "num_stars": 1234},
              "trending": {"stars_gained_24h": 56.0, "velocity": 2.3}},
             {"paper_id": 8, "arxiv_id": null, "title": "A report of a company that is not at arXiv", "authors": [],
              "source_url": "https://example.org/report.pdf", "repository": null, "trending": null, "tasks": null},
             {"arxiv_id": "1706.03762", "title": "An old one that is starred again", "date_published": "2026-03-04",
              "repository": {"url": "https://github.com/example/old"}, "trending": {"stars_gained_24h": null}},
             {"arxiv_id": "2603.00002"}, 7]
            """;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> rejected = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private PapersWithCodeSource source;
    private String body = LIST;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestURI().toString());
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        source = new PapersWithCodeSource(
                "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1",
                UserAgent.of(URI.create("https://papers.example.org")),
                Clock.fixed(Instant.parse("2026-03-04T09:00:00Z"), ZoneOffset.UTC),
                time -> {},
                (source, reason, excerpt) -> rejected.add(reason + " | " + excerpt));
    }

    @AfterEach
    void stop() {
        source.close();
        server.stop(0);
    }

    private List<PaperRecord> fetch() throws SourceException {
        try (Stream<PaperRecord> papers = source.fetch(Instant.EPOCH)) {
            return papers.toList();
        }
    }

    @Test
    void whatTrendsComesWithItsRepositoryAndItsStars() throws SourceException {
        PaperRecord model = fetch().getFirst();
        assertEquals(List.of("/api/v1/papers/trending?limit=100&max_age_days=14"), requests);
        assertEquals(new PaperId("2603.00001"), model.id());
        assertEquals("https://github.com/example/model", model.code());
        assertEquals(1234, model.stars());
        assertEquals(56, model.starsGained());
        assertEquals(List.of("Image Segmentation"), model.keywords());
        assertEquals(List.of("Ada Lovelace", "Charles Babbage"), model.authors());
        assertEquals(LocalDate.parse("2026-03-04"), model.listed());
        assertNull(model.published(), "the date may be that of the listing");
        assertEquals(PaperRecord.Announced.AGAIN, model.announced());
    }

    @Test
    void onesThatCannotBeReadAreSkippedAndThoseWithoutArxivIdGoByTheirTitle() throws SourceException {
        List<PaperRecord> papers = fetch();
        assertEquals(3, papers.size());
        PaperRecord report = papers.get(1);
        assertTrue(report.id().isTitle(), report.id().value());
        assertEquals("https://example.org/report.pdf", report.project());
        assertNull(report.starsGained());
    }

    @Test
    void anOldPaperIsNoNewsWhateverItsDateSays() throws SourceException {
        assertEquals(PaperRecord.Announced.CHANGED, fetch().get(2).announced());
    }

    @Test
    void daysBeforeTodayHaveNoList() throws SourceException {
        assertEquals(
                0,
                source.fetch(LocalDate.parse("2026-02-01"), LocalDate.parse("2026-03-03"))
                        .count());
    }

    @Test
    void whatIsNoListIsAFailureInOneLine() {
        for (String lie : List.of("", "[]", "{\"results\": []}", "<html></html>", "[{")) {
            body = lie;
            String failure = assertThrows(SourceException.class, this::fetch).getMessage();
            assertTrue(failure.startsWith("paperswithcode: GET http://127.0.0.1:"), failure);
            assertFalse(failure.contains("\n"), failure);
        }
    }
}
