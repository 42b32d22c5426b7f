package org.dailypapers.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.MovedClock;
import org.dailypapers.edition.EditionClosed;
import org.dailypapers.outbox.DeliveryEnded;
import org.dailypapers.outbox.MessageState;
import org.dailypapers.reputation.CameBack;
import org.dailypapers.subscriber.Confirmed;
import org.dailypapers.subscriber.Left;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What another program is told, how it knows that it was us, and what happens while it is away. */
@QuarkusTest
class WebhookDeliveryTest {

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(KEY);

    @Inject
    FreshService service;

    @Inject
    Database database;

    @Inject
    MovedClock clock;

    @Inject
    House house;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Notices notices;

    @Inject
    ObjectMapper json;

    private record Got(String id, String timestamp, String signature, String body) {}

    private final List<Got> got = new ArrayList<>();
    private volatile int answer = 204;
    private HttpServer server;

    @BeforeEach
    void begin() throws IOException {
        service.at("2026-03-03T12:00:00Z");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", this::take);
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        var head = exchange.getRequestHeaders();
        got.add(new Got(
                head.getFirst("webhook-id"),
                head.getFirst("webhook-timestamp"),
                head.getFirst("webhook-signature"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        exchange.sendResponseHeaders(answer, -1);
        exchange.close();
    }

    private WebhookSettings settings(boolean inward) {
        return settings(inward, server.getAddress().getPort());
    }

    private WebhookSettings settings(boolean inward, int port) {
        return new WebhookSettings() {
            @Override
            public Optional<URI> url() {
                return Optional.of(URI.create("http://127.0.0.1:" + port + "/hook"));
            }

            @Override
            public Optional<WebhookSecret> secret() {
                return Optional.of(WebhookSecret.of(SECRET));
            }

            @Override
            public Set<String> events() {
                return Arrays.stream(NoticeKind.values()).map(NoticeKind::type).collect(Collectors.toSet());
            }

            @Override
            public boolean inward() {
                return inward;
            }
        };
    }

    private int round() {
        return new WebhookDelivery(notices, subscriptions, settings(true), clock, json).round();
    }

    private NoticeEvents events() {
        return new NoticeEvents(notices, settings(true));
    }

    private JsonNode body(int number) throws IOException {
        return json.readTree(got.get(number).body());
    }

    @Test
    void eachEventIsToldOnceAndSignedAsStandardWebhooksHasIt() throws Exception {
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        events().confirmed(new Confirmed(ada, true));
        events().left(new Left(ada.id));
        events().closed(new EditionClosed(java.time.LocalDate.parse("2026-03-02")));
        events().bounced(new CameBack("digest", 7, "hard", Optional.of("5.1.1")));
        events().ended(new DeliveryEnded("digest", 7, MessageState.ACCEPTED));
        assertEquals(5, round());
        assertEquals(0, round(), "none is told twice");
        assertEquals(
                Set.of("reader.confirmed", "reader.left", "edition.closed", "letter.bounced", "letter.ended"),
                got.stream().map(g -> type(g.body())).collect(Collectors.toSet()));
        assertEquals("ada@example.org", body(0).at("/data/email").asText());
        assertEquals("2026-03-02", body(2).at("/data/edition").asText());
        assertEquals("5.1.1", body(3).at("/data/status").asText());
        assertEquals("accepted", body(4).at("/data/state").asText());
        for (Got request : got) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            byte[] expected = mac.doFinal(
                    (request.id() + "." + request.timestamp() + "." + request.body()).getBytes(StandardCharsets.UTF_8));
            assertEquals("v1," + Base64.getEncoder().encodeToString(expected), request.signature());
            assertEquals(Long.toString(clock.instant().getEpochSecond()), request.timestamp());
        }
    }

    private String type(String body) {
        try {
            return json.readTree(body).path("type").asText();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsNotTakenIsTriedAgainWithTheSameIdUntilItIsTooOld() {
        events().left(new Left(1));
        answer = 500;
        assertEquals(0, round());
        assertEquals(0, round());
        assertEquals(1, got.size(), "it rests in between");
        clock.move(Duration.ofMinutes(16));
        answer = 302;
        assertEquals(0, round());
        clock.move(Duration.ofHours(2));
        answer = 200;
        assertEquals(1, round());
        assertEquals(1, got.stream().map(Got::id).distinct().count());
        events().left(new Left(2));
        answer = 410;
        assertEquals(0, round());
        clock.move(Duration.ofDays(1));
        assertEquals(0, round());
        assertEquals(4, got.size(), "410 ends it");
        events().left(new Left(3));
        answer = 503;
        round();
        clock.move(Duration.ofDays(4));
        round();
        clock.move(Duration.ofDays(1));
        round();
        assertEquals(6, got.size(), "three days are enough");
    }

    @Test
    void whatWasQueuedWhileTheClockWasAheadDoesNotWaitForThatDay() {
        clock.move(Duration.ofDays(400));
        events().left(new Left(1));
        clock.move(Duration.ofDays(-400));
        assertEquals(1, round());
    }

    @Test
    void aNumberThatComesAgainAfterARestoreIsAnotherNotice() {
        events().left(new Left(1));
        round();
        String number = database.rows("select id from notice").strip();
        database.update("delete from notice");
        clock.move(Duration.ofMinutes(1));
        events().left(new Left(2));
        database.update("update notice set id = " + number);
        assertEquals(1, round());
        assertEquals(2, got.stream().map(Got::id).distinct().count());
    }

    @Test
    void aBodyWithoutAnEndHoldsNothingUp() throws IOException {
        try (var endless = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        Socket line = endless.accept(); // Kept open, and nothing more is sent.
                        line.getInputStream().read();
                        line.getOutputStream()
                                .write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nand then"
                                        .getBytes(StandardCharsets.US_ASCII));
                    }
                } catch (IOException e) {
                    // The test is over.
                }
            });
            events().left(new Left(1));
            events().left(new Left(2));
            WebhookSettings there = settings(true, endless.getLocalPort());
            assertEquals(2, assertTimeoutPreemptively(Duration.ofMinutes(1), () -> new WebhookDelivery(
                            notices, subscriptions, there, clock, json)
                    .round()));
        }
    }

    @Test
    void whatIsRolledBackIsNotTold() {
        QuarkusTransaction.begin();
        events().left(new Left(1));
        QuarkusTransaction.rollback();
        assertEquals(0, round());
    }

    @Test
    void whoWasErasedIsANumberAlone() throws IOException {
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        events().confirmed(new Confirmed(ada, true));
        subscriptions.erase(ada.id);
        round();
        assertFalse(got.getFirst().body().contains("ada@"));
        assertFalse(database.rows("select * from notice").contains("ada@"));
    }

    @Test
    void aPrivateAddressIsReachedOnlyWhereThatIsAllowed() {
        events().left(new Left(1));
        assertEquals(0, new WebhookDelivery(notices, subscriptions, settings(false), clock, json).round());
        assertEquals(List.of(), got);
        assertTrue(database.rows("select last_reply from notice").contains("private network"));
    }

    @Test
    void withoutAnAddressNothingIsQueued() {
        house.reader("ada").interestedIn("graph").confirmed();
        assertEquals("", database.rows("select id from notice"));
    }

    @Test
    void aSecretThatIsNoneIsRefusedWithoutBeingRepeated() {
        for (String text : List.of("", "hush", "whsec_", "whsec_c2hvcnQ=", "whsec_!!!")) {
            String said = assertThrows(IllegalArgumentException.class, () -> WebhookSecret.of(text))
                    .getMessage();
            assertTrue(said.contains("openssl") && !said.contains("hush"), said);
        }
    }
}
