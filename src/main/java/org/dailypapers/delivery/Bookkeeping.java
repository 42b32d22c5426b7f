package org.dailypapers.delivery;

import java.time.Duration;
import org.dailypapers.outbox.AttemptResult;
import org.dailypapers.outbox.Outbox;

/**
 * The results of all workers on their way into the database: one transaction, on the side, for those that have come by
 * then. Each worker composes and announces its next letter meanwhile.
 */
final class Bookkeeping {

    /** Results that one statement carries at most. */
    private static final int LARGEST_GROUP = 500;

    /** How long a first result waits for others. */
    private static final Duration FOR_OTHERS = Duration.ofMillis(2);

    private final Grouped<AttemptResult, Boolean> records;

    /**
     * For so many workers. Two thirds of them are worth waiting for: a group costs the database little more than a single
     * result.
     */
    Bookkeeping(Outbox outbox, int workers) {
        records = new Grouped<>("delivery-records", LARGEST_GROUP, workers * 2 / 3, FOR_OTHERS, outbox::record);
    }

    /**
     * Begins to record a result. What is returned waits until the result is durable, and throws what the recording failed
     * with.
     *
     * @return whether the lease still held under which the result came about
     */
    Grouped.Pending<Boolean> record(AttemptResult result) {
        return records.begin(result);
    }
}
