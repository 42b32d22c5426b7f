package org.dailypapers.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A try to deliver a message, to be recorded.
 *
 * @param notBefore when there will be another; null where the message has ended
 */
public record Tried(
        OutboundMessage message, Attempt attempt, @Nullable Instant notBefore) {

    boolean ends() {
        return attempt.outcome().state() != MessageState.QUEUED;
    }
}
