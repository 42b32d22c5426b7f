package org.dailypapers.source.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dailypapers.source.SourceException;
import org.dailypapers.source.SourceException.Trouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers do to a client: each ends in one line that says which source, what was asked and what came. */
class SourceClientTest {

    private static final UserAgent AGENT = UserAgent.of(URI.create("https://papers.example.org"));

    private final ScriptedServer server = new ScriptedServer(Clock.systemUTC());
    private final List<Duration> waits = new ArrayList<>();
    private final List<SourceClient> clients = new ArrayList<>();

    @AfterEach
    void stop() {
        clients.forEach(SourceClient::close);
        server.close();
    }

    private SourceClient client(Manners manners) {
        return client(server.address() + "/", manners);
    }

    private SourceClient client(String base, Manners manners) {
        var client = new SourceClient(
                new SourceClient.Server("feeds", "daily-papers.feeds", base, "application/atom+xml"),
                AGENT,
                Clock.systemUTC(),
                waits::add,
                manners);
        clients.add(client);
        return client;
    }

    private static Manners manners() {
        return Manners.within(Duration.ofSeconds(30));
    }

    private static Manners strict() {
        Manners usual = manners();
        return new Manners(usual.connect(), usual.head(), usual.whole(), 1 << 20, true, Pace.FREE);
    }

    private SourceException failure(Manners manners) {
        return failure(client(manners));
    }

    private static SourceException failure(SourceClient client) {
        SourceException failure = assertThrows(SourceException.class, () -> client.get("/new"));
        assertFalse(failure.getMessage().contains("\n"), failure.getMessage());
        assertTrue(client.failing());
        return failure;
    }

    private String said(Manners manners) {
        String message = failure(manners).getMessage();
        String begin = "feeds: GET " + server.address() + "/new ";
        assertTrue(message.startsWith(begin), message);
        return message.substring(begin.length());
    }

    @Test
    void eachSourceAsksForItsOwnKindAndSaysWhoAsks() throws Exception {
        server.answering((request, n, answer) -> answer.send(200, "hello"));
        assertArrayEquals("hello".getBytes(UTF_8), client(manners()).get("/new").orElseThrow());
        var fields = server.requests().getFirst().fields();
        assertEquals("application/atom+xml", fields.get("accept"));
        assertEquals("DailyPapers (+https://papers.example.org)", fields.get("user-agent"));
        assertEquals("gzip", fields.get("accept-encoding"));
        assertNull(fields.get("origin"));
    }

    @Test
    void aRefusedConnectionIsOneLine() {
        server.close();
        assertEquals("cannot be reached: no connection", said(manners()));
    }

    @Test
    void aHostWithoutAddressIsOneLine() {
        String message =
                failure(client("http://no-such-host.invalid", manners())).getMessage();
        assertTrue(message.endsWith("cannot be reached: the name of its host is not found"), message);
    }

    @Test
    void aResetConnectionIsOneLine() {
        server.answering((request, n, answer) -> answer.reset());
        failure(manners());
    }

    @Test
    void aConnectionThatEndsWithoutAnAnswerIsOneLine() {
        server.answering((request, n, answer) -> {});
        failure(manners());
    }

    @Test
    void anAnswerWhoseHeadDoesNotComeIsGivenUp() {
        server.answering((request, n, answer) -> Thread.sleep(60_000));
        assertEquals(
                "had no answer within 1 s",
                said(new Manners(
                        Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofMinutes(5), 1, false, Pace.FREE)));
    }

    @Test
    void bytesThatDripAreGivenUp() {
        server.answering((request, n, answer) -> {
            answer.head(200, 1_000);
            for (int i = 0; i < 1_000; i++) {
                answer.raw(new byte[] {'x'});
                Thread.sleep(50);
            }
        });
        assertEquals(
                "had no answer within 2 s",
                said(new Manners(
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(2),
                        1 << 20,
                        false,
                        Pace.FREE)));
    }

