package org.dailypapers.reputation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.dailypapers.MovedClock;
import org.dailypapers.reputation.CircuitBreaker.State;
import org.dailypapers.smtp.ReplyMeaning;
import org.dailypapers.smtp.SmtpReply;
import org.dailypapers.smtp.SmtpStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a run is stopped, and how it goes on. */
@QuarkusTest
class CircuitBreakerTest {

    private static final SmtpReply SPAM = new SmtpReply(SmtpStage.DOT, 550, "5.7.1 spam");

    @Inject
    Alarms alarms;

    @Inject
    MovedClock clock;

    private CircuitBreaker breaker;
    private int readers;

    @BeforeEach
    void begin() {
        clock.moveTo(MovedClock.START);
        breaker = new CircuitBreaker(alarms, clock);
    }

    @AfterEach
    void end() {
        clock.moveTo(MovedClock.START);
    }

    @Test
    void fiveRecipientsWhoDistrustUsStopTheRun() {
        distrust(4);
        assertEquals(State.CLOSED, breaker.tryPass());
        distrust(1);
        assertEquals(State.OPEN, breaker.tryPass());
        assertFalse(breaker.stopsAll());
        assertTrue(breaker.stopReason().orElseThrow().contains("distrust"));
    }

    @Test
    void oneRecipientWhoDistrustsUsFiveTimesStopsNothing() {
        for (int i = 0; i < 10; i++) {
            breaker.refused("same@example.test", SPAM, ReplyMeaning.POLICY);
        }
        assertEquals(State.CLOSED, breaker.tryPass());
    }

    @Test
    void fewerThanOneInFiveStopNothing() {
        for (int i = 0; i < 100; i++) {
            take(4);
            distrust(i % 2);
        }
        assertEquals(State.CLOSED, breaker.tryPass());
        take(50);
        distrust(9);
        assertEquals(State.CLOSED, breaker.tryPass());
        distrust(1);
        assertEquals(State.OPEN, breaker.tryPass());
    }

    @Test
    void mailboxesThatAreUnknownStopNothing() {
        for (int i = 0; i < 60; i++) {
            breaker.refused(reader(), new SmtpReply(SmtpStage.RCPT, 550, "5.1.1 no"), ReplyMeaning.NO_SUCH_MAILBOX);
        }
        assertEquals(State.CLOSED, breaker.tryPass());
    }

    @Test
    void addressesBeyondAsciiThatTheRelayCannotTakeStopNothing() {
        for (int i = 0; i < 60; i++) {
            breaker.refused(
                    reader(),
                    new SmtpReply(SmtpStage.RCPT, 553, "5.6.7 the relay does not take internationalised addresses"),
                    ReplyMeaning.OUR_FAULT);
        }
        assertEquals(State.CLOSED, breaker.tryPass());
    }

    @Test
    void faultsThatAreOursStopTheRun() {
        for (int i = 0; i < 5; i++) {
            breaker.refused(reader(), new SmtpReply(SmtpStage.DOT, 554, "5.6.0 bad"), ReplyMeaning.OUR_FAULT);
        }
        assertEquals(State.OPEN, breaker.tryPass());
    }

    @Test
    void afterAnHourOneLetterIsTriedAndIfItIsTakenTheOthersFollow() {
        distrust(5);
        clock.move(Duration.ofMinutes(59));
        assertEquals(State.OPEN, breaker.tryPass());
        clock.move(Duration.ofMinutes(1));
        assertEquals(State.HALF_OPEN, breaker.tryPass());
        assertEquals(State.OPEN, breaker.tryPass(), "one at a time");
        take(1);
        breaker.probed();
        assertEquals(State.CLOSED, breaker.tryPass());
        distrust(4);
        assertEquals(State.CLOSED, breaker.tryPass(), "what was before is forgotten");
    }

    @Test
    void aLetterThatIsDistrustedAgainWaitsTwiceAsLong() {
        distrust(5);
        clock.move(Duration.ofHours(1));
        assertEquals(State.HALF_OPEN, breaker.tryPass());
        distrust(1);
        breaker.probed();
        clock.move(Duration.ofMinutes(119));
        assertEquals(State.OPEN, breaker.tryPass());
        clock.move(Duration.ofMinutes(1));
        assertEquals(State.HALF_OPEN, breaker.tryPass());
    }

    @Test
    void aProbeThatSaidNothingIsFollowedByAnother() {
        distrust(5);
        clock.move(Duration.ofHours(1));
        assertEquals(State.HALF_OPEN, breaker.tryPass());
        breaker.probed();
        assertEquals(State.HALF_OPEN, breaker.tryPass());
    }

    @Test
    void aRefusedLoginStopsEverythingForAMinuteThenForTwo() {
        breaker.loginRefused("535 5.7.8 no");
        assertTrue(breaker.stopsAll());
        assertEquals(State.OPEN, breaker.tryPass());
        clock.move(Duration.ofMinutes(1));
        assertEquals(State.HALF_OPEN, breaker.tryPass());
        breaker.loginRefused("535 5.7.8 no");
        breaker.probed();
        clock.move(Duration.ofSeconds(119));
        assertEquals(State.OPEN, breaker.tryPass());
        clock.move(Duration.ofSeconds(1));
        assertEquals(State.HALF_OPEN, breaker.tryPass());
    }

    @Test
    void aClockThatIsSetBackMakesNoRestLonger() {
        distrust(5);
        clock.move(Duration.ofHours(-3));
        assertEquals(State.HALF_OPEN, breaker.tryPass());
    }

    private void take(int letters) {
        for (int i = 0; i < letters; i++) {
            breaker.accepted(reader());
        }
    }

    private void distrust(int letters) {
        for (int i = 0; i < letters; i++) {
            breaker.refused(reader(), SPAM, ReplyMeaning.POLICY);
        }
    }

    private String reader() {
        return "reader" + readers++ + "@example.test";
    }
}
