package org.dailypapers.desk.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KeptTest {

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger counted = new AtomicInteger();
    private final ArrayDeque<Runnable> beside = new ArrayDeque<>();
    private final Kept<Integer> kept =
            new Kept<>(Duration.ofSeconds(5), counted::incrementAndGet, beside::add, nanos::get);

    @Test
    void nobodyButTheFirstWaitsForACount() {
        assertEquals(1, kept.get());
        nanos.addAndGet(Duration.ofSeconds(6).toNanos());
        assertEquals(1, kept.get());
        assertEquals(1, kept.get());
        assertEquals(1, beside.size());
        beside.remove().run();
        assertEquals(2, kept.get());
        assertEquals(0, beside.size());
    }

    @Test
    void aCountThatFailsLeavesTheLastOne() {
        var failing = new Kept<>(
                Duration.ZERO,
                () -> {
                    if (counted.incrementAndGet() > 1) {
                        throw new IllegalStateException("away");
                    }
                    return "one";
                },
                beside::add,
                nanos::get);
        assertEquals("one", failing.get());
        nanos.incrementAndGet();
        assertEquals("one", failing.get());
        beside.remove().run();
        assertEquals("one", failing.get());
        assertEquals(1, beside.size());
    }
}
