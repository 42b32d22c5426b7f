package org.dailypapers.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampledFigureTest {

    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final SampledFigure figure = new SampledFigure(reads::incrementAndGet, now::get);

    @Test
    void fortyWhoAskAtOnceMakeOneReading() throws InterruptedException {
        var go = new CountDownLatch(1);
        var threads = IntStream.range(0, 40)
                .mapToObj(i -> Thread.ofPlatform().start(() -> {
                    try {
                        go.await();
                        assertEquals(1, figure.getAsDouble());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }))
                .toList();
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(1, reads.get());
    }

    @Test
    void itIsReadAgainWhenItIsOld() {
        assertEquals(1, figure.getAsDouble());
        now.addAndGet(Duration.ofSeconds(SampledFigure.SECONDS).toNanos());
        assertEquals(1, figure.getAsDouble());
        now.incrementAndGet();
        figure.getAsDouble();
        await().until(() -> figure.getAsDouble() == 2);
        assertEquals(2, reads.get());
    }

    @Test
    void nobodyWaitsForAFigureThatTakesLong() {
        var go = new CountDownLatch(1);
        var slow = new SampledFigure(
                () -> {
                    if (reads.incrementAndGet() > 1) {
                        try {
                            go.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                    return reads.get();
                },
                now::get);
        assertEquals(1, slow.getAsDouble());
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        assertEquals(1, slow.getAsDouble());
        assertEquals(1, slow.getAsDouble());
        go.countDown();
        await().until(() -> slow.getAsDouble() == 2);
    }

    @Test
    void whatCannotBeReadIsNoNumberAndNotTriedByEachWhoAsks() {
        var failing = new SampledFigure(
                () -> {
                    reads.incrementAndGet();
                    throw new IllegalStateException("no database");
                },
                now::get);
        assertEquals(Double.NaN, failing.getAsDouble());
        assertEquals(Double.NaN, failing.getAsDouble());
        assertEquals(1, reads.get());
    }
}
