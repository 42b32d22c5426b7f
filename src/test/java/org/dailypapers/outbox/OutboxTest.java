package org.dailypapers.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dailypapers.Database;
import org.dailypapers.MovedClock;
import org.dailypapers.delivery.EndedMessages;
import org.dailypapers.smtp.SmtpStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OutboxTest {

    private static final String KIND = "outbox-test";
    private static final Duration LONG = Duration.ofMinutes(15);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Instant EXPIRES = MovedClock.START.plus(Duration.ofDays(1));

    @Inject
    Outbox outbox;

    @Inject
    Database database;

    @Inject
    MovedClock clock;

    @Inject
    EndedMessages ended;

    @BeforeEach
    void begin() {
        database.empty();
        clock.moveTo(MovedClock.START);
        ended.forget();
    }

    @Test
    void aQueuedMessageIsClaimedAsItWasQueued() {
        queue(7);
        OutboundMessage message = claimOne(LONG);
        assertEquals(KIND, message.kind());
        assertEquals(7, message.reference());
        assertEquals(0, message.attempts());
        assertEquals(0, message.unknowns());
        assertEquals(EXPIRES, message.expiresAt());
        assertTrue(outbox.status(KIND, 7).orElseThrow().leased());
    }

    @Test
    void aRowHasOneMessageOfAKind() {
        queue(7);
        assertThrows(RuntimeException.class, () -> queue(7));
        assertEquals(1, outbox.claim(10, LONG).size());
    }

    @Test
    void whatItsTransactionTookBackWasNeverQueued() {
        takenBack(() -> outbox.queue(Priority.BULK, KIND, 7, EXPIRES));
        assertEquals(List.of(), outbox.claim(10, LONG));
    }

    @Test
    void theOldestAreClaimedFirstAndNoMoreThanAskedFor() {
        for (long i = 1; i <= 5; i++) {
            queue(i);
            clock.move(Duration.ofSeconds(1));
        }
        assertEquals(List.of(1L, 2L, 3L), references(outbox.claim(3, LONG)));
        assertEquals(List.of(4L, 5L), references(outbox.claim(3, LONG)));
        assertEquals(List.of(), outbox.claim(3, LONG));
    }

    @Test
    void whatSomebodyWaitsForIsClaimedBeforeWhatWasQueuedEarlier() {
        for (long i = 1; i <= 5; i++) {
            queue(i);
            clock.move(Duration.ofSeconds(1));
        }
        assertEquals(List.of(1L), references(outbox.claim(1, LONG)));
        queueFirst(11);
        clock.move(Duration.ofSeconds(1));
        queueFirst(12);
        assertEquals(List.of(11L, 12L, 2L), references(outbox.claim(3, LONG)));
        queueFirst(13);
        assertEquals(List.of(3L), references(outbox.claim(Priority.BULK, 1, LONG)));
        assertEquals(List.of(13L), references(outbox.claim(Priority.TRANSACTIONAL, 5, LONG)));
        assertEquals(List.of(4L, 5L), references(outbox.claim(5, LONG)));
    }

    @Test
    void theOldestThatWaitsCountsWhateverItsPriority() {
        queue(1);
        clock.move(Duration.ofMinutes(1));
        queueFirst(2);
        clock.move(Duration.ofMinutes(1));
        assertEquals(Duration.ofMinutes(2), outbox.age());
        outbox.claim(Priority.BULK, 1, LONG).forEach(m -> end(m, MessageState.ACCEPTED, "250 fine", null));
        assertEquals(Duration.ofMinutes(1), outbox.age());
        outbox.claim(1, LONG).forEach(m -> end(m, MessageState.ACCEPTED, "250 fine", null));
        assertEquals(Duration.ZERO, outbox.age());
    }

    @Test
    void aLetterThatMayHaveLeftIsComposedOfTheSameMomentAndOneThatHasNotAnew() {
        queue(7);
        OutboundMessage first = claimOne(LONG);
        assertEquals(MovedClock.START, composed(first));
        clock.move(Duration.ofMinutes(1));
        assertEquals(MovedClock.START, composed(first), "composed twice for one try");

        outbox.release(first);
        clock.move(Duration.ofMinutes(1));
        OutboundMessage second = claimOne(LONG);
        Instant secondTry = clock.instant();
        assertEquals(secondTry, composed(second), "given back untried");

        again(second, SmtpStage.RCPT, "450 4.2.0 greylisted", "4.2.0", Duration.ZERO, false);
        clock.move(Duration.ofMinutes(1));
        OutboundMessage third = claimOne(LONG);
        Instant thirdTry = clock.instant();
        assertEquals(thirdTry, composed(third), "the relay did not take it");

        again(third, SmtpStage.DOT, "the line broke", null, Duration.ZERO, true);
        clock.move(Duration.ofMinutes(1));
        OutboundMessage fourth = claimOne(LONG);
        assertEquals(thirdTry, composed(fourth), "it may have left");
        again(fourth, SmtpStage.RCPT, "450 4.2.0 greylisted", "4.2.0", Duration.ZERO, false);
        clock.move(Duration.ofMinutes(1));
        assertEquals(thirdTry, composed(claimOne(LONG)), "it may have left before");
    }

    @Test
    void aLetterWhoseWorkerDiedIsRepeatedAsItWasThoughItIsGivenBackMeanwhile() {
        queue(7);
        Instant composed = composed(claimOne(LONG));
        outbox.releaseAll();
        clock.move(Duration.ofMinutes(20));
        outbox.release(claimOne(LONG));
        OutboundMessage repeat = claimOne(LONG);
        assertEquals(composed, composed(repeat));
        assertEquals(MovedClock.START.plus(Duration.ofHours(1)), repeat.expiresAt());
    }

    @Test
    void aLetterLivesFromItsFirstTry() {
        queue(7);
        clock.move(Duration.ofHours(5));
        Instant firstTry = clock.instant();
        OutboundMessage first = claimOne(LONG);
        composed(first);
        again(first, SmtpStage.RCPT, "450 4.2.0 greylisted", "4.2.0", Duration.ZERO, false);
        clock.move(Duration.ofMinutes(50));
        OutboundMessage second = claimOne(LONG);
        composed(second);
        assertEquals(firstTry.plus(Duration.ofHours(1)), second.expiresAt());
        again(second, SmtpStage.RCPT, "450 4.2.0 greylisted", "4.2.0", Duration.ZERO, false);
        clock.move(Duration.ofMinutes(10));
        assertEquals(1, outbox.expireOverdue());
    }

    @Test
    void whoeverHasLostTheLeaseComposesNothing() {
        queue(7);
        OutboundMessage lost = claimOne(LONG);
        outbox.releaseAll();
        claimOne(LONG);
        assertEquals(Optional.empty(), outbox.composed(lost, Duration.ofHours(1)));
    }

    private Instant composed(OutboundMessage message) {
        return outbox.composed(message, Duration.ofHours(1)).orElseThrow();
    }

    private void queueFirst(long reference) {
        QuarkusTransaction.requiringNew().run(() -> outbox.queue(Priority.TRANSACTIONAL, KIND, reference, EXPIRES));
    }

    @Test
    void whatWasGivenBackIsFoundAgainThoughClaimsHaveGoneOn() {
        for (long i = 1; i <= 20; i++) {
            clock.move(Duration.ofMillis(1));
            queue(i);
        }
        List<OutboundMessage> first = outbox.claim(5, LONG);
        assertEquals(List.of(6L, 7L, 8L, 9L, 10L), references(outbox.claim(5, LONG)));
        outbox.release(first);
        assertEquals(List.of(11L, 12L, 13L, 14L, 15L), references(outbox.claim(5, LONG)));
        assertEquals(
                List.of(1L, 2L, 3L, 4L, 5L, 16L), references(outbox.claim(6, LONG)), "before fewer than asked for");
        assertEquals(List.of(17L, 18L, 19L, 20L), references(outbox.claim(6, LONG)));
    }

    @Test
    void eightWorkersClaimEachOfFourHundredMessagesOnce() throws Exception {
        for (long i = 1; i <= 400; i++) {
            queue(i);
        }
        Callable<List<Long>> worker = () -> {
            var mine = new ArrayList<Long>();
            int idle = 0;
            while (idle < 5) {
                List<OutboundMessage> batch = outbox.claim(7, LONG);
                idle = batch.isEmpty() ? idle + 1 : 0;
                mine.addAll(references(batch));
            }
            return mine;
        };
        var all = new ArrayList<Long>();
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            for (Future<List<Long>> claimed : pool.invokeAll(java.util.Collections.nCopies(8, worker))) {
                all.addAll(claimed.get());
            }
        }
        assertEquals(400, all.size());
        assertEquals(400, new HashSet<>(all).size());
    }

    @Test
    void aLeaseThatRunsOutLetsAnotherClaimIt() throws InterruptedException {
        queue(7);
        OutboundMessage first = claimOne(SHORT);
        assertEquals(List.of(), outbox.claim(1, LONG));
        runOut();
        OutboundMessage second = claimOne(LONG);
        assertEquals(first.id(), second.id());
        assertNotEquals(first.lease(), second.lease());
    }

    @Test
    void aResultUnderALostLeaseCountsForNothing() throws InterruptedException {
        queue(7);
        OutboundMessage slow = claimOne(SHORT);
        runOut();
        OutboundMessage quick = claimOne(LONG);

        assertFalse(outbox.renew(slow, LONG));
        assertFalse(end(slow, MessageState.ACCEPTED, "250 fine", null));
        again(slow, "450 later", null, LONG, true);
        outbox.release(slow);

        Outbox.MessageStatus standing = outbox.status(KIND, 7).orElseThrow();
        assertEquals(new Outbox.MessageStatus(quick.id(), MessageState.QUEUED, true, 0, 0, null), standing);
        assertEquals(List.of(), ended.all());
        assertTrue(end(quick, MessageState.REJECTED, "550 no", "5.1.1"));
        assertEquals(MessageState.REJECTED, outbox.status(KIND, 7).orElseThrow().state());
        assertFalse(end(quick, MessageState.ACCEPTED, "250 fine", null));
        assertEquals(List.of(new DeliveryEnded(KIND, 7, MessageState.REJECTED)), ended.all());
    }

    @Test
    void aRenewedLeaseHoldsOn() throws InterruptedException {
        queue(7);
        OutboundMessage message = claimOne(SHORT);
        assertTrue(outbox.renew(message, LONG));
        runOut();
        assertEquals(List.of(), outbox.claim(1, LONG));
        assertTrue(end(message, MessageState.ACCEPTED, "250 fine", null));
    }

    @Test
    void aLeaseThatRanOutStillCountsWhileNobodyElseTookIt() throws InterruptedException {
        queue(7);
        OutboundMessage message = claimOne(SHORT);
        runOut();
        assertTrue(end(message, MessageState.ACCEPTED, "250 fine", null));
    }

    @Test
    void aReleasedMessageIsClaimedAgainUntried() {
        queue(7);
        outbox.release(claimOne(LONG));
        OutboundMessage again = claimOne(LONG);
        assertEquals(0, again.attempts());
    }

    @Test
    void everyEndIsRecordedAndToldOnce() {
        List<MessageState> ends = List.of(MessageState.ACCEPTED, MessageState.REJECTED, MessageState.WITHDRAWN);
        for (MessageState end : ends) {
            long reference = end.ordinal();
            queue(reference);
            assertTrue(end(claimOne(LONG), end, "said so", null));
            Outbox.MessageStatus standing = outbox.status(KIND, reference).orElseThrow();
            assertEquals(end, standing.state());
            assertEquals("said so", standing.lastReply());
            assertEquals(1, standing.attempts());
            assertFalse(standing.leased());
        }
        assertEquals(
                ends.stream().map(e -> new DeliveryEnded(KIND, e.ordinal(), e)).toList(), ended.all());
        assertEquals(List.of(), outbox.claim(10, LONG));
    }

    @Test
    void aLongReplyIsCut() {
        queue(7);
        assertTrue(end(claimOne(LONG), MessageState.REJECTED, "x".repeat(5_000), "5.1.1"));
        assertEquals(500, outbox.status(KIND, 7).orElseThrow().lastReply().length());
    }

    @Test
    void whatIsTriedAgainRestsFirst() {
        queue(7);
        again(claimOne(LONG), "450 later", "4.2.0", Duration.ofMinutes(10), false);
        assertEquals(List.of(), outbox.claim(1, LONG));
        clock.move(Duration.ofMinutes(10).minusSeconds(1));
        assertEquals(List.of(), outbox.claim(1, LONG));
        clock.move(Duration.ofSeconds(1));
        OutboundMessage second = claimOne(LONG);
        assertEquals(1, second.attempts());
        assertEquals(0, second.unknowns());
        again(second, "line lost", null, Duration.ZERO, true);
        OutboundMessage third = claimOne(LONG);
        assertEquals(2, third.attempts());
        assertEquals(1, third.unknowns());
        assertEquals(List.of(), ended.all());
    }

    @Test
    void whatIsOverdueIsNeitherClaimedNorForgottenButExpired() {
        for (long i = 1; i <= 450; i++) {
            queue(i);
        }
        QuarkusTransaction.requiringNew().run(() -> outbox.queue(Priority.BULK, KIND, 999, EXPIRES.plusSeconds(1)));
        assertEquals(0, outbox.expireOverdue());
        clock.moveTo(EXPIRES);
        assertEquals(List.of(999L), references(outbox.claim(1_000, LONG)));
        assertEquals(450, outbox.expireOverdue());
        assertEquals(Map.of(MessageState.EXPIRED, 450L, MessageState.QUEUED, 1L), outbox.counts());
        assertEquals(450, ended.all().size());
        assertTrue(ended.all().stream().allMatch(e -> e.state() == MessageState.EXPIRED));
        assertEquals(
                "not delivered in time", outbox.status(KIND, 1).orElseThrow().lastReply());
        assertEquals(0, outbox.expireOverdue());
    }

    @Test
    void anExpiredMessageKeepsWhatTheRelayLastSaid() {
        queue(7);
        again(claimOne(LONG), "450 4.2.0 greylisted", "4.2.0", Duration.ofMinutes(10), false);
        clock.moveTo(EXPIRES);
        assertEquals(1, outbox.expireOverdue());
        assertEquals(
                "450 4.2.0 greylisted", outbox.status(KIND, 7).orElseThrow().lastReply());
    }

    @Test
    void whatIsJustBeingTriedIsNotExpired() {
        queue(7);
        OutboundMessage message = claimOne(LONG);
        clock.moveTo(EXPIRES);
        assertEquals(0, outbox.expireOverdue());
        assertFalse(QuarkusTransaction.requiringNew().call(() -> outbox.expire(KIND, 7, "a newer one")));
        assertTrue(end(message, MessageState.ACCEPTED, "250 fine", null));
        assertEquals(List.of(new DeliveryEnded(KIND, 7, MessageState.ACCEPTED)), ended.all());
    }

    @Test
    void aQueuedMessageCanBeExpiredByHandAndATransactionCanTakeThatBack() {
        queue(7);
        takenBack(() -> assertTrue(outbox.expire(KIND, 7, "a newer one")));
        assertEquals(MessageState.QUEUED, outbox.status(KIND, 7).orElseThrow().state());
        assertTrue(QuarkusTransaction.requiringNew().call(() -> outbox.expire(KIND, 7, "a newer one")));
        assertFalse(QuarkusTransaction.requiringNew().call(() -> outbox.expire(KIND, 7, "a newer one")));
        assertEquals("a newer one", outbox.status(KIND, 7).orElseThrow().lastReply());
    }

    @Test
    void everyLeaseCanBeVoidedAtOnce() {
        for (long i = 1; i <= 5; i++) {
            queue(i);
        }
        OutboundMessage old = claimOne(LONG);
        outbox.claim(2, LONG);
        assertEquals(3, outbox.releaseAll());
        assertEquals(5, outbox.claim(10, LONG).size());
        assertFalse(end(old, MessageState.ACCEPTED, "250 fine", null));
    }

    @Test
    void endedMessagesAreForgottenAfterNinetyDays() {
        queue(1);
        assertTrue(end(claimOne(LONG), MessageState.ACCEPTED, "250 fine", null));
        QuarkusTransaction.requiringNew()
                .run(() -> outbox.queue(Priority.BULK, KIND, 2, EXPIRES.plus(Duration.ofDays(365))));
        clock.move(Duration.ofDays(90));
        assertEquals(0, outbox.prune());
        clock.move(Duration.ofSeconds(1));
        assertEquals(1, outbox.prune());
        assertTrue(outbox.status(KIND, 1).isEmpty());
        assertEquals(MessageState.QUEUED, outbox.status(KIND, 2).orElseThrow().state());
    }

    @Test
    void anErasedReadersMessageIsForgotten() {
        queue(7);
        OutboundMessage message = claimOne(LONG);
        QuarkusTransaction.requiringNew().run(() -> outbox.forget(KIND, 7));
        assertFalse(outbox.renew(message, LONG));
        assertTrue(outbox.status(KIND, 7).isEmpty());
    }

    @Test
    void theQueuesAgeIsThatOfTheOldestThatIsDue() {
        assertEquals(Duration.ZERO, outbox.age());
        queue(7);
        clock.move(Duration.ofMinutes(3));
        queue(8);
        assertEquals(Duration.ofMinutes(3), outbox.age());
        again(claimOne(LONG), "450 later", null, Duration.ofHours(1), false);
        assertEquals(Duration.ZERO, outbox.age());
        end(claimOne(LONG), MessageState.ACCEPTED, "250 fine", null);
        assertEquals(Duration.ZERO, outbox.age());
        clock.move(Duration.ofMinutes(61));
        assertEquals(Duration.ofMinutes(1), outbox.age());
    }

    @Test
    void everyTryIsInTheLedgerUntilItsMessageIsForgotten() {
        queue(7);
        again(claimOne(LONG), SmtpStage.RCPT, "450 4.2.0 greylisted", "4.2.0", Duration.ofMinutes(10), false);
        clock.move(Duration.ofMinutes(10));
        again(claimOne(LONG), SmtpStage.DOT, "line lost", null, Duration.ofMinutes(10), true);
        clock.move(Duration.ofMinutes(10));
        assertTrue(end(claimOne(LONG), MessageState.ACCEPTED, SmtpStage.DOT, "250 fine", null));
        Instant start = MovedClock.START;
        assertEquals(
                List.of(
                        new Attempt(start, SmtpStage.RCPT, "450 4.2.0 greylisted", "4.2.0", AttemptOutcome.DEFERRED),
                        new Attempt(start.plusSeconds(600), SmtpStage.DOT, "line lost", null, AttemptOutcome.UNKNOWN),
                        new Attempt(
                                start.plusSeconds(1_200), SmtpStage.DOT, "250 fine", null, AttemptOutcome.ACCEPTED)),
                outbox.attempts(KIND, 7));
        clock.move(Duration.ofDays(91));
        assertEquals(1, outbox.prune());
        assertEquals("0\n", database.rows("select count(*) from attempt"));
    }

    @Test
    void whatEndedAMessageStaysInTheLedgerWhenItIsQueuedAgain() {
        queue(7);
        again(claimOne(LONG), SmtpStage.RCPT, "450 4.2.0 greylisted", "4.2.0", Duration.ofMinutes(10), false);
        clock.move(Duration.ofMinutes(10));
        end(claimOne(LONG), MessageState.REJECTED, SmtpStage.RCPT, "554 no", null);
        Instant start = MovedClock.START;
        List<Attempt> tries = new ArrayList<>(List.of(
                new Attempt(start, SmtpStage.RCPT, "450 4.2.0 greylisted", "4.2.0", AttemptOutcome.DEFERRED),
                new Attempt(start.plusSeconds(600), SmtpStage.RCPT, "554 no", null, AttemptOutcome.REJECTED)));
        assertEquals(tries, outbox.attempts(KIND, 7));
        for (int i = 0; i < 2; i++) {
            Instant tomorrow = clock.instant().plus(Duration.ofDays(1));
            QuarkusTransaction.requiringNew()
                    .run(() -> outbox.queueAgain(Priority.BULK, KIND, List.of(new Outbox.Queued(7, tomorrow))));
            assertEquals(tries, outbox.attempts(KIND, 7));
        }
        clock.move(Duration.ofMinutes(10));
        end(claimOne(LONG), MessageState.ACCEPTED, SmtpStage.DOT, "250 fine", null);
        tries.add(new Attempt(start.plusSeconds(1_200), SmtpStage.DOT, "250 fine", null, AttemptOutcome.ACCEPTED));
        assertEquals(tries, outbox.attempts(KIND, 7));
    }

    @Test
    void anExpiryWithoutATryIsNoTry() {
        queue(7);
        queue(8);
        again(claimOne(LONG), SmtpStage.RCPT, "450 later", null, Duration.ofMinutes(10), false);
        clock.move(Duration.ofDays(30));
        outbox.expireOverdue();
        assertEquals(Map.of(MessageState.EXPIRED, 2L), outbox.counts());
        assertEquals(1, outbox.attempts(KIND, 7).size());
        assertEquals(List.of(), outbox.attempts(KIND, 8));
    }

    @Test
    void ofResultsThatAreRecordedTogetherThoseWithoutTheirLeaseAreLeftOut() throws Exception {
        for (long i = 1; i <= 40; i++) {
            queue(i);
        }
        var results = new ArrayList<OutboundMessage>(outbox.claim(20, SHORT));
        runOut();
        outbox.claim(40, LONG).stream().filter(m -> m.reference() > 20).forEach(results::add);
        assertEquals(40, results.size());
        Collections.shuffle(results, new Random(4));
        try (ExecutorService pool = Executors.newFixedThreadPool(20)) {
            List<Future<Boolean>> ours = pool.invokeAll(results.stream()
                    .map(m -> (Callable<Boolean>) () -> end(m, MessageState.ACCEPTED, "250 fine", null))
                    .toList());
            for (int i = 0; i < results.size(); i++) {
                assertEquals(results.get(i).reference() > 20, ours.get(i).get());
            }
        }
        assertEquals(Map.of(MessageState.ACCEPTED, 20L, MessageState.QUEUED, 20L), outbox.counts());
        assertTrue(ended.all().stream().allMatch(end -> end.reference() > 20));
        assertEquals(20, ended.all().size());
    }

    @Test
    void theLedgerNamesNoAddresses() {
        queue(7);
        assertTrue(end(
                claimOne(LONG),
                MessageState.REJECTED,
                SmtpStage.RCPT,
                "550 5.1.1 <ada@example.test>: unknown, \"ada b\"@example.test too (" + "x".repeat(440)
                        + "ada@example.test)",
                "5.1.1"));
        String kept = database.dump();
        assertFalse(kept.contains("ada"), kept);
        assertTrue(kept.contains("550 5.1.1 <address> unknown, <address> too"), kept);
    }

    @Test
    void lettersThatWereTakenAreRecordedTogetherWhoeverWillNotHearOfOne() {
        for (long i = 1; i <= 60; i++) {
            queue(i);
        }
        ended.refuse(13);
        List<OutboundMessage> claimed = outbox.claim(60, LONG);
        assertEquals(Collections.nCopies(60, true), outbox.record(results(claimed, AttemptOutcome.ACCEPTED)));
        assertEquals(Map.of(MessageState.ACCEPTED, 60L), outbox.counts());
        assertEquals("60\n", database.rows("select count(*) from message where attempts = 1 and ended_at is not null"));
        assertEquals(59, ended.all().stream().distinct().count());
    }

    @Test
    void endsThatCannotBeToldAreNotRecorded() {
        queue(1);
        queue(2);
        ended.refuse(2);
        List<OutboundMessage> claimed = outbox.claim(2, LONG);
        assertThrows(IllegalStateException.class, () -> outbox.record(results(claimed, AttemptOutcome.REJECTED)));
        assertEquals(Map.of(MessageState.QUEUED, 2L), outbox.counts());
    }

    @Test
    void ofLettersThatWereTakenThoseAreToldApartWhoseLeaseIsLost() throws InterruptedException {
        queue(1);
        queue(2);
        List<OutboundMessage> both = outbox.claim(2, SHORT);
        runOut();
        OutboundMessage taken = claimOne(LONG);
        List<Boolean> expected =
                both.stream().map(m -> m.reference() != taken.reference()).toList();
        assertEquals(expected, outbox.record(results(both, AttemptOutcome.ACCEPTED)));
        assertEquals(1, ended.all().size());
        assertEquals(expected, outbox.record(results(both, AttemptOutcome.ACCEPTED)), "asked again, the same");
        assertEquals("1\n", database.rows("select attempts from message where state = 'ACCEPTED'"));
    }

    private List<AttemptResult> results(List<OutboundMessage> messages, AttemptOutcome outcome) {
        return messages.stream()
                .map(m -> new AttemptResult(
                        m, new Attempt(clock.instant(), SmtpStage.DOT, "250 fine", null, outcome), null))
                .toList();
    }

    @Test
    void anOverdueMessageThatCannotBeExpiredHarmsNoOther() {
        for (long i = 1; i <= 250; i++) {
            queue(i);
        }
        ended.refuse(249);
        clock.moveTo(EXPIRES);
        assertEquals(249, outbox.expireOverdue());
        assertEquals(Map.of(MessageState.EXPIRED, 249L, MessageState.QUEUED, 1L), outbox.counts());
        ended.forget();
        assertEquals(1, outbox.expireOverdue());
    }

    @Test
    void manyAreReleasedAtOnceButForThoseWhoseLeaseIsLost() throws InterruptedException {
        queue(1);
        queue(2);
        List<OutboundMessage> both = outbox.claim(2, SHORT);
        runOut();
        OutboundMessage taken = claimOne(LONG);
        outbox.release(both);
        assertTrue(outbox.status(KIND, taken.reference()).orElseThrow().leased());
        assertEquals(1, outbox.claim(2, LONG).size());
    }

    private void queue(long reference) {
        QuarkusTransaction.requiringNew().run(() -> outbox.queue(Priority.BULK, KIND, reference, EXPIRES));
    }

    private static void takenBack(Runnable work) {
        QuarkusTransaction.begin();
        work.run();
        QuarkusTransaction.rollback();
    }

    private OutboundMessage claimOne(Duration lease) {
        List<OutboundMessage> claimed = outbox.claim(1, lease);
        assertEquals(1, claimed.size());
        return claimed.getFirst();
    }

    private static List<Long> references(List<OutboundMessage> messages) {
        return messages.stream().map(OutboundMessage::reference).toList();
    }

    private static void runOut() throws InterruptedException {
        Thread.sleep(SHORT.plusMillis(200));
    }

    private boolean end(OutboundMessage message, MessageState state, String reply, String status) {
        return end(message, state, null, reply, status);
    }

    private boolean end(OutboundMessage message, MessageState state, SmtpStage stage, String reply, String status) {
        var attempt = new Attempt(clock.instant(), stage, reply, status, AttemptOutcome.of(state));
        return outbox.record(List.of(new AttemptResult(message, attempt, null))).getFirst();
    }

    private void again(OutboundMessage message, String reply, String status, Duration rest, boolean unknown) {
        again(message, null, reply, status, rest, unknown);
    }

    private void again(
            OutboundMessage message, SmtpStage stage, String reply, String status, Duration rest, boolean unknown) {
        AttemptOutcome outcome = unknown ? AttemptOutcome.UNKNOWN : AttemptOutcome.DEFERRED;
        var attempt = new Attempt(clock.instant(), stage, reply, status, outcome);
        outbox.record(
                List.of(new AttemptResult(message, attempt, clock.instant().plus(rest))));
    }
}
