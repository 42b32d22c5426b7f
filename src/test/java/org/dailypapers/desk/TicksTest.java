package org.dailypapers.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.dailypapers.reputation.Alarm;
import org.dailypapers.reputation.Alarms;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TicksTest {

    @Inject
    Event<Ticks.Tick> event;

    @Inject
    Alarms alarms;

    @Inject
    Stuck stuck;

    private final AtomicReference<Duration> now = new AtomicReference<>(Duration.ZERO);

    /** Where a tick hangs, if a test wants it to. */
    @Singleton
    static class Stuck {
        private volatile CountDownLatch until;
        private final CountDownLatch there = new CountDownLatch(1);

        void tick(@Observes Ticks.Tick tick) throws InterruptedException {
            CountDownLatch latch = until;
            if (latch != null) {
                there.countDown();
                latch.await();
            }
        }
    }

    @Test
    void aTickThatDoesNotEndShowsInHealthAndRaisesAnAlarmOnce() throws Exception {
        var ticks = new Ticks(event, alarms, now::get, Duration.ofDays(1));
        stuck.until = new CountDownLatch(1);
        ticks.start();
        try {
            assertTrue(stuck.there.await(30, TimeUnit.SECONDS));
            now.set(Duration.ofMinutes(9));
            ticks.look();
            assertTrue(ticks.call().getData().isEmpty());
            assertFalse(raised());
            now.set(Duration.ofMinutes(11));
            ticks.look();
            assertTrue(raised());
            String words = ticks.call().getData().orElseThrow().get("degraded").toString();
            assertTrue(words.startsWith("The day's tick has lasted for 11 minutes in org.dailypapers."), words);
            assertEquals(Status.UP, ticks.call().getStatus());
        } finally {
            stuck.until.countDown();
            stuck.until = null;
            assertTrue(ticks.stop(Duration.ofSeconds(30)));
        }
        assertTrue(ticks.call().getData().isEmpty());
    }

    private boolean raised() {
        return alarms.since(Instant.EPOCH).containsKey(Alarm.DAY);
    }
}