    @Test
    void aBodyShorterThanItsLengthIsNoAnswer() {
        server.answering((request, n, answer) -> {
            answer.head(200, 1_000);
            answer.raw("half".getBytes(UTF_8));
        });
        assertTrue(said(manners()).startsWith("broke off: "));
    }

    @Test
    void aBodyOfAGigabyteIsGivenUpAtTheCap() {
        long[] sent = {0};
        server.answering((request, n, answer) -> {
            answer.head(200, 1L << 30);
            byte[] block = new byte[1 << 20];
            for (; sent[0] < 1L << 30; sent[0] += block.length) {
                answer.raw(block);
            }
        });
        assertEquals("broke off: the answer is longer than 20 MB", said(manners()));
        assertTrue(sent[0] < 200L << 20, () -> sent[0] + " bytes were taken");
    }

    @Test
    void aPackedBodyIsUnpacked() throws Exception {
        server.answering((request, n, answer) -> answer.sendPacked("hello".getBytes(UTF_8)));
        assertArrayEquals("hello".getBytes(UTF_8), client(manners()).get("/new").orElseThrow());
    }

    @Test
    void aBombOfGzipIsGivenUpAtTheCap() {
        server.answering((request, n, answer) -> answer.sendPacked(new byte[100 << 20]));
        assertEquals("broke off: the answer unpacks to more than 20 MB", said(manners()));
    }

