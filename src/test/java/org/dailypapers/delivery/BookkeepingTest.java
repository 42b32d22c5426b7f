package org.dailypapers.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.dailypapers.delivery.Dispatch.Claimed;
import org.dailypapers.delivery.Dispatch.Finding;
import org.dailypapers.delivery.Dispatch.Prepared;
import org.dailypapers.outbox.Attempt;
import org.dailypapers.outbox.AttemptOutcome;
import org.dailypapers.outbox.AttemptResult;
import org.dailypapers.outbox.OutboundMessage;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.smtp.Letter;
import org.dailypapers.smtp.SmtpStage;
import org.dailypapers.storage.DatabaseFailure;
import org.junit.jupiter.api.Test;

class BookkeepingTest {

    private static final int WORKERS = 40;
    private static final String KIND = "test";

    /** The letter of this one is no longer wanted. */
    private static final long UNWANTED = 7;

    /** Nothing can be looked up together with this one. */
    private static final long SPOILT = 13;

    private final ConcurrentLinkedQueue<Integer> recorded = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Integer> looked = new ConcurrentLinkedQueue<>();
    private boolean away;

    private final Outbox outbox = new Outbox(null, Clock.systemUTC(), null) {
        @Override
        public List<Boolean> record(List<AttemptResult> all) {
            recorded.add(all.size());
            return all.stream().map(result -> result.message().id() % 2 == 0).toList();
        }
    };

    private final SuppressionList suppressions = new SuppressionList(null, Clock.systemUTC(), null) {
        @Override
        public Map<String, Deliverability> deliverability(Collection<String> addresses) {
            return addresses.stream()
                    .collect(Collectors.toMap(
                            Function.identity(), a -> new Deliverability(Optional.empty(), a.startsWith("reader8@"))));
        }
    };

    private final Letters letters = new Letters() {
        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public List<Optional<Draft>> drafts(List<OutboundMessage> messages) {
            looked.add(messages.size());
            if (away) {
                throw new DatabaseFailure("Digests could not be read", new SQLException("gone", "08006"));
            }
            if (messages.stream().anyMatch(m -> m.reference() == SPOILT)) {
                throw new IllegalStateException("spoilt");
            }
            return messages.stream()
                    .map(m -> m.reference() == UNWANTED ? Optional.<Draft>empty() : Optional.of(draft(m)))
                    .toList();
        }
    };

    private final Deque<OutboundMessage> due = new ArrayDeque<>();
    private final ClaimedMessages claimed = new ClaimedMessages(
            outbox, Clock.systemUTC(), Duration.ofHours(2), Duration.ofHours(1), Duration.ZERO, 1, List::of, () -> {
                List<OutboundMessage> all = List.copyOf(due);
                due.clear();
                return all;
            });
    private final Bookkeeping books = new Bookkeeping(outbox, WORKERS);
    private final Prefetcher prefetcher = new Prefetcher(Map.of(KIND, letters), suppressions, claimed, WORKERS);

    @Test
    void manyWorkersAreServedTogetherAndASpoiltLetterHarmsNoOther() throws Exception {
        List<Prepared> all = together(i -> prefetcher.prepare(claimed(i)));
        for (int i = 0; i < WORKERS; i++) {
            Prepared next = all.get(i);
            assertEquals(i, next.claimed().message().reference());
            if (i == SPOILT) {
                assertInstanceOf(IllegalStateException.class, failure(next));
            } else if (i == UNWANTED) {
                assertEquals(new Finding.Unwanted(), next.finding());
            } else {
                Finding.Wanted wanted = wanted(next);
                assertEquals(ScriptedLetters.reader(i), wanted.draft().recipient());
                assertEquals(i == 8, wanted.deliverability().refused());
            }
        }
    }

    @Test
    void resultsAreRecordedTogetherAndEachIsToldWhetherItsLeaseHeld() throws Exception {
        List<Boolean> ours = together(i -> books.record(result(i)).get());
        for (int i = 0; i < WORKERS; i++) {
            assertEquals(i % 2 == 0, ours.get(i), "number " + i);
        }
        assertEquals(WORKERS, recorded.stream().mapToInt(size -> size).sum());
        assertTrue(recorded.size() < WORKERS, "some were recorded together");
    }

    @Test
    void twiceAsManyMessagesAreLookedUpAheadAsThereAreWorkers() {
        LongStream.range(100, 100 + 3 * WORKERS).forEach(i -> due.add(message(i)));
        assertTrue(claimed.any());
        assertTrue(claimed.pollPrefetched().isEmpty(), "nobody has asked for it yet");
        prefetcher.prefetch();
        for (int i = 0; i < 2 * WORKERS; i++) {
            Prepared next = claimed.pollPrefetched().orElseThrow();
            assertEquals(ScriptedLetters.reader(100 + i), wanted(next).draft().recipient());
        }
        assertTrue(claimed.pollPrefetched().isEmpty(), "no more than that");
        assertTrue(claimed.poll().isPresent(), "the others can be taken");
    }

    @Test
    void whileTheDatabaseIsAwayNobodyIsLookedUpAlone() throws Exception {
        away = true;
        for (Prepared next : together(i -> prefetcher.prepare(claimed(i)))) {
            assertInstanceOf(DatabaseFailure.class, failure(next));
        }
        assertEquals(WORKERS, looked.stream().mapToInt(size -> size).sum());
    }

    @Test
    void aMessageOfAKindThatNobodyMakesSaysSo() {
        var message = new OutboundMessage(1, "nobody's", 1, 0, 0, Instant.MAX, 1);
        Prepared next = prefetcher.prepare(new Claimed(message, Instant.EPOCH, 0));
        assertTrue(
                failure(next).getMessage().contains("nobody's"), failure(next).getMessage());
    }

    private static <T> List<T> together(LongFunction<T> worker) throws Exception {
        List<Callable<T>> turns = LongStream.range(0, WORKERS)
                .<Callable<T>>mapToObj(i -> () -> worker.apply(i))
                .toList();
        try (ExecutorService pool = Executors.newFixedThreadPool(WORKERS)) {
            var all = new ArrayList<T>();
            for (Future<T> one : pool.invokeAll(turns)) {
                all.add(one.get());
            }
            return all;
        }
    }

    private static Finding.Wanted wanted(Prepared prepared) {
        return assertInstanceOf(Finding.Wanted.class, prepared.finding());
    }

    private static RuntimeException failure(Prepared prepared) {
        return assertInstanceOf(Finding.Failed.class, prepared.finding()).failure();
    }

    private static Claimed claimed(long id) {
        return new Claimed(message(id), Instant.EPOCH, 0);
    }

    private static AttemptResult result(long id) {
        return new AttemptResult(
                message(id),
                new Attempt(Instant.EPOCH, SmtpStage.DOT, "250 fine", null, AttemptOutcome.ACCEPTED),
                null);
    }

    private static OutboundMessage message(long id) {
        return new OutboundMessage(id, KIND, id, 0, 0, Instant.MAX, id);
    }

    private static Draft draft(OutboundMessage message) {
        return Draft.of(new Letter(
                "papers@example.org",
                ScriptedLetters.reader(message.reference()),
                "Subject: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                false,
                false));
    }
}
