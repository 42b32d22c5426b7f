package org.dailypapers.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupedTest {

    private final ConcurrentLinkedQueue<List<Integer>> groups = new ConcurrentLinkedQueue<>();

    @Test
    void whoIsAloneIsDoneAtOnce() {
        var commit = new Grouped<Integer, Integer>("grouped", 10, 0, Duration.ZERO, this::twice);
        assertEquals(6, commit.of(3));
        assertEquals(8, commit.of(4));
        assertEquals(List.of(List.of(3), List.of(4)), List.copyOf(groups));
    }

    @Test
    void whoBringsAnItemGoesOnUntilTheyAskWhatCameOfIt() throws Exception {
        var go = new CountDownLatch(1);
        var commit = new Grouped<Integer, Integer>("grouped", 10, 0, Duration.ZERO, items -> {
            wait(go);
            return twice(items);
        });
        Grouped.Pending<Integer> begun = commit.begin(3);
        assertEquals(0, groups.size());
        assertFalse(begun.isDoneWithin(Duration.ofMillis(10)));
        go.countDown();
        assertTrue(begun.isDoneWithin(Duration.ofMinutes(1)));
        assertEquals(6, begun.get());
        assertEquals(6, begun.get(), "asked again");
    }

    @Test
    void whatFailedIsNotDone() {
        var commit = new Grouped<Integer, Integer>("grouped", 10, 0, Duration.ZERO, items -> {
            throw new IllegalStateException("away");
        });
        Grouped.Pending<Integer> begun = commit.begin(3);
        assertFalse(begun.isDoneWithin(Duration.ofMinutes(1)));
        assertThrows(IllegalStateException.class, begun::get);
    }

    @Test
    void anErrorIsToldTooAndTheNextOneIsDone() {
        var commit = new Grouped<Integer, Integer>("grouped", 10, 0, Duration.ZERO, items -> {
            if (items.contains(7)) {
                throw new StackOverflowError();
            }
            return twice(items);
        });
        assertInstanceOf(
                StackOverflowError.class,
                assertThrows(IllegalStateException.class, () -> commit.of(7)).getCause());
        assertEquals(6, commit.of(3));
    }

    @Test
    void whoComesMeanwhileIsDoneTogetherNextInGroupsOfAtMostSoMany() throws Exception {
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var commit = new Grouped<Integer, Integer>("grouped", 4, 0, Duration.ZERO, items -> {
            begun.countDown();
            wait(go);
            return twice(items);
        });
        try (ExecutorService pool = Executors.newCachedThreadPool()) {
            Future<Integer> first = pool.submit(() -> commit.of(0));
            begun.await();
            List<Future<Integer>> others = IntStream.rangeClosed(1, 10)
                    .mapToObj(i -> pool.submit(() -> commit.of(i)))
                    .toList();
            Thread.sleep(200);
            go.countDown();
            assertEquals(0, first.get());
            for (int i = 1; i <= 10; i++) {
                assertEquals(2 * i, others.get(i - 1).get());
            }
        }
        assertEquals(List.of(1, 4, 4, 2), groups.stream().map(List::size).toList());
    }

    @Test
    void whoComesFirstWaitsForCompanyAndNoLongerThanForThat() throws Exception {
        var commit = new Grouped<Integer, Integer>("grouped", 10, 3, Duration.ofMinutes(1), this::twice);
        try (ExecutorService pool = Executors.newCachedThreadPool()) {
            List<Future<Integer>> three = IntStream.range(0, 3)
                    .mapToObj(i -> pool.submit(() -> commit.of(i)))
                    .toList();
            for (int i = 0; i < 3; i++) {
                assertEquals(2 * i, three.get(i).get(10, TimeUnit.SECONDS));
            }
        }
        assertEquals(List.of(3), groups.stream().map(List::size).toList());
    }

    @Test
    void whoWaitsForCompanyInVainIsDoneAlone() {
        var commit = new Grouped<Integer, Integer>("grouped", 10, 3, Duration.ofMillis(5), this::twice);
        assertEquals(6, commit.of(3));
        assertEquals(List.of(List.of(3)), List.copyOf(groups));
    }

    @Test
    void everyOneOfManyIsDoneOnceAndAFailureIsItsOwn() throws Exception {
        var commit = new Grouped<Integer, Integer>("grouped", 16, 2, Duration.ofMillis(1), items -> {
            if (items.stream().anyMatch(i -> i % 100 == 7)) {
                throw new IllegalStateException("seven");
            }
            LockSupport.parkNanos(100_000); // So long that others come.
            return twice(items);
        });
        var calls = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 5_000; i++) {
            int item = i;
            calls.add(() -> {
                if (item % 100 == 7) {
                    assertThrows(IllegalStateException.class, () -> commit.of(item));
                    return 2 * item;
                }
                return commit.of(item);
            });
        }
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> results = pool.invokeAll(calls);
            for (int i = 0; i < results.size(); i++) {
                assertEquals(2 * i, results.get(i).get());
            }
        }
        assertEquals(4_950, groups.stream().mapToInt(List::size).sum());
        assertTrue(groups.size() < 4_950, "some were done together");
    }

    private List<Integer> twice(List<Integer> items) {
        groups.add(List.copyOf(items));
        return items.stream().map(i -> 2 * i).toList();
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
