package org.dailypapers.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.dailypapers.Database;
import org.dailypapers.MovedClock;
import org.dailypapers.delivery.FaultySmtpServer.Fault;
import org.dailypapers.delivery.FaultySmtpServer.Stage;
import org.dailypapers.outbox.DeliveryEnded;
import org.dailypapers.outbox.MessageState;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.outbox.Priority;
import org.dailypapers.outbox.RetrySchedule;
import org.dailypapers.reputation.Alarm;
import org.dailypapers.reputation.Alarms;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.smtp.Pace;
import org.dailypapers.smtp.Relay;
import org.dailypapers.smtp.RelayAddress;
import org.dailypapers.smtp.RelaySettings;
import org.dailypapers.storage.DatabaseFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DeliveryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONGEST_FIRST_REST = Duration.ofMinutes(15);

    @Inject
    Delivery delivery;

    @Inject
    Outbox outbox;

    @Inject
    SuppressionList suppressions;

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

    @BeforeEach
    void begin() {
        database.empty();
        clock.moveTo(MovedClock.START);
        letters.reset();
        ended.forget();
        delivery.start(relay(), 0);
    }

    @AfterEach
    void end() {
        delivery.stop(PATIENCE);
        server.close();
    }

    @Test
    void everyLetterIsAcceptedOnceOverOneConnection() {
        queue(1, 25);
        assertEquals(25, delivery.drain(relay()));
        assertEquals(25, server.ledger().size());
        assertEquals(readers(1, 25), new HashSet<>(server.recipients()));
        assertEquals(1, server.connections());
        assertEquals(Map.of(MessageState.ACCEPTED, 25L), outbox.counts());
        assertTrue(
                standing(1).lastReply().startsWith("250 2.0.0 taken as"),
                standing(1).lastReply());
        assertEquals(25, ended.all().size());
    }

    @Test
    void aLineThatTheRelayClosedBetweenLettersCostsNoAttempt() {
        server.script(Stage.MAIL, new Fault.Says("250 2.1.0 fine"), new Fault.HangsUp());
        queue(1, 3);
        delivery.drain(relay());
        assertEquals(Map.of(MessageState.ACCEPTED, 3L), outbox.counts());
        assertEquals(1, standing(2).attempts());
        assertEquals(2, server.connections());
    }

    @Test
    void aRelayThatIsBusyGetsTheLettersOverFewerConnections() {
        server.script(Stage.MAIL, new Fault.Says("421 4.3.2 busy"), new Fault.Says("451 4.3.2 busy"));
        queue(1, 60);
        delivery.start(relay(), 4);
        await().atMost(PATIENCE).until(() -> outbox.counts().getOrDefault(MessageState.ACCEPTED, 0L) >= 58);
        assertEquals(60, outbox.counts().values().stream().mapToLong(n -> n).sum());
    }

    @Test
    void manyWorkersSendEveryLetterOnce() {
        queue(1, 200);
        delivery.start(relay(), 4);
        await().atMost(PATIENCE).until(() -> outbox.counts().equals(Map.of(MessageState.ACCEPTED, 200L)));
        assertEquals(200, server.ledger().size());
        assertEquals(readers(1, 200), new HashSet<>(server.recipients()));
    }

    @Test
    void aLetterThatWasComposedTooSlowlyForItsLeaseIsLeftToWhoeverHasTakenItOver() {
        queue(1, 3);
        letters.meanwhile(2, () -> {
            await().atMost(PATIENCE).until(() -> standing(1).state() == MessageState.ACCEPTED);
            clock.move(Duration.ofHours(2));
            outbox.releaseAll();
            assertEquals(2, outbox.claim(10, Duration.ofHours(1)).size());
        });
        delivery.drain(relay());
        assertEquals(readers(1, 1), new HashSet<>(server.recipients()));
        assertEquals(Map.of(MessageState.ACCEPTED, 1L, MessageState.QUEUED, 2L), outbox.counts());
    }

    @Test
    void aLetterThatWasComposedSlowlyIsSentOnceUnderARenewedLease() {
        queue(1, 3);
        letters.meanwhile(2, () -> clock.move(Duration.ofHours(2)));
        delivery.drain(relay());
        assertEquals(Map.of(MessageState.ACCEPTED, 3L), outbox.counts());
        assertEquals(3, server.ledger().size());
    }

    @Test
    void anUnknownMailboxIsSuppressedAndNotWrittenToAgain() {
        server.refuse("gone@example.test", "550 5.1.1 <gone@example.test> is unknown here");
        letters.address(1, "gone@example.test");
        letters.address(2, "Gone@Example.test");
        queue(1, 1);
        delivery.drain(relay());
        assertEquals(MessageState.REJECTED, standing(1).state());
        assertEquals(
                "550 5.1.1 <address> is unknown here",
                suppressions.find("gone@example.test").orElseThrow().reason());
        assertEquals(List.of(new DeliveryEnded(ScriptedLetters.KIND, 1, MessageState.REJECTED)), ended.all());

        queue(2, 3);
        delivery.drain(relay());
        assertEquals(MessageState.REJECTED, standing(2).state());
        assertTrue(
                standing(2).lastReply().startsWith("suppressed: "), standing(2).lastReply());
        assertEquals(
                1,
                server.commands().stream()
                        .filter(c -> c.startsWith("RCPT TO:<gone"))
                        .count());
        assertEquals(List.of(ScriptedLetters.reader(3)), server.recipients());
    }

    @Test
    void onlyAnUnknownMailboxIsSuppressed() {
        List<String> replies =
                List.of("550 5.7.1 spam", "552 5.2.2 full", "550 5.6.0 bad content", "554 no", "550 5.2.1 disabled");
        for (int i = 1; i <= replies.size(); i++) {
            server.refuse(ScriptedLetters.reader(i), replies.get(i - 1));
        }
        queue(1, replies.size());
        delivery.drain(relay());
        for (int i = 1; i <= replies.size(); i++) {
            assertEquals(MessageState.REJECTED, standing(i).state());
            assertEquals(Optional.empty(), suppressions.find(ScriptedLetters.reader(i)));
        }
    }

    @Test
    void aDeferredLetterWaitsAndIsSentWhenItsTimeComes() {
        server.script(Stage.RCPT, new Fault.Says("450 4.2.0 greylisted"), new Fault.Says("450 4.2.0 greylisted"));
        queue(1, 1);
        delivery.drain(relay());
        assertEquals(MessageState.QUEUED, standing(1).state());
        assertEquals("450 4.2.0 greylisted", standing(1).lastReply());
        assertFalse(standing(1).leased());

        Duration first = RetrySchedule.after(1, standing(1).id());
        clock.move(first.minusSeconds(1));
        assertEquals(0, delivery.drain(relay()));
        clock.move(Duration.ofSeconds(1));
        assertEquals(1, delivery.drain(relay()));
        assertEquals(2, standing(1).attempts());

        Duration second = RetrySchedule.after(2, standing(1).id());
        assertTrue(second.compareTo(Duration.ofMinutes(30)) >= 0);
        clock.move(second);
        assertEquals(1, delivery.drain(relay()));
        assertEquals(MessageState.ACCEPTED, standing(1).state());
        assertEquals(1, server.ledger().size());
    }

    @Test
    void aDeferredLetterDoesNotHoldUpTheOthers() {
        server.refuse(ScriptedLetters.reader(1), "450 4.2.0 greylisted");
        server.refuse(ScriptedLetters.reader(2), "421 4.7.0 enough for now");
        queue(1, 5);
        delivery.drain(relay());
        assertEquals(Map.of(MessageState.ACCEPTED, 3L, MessageState.QUEUED, 2L), outbox.counts());
    }

    @Test
    void aLetterDeferredForeverExpires() {
        server.refuse(ScriptedLetters.reader(1), "450 4.2.0 greylisted");
        queue(1, 1);
        for (int i = 0; i < 200 && standing(1).state() == MessageState.QUEUED; i++) {
            delivery.drain(relay());
            clock.move(Duration.ofMinutes(30));
            outbox.expireOverdue();
        }
        assertEquals(MessageState.EXPIRED, standing(1).state());
        assertEquals("450 4.2.0 greylisted", standing(1).lastReply());
        assertTrue(
                standing(1).attempts() > 3 && standing(1).attempts() < 15,
                standing(1).toString());
    }

    @Test
    void anUnknownFateIsRepeatedOnceWithTheSameBytes() {
        server.script(Stage.DOT, new Fault.HangsUp());
        queue(1, 2);
        delivery.drain(relay());
        assertEquals(MessageState.QUEUED, standing(1).state());
        assertEquals(MessageState.ACCEPTED, standing(2).state());
        assertEquals(0, delivery.drain(relay()));

        clock.move(RetrySchedule.AFTER_UNKNOWN);
        delivery.drain(relay());
        assertEquals(MessageState.ACCEPTED, standing(1).state());
        List<FaultySmtpServer.Taken> both = server.ledger().stream()
                .filter(t -> t.recipient().equals(ScriptedLetters.reader(1)))
                .toList();
        assertEquals(2, both.size());
        assertArrayEquals(both.getFirst().bytes(), both.getLast().bytes());
        assertEquals("<test.1@example.org>", both.getLast().messageId());
    }

    @Test
    void aFateUnknownTwiceCountsAsSent() {
        server.script(Stage.DOT, new Fault.HangsUp(), new Fault.HangsUp());
        queue(1, 1);
        delivery.drain(relay());
        clock.move(RetrySchedule.AFTER_UNKNOWN);
        delivery.drain(relay());
        assertEquals(MessageState.ACCEPTED, standing(1).state());
        assertTrue(
                standing(1).lastReply().startsWith("counts as sent"),
                standing(1).lastReply());
        clock.move(Duration.ofHours(1));
        assertEquals(0, delivery.drain(relay()));
        assertEquals(2, server.ledger().size());
    }

    @Test
    void aRefusalAfterTheDotIsNoUnknownFateThoughTheLineIsReset() {
        server.script(Stage.DOT, new Fault.SaysAndResets("421 4.3.2 bye"), new Fault.SaysAndResets("421 4.3.2 bye"));
        queue(1, 1);
        for (int i = 0; i < 3; i++) {
            delivery.drain(relay());
            clock.move(Duration.ofHours(1));
        }
        assertEquals(MessageState.ACCEPTED, standing(1).state());
        assertEquals(List.of(ScriptedLetters.reader(1)), server.recipients());
    }

    @Test
    void aLetterThatCannotBeComposedIsPutAsideAfterThreeTriesAndTheOthersGoOn() {
        letters.spoil(1);
        queue(1, 3);
        delivery.drain(relay());
        assertEquals(Map.of(MessageState.ACCEPTED, 2L, MessageState.QUEUED, 1L), outbox.counts());
        clock.move(LONGEST_FIRST_REST);
        delivery.drain(relay());
        assertEquals(MessageState.QUEUED, standing(1).state());
        clock.move(LONGEST_FIRST_REST);
        delivery.drain(relay());
        assertEquals(MessageState.EXPIRED, standing(1).state(), "a digest's papers go to its reader's next one");
        assertTrue(
                standing(1).lastReply().startsWith("could not be composed"),
                standing(1).lastReply());
        assertEquals(2, server.ledger().size());
    }

    @Test
    void deferralsByTheRelayDoNotCountAsTriesToCompose() {
        server.script(Stage.RCPT, new Fault.Says("451 4.3.0 later"), new Fault.Says("451 4.3.0 later"));
        queue(1, 1);
        for (int i = 0; i < 2; i++) {
            delivery.drain(relay());
            clock.move(Duration.ofHours(2));
        }
        letters.spoil(1);
        delivery.drain(relay());
        assertEquals(MessageState.QUEUED, standing(1).state());
        clock.move(Duration.ofHours(2));
        letters.reset();
        delivery.drain(relay());
        assertEquals(MessageState.ACCEPTED, standing(1).state());
        assertEquals(4, standing(1).attempts());
    }

    @Test
    void aLetterWhoseEndCannotBeToldIsPutAsideAndDoesNotLeaveAgain() {
        server.refuse(ScriptedLetters.reader(3), "550 5.6.0 bad");
        ended.refuse(1);
        ended.refuse(3);
        queue(1, 3);
        delivery.drain(relay());
        assertEquals(MessageState.ACCEPTED, standing(1).state());
        assertEquals(MessageState.ACCEPTED, standing(2).state());
        assertEquals(MessageState.REJECTED, standing(3).state());
        assertEquals("250 2.0.0 taken as 1", standing(1).lastReply(), "it has left, whoever objects");
        assertTrue(
                standing(3).lastReply().startsWith("its end could not be recorded"),
                standing(3).lastReply());
        clock.move(Duration.ofHours(5));
        assertEquals(0, delivery.drain(relay()));
        assertEquals(2, server.ledger().size());
        assertTrue(alarms.since(clock.instant().minus(Duration.ofDays(1))).containsKey(Alarm.POISON));
    }

    @Test
    void aLetterLeavesOnceWhateverTheRelaySaysWhenItTakesIt() {
        server.script(FaultySmtpServer.Stage.DOT, new FaultySmtpServer.Fault.Says("250 2.0.0 taken\0 as 1"));
        queue(1, 2);
        delivery.drain(relay());
        clock.move(Duration.ofHours(5));
        assertEquals(0, delivery.drain(relay()));
        assertEquals(MessageState.ACCEPTED, standing(1).state());
        assertEquals(MessageState.ACCEPTED, standing(2).state());
        assertEquals(2, server.ledger().size());
    }

    @Test
    void aLetterThatCanNeitherBeComposedNorEndedIsPutAsideAllTheSame() {
        letters.spoil(1);
        ended.refuse(1);
        queue(1, 2);
        for (int i = 0; i < 3; i++) {
            delivery.drain(relay());
            clock.move(LONGEST_FIRST_REST);
        }
        assertEquals(MessageState.EXPIRED, standing(1).state());
        assertEquals(MessageState.ACCEPTED, standing(2).state());
    }

    @Test
    void distrustStopsTheRunAndTheLettersWait() {
        for (int i = 1; i <= 20; i++) {
            server.refuse(ScriptedLetters.reader(i), "550 5.7.1 spam");
        }
        queue(1, 20);
        delivery.drain(relay());
        assertEquals(Map.of(MessageState.REJECTED, 5L, MessageState.QUEUED, 15L), outbox.counts());
        assertEquals(
                0,
                outbox.claim(100, Duration.ofMinutes(1)).stream()
                        .filter(message -> message.attempts() > 0)
                        .count());
    }

    @Test
    void whileTheDatabaseIsLostNoMessageIsToBlame() {
        letters.loseDatabase(1);
        queue(1, 1);
        for (int i = 0; i < 4; i++) {
            assertThrows(DatabaseFailure.class, () -> delivery.drain(relay()));
            clock.move(Duration.ofMinutes(1));
        }
        assertEquals(MessageState.QUEUED, standing(1).state());
        assertEquals(0, standing(1).attempts());
        letters.reset();
        delivery.drain(relay());
        assertEquals(MessageState.ACCEPTED, standing(1).state());
    }

    /** Longer than a record is tried again before the worker rests: then it would go on with what is at hand. */
    @Test
    void whileALetterCannotBeRecordedNoOtherLeavesAndNoMessageIsToBlame() {
        server.refuse(ScriptedLetters.reader(2), "550 5.1.1 nobody");
        queue(1, 5);
        letters.meanwhile(1, () -> RefusedUpdates.begin(database, "message"));
        try {
            delivery.start(relay(), 1);
            await().atMost(PATIENCE).until(() -> server.ledger().size() == 1);
            await().during(Duration.ofSeconds(12))
                    .atMost(PATIENCE)
                    .until(() -> server.ledger().size() == 1);
        } finally {
            RefusedUpdates.end(database, "message");
        }
        await().atMost(PATIENCE.multipliedBy(2))
                .until(() -> outbox.counts().equals(Map.of(MessageState.ACCEPTED, 4L, MessageState.REJECTED, 1L)));
        assertEquals(4, server.ledger().size());
        for (int i = 1; i <= 5; i++) {
            assertEquals(1, standing(i).attempts(), "of message " + i);
        }
    }

    @Test
    void theWorkersGoOnByThemselvesSoonAfterTheDatabaseWasLost() {
        letters.loseDatabase(1);
        letters.loseDatabase(2);
        queue(1, 60);
        delivery.start(relay(), 2);
        await().atMost(PATIENCE)
                .until(() -> outbox.counts().equals(Map.of(MessageState.ACCEPTED, 58L, MessageState.QUEUED, 2L)));
        assertEquals(Duration.ofSeconds(1), DeliveryWorker.restAfter(1));
        assertEquals(Duration.ofSeconds(8), DeliveryWorker.restAfter(4));
        assertEquals(Duration.ofMinutes(1), DeliveryWorker.restAfter(100));
    }

    @Test
    void whatSomebodyWaitsForLeavesNextThoughARunIsQueuedAndClaimed() {
        queue(1, 30);
        letters.meanwhile(3, () -> queue(Priority.TRANSACTIONAL, 1001, 1002));
        assertEquals(32, delivery.drain(relay()));
        assertEquals(
                Stream.of(1, 2, 3, 1001, 1002, 4).map(ScriptedLetters::reader).toList(),
                server.recipients().subList(0, 6));
    }

    @Test
    void atASlowPaceWhatSomebodyWaitsForPassesWhatIsClaimed() {
        queue(1, 200);
        delivery.start(relay(), new Pace(4, 100, 8));
        await().atMost(PATIENCE).until(() -> server.ledger().size() >= 2);
        int before = server.ledger().size();
        queue(Priority.TRANSACTIONAL, 1001, 1001);
        await().atMost(PATIENCE).until(() -> server.recipients().contains(ScriptedLetters.reader(1001)));
        int place = server.recipients().indexOf(ScriptedLetters.reader(1001));
        // Each of the four may just have had its turn.
        assertTrue(place <= before + 4, "it was number " + place + ", queued after " + before);
    }

    @Test
    void whatSomebodyWaitsForGoesOnToBeTriedFirst() {
        server.script(Stage.RCPT, new Fault.Says("450 4.2.0 greylisted"));
        queue(Priority.TRANSACTIONAL, 1001, 1001);
        delivery.drain(relay());
        queue(1, 10);
        clock.move(LONGEST_FIRST_REST);
        delivery.drain(relay());
        assertEquals(ScriptedLetters.reader(1001), server.recipients().getFirst());
        assertEquals(11, server.recipients().size());
    }

    @Test
    void aKindThatNobodyMakesHoldsUpNothing() {
        QuarkusTransaction.requiringNew()
                .run(() -> outbox.queue(
                        Priority.BULK, "nobody's", 1, clock.instant().plusSeconds(60)));
        queue(1, 1);
        delivery.drain(relay());
        assertEquals(MessageState.ACCEPTED, standing(1).state());
    }

    @Test
    void withdrawnConsentSendsNothing() {
        letters.withdraw(1);
        queue(1, 2);
        delivery.drain(relay());
        assertEquals(MessageState.WITHDRAWN, standing(1).state());
        assertEquals(List.of(ScriptedLetters.reader(2)), server.recipients());
        assertTrue(server.commands().stream().noneMatch(c -> c.contains(ScriptedLetters.reader(1))));
    }

    @Test
    void consentWithdrawnBetweenTwoTriesSendsNothing() {
        server.script(Stage.RCPT, new Fault.Says("450 4.2.0 greylisted"));
        queue(1, 1);
        delivery.drain(relay());
        letters.withdraw(1);
        clock.move(LONGEST_FIRST_REST);
        delivery.drain(relay());
        assertEquals(MessageState.WITHDRAWN, standing(1).state());
        assertEquals(List.of(), server.ledger());
    }

    @Test
    void whileTheRelayIsDownEverythingWaitsUntried() {
        server.goDown();
        queue(1, 30);
        delivery.drain(relay());
        assertEquals(Map.of(MessageState.QUEUED, 30L), outbox.counts());
        for (long i = 1; i <= 30; i++) {
            assertEquals(0, standing(i).attempts());
            assertFalse(standing(i).leased());
        }
        server.comeUp();
        delivery.drain(relay());
        assertEquals(readers(1, 30), new HashSet<>(server.recipients()));
        assertEquals(30, server.ledger().size());
    }

    @Test
    void theWorkersGoOnByThemselvesWhenTheRelayIsBack() {
        server.goDown();
        queue(1, 30);
        delivery.start(relay(), 2);
        await().pollDelay(Duration.ofMillis(1_500))
                .until(() -> outbox.counts().equals(Map.of(MessageState.QUEUED, 30L)));
        server.comeUp();
        await().atMost(PATIENCE).until(() -> outbox.counts().equals(Map.of(MessageState.ACCEPTED, 30L)));
        assertEquals(30, server.ledger().size());
    }

    @Test
    void aRelayThatWantsALoginRefusesUsAndNotTheReaders() {
        server.script(Stage.MAIL, new Fault.Says("530 5.7.0 Authentication required"));
        queue(1, 20);
        delivery.drain(relay());
        assertEquals(Map.of(MessageState.QUEUED, 20L), outbox.counts());
        assertEquals(
                1, server.commands().stream().filter(c -> c.startsWith("MAIL")).count());
        delivery.drain(relay());
        assertEquals(Map.of(MessageState.ACCEPTED, 20L), outbox.counts());
    }

    @Test
    void stoppingFinishesTheExchangesAtHandAndLeavesTheRest() {
        server.pause(Duration.ofMillis(400));
        queue(1, 40);
        delivery.start(relay(), 2);
        await().atMost(PATIENCE).until(() -> server.ledger().size() >= 3);
        delivery.stop(PATIENCE);

        int taken = server.ledger().size();
        assertTrue(taken < 40, () -> taken + " were sent before the stop");
        assertEquals(Map.of(MessageState.ACCEPTED, (long) taken, MessageState.QUEUED, 40L - taken), outbox.counts());
        assertEquals(40 - taken, outbox.claim(100, Duration.ofMinutes(1)).size());
        // QUIT is not waited for: the server may read the last one a moment later.
        await().atMost(PATIENCE)
                .until(() -> server.commands().stream().filter("QUIT"::equals).count() == 2);
    }

    private void queue(long first, long last) {
        queue(Priority.BULK, first, last);
    }

    private void queue(Priority priority, long first, long last) {
        Instant expires = clock.instant().plus(Duration.ofDays(1));
        QuarkusTransaction.requiringNew().run(() -> LongStream.rangeClosed(first, last)
                .forEach(reference -> outbox.queue(priority, ScriptedLetters.KIND, reference, expires)));
    }

    private Outbox.MessageStatus standing(long reference) {
        return outbox.status(ScriptedLetters.KIND, reference).orElseThrow();
    }

    private static HashSet<String> readers(long first, long last) {
        var readers = new HashSet<String>();
        LongStream.rangeClosed(first, last).forEach(i -> readers.add(ScriptedLetters.reader(i)));
        return readers;
    }

    private Relay relay() {
        return new Relay(new RelayAddress(
                "127.0.0.1",
                server.port(),
                RelaySettings.Security.NONE,
                Optional.empty(),
                Optional.empty(),
                5_000,
                "example.org"));
    }
}
