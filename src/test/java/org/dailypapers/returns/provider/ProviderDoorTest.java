package org.dailypapers.returns.provider;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.dailypapers.AcceptingTransport;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.MovedClock;
import org.dailypapers.ScriptedSource;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.digest.DigestComposer;
import org.dailypapers.edition.Intake;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.returns.ProviderEvent;
import org.dailypapers.returns.Returns;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a provider's call to what follows for its reader; the tests' settings know Postmark alone. */
@QuarkusTest
class ProviderDoorTest {

    private static final LocalDate EDITION = LocalDate.parse("2026-03-01");

    @Inject
    FreshService service;

    @Inject
    Database database;

    @Inject
    MovedClock clock;

    @Inject
    House house;

    @Inject
    Intake intake;

    @Inject
    DigestComposer composer;

    @Inject
    Delivery delivery;

    @Inject
    Returns returns;

    @Inject
    SuppressionList suppressions;

    @Inject
    Subscriptions subscriptions;

    private Subscriber ada;

    @BeforeEach
    void aDigestHasLeft() {
        service.at("2026-03-02T12:00:00Z");
        ada = house.reader("ada").interestedIn("graph").confirmed();
        for (int i = 0; i < 59; i++) {
            house.reader("reader" + i).interestedIn("graph").confirmed();
        }
        intake.file(
                ScriptedSource.NAME, Stream.of(House.paper("2603.00001", "A graph", EDITION.toString(), 9)), n -> {});
        composer.composeByHand(EDITION, null, n -> {});
        delivery.drain(new AcceptingTransport());
    }

    private static RequestSpecification postmark() {
        return given().header("Authorization", "Basic cGFwZXJzOndvcmQ=").contentType("application/json");
    }

    private static String told(String kind, String type, String recipient, String at) {
        return """
                {"RecordType":"%s","Type":"%s","Email":"%s","Details":"smtp;550 5.1.1 user unknown","BouncedAt":"%s"}""".formatted(kind, type, recipient, at);
    }

    private static HttpHeaders unread() {
        return (HttpHeaders) Proxy.newProxyInstance(
                HttpHeaders.class.getClassLoader(), new Class<?>[] {HttpHeaders.class}, (proxy, method, arguments) -> {
                    throw new AssertionError("nobody asks for " + method);
                });
    }

    @Test
    void whatCannotBeTakenNowIsAskedForAgain() {
        var busy = new Provider() {
            @Override
            public String name() {
                return "busy";
            }

            @Override
            public boolean isSet() {
                return true;
            }

            @Override
            public List<ProviderEvent> read(Call call) throws NotNow {
                throw new NotNow("its certificate cannot be had", new IOException("no answer"));
            }
        };
        var door = new ProviderDoor(List.of(busy), returns, clock);
        var answer = assertThrows(ServiceUnavailableException.class, () -> door.call("busy", new byte[0], unread()));
        assertTrue(answer.getResponse().getHeaders().containsKey("Retry-After"));
    }

    private static String bounce(String recipient) {
        return told("Bounce", "HardBounce", recipient, "2026-03-02T12:05:00Z");
    }

    private void call(String body, int told, int news) {
        postmark()
                .body(body)
                .post("/api/v1/returns/postmark")
                .then()
                .statusCode(200)
                .body("told", equalTo(told))
                .body("news", equalTo(news));
    }

    @Test
    void aBounceIsOfTheLastLetterThatHadLeftAndCountsOnce() {
        call(bounce("Reader7@EXAMPLE.org"), 1, 1);
        assertEquals("1", database.rows("select count(*) from suppression").strip());
        call(bounce("reader7@example.org"), 1, 0);
        call(told("Bounce", "HardBounce", "reader8@example.org", "2026-03-01T12:00:00Z"), 1, 0);
        call(bounce("nobody@example.net"), 1, 0);
        assertEquals("1", database.rows("select count(*) from bounce").strip());
    }

    @Test
    void aComplaintEndsTheSubscriptionAndSoDoesTheProvidersOwnLink() {
        call(told("SpamComplaint", "SpamComplaint", ada.email, "2026-03-02T12:05:00Z"), 1, 1);
        assertEquals(Consent.WITHDRAWN, subscriptions.find(ada.id).orElseThrow().consent);
        assertTrue(suppressions.find(ada.email).isPresent());
        String left = """
                {"RecordType":"SubscriptionChange","Recipient":"reader3@example.org","Origin":"Recipient",
                 "SuppressSending":true,"SuppressionReason":"ManualSuppression","ChangedAt":"2099-03-02T12:05:00Z"}""";
        call(left, 1, 1);
        call(left, 1, 0);
        assertEquals(
                "2",
                database.rows("select count(*) from subscriber where consent = 'WITHDRAWN'")
                        .strip());
    }

    @Test
    void whoProvesNothingChangesNothing() {
        String before =
                database.rows("select count(*) from bounce") + database.rows("select count(*) from suppression");
        given().body(bounce(ada.email)).post("/api/v1/returns/postmark").then().statusCode(403);
        given().header("Authorization", "Basic cGFwZXJzOm90aGVy")
                .body(bounce(ada.email))
                .post("/api/v1/returns/postmark")
                .then()
                .statusCode(403)
                .body(containsString("Authorization"));
        for (String unset : new String[] {"ses", "mailgun", "sendgrid", "brevo", "nobody"}) {
            postmark()
                    .body(bounce(ada.email))
                    .post("/api/v1/returns/" + unset)
                    .then()
                    .statusCode(404);
        }
        postmark()
                .body("{ \"RecordType\": ")
                .post("/api/v1/returns/postmark")
                .then()
                .statusCode(400);
        postmark().get("/api/v1/returns/postmark").then().statusCode(405);
        assertEquals(
                before,
                database.rows("select count(*) from bounce") + database.rows("select count(*) from suppression"));
    }

    @Inject
    CallTokens tokens;

    @Test
    void aTokenIsGoodForOneBodyForTwoDays() {
        Instant now = Instant.parse("2026-03-02T12:00:00Z");
        byte[] one = {1};
        byte[] other = {2};
        assertTrue(tokens.isOf("t", one, now));
        assertTrue(tokens.isOf("t", one, now), "the same call again");
        assertFalse(tokens.isOf("t", other, now));
        assertTrue(tokens.isOf("u", other, now));
        assertFalse(database.rows("select token from provider_call").contains("u\n"));
        assertTrue(tokens.isOf("v", one, now.plus(Duration.ofDays(3))));
        assertEquals("1", database.rows("select count(*) from provider_call").strip());
    }

    @Test
    void aBatchMayBeLargerThanAForm() {
        String padded = bounce("reader9@example.org").replace("{", "{\"Content\":\"" + "x".repeat(800_000) + "\",");
        call(padded, 1, 1);
        postmark()
                .body(padded + " ".repeat(400_000))
                .post("/api/v1/returns/postmark")
                .then()
                .statusCode(413);
    }

    @Test
    void whatIsToldLongAfterTheLastLetterIsAboutNoneOfOurs() {
        clock.move(Duration.ofDays(6));
        call(told("Bounce", "HardBounce", "reader5@example.org", "2026-03-08T12:00:00Z"), 1, 0);
        call(told("SpamComplaint", "SpamComplaint", "reader5@example.org", "2026-03-08T12:00:00Z"), 1, 1);
    }
}
