package org.dailypapers.reputation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.dailypapers.Database;
import org.dailypapers.MovedClock;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.delivery.EndedMessages;
import org.dailypapers.delivery.FaultySmtpServer;
import org.dailypapers.delivery.ScriptedLetters;
import org.dailypapers.outbox.MessageState;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.outbox.Priority;
import org.dailypapers.smtp.Relay;
import org.dailypapers.smtp.RelayAddress;
import org.dailypapers.smtp.RelaySettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a relay's replies mean for an address, letter after letter. */
@QuarkusTest
class RefusalPolicyTest {

    private static final String READER = "reader@example.test";

    @Inject
    Delivery delivery;

    @Inject
    Outbox outbox;

    @Inject
    SuppressionList suppressions;

    @Inject
    RefusalHistory history;

    @Inject
    Alarms alarms;

    @Inject
    ScriptedLetters letters;

    @Inject
    EndedMessages ended;

    @Inject
    Database database;

    @Inject
    MovedClock clock;

    private final FaultySmtpServer server = new FaultySmtpServer();
    private long next = 1;

    @BeforeEach
    void begin() {
        database.empty();
        letters.reset();
        ended.forget();
        // Each test is a run of its own, and its alarms are news.
        clock.moveTo(MovedClock.START.plus(Duration.ofDays(1)));
        clock.move(Duration.ofDays(System.nanoTime() / 1_000_000 % 300));
    }

    @AfterEach
    void end() {
        server.close();
        clock.moveTo(MovedClock.START);
    }

    @Test
    void perhapsNoMailboxIsSuppressedAfterTheThirdInSevenDays() {
        refuse("550 unavailable");
        refuse("550 unavailable");
        assertFalse(suppressed());
        clock.move(Duration.ofDays(2));
        refuse("550 unavailable");
        acceptSomebodyElse();
        assertTrue(suppressed());
    }

    @Test
    void aRelayThatRefusesAllWithTheSameWordsSuppressesNobodyHoweverFewTheyAre() {
        for (String reply : List.of(
                "550 go away",
                "524 5.2.4 Mailing list expansion problem: <%s>",
                "550 5.1.1 <%s> no",
                "550 5.2.1 %s is off; id 4711-%s")) {
            for (int few = 1; few <= 4; few++) {
                database.empty();
                clock.move(FailureRate.GAP.plusMinutes(1));
                for (int day = 0; day < 3; day++) {
                    for (int i = 1; i <= few; i++) {
                        String reader = few + "-reader" + i + "@example.test";
                        server.refuse(reader, reply.replace("%s", reader));
                        letters.address(next + i - 1, reader);
                    }
                    send(next, next + few - 1);
                    next += few;
                    boolean believed = few == 1 && (reply.contains("5.1.1") || reply.contains("5.2.1") && day == 1);
                    assertEquals(
                            believed ? "1" : "0",
                            database.rows("select count(*) from suppression").strip(),
                            reply + " for " + few + " on day " + day);
                    if (believed) {
                        break;
                    }
                    clock.move(Duration.ofDays(1));
                }
            }
        }
        assertTrue(alarms.since(clock.instant().minus(Duration.ofDays(2))).containsKey(Alarm.HARD_FAILURES));
    }

    @Test
    void whoWasRefusedBeforeTheRelayTookALetterIsSuppressedThen() {
        server.refuse("gone1@example.test", "550 5.1.1 unknown");
        server.refuse("gone2@example.test", "550 5.1.1 unknown");
        letters.address(next, "gone1@example.test");
        letters.address(next + 1, "gone2@example.test");
        send(next, next);
        assertTrue(suppressions.find("gone1@example.test").isPresent());
        send(next + 1, next + 1);
        assertFalse(suppressions.find("gone1@example.test").isPresent(), "the second one says the same");
        next += 2;
        acceptSomebodyElse();
        assertTrue(suppressions.find("gone1@example.test").isPresent());
        assertTrue(suppressions.find("gone2@example.test").isPresent());
    }

    @Test
    void aRelayThatDoesNotRelayForUsSuppressesNobodyThoughItTakesOthers() {
        for (int i = 0; i < 4; i++) {
            acceptSomebodyElse();
            refuse("550 relay not permitted");
        }
        assertFalse(suppressed());
        assertTrue(alarms.since(clock.instant().minus(Duration.ofHours(1))).containsKey(Alarm.OUR_FAULT));
    }

    @Test
    void perhapsNoMailboxOverALongTimeIsNotSuppressed() {
        for (int i = 0; i < 6; i++) {
            refuse("550 unavailable");
            clock.move(Duration.ofDays(3).plusHours(13));
        }
        assertFalse(suppressed());
    }

    @Test
    void aDisabledMailboxIsSuppressedAfterTheSecond() {
        refuse("550 5.2.1 disabled");
        assertFalse(suppressed());
        clock.move(Duration.ofDays(20));
        refuse("550 5.2.1 disabled");
        assertTrue(suppressed());
    }

