package org.dailypapers.outbox;

import java.time.Duration;

/** When a deferred message is tried again: first after 5 to 15 minutes, then after 30 and more, doubling up to 4 hours, or half as long again by chance. */
public final class RetrySchedule {

    /** How long a message rests whose fate is unknown. */
    public static final Duration AFTER_UNKNOWN = Duration.ofMinutes(10);

    private static final long LONGEST_MINUTES = 240;

    /** No message rests longer. */
    public static final Duration LONGEST = Duration.ofMinutes(LONGEST_MINUTES * 3 / 2);

    private RetrySchedule() {}

    /**
     * The rest after so many attempts.
     *
     * @param attempts made so far, from 1
     * @param messageId spreads messages: the same message always rests the same time
     */
    public static Duration after(int attempts, long messageId) {
        // Fibonacci hashing: neighbouring ids land far apart.
        double spread = ((messageId * 31 + attempts) * 0x9E3779B97F4A7C15L >>> 11) / (double) (1L << 53);
        if (attempts <= 1) {
            return Duration.ofSeconds(Math.round(300 + 600 * spread));
        }
        long minutes = Math.min(LONGEST_MINUTES, 30L << Math.min(attempts - 2, 10));
        return Duration.ofSeconds(Math.round(minutes * 60 * (1 + 0.5 * spread)));
    }
}
