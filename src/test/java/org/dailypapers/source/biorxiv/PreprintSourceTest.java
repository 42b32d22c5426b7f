package org.dailypapers.source.biorxiv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
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
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.SourceException;
import org.dailypapers.source.http.UserAgent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PreprintSourceTest {

    private static final LocalDate DAY = LocalDate.parse("2026-03-03");

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> rejected = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private PreprintSource source;
    private Function<String, String> answer;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().toString();
            requests.add(path);
            byte[] body = answer.apply(path).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        source = new PreprintSource(
                "biorxiv",
                "http://127.0.0.1:" + server.getAddress().getPort(),
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

    private List<PaperRecord> fetch(LocalDate from, LocalDate to) throws SourceException {
        try (Stream<PaperRecord> papers = source.fetch(from, to)) {
            return papers.toList();
        }
    }

    private String failure(LocalDate from, LocalDate to) {
        try (Stream<PaperRecord> papers = source.fetch(from, to)) {
            return assertThrows(SourceException.WhileStreaming.class, papers::toList)
                    .getMessage();
        } catch (SourceException atOnce) {
            return atOnce.getMessage();
        }
    }

    private static String item(int number, LocalDate day) {
        return """
                {"doi": "10.1101/2026.03.01.%06d", "title": "Preprint %d", "authors": "Lovelace, A. K.; Babbage, C.",
                 "date": "%s", "version": "1", "type": "new results", "category": "neuroscience",
                 "abstract": "What was found.", "published": "NA", "server": "bioRxiv"}""".formatted(number, number, day);
    }

    private static String page(int from, int to, Object total, LocalDate day) {
        return IntStream.range(from, to)
                .mapToObj(number -> item(number, day))
                .collect(Collectors.joining(
                        ",",
                        "{\"messages\": [{\"status\": \"ok\", \"cursor\": %d, \"count\": 100, \"total\": %s}], \"collection\": ["
                                .formatted(from, total),
                        "]}"));
    }

    private static final String NONE = "{\"messages\": [{\"status\": \"no posts found\"}], \"collection\": []}";

    private static PaperRecord record(String fields) throws IOException {
        return PreprintRecords.of(JsonMapper.builder().build().readTree("""
                {"doi": "10.1101/2026.03.01.000001", "title": "A preprint of some cells", "date": "2026-03-03",
                 "published": "NA", %s}""".formatted(fields)));
    }

    @Test
    void pagesFollowByTheCountThatCame() throws SourceException {
        // The count says 100, and 30 come.
        answer = path -> path.endsWith("/0/json")
                ? page(0, 30, "\"65\"", DAY)
                : path.endsWith("/30/json") ? page(30, 60, "\"65\"", DAY) : page(60, 65, "\"65\"", DAY);
        assertEquals(65, fetch(DAY, DAY).size());
        assertEquals(
                List.of(
                        "/details/biorxiv/2026-03-03/2026-03-03/0/json",
                        "/details/biorxiv/2026-03-03/2026-03-03/30/json",
                        "/details/biorxiv/2026-03-03/2026-03-03/60/json"),
                requests);
    }

    @Test
    void withoutATotalPagesFollowUntilAnEmptyOne() throws SourceException {
        answer = path -> path.endsWith("/0/json") ? page(0, 30, null, DAY) : NONE;
        assertEquals(30, fetch(DAY, DAY).size());
        assertEquals(2, requests.size());
    }

    @Test
    void daysFollowOneAnotherAndAQuietOneIsNoFailure() throws SourceException {
        answer = path -> path.contains("2026-03-01") ? NONE : page(0, 2, 2, LocalDate.parse(path.substring(17, 27)));
        assertEquals(
                List.of("2026-02-28", "2026-02-28", "2026-03-02", "2026-03-02"),
                fetch(LocalDate.parse("2026-02-28"), LocalDate.parse("2026-03-02")).stream()
                        .map(paper -> paper.listed().toString())
                        .toList());
    }

    @Test
    void theNewsAreThoseOfTwoDaysMoreForListsGrowLate() throws SourceException {
        answer = path -> page(0, 1, 1, LocalDate.parse(path.substring(17, 27)));
        try (Stream<PaperRecord> papers = source.fetch(Instant.parse("2026-03-03T00:00:00Z"))) {
            assertEquals(4, papers.count());
        }
    }

    @Test
    void aListThatBreaksOffIsAFailureThatKeepsWhatCame() throws SourceException {
        answer = path -> path.endsWith("/0/json")
                ? page(0, 30, 65, DAY)
                : "{\"messages\": [{\"status\": \"ok\", \"total\": \"65\"}], \"collection\": []}";
        try (Stream<PaperRecord> papers = source.fetch(DAY, DAY)) {
            var came = new CopyOnWriteArrayList<PaperRecord>();
            var failure = assertThrows(SourceException.WhileStreaming.class, () -> papers.forEach(came::add));
            assertEquals(30, came.size());
            assertTrue(failure.getMessage().endsWith("broke off at 30 of 65 preprints"), failure.getMessage());
        }
    }

    @Test
    void whatIsNoListOfPreprintsIsAFailure() {
        for (String lie :
                List.of("", "<html>maintenance</html>", "[]", "{}", "{\"collection\": []}", "{\"messages\": [")) {
            answer = path -> lie;
            String failure = failure(DAY, DAY);
            assertTrue(failure.startsWith("biorxiv: GET http://127.0.0.1:"), lie + ": " + failure);
            assertTrue(!failure.contains("\n"), failure);
        }
    }

    @Test
    void anotherDayThanWasAskedForIsAFailure() {
        answer = path -> page(0, 2, 2, DAY.minusYears(1));
        assertTrue(failure(DAY, DAY).endsWith("answered a preprint of 2025-03-03"));
    }

    @Test
    void nothingInAWholeWeekIsAFailure() {
        answer = path -> NONE;
        assertEquals(
                "biorxiv: lists nothing from 2026-02-25 to 2026-03-03", failure(LocalDate.parse("2026-02-25"), DAY));
    }

    @Test
    void oneThatCannotBeReadIsSkippedAndTheOthersCome() throws SourceException {
        answer = path -> """
                {"messages": [{"status": "ok", "total": 4}], "collection": [7, {"title": "no doi"},
                 {"doi": "10.1101/1", "title": " ", "date": "2026-03-03"}, %s]}""".formatted(item(1, DAY));
        assertEquals(1, fetch(DAY, DAY).size());
        assertEquals(
                List.of(
                        "of 2026-03-03: not a JSON object | 7",
                        "of 2026-03-03: doi is missing | {\"title\":\"no doi\"}",
                        "of 2026-03-03: doi:10.1101/1: title is blank"
                                + " | {\"doi\":\"10.1101/1\",\"title\":\" \",\"date\":\"2026-03-03\"}"),
                rejected);
    }

    @Test
    void fieldsAreReadAsReadersExpectThem() throws IOException {
        PaperRecord record = record("""
                "authors": "Lovelace, A. K.; van der Berg, J.; O&#x27;Brien, K.; Turing, A. M., Jr; ENIGMA Consortium;",
                "version": "1", "category": "cell biology", "type": "new results",
                "abstract": "O_ST_ABSBackgroundC_ST_ABSIn <i>E. coli</i>, p &lt; 0.05 &amp; CO<sub>2</sub>. O_FIG O_LINK x.gif C_FIG End O_SCPLOWDC_SCPLOW-glucose."
                """);
        assertEquals(
                List.of("A. K. Lovelace", "J. van der Berg", "K. O'Brien", "A. M. Turing Jr", "ENIGMA Consortium"),
                record.authors());
        assertEquals("Background In E. coli, p < 0.05 & CO2. End D-glucose.", record.summary());
        assertEquals(new PaperId("doi:10.1101/2026.03.01.000001"), record.id());
        assertEquals("10.1101/2026.03.01.000001", record.doi());
        assertNull(record.preprint());
        assertEquals(LocalDate.parse("2026-03-03"), record.listed());
        assertEquals(Instant.parse("2026-03-03T00:00:00Z"), record.published());
        assertEquals(List.of("cell biology"), record.categories());
        assertEquals(1, record.version());
    }

    @Test
    void ofAPublishedPreprintBothDoisAreKnown() throws IOException {
        PaperRecord record = record("\"version\": 3").published() == null ? record("\"version\": \"3\"") : null;
        assertEquals(3, record.version());
        assertEquals(PaperRecord.Announced.CHANGED, record.announced());
        PaperRecord published = PreprintRecords.of(JsonMapper.builder().build().readTree("""
                {"doi": "10.1101/2026.03.01.000001", "title": "A preprint", "date": "2026-03-03", "version": "2",
                 "published": "10.1038/S41586-026-1"}"""));
        assertEquals(new PaperId("doi:10.1101/2026.03.01.000001"), published.id());
        assertEquals("10.1038/s41586-026-1", published.doi());
        assertEquals("10.1101/2026.03.01.000001", published.preprint());
    }

    @Test
    void aWithdrawnOneIsMarked() throws IOException {
        for (String fields : List.of(
                "\"type\": \"withdrawn\"",
                "\"abstract\": \"The authors have withdrawn this manuscript owing to an error.\"",
                "\"abstract\": \"Withdrawal StatementThe authors have withdrawn it.\"",
                "\"abstract\": \"This manuscript has been withdrawn by bioRxiv.\"")) {
            assertTrue(record(fields).withdrawn(), fields);
        }
        assertTrue(!record("\"abstract\": \"Patients who had withdrawn consent were left out.\"")
                .withdrawn());
    }
}
