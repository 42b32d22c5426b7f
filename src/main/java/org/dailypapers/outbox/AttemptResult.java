package org.dailypapers.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one try did to its message, as it is written to both tables: the ledger's line, and when the message is due again.
 * It knows the database's side alone; what a worker knows of the letter is its {@code Dispatch}.
 *
 * @param notBefore when there will be another; none where the message has ended
 */
public record AttemptResult(
        OutboundMessage message, Attempt attempt, @Nullable Instant notBefore) {

    boolean ends() {
        return attempt.outcome().state() != MessageState.QUEUED;
    }
}
