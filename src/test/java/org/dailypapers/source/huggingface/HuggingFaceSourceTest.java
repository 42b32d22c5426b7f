package org.dailypapers.source.huggingface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.PaperSource;
import org.dailypapers.source.SourceException;
import org.dailypapers.source.http.UserAgent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HuggingFaceSourceTest {
    private static final Instant NOW = Instant.parse("2025-11-05T09:00:00Z");
    private static final LocalDate MONDAY = LocalDate.of(2025, 11, 3);

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<Duration> waits = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch testEnds = new CountDownLatch(1);
    private final List<String> rejected = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private HuggingFaceSource source;

    /** What the server does with the n-th request, from 1. */
    private interface Answer {
        void to(HttpExchange exchange, int n) throws IOException, InterruptedException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        source = new HuggingFaceSource(
                "http://127.0.0.1:" + server.getAddress().getPort() + "/",
                UserAgent.of(URI.create("https://papers.example.org")),
                Clock.fixed(NOW, ZoneOffset.UTC),
                waits::add,
                Duration.ofSeconds(2),
                (source, reason, excerpt) -> rejected.add(reason + " | " + excerpt));
    }

    @AfterEach
    void stop() {
        testEnds.countDown();
        source.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(Answer answer) {
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestURI().toString());
            try {
                answer.to(exchange, requests.size());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } finally {
                exchange.close();
            }
        });
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String item(int number, LocalDate day) {
        return "{\"paper\": {\"id\": \"2511.%05d\", \"title\": \"Paper %d\", \"upvotes\": %d, \"submittedOnDailyAt\": \"%sT00:00:00.000Z\"}, \"numComments\": 1}"
                .formatted(number, number, number, day);
    }

    private static String items(int from, int to, LocalDate day) {
        return IntStream.range(from, to)
                .mapToObj(number -> item(number, day))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private List<PaperRecord> fetch(LocalDate from, LocalDate to) throws SourceException {
        try (Stream<PaperRecord> papers = source.fetch(from, to)) {
            return papers.toList();
        }
    }

    private String failure() {
        return assertThrows(SourceException.class, () -> fetch(MONDAY, MONDAY)).getMessage();
    }

    @Test
    void pagesAreReadUntilAShortOne() throws SourceException {
        serve((exchange, n) -> {
            assertEquals(
                    "DailyPapers (+https://papers.example.org)",
                    exchange.getRequestHeaders().getFirst("User-Agent"));
            send(exchange, 200, n < 3 ? items(n * 100, n * 100 + 100, MONDAY) : items(300, 330, MONDAY));
        });
        assertEquals(230, fetch(MONDAY, MONDAY).size());
        assertEquals(
                List.of(
                        "/api/daily_papers?date=2025-11-03&limit=100&p=0",
                        "/api/daily_papers?date=2025-11-03&limit=100&p=1",
                        "/api/daily_papers?date=2025-11-03&limit=100&p=2"),
                requests);
    }

    @Test
    void pagesAreReadUntilAnEmptyOne() throws SourceException {
        serve((exchange, n) -> send(exchange, 200, n == 1 ? items(0, 100, MONDAY) : "[]"));
        assertEquals(100, fetch(MONDAY, MONDAY).size());
        assertEquals(2, requests.size());
    }

    @Test
    void aServerThatRepeatsItsPageForEverIsLeft() throws SourceException {
        serve((exchange, n) -> send(exchange, 200, items(0, 100, MONDAY)));
        assertEquals(100, fetch(MONDAY, MONDAY).size());
        assertEquals(2, requests.size());
    }

    @Test
    void everyDaySinceTheInstantIsAsked() throws SourceException {
        serve((exchange, n) -> send(exchange, 200, items(n, n + 1, MONDAY.plusDays(n - 1))));
        try (Stream<PaperRecord> papers = source.fetch(Instant.parse("2025-11-03T23:00:00Z"))) {
            assertEquals(
                    List.of(MONDAY, MONDAY.plusDays(1), MONDAY.plusDays(2)),
                    papers.map(PaperRecord::listed).toList());
        }
        assertEquals(3, requests.size());
    }

    @Test
    void aDayThatHasNotBegunInUtcIsNeverAskedFor() throws SourceException {
        serve((exchange, n) -> send(exchange, 200, "[]"));
        LocalDate today = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
        assertEquals(List.of(), fetch(today, today.plusDays(1)));
        assertEquals(List.of(), fetch(today.plusDays(1), today.plusDays(3)));
        try (Stream<PaperRecord> news = source.fetch(NOW.plusSeconds(90_000))) {
            assertEquals(0, news.count());
        }
        assertEquals(List.of("/api/daily_papers?date=" + today + "&limit=100&p=0"), requests);
    }

    @Test
    void anEmptyDayThatAnswersWithTheDayBeforeAddsNothing() throws SourceException {
        serve((exchange, n) -> send(exchange, 200, items(0, 5, MONDAY)));
        List<PaperRecord> papers = fetch(MONDAY, MONDAY.plusDays(1));
        assertEquals(5, papers.size());
        assertTrue(papers.stream().allMatch(paper -> paper.listed().equals(MONDAY)));
        assertEquals(List.of(), fetch(MONDAY.plusDays(1), MONDAY.plusDays(1)));
    }

    @Test
    void aBadRecordIsSkippedAndTheOthersGoOn() throws SourceException {
        serve((exchange, n) -> send(
                exchange,
                200,
                "[" + item(1, MONDAY) + ", {\"paper\": {\"id\": \"2511.00009\"}}, 7, null, " + item(2, MONDAY) + "]"));
        assertEquals(
                List.of("2511.00001", "2511.00002"),
                fetch(MONDAY, MONDAY).stream().map(paper -> paper.id().value()).toList());
    }

    @Test
    void closingTheStreamStopsTheFetch() throws SourceException {
        serve((exchange, n) -> send(exchange, 200, items(n * 100, n * 100 + 100, MONDAY)));
        Stream<PaperRecord> papers = source.fetch(MONDAY, MONDAY.plusDays(300));
        Iterator<PaperRecord> each = papers.iterator();
        each.next();
        papers.close();
        int before = requests.size();
        while (each.hasNext()) {
            each.next();
        }
        assertEquals(before, requests.size());
        assertTrue(before <= 2, "fetched as it is read");
    }

    @Test
    void aBusyServerIsAskedAgainWhenItSays() throws SourceException {
        serve((exchange, n) -> {
            if (n == 1) {
                exchange.getResponseHeaders().set("Retry-After", "7");
                send(exchange, 429, "");
            } else if (n == 2) {
                exchange.getResponseHeaders().set("RateLimit", "\"api\";r=0;t=21");
                send(exchange, 429, "");
            } else if (n == 3) {
                exchange.getResponseHeaders().set("Retry-After", "Wed, 05 Nov 2025 09:00:03 GMT");
                send(exchange, 429, "");
            } else {
                send(exchange, 200, items(0, 1, MONDAY));
            }
        });
        assertEquals(1, fetch(MONDAY, MONDAY).size());
        assertEquals(List.of(Duration.ofSeconds(7), Duration.ofSeconds(21), Duration.ofSeconds(3)), waits);
    }

    @Test
    void aServerThatIsBusyForMoreThanAMinuteIsLeft() {
        serve((exchange, n) -> {
            exchange.getResponseHeaders().set("RateLimit", "\"api\";r=0;t=25");
            send(exchange, 429, "");
        });
        SourceException failure = assertThrows(SourceException.class, () -> fetch(MONDAY, MONDAY));
        assertTrue(failure.getMessage().contains("429") && failure.getMessage().contains("25 s"), failure.getMessage());
        assertEquals(List.of(Duration.ofSeconds(25), Duration.ofSeconds(25)), waits);
        assertEquals(Duration.ofSeconds(25), failure.rest().orElseThrow(), "and asked again after that");
    }

    @Test
    void aBrokenServerIsAskedTwiceMore() throws SourceException {
        serve((exchange, n) -> send(exchange, n < 3 ? 503 : 200, n < 3 ? "" : items(0, 1, MONDAY)));
        assertEquals(1, fetch(MONDAY, MONDAY).size());
        assertEquals(2, waits.size());
    }

    @Test
    void aServerThatStaysBrokenIsAFailure() {
        serve((exchange, n) -> send(exchange, 500, "oops"));
        String failure = failure();
        assertTrue(failure.startsWith("huggingface: GET http://127.0.0.1:"), failure);
        assertTrue(failure.endsWith("answered 500"), failure);
        assertEquals(3, requests.size());
    }

    @Test
    void aBadRequestIsAFailureAtOnce() {
        serve((exchange, n) -> send(exchange, 400, "{\"error\": \"no\"}"));
        assertTrue(failure().endsWith("answered 400"));
        assertEquals(1, requests.size());
    }

    @Test
    void aFailureInMidStreamEndsIt() throws SourceException {
        serve((exchange, n) -> send(exchange, n == 1 ? 200 : 400, n == 1 ? items(0, 100, MONDAY) : ""));
        List<PaperRecord> taken = new ArrayList<>();
        try (Stream<PaperRecord> papers = source.fetch(MONDAY, MONDAY)) {
            SourceException.WhileStreaming failure =
                    assertThrows(SourceException.WhileStreaming.class, () -> papers.forEach(taken::add));
            assertTrue(failure.getCause().getMessage().endsWith("answered 400"));
        }
        assertEquals(100, taken.size());
    }

    @Test
    void anAnswerThatDoesNotComeIsAFailure() {
        serve((exchange, n) -> testEnds.await(20, TimeUnit.SECONDS));
        String failure = failure();
        assertTrue(failure.contains("no answer within 2 s"), failure);
    }

    @Test
    void anAnswerThatDripsIsAFailure() {
        serve((exchange, n) -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            for (int i = 0; i < 100 && !testEnds.await(100, TimeUnit.MILLISECONDS); i++) {
                body.write(' ');
                body.flush();
            }
        });
        String failure = failure();
        assertTrue(failure.contains("no answer within 2 s"), failure);
    }

    @Test
    void anAnswerWithoutEndIsAFailure() {
        serve((exchange, n) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] much = new byte[1 << 20];
            try {
                for (int i = 0; i < 500; i++) {
                    exchange.getResponseBody().write(much);
                }
                requests.add("all of it was taken");
            } catch (IOException cut) {
                // The client has closed the connection, as it should.
            }
        });
        String failure = failure();
        assertTrue(failure.contains("longer than 20 MB"), failure);
        assertFalse(requests.contains("all of it was taken"));
    }

    @Test
    void rubbishIsAFailure() {
        List<String> answers = List.of("<html>busy</html>", "", "{\"error\": \"x\"}", "[{\"paper\"", "[1}", "[\u0000]");
        serve((exchange, n) -> send(exchange, 200, answers.get(n - 1)));
        for (String answer : answers) {
            String failure = failure();
            assertTrue(failure.startsWith("huggingface: GET ") && failure.contains("answered"), answer + failure);
            assertFalse(failure.contains("\n"), failure);
        }
    }

    @Test
    void noServerIsAFailureInPlainWords() {
        server.stop(0);
        String failure = failure();
        assertTrue(failure.endsWith(" cannot be reached: no connection"), failure);
        assertFalse(failure.contains("Exception"), failure);
    }

    @Test
    void anOutageIsToldByTheFetchAndNotAgainByTheVotes() {
        var told = new ArrayList<String>();
        var log = java.util.logging.Logger.getLogger(HuggingFaceSource.class.getName());
        var listener = new Handler() {
            @Override
            public void publish(LogRecord line) {
                if (line.getLevel().intValue() >= Level.INFO.intValue()) {
                    told.add(line.getMessage());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        log.addHandler(listener);
        try {
            server.stop(0);
            source.votes(List.of(new PaperId("2511.00001")));
            assertEquals(1, told.size(), "by whoever meets it first");
            failure();
            source.votes(List.of(new PaperId("2511.00001")));
            assertEquals(1, told.size(), told.toString());
        } finally {
            log.removeHandler(listener);
        }
    }

    @Test
    void anAddressThatIsNoneIsAFailure() {
        HuggingFaceSource nowhere = new HuggingFaceSource(
                "not a url",
                UserAgent.of(URI.create("https://papers.example.org")),
                Clock.fixed(NOW, ZoneOffset.UTC),
                waits::add,
                Duration.ofSeconds(2),
                (source, reason, excerpt) -> {});
        String failure = assertThrows(SourceException.class, () -> nowhere.fetch(MONDAY, MONDAY))
                .getMessage();
        assertTrue(failure.contains("daily-papers.huggingface.url"), failure);
        nowhere.close();
    }

    @Test
    void votesAreThoseOfThePapersThatAreKnown() {
        serve((exchange, n) -> {
            switch (exchange.getRequestURI().getPath()) {
                case "/api/papers/2511.00001" ->
                    send(exchange, 200, "{\"id\": \"2511.00001\", \"title\": \"T\", \"upvotes\": 42}");
                case "/api/papers/2511.00002" ->
                    send(exchange, 200, "{\"id\": \"2511.00002\", \"title\": \"T\", \"upvotes\": \"many\"}");
                case "/api/papers/2511.00003" ->
                    send(
                            exchange,
                            200,
                            "{\"id\": \"2511.00003\", \"title\": \"T\", \"upvotes\": 0, \"numComments\": 3}");
                default -> send(exchange, 404, "{\"error\": \"Paper not found\"}");
            }
        });
        Map<PaperId, PaperSource.Votes> votes = source.votes(List.of(
                new PaperId("2511.00001"),
                new PaperId("2511.00002"),
                new PaperId("2511.00003"),
                new PaperId("2511.00004"),
                PaperId.ofTitle("known by its title alone")));
        assertEquals(
                Map.of(
                        new PaperId("2511.00001"), new PaperSource.Votes(42, null),
                        new PaperId("2511.00003"), new PaperSource.Votes(0, 3)),
                votes);
        assertEquals(4, requests.size());
    }

    @Test
    void votesEndAtTheFirstHardFailure() {
        serve((exchange, n) -> send(
                exchange,
                n == 1 ? 200 : 403,
                n == 1 ? "{\"id\": \"2511.00001\", \"title\": \"T\", \"upvotes\": 1}" : ""));
        assertEquals(
                1,
                source.votes(List.of(new PaperId("2511.00001"), new PaperId("2511.00002"), new PaperId("2511.00003")))
                        .size());
        assertEquals(2, requests.size());
    }

    @Test
    void aRedirectIsFollowedOnTheConfiguredServer() throws SourceException {
        serve((exchange, n) -> {
            if (exchange.getRequestURI().getPath().startsWith("/moved")) {
                send(exchange, 200, items(0, 1, MONDAY));
            } else {
                exchange.getResponseHeaders()
                        .set("Location", "/moved?" + exchange.getRequestURI().getRawQuery());
                send(exchange, 308, "");
            }
        });
        assertEquals(1, fetch(MONDAY, MONDAY).size());
    }

    @Test
    void aRedirectToAnotherServerIsNotFollowed() throws Exception {
        var elsewhere = new ArrayList<String>();
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            elsewhere.add(exchange.getRequestURI().toString());
            send(exchange, 200, items(0, 1, MONDAY));
            exchange.close();
        });
        other.start();
        try {
            int port = other.getAddress().getPort();
            List<String> places = List.of(
                    "http://127.0.0.1:" + port + "/api",
                    "http://localhost:" + port + "/api",
                    "//127.0.0.1:" + port + "/api",
                    "http://127.0.0.1@localhost:" + port + "/",
                    "http://[::1]:" + port + "/",
                    "http://169.254.169.254/latest/meta-data",
                    "file:///etc/passwd",
                    "not a web address");
            serve((exchange, n) -> {
                exchange.getResponseHeaders().set("Location", places.get(n - 1));
                send(exchange, 302, "");
            });
            for (String place : places) {
                assertThrows(SourceException.class, () -> fetch(MONDAY, MONDAY), place);
            }
            assertEquals(List.of(), elsewhere);
        } finally {
            other.stop(0);
        }
    }

    @Test
    void aRedirectInACircleEnds() {
        serve((exchange, n) -> {
            exchange.getResponseHeaders()
                    .set("Location", exchange.getRequestURI().toString());
            send(exchange, 301, "");
        });
        assertThrows(SourceException.class, () -> fetch(MONDAY, MONDAY));
        assertTrue(requests.size() < 6, requests::toString);
    }
}