    @Test
    void aLetterTakenMeanwhileIsForgiveness() {
        refuse("550 5.2.1 disabled");
        accept();
        refuse("550 5.2.1 disabled");
        assertFalse(suppressed());
    }

    @Test
    void fiveSoftFailuresInARowMakeAMailboxUnreachable() {
        for (int i = 0; i < 4; i++) {
            refuse("552 5.2.2 full");
        }
        accept();
        for (String reply : List.of("552 5.2.2 full", "552 full", "554 5.3.0 trouble", "554 5.4.4 no route")) {
            refuse(reply);
        }
        assertEquals(List.of(), ended.unreachable());
        refuse("552 5.2.2 full");
        assertEquals(List.of(new MailboxUnreachable(ScriptedLetters.KIND, next - 1)), ended.unreachable());
        assertFalse(suppressed());
    }

    @Test
    void ourOwnFaultsAndDistrustAreNeverHeldAgainstTheReader() {
        for (String reply : List.of("550 5.7.1 spam", "554 5.6.0 bad content", "552 5.3.4 too big", "554 no")) {
            for (int i = 0; i < 6; i++) {
                refuse(reply);
            }
        }
        assertFalse(suppressed());
        assertEquals("", database.rows("select * from refusal"));
        assertEquals(List.of(), ended.unreachable());
    }

    @Test
    void anAlarmIsRaisedForOurFaults() {
        refuse("554 5.6.0 bad content for <reader@example.test>");
        Alarms.Raised raised = alarms.since(clock.instant()).get(Alarm.OUR_FAULT);
        assertTrue(raised.text().contains("554 5.6.0 bad content for"), raised.text());
        assertFalse(raised.text().contains("@"), raised.text());
    }

    @Test
    void tooManyHardFailuresInARunSuppressNobodyAndTellTheOperator() {
        server.refuse("gone1@example.test", "550 5.1.1 unknown");
        server.refuse("gone2@example.test", "550 5.1.1 unknown");
        server.refuse("gone3@example.test", "550 5.1.1 unknown");
        letters.address(10, "gone1@example.test");
        letters.address(20, "gone2@example.test");
        letters.address(60, "gone3@example.test");
        send(1, 45);
        assertTrue(suppressions.find("gone1@example.test").isPresent());
        send(46, 59);
        assertEquals(
                Optional.empty(),
                Optional.ofNullable(alarms.since(clock.instant()).get(Alarm.HARD_FAILURES)));
        send(60, 60);
        // Three of sixty are five percent, not more.
        assertTrue(suppressions.find("gone3@example.test").isPresent());
        server.refuse("gone4@example.test", "550 5.1.1 unknown");
        letters.address(61, "gone4@example.test");
        send(61, 61);
        assertFalse(suppressions.find("gone4@example.test").isPresent());
        assertFalse(suppressions.find("gone1@example.test").isPresent(), "what was learned in this run is taken back");
        assertTrue(alarms.since(clock.instant()).containsKey(Alarm.HARD_FAILURES));

        clock.move(FailureRate.GAP.plusMinutes(1));
        letters.address(62, "gone4@example.test");
        send(62, 62);
        assertTrue(suppressions.find("gone4@example.test").isPresent(), "another run begins");
    }

    @Test
    void refusalsAreKeptWithoutAddressesAndNotForEver() {
        refuse("550 5.2.1 disabled");
        assertFalse(database.rows("select * from refusal").contains("@"));
        assertEquals(0, history.prune());
        clock.move(Duration.ofDays(91));
        assertEquals(1, history.prune());
    }

    private void refuse(String reply) {
        server.refuse(READER, reply);
        one();
        assertEquals(
                MessageState.REJECTED,
                outbox.status(ScriptedLetters.KIND, next - 1).orElseThrow().state());
    }

    private void accept() {
        server.refuse(READER, "250 2.1.5 fine");
        one();
    }

    private void acceptSomebodyElse() {
        letters.address(next, "living@example.test");
        send(next, next);
        next++;
    }

    private void one() {
        letters.address(next, READER);
        send(next, next);
        next++;
    }

    private void send(long first, long last) {
        QuarkusTransaction.requiringNew().run(() -> {
            for (long i = first; i <= last; i++) {
                outbox.queue(
                        Priority.BULK, ScriptedLetters.KIND, i, clock.instant().plus(Duration.ofDays(1)));
            }
        });
        delivery.drain(new Relay(new RelayAddress(
                "127.0.0.1",
                server.port(),
                RelaySettings.Security.NONE,
                Optional.empty(),
                Optional.empty(),
                5_000,
                "example.org")));
    }

    private boolean suppressed() {
        return suppressions.find(READER).isPresent();
    }
}
