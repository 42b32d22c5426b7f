package org.dailypapers.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.dailypapers.outbox.AttemptResult;
import org.dailypapers.outbox.OutboundMessage;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.smtp.DeliveryResult;
import org.dailypapers.smtp.Letter;

/**
 * One letter on its way from the outbox to the relay and back into the books, by the state that it has reached. Each
 * state is a type of its own, for each adds what nobody knows before it; none can be used too early.
 */
sealed interface Dispatch {

    /** The row of the outbox that the letter is made for. */
    OutboundMessage message();

    /**
     * 1. Leased to this process.
     *
     * @param at when, by the wall clock
     * @param nanos when, by {@link System#nanoTime}
     */
    record Claimed(OutboundMessage message, Instant at, long nanos) implements Dispatch {}

    /**
     * 2. What the letter is made of is being read ahead of its turn. Those that nobody foresaw pass this state over.
     *
     * @param prepared waits for what was read
     * @param since when that began, by {@link System#nanoTime}
     */
    record Prefetched(Claimed claimed, Supplier<Prepared> prepared, long since) implements Dispatch {

        @Override
        public OutboundMessage message() {
            return claimed.message();
        }
    }

    /** 3. What the letter is made of has been read. */
    record Prepared(Claimed claimed, Finding finding) implements Dispatch {

        @Override
        public OutboundMessage message() {
            return claimed.message();
        }
    }

    /** What was read for a letter. */
    sealed interface Finding {

        /** It is wanted, and so its recipient stands with the relay. */
        record Wanted(Draft draft, SuppressionList.Deliverability deliverability) implements Finding {}

        /** It is no longer wanted. */
        record Unwanted() implements Finding {}

        /** It could not be read. */
        record Failed(RuntimeException failure) implements Finding {}
    }

    /**
     * 4. Its bytes are there.
     *
     * @param refusedBefore whether a letter to its recipient was refused since one was accepted
     */
    record Composed(Claimed claimed, Letter letter, boolean refusedBefore) implements Dispatch {

        @Override
        public OutboundMessage message() {
            return claimed.message();
        }
    }

    /**
     * 5. The relay has answered, and that is being recorded.
     *
     * @param recorded what is written
     * @param ours waits until it is durable; whether the lease still held
     */
    record Answered(Composed composed, DeliveryResult result, AttemptResult recorded, Grouped.Pending<Boolean> ours)
            implements Dispatch {

        @Override
        public OutboundMessage message() {
            return composed.message();
        }

        /** Whether the result is durable by then, or was not ours to record. */
        boolean isRecordedWithin(Duration time) {
            return ours.isDoneWithin(time);
        }
    }
}
