package org.dailypapers.smtp;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Cuts the line of an exchange that lasts too long: a server that says a byte every few seconds never meets the socket's
 * own time-outs.
 */
final class Watchdog implements AutoCloseable {

    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private final ScheduledFuture<?> cut;
    private volatile boolean expired;

    private Watchdog(UndelayedSockets line, Duration deadline) {
        cut = TIMER.schedule(
                () -> {
                    expired = true;
                    line.cut();
                },
                deadline.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** Watches from now on until it is closed. */
    static Watchdog over(UndelayedSockets line, Duration deadline) {
        return new Watchdog(line, deadline);
    }

    /** Whether the deadline has passed. */
    boolean hasExpired() {
        return expired;
    }

    @Override
    public void close() {
        cut.cancel(false);
    }

    private static ScheduledThreadPoolExecutor timer() {
        var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("delivery-watchdog").factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
