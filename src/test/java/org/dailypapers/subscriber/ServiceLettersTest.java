package org.dailypapers.subscriber;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.MovedClock;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.smtp.DeliveryResult;
import org.dailypapers.smtp.Letter;
import org.dailypapers.smtp.MailTransport;
import org.dailypapers.smtp.SmtpReply;
import org.dailypapers.smtp.SmtpStage;
import org.dailypapers.smtp.TransportFailure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody waits for: when it leaves, and how long it is good. */
@QuarkusTest
class ServiceLettersTest {

    private static final EmailAddress ADA =
            EmailAddress.parse("ada@example.org").orElseThrow();
    private static final Pattern PATH = Pattern.compile("http://localhost:8080(/(?:preferences|confirm)/[\\w-]+)");
    private static final DeliveryResult TAKEN = new DeliveryResult.Accepted("250 2.0.0 taken");
    private static final DeliveryResult LATER =
            DeliveryResult.of(new SmtpReply(SmtpStage.RCPT, 450, "4.2.0 greylisted"));
    private static final DeliveryResult LOST = new DeliveryResult.Unknown("the line broke");

    @Inject
    FreshService service;

    @Inject
    MovedClock clock;

    @Inject
    Database database;

    @Inject
    Delivery delivery;

    @Inject
    Outbox outbox;

    @Inject
    DoubleOptIn optIn;

    @Inject
    House house;

    private final List<Letter> sent = new ArrayList<>();
    private final Deque<DeliveryResult> answers = new ArrayDeque<>();
    private boolean down;

    private final MailTransport relay = () -> {
        if (down) {
            throw new TransportFailure("no answer", null);
        }
        return new MailTransport.MailConnection() {
            @Override
            public DeliveryResult send(Letter letter, Runnable goAhead) {
                goAhead.run();
                sent.add(letter);
                return answers.isEmpty() ? TAKEN : answers.poll();
            }

            @Override
            public boolean usable() {
                return true;
            }

            @Override
            public void close() {}
        };
    };

    @BeforeEach
    void begin() {
        service.at("2026-03-02T12:00:00Z");
    }

    @Test
    void aTableThatIsMissingForAWhileEndsNoConfirmation() {
        optIn.request(ADA, house.reader("ada").preferences());
        database.update("alter table request rename to request_gone");
        try {
            for (int i = 0; i < 5; i++) {
                delivery.drain(relay);
                clock.move(Duration.ofMinutes(1));
            }
        } finally {
            database.update("alter table request_gone rename to request");
        }
        assertEquals("QUEUED | 0\n", database.rows("select state, attempts from message"));
        assertEquals("DATABASE\n", database.rows("select kind from alarm"));
        assertEquals(0, sent.size());
        delivery.drain(relay);
        assertEquals(1, sent.size());
    }

    @Test
    void aPrivateLinkIsGoodForHalfAnHourFromItsSendingHoweverLongItWaited() {
        house.reader("ada").confirmed();
        optIn.link(ADA);
        down = true;
        delivery.drain(relay);
        clock.move(Duration.ofHours(30));
        outbox.expireOverdue();
        down = false;
        delivery.drain(relay);
        String link = link(0);
        clock.move(Duration.ofMinutes(29));
        assertTrue(given().get(link).then().statusCode(200).extract().asString().contains("ada@example.org"));
        clock.move(Duration.ofMinutes(1));
        assertEquals(410, given().get(link).statusCode());
    }

    @Test
    void aPrivateLinkThatWasDeferredIsGoodForHalfAnHourFromTheTryThatWasTaken() {
        house.reader("ada").confirmed();
        optIn.link(ADA);
        answers.addAll(List.of(LATER, LATER));
        deliverFor(Duration.ofHours(3));
        assertEquals(3, sent.size());
        assertNotEquals(link(0), link(2));
        assertTrue(sinceSending(2).compareTo(Duration.ofMinutes(30)) >= 0);
        clock.moveTo(clock.instant().minus(sinceSending(2)).plus(Duration.ofMinutes(29)));
        assertEquals(200, given().get(link(2)).statusCode());
    }

    @Test
    void aLetterThatMayHaveArrivedIsRepeatedByteForByte() {
        optIn.request(ADA, house.reader("ada").interestedIn("graph").preferences());
        answers.add(LOST);
        deliverFor(Duration.ofHours(1));
        assertEquals(2, sent.size());
        assertArrayEquals(sent.get(0).bytes(), sent.get(1).bytes());
    }

    @Test
    void aConfirmationIsGoodForSevenDaysFromItsSending() {
        optIn.request(ADA, house.reader("ada").interestedIn("graph").preferences());
        down = true;
        delivery.drain(relay);
        clock.move(Duration.ofDays(3));
        outbox.expireOverdue();
        down = false;
        delivery.drain(relay);
        clock.move(Duration.ofDays(7).minusMinutes(1));
        assertEquals(200, given().get(link(0)).statusCode());
        clock.move(Duration.ofMinutes(1));
        assertEquals(410, given().get(link(0)).statusCode());
    }

    @Test
    void whatIsDeferredForADayIsNotDeliveredAtAll() {
        optIn.request(ADA, house.reader("ada").interestedIn("graph").preferences());
        for (int i = 0; i < 50; i++) {
            answers.add(LATER);
        }
        deliverFor(Duration.ofHours(25));
        assertEquals("EXPIRED\n", database.rows("select state from message"));
    }

    @Test
    void whatNobodyCouldTryForFiveDaysIsNotDeliveredAtAll() {
        optIn.request(ADA, house.reader("ada").interestedIn("graph").preferences());
        clock.move(Duration.ofDays(5));
        outbox.expireOverdue();
        delivery.drain(relay);
        assertEquals(List.of(), sent);
        assertEquals("EXPIRED\n", database.rows("select state from message"));
    }

    private void deliverFor(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plusMinutes(5)) {
            delivery.drain(relay);
            outbox.expireOverdue();
            clock.move(Duration.ofMinutes(5));
        }
    }

    private Duration sinceSending(int letter) {
        Matcher id = Pattern.compile("Message-ID: <request\\.\\d+\\.(\\d+)@").matcher(text(letter));
        assertTrue(id.find());
        return Duration.of(clock.millis() - Long.parseLong(id.group(1)), ChronoUnit.MILLIS);
    }

    private String link(int letter) {
        Matcher path = PATH.matcher(text(letter));
        assertTrue(path.find(), text(letter));
        return path.group(1);
    }

    private String text(int letter) {
        return new String(sent.get(letter).bytes(), StandardCharsets.UTF_8).replace("=\r\n", "");
    }
}