    @Test
    void aPackedBodyThatBreaksOffIsNoAnswer() {
        server.answering((request, n, answer) -> {
            answer.head(200, 12, "Content-Encoding: gzip");
            answer.raw(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 1, 2});
        });
        assertTrue(said(manners()).startsWith("broke off: "));
    }

    @Test
    void aBodyThatIsNotPackedAsItSaysIsNoAnswer() {
        server.answering((request, n, answer) -> answer.send(200, "hello", "Content-Encoding: gzip"));
        assertTrue(said(manners()).startsWith("broke off: "));
    }

    @Test
    void aBodyPackedAsWasNotAskedForIsALie() {
        server.answering((request, n, answer) -> answer.send(200, "hello", "Content-Encoding: br"));
        SourceException failure = failure(manners());
        assertTrue(failure.getMessage().endsWith("is packed as was not asked for: br"));
        assertEquals(Trouble.LIES, failure.trouble());
    }

    @Test
    void anAnswerThatIsKnownIsNotSentAgain() throws Exception {
        server.answering((request, n, answer) -> {
            if (n == 1) {
                answer.send(200, "hello", "ETag: \"one\"", "Last-Modified: Mon, 27 Apr 2026 04:00:00 GMT");
            } else {
                answer.raw("HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
            }
        });
        SourceClient client = client(manners());
        Validators validators = client.get("/new", Validators.NONE).validators();
        assertTrue(client.get("/new", validators).isUnchanged());
        assertEquals("\"one\"", server.requests().getLast().fields().get("if-none-match"));
        client.get("/new", new Validators(Optional.empty(), validators.modified()));
        assertEquals(
                "Mon, 27 Apr 2026 04:00:00 GMT",
                server.requests().getLast().fields().get("if-modified-since"));
    }

    @Test
    void a304ThatWasNotAskedForIsAFailure() {
        server.answering((request, n, answer) ->
                answer.raw("HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n".getBytes(UTF_8)));
        assertEquals("answered 304", said(manners()));
    }

    @Test
    void a404IsNothing() throws Exception {
        assertEquals(Optional.empty(), client(manners()).get("/new"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 410, 418})
    void anyOtherRefusalIsToldAtOnce(int status) {
        server.answering((request, n, answer) -> answer.send(status, "no"));
        SourceException failure = failure(manners());
        assertTrue(failure.getMessage().endsWith("answered " + status));
        assertEquals(Trouble.DOWN, failure.trouble());
        assertEquals(1, server.requests().size());
    }

    @Test
    void a403OfAStrictSourceMeansThatTheOperatorHasToAct() {
        server.answering((request, n, answer) -> answer.send(403, "Access denied"));
        assertEquals(Trouble.FORBIDDEN, failure(strict()).trouble());
        assertEquals(1, server.requests().size());
    }

    @Test
    void a429WithoutATimeIsWaitedForWhereTheSourceIsPatient() throws Exception {
        server.answering((request, n, answer) -> answer.send(n < 3 ? 429 : 200, "now"));
        assertEquals(3, client(manners()).get("/new").orElseThrow().length);
        assertEquals(List.of(Duration.ofSeconds(10), Duration.ofSeconds(10)), waits);
    }

    @Test
    void a429OfAStrictSourceIsNeverTriedAgain() {
        server.answering((request, n, answer) -> answer.send(429, "Rate exceeded."));
        SourceException failure = failure(strict());
        assertEquals(Trouble.BUSY, failure.trouble());
        assertEquals(Optional.empty(), failure.rest());
        assertTrue(failure.getMessage().endsWith("answered 429 and says not how long to wait"));
        assertEquals(1, server.requests().size());
        assertEquals(List.of(), waits);
    }

    @Test
    void a429OfAStrictSourceSaysHowLongItWantsToBeLeftAlone() {
        server.answering((request, n, answer) -> answer.send(429, "", "Retry-After: 21600"));
        assertEquals(Optional.of(Duration.ofHours(6)), failure(strict()).rest());
    }

    @Test
    void a503WithATimeIsWaitedFor() throws Exception {
        server.answering((request, n, answer) -> answer.send(n == 1 ? 503 : 200, "now", "Retry-After: 20"));
        assertTrue(client(manners()).get("/new").isPresent());
        assertEquals(List.of(Duration.ofSeconds(20)), waits);
    }

    @Test
    void aServerErrorIsTriedTwiceMore() {
        server.answering((request, n, answer) -> answer.send(500, "oops"));
        assertEquals("answered 500", said(manners()));
        assertEquals(3, server.requests().size());
    }

    @Test
    void aRedirectToAPrivateAddressIsNotFollowed() {
        server.answering(
                (request, n, answer) -> answer.send(302, "", "Location: http://169.254.169.254/latest/meta-data"));
        assertEquals(
                "is redirected to another server, http://169.254.169.254; if that is right, set daily-papers.feeds",
                said(manners()));
        assertEquals(1, server.requests().size());
    }

    @Test
    void aLoopOfRedirectsIsGivenUp() {
        server.answering((request, n, answer) -> answer.send(302, "", "Location: /new?" + n));
        assertEquals("is redirected again and again", said(manners()));
        assertEquals(4, server.requests().size());
    }

    @Test
    void eachRequestWaitsForItsTurnAndGivesItBack() throws Exception {
        var turns = new ArrayList<String>();
        Pace pace = new Pace() {
            @Override
            public void before() {
                turns.add("before");
            }

            @Override
            public void after() {
                turns.add("after");
            }
        };
        server.answering((request, n, answer) -> {
            if (n == 1) {
                answer.send(302, "", "Location: /there");
            } else if (n == 2) {
                answer.reset();
            } else {
                answer.send(200, "now");
            }
        });
        Manners usual = manners();
        SourceClient client =
                client(new Manners(usual.connect(), usual.head(), usual.whole(), usual.largest(), true, pace));
        assertThrows(SourceException.class, () -> client.get("/new"));
        client.get("/new");
        assertEquals(List.of("before", "after", "before", "after", "before", "after"), turns);
    }

    @Test
    void aRequestToAStrictSourceIsNeverRepeatedBehindItsBack() {
        server.answering((request, n, answer) -> answer.reset());
        assertTrue(failure(strict()).getMessage().endsWith("broke off: the line ended before an answer"));
        assertEquals(1, server.requests().size());
    }

    @Test
    void aBodyIsReadAsOftenAsOneLikes() throws IOException, SourceException {
        server.answering((request, n, answer) -> answer.sendPacked("hello".getBytes(UTF_8)));
        Body body = client(manners()).get("/new", Validators.NONE).body();
        assertArrayEquals("hello".getBytes(UTF_8), body.open().readAllBytes());
        assertArrayEquals("hello".getBytes(UTF_8), body.open().readAllBytes());
    }
}
