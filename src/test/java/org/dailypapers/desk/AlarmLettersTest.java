package org.dailypapers.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.dailypapers.Approved;
import org.dailypapers.Database;
import org.dailypapers.House;
import org.dailypapers.MovedClock;
import org.dailypapers.PostOffice;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.delivery.EnvelopeSenders;
import org.dailypapers.delivery.FaultySmtpServer;
import org.dailypapers.reputation.Alarm;
import org.dailypapers.reputation.Alarms;
import org.dailypapers.smtp.Relay;
import org.dailypapers.smtp.RelayAddress;
import org.dailypapers.smtp.RelaySettings;
import org.dailypapers.subscriber.DoubleOptIn;
import org.dailypapers.subscriber.EmailAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the operator is told, and what leaves while a run is stopped. */
@QuarkusTest
@TestProfile(AlarmLettersTest.WithOperator.class)
class AlarmLettersTest {

    private static final String OPERATOR = "operator@example.org";

    /** An operator's address and a domain for bounces are set. */
    public static class WithOperator implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("daily-papers.operator", OPERATOR, "daily-papers.bounce", "Bounces.example.org");
        }
    }

    @Inject
    Alarms alarms;

    @Inject
    Delivery delivery;

    @Inject
    DoubleOptIn optIn;

    @Inject
    EnvelopeSenders senders;

    @Inject
    House house;

    @Inject
    Database database;

    @Inject
    MovedClock clock;

    private final FaultySmtpServer server = new FaultySmtpServer();

    @BeforeEach
    void begin() {
        database.empty();
        clock.move(Duration.ofDays(2));
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void anAlarmIsOneLetterADay() {
        for (int i = 0; i < 5; i++) {
            alarms.raise(Alarm.OUR_FAULT, "Message 7 was refused: 554 5.6.0 <b>bad</b>");
            clock.move(Duration.ofMinutes(10));
        }
        alarms.raise(Alarm.POISON, "Message 8 was put aside");
        deliver();
        assertEquals(List.of(OPERATOR, OPERATOR), server.recipients());
        String letter = server.ledger().getFirst().text();
        assertTrue(letter.contains("Subject: Daily Papers: The relay finds fault with our letters"), letter);
        assertTrue(letter.contains("Auto-Submitted: auto-generated"), letter);
        assertTrue(letter.contains("&lt;b&gt;"), letter);
        clock.move(Duration.ofDays(1));
        alarms.raise(Alarm.OUR_FAULT, "Message 9 was refused");
        deliver();
        assertEquals(3, server.ledger().size());
    }

    @Test
    void itIsAsApproved() {
        clock.moveTo("2026-06-01T12:00:00Z");
        alarms.raise(Alarm.OUR_FAULT, "Message 7 was refused: 554 5.6.0 <b>bad</b>");
        try (var office = new PostOffice()) {
            Approved.letter("alarm", office.deliver(delivery).getFirst());
        }
    }

    @Test
    void theAlarmLeavesThoughTheRunIsStopped() {
        for (int i = 0; i < 8; i++) {
            server.refuse("reader" + i + "@example.org", "550 5.7.1 spam");
            optIn.request(
                    EmailAddress.parse("reader" + i + "@example.org").orElseThrow(),
                    house.reader("anybody").interestedIn("graphs").preferences());
        }
        deliver();
        assertEquals(List.of(OPERATOR), server.recipients());
        assertEquals(
                5, server.commands().stream().filter(c -> c.contains("<reader")).count());
        assertTrue(server.ledger().getFirst().text().contains("distrust"));
    }

    @Test
    void eachMessageHasASenderOfItsOwnByWhichItIsKnownAgain() {
        optIn.request(
                EmailAddress.parse("ada@example.org").orElseThrow(),
                house.reader("ada").interestedIn("graphs").preferences());
        alarms.raise(Alarm.POISON, "Message 8 was put aside");
        deliver();
        assertEquals(2, server.ledger().size());
        for (FaultySmtpServer.Taken taken : server.ledger()) {
            assertTrue(taken.sender().matches("[a-z2-7]{44}@bounces\\.example\\.org"), taken.sender());
            assertTrue(senders.message(taken.sender()).isPresent());
            assertEquals(OptionalLong.empty(), senders.message("a" + taken.sender()));
            assertEquals(OptionalLong.empty(), senders.message(taken.sender() + ".example"));
        }
        assertFalse(server.ledger()
                .getFirst()
                .sender()
                .equals(server.ledger().getLast().sender()));
    }

    private void deliver() {
        delivery.drain(new Relay(new RelayAddress(
                "127.0.0.1",
                server.port(),
                RelaySettings.Security.NONE,
                Optional.empty(),
                Optional.empty(),
                5_000,
                "example.org")));
    }
}
