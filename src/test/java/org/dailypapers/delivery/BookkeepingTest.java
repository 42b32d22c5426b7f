package org.dailypapers.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
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
import org.dailypapers.delivery.ClaimedMessages.Claimed;
import org.dailypapers.outbox.Attempt;
import org.dailypapers.outbox.AttemptOutcome;
import org.dailypapers.outbox.OutboundMessage;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.outbox.Tried;
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
        public List<Boolean> record(List<Tried> all) {
            recorded.add(all.size());
            return all.stream().map(result -> result.message().id() % 2 == 0).toList();
        }
    };

    private final SuppressionList suppressions = new SuppressionList(null, Clock.systemUTC(), null) {
        @Override
        public Map<String, Standing> standings(Collection<String> addresses) {
            return addresses.stream()
                    .collect(Collectors.toMap(
                            Function.identity(), a -> new Standing(Optional.empty(), a.startsWith("reader8@"))));
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
    private final Bookkeeping books = new Bookkeeping(outbox, Map.of(KIND, letters), suppressions, claimed, WORKERS);

    @Test
    void manyWorkersAreServedTogetherAndASpoiltLetterHarmsNoOther() throws Exception {
        List<Upcoming> all = together(i -> books.lookUp(claimed(i)));
        for (int i = 0; i < WORKERS; i++) {
            Upcoming next = all.get(i);
            assertEquals(i, next.claimed().message().reference());
            if (i == SPOILT) {
                assertInstanceOf(IllegalStateException.class, next.failure());
            } else if (i == UNWANTED) {
                assertTrue(next.found().isEmpty());
                assertNull(next.failure());
            } else {
                assertEquals(
                        ScriptedLetters.reader(i),
                        next.found().orElseThrow().draft().recipient());
                assertEquals(i == 8, next.found().orElseThrow().standing().refused());
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
    void withAResultTwiceAsManyMessagesAreLookedUpAsThereAreWorkers() {
        LongStream.range(100, 100 + 3 * WORKERS).forEach(i -> due.add(message(i)));
        assertTrue(claimed.any());
        assertTrue(claimed.takeLookedUp().isEmpty(), "nobody has sent anything yet");
        assertTrue(books.record(result(2)).get());
        for (int i = 0; i < 2 * WORKERS; i++) {
            Upcoming next = claimed.takeLookedUp().orElseThrow();
            assertEquals(
                    ScriptedLetters.reader(100 + i),
                    next.found().orElseThrow().draft().recipient());
        }
        assertTrue(claimed.takeLookedUp().isEmpty(), "no more than that");
        assertTrue(claimed.take().isPresent(), "the others can be taken");
    }

    @Test
    void whileTheDatabaseIsAwayNobodyIsLookedUpAlone() throws Exception {
        away = true;
        for (Upcoming next : together(i -> books.lookUp(claimed(i)))) {
            assertInstanceOf(DatabaseFailure.class, next.failure());
        }
        assertEquals(WORKERS, looked.stream().mapToInt(size -> size).sum());
    }

    @Test
    void aMessageOfAKindThatNobodyMakesSaysSo() {
        var message = new OutboundMessage(1, "nobody's", 1, 0, 0, Instant.MAX, 1);
        Upcoming next = books.lookUp(new Claimed(message, Instant.EPOCH, 0));
        assertTrue(
                next.failure().getMessage().contains("nobody's"), next.failure().getMessage());
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

    private static Claimed claimed(long id) {
        return new Claimed(message(id), Instant.EPOCH, 0);
    }

    private static Tried result(long id) {
        return new Tried(
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
                false));
    }
}
