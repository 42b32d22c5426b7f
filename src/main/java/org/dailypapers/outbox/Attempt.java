package org.dailypapers.outbox;

import java.time.Instant;
import org.dailypapers.smtp.SmtpReply;
import org.dailypapers.smtp.SmtpStage;
import org.jspecify.annotations.Nullable;

/**
 * One try of a message.
 *
 * @param at when its result was known
 * @param stage how far the exchange came
 * @param reply what was said, at most 500 characters, without addresses
 * @param status the enhanced status code
 */
public record Attempt(
        Instant at,
        @Nullable SmtpStage stage,
        @Nullable String reply,
        @Nullable String status,
        AttemptOutcome outcome) {

    private static final int LONGEST_REPLY = 500;

    public Attempt {
        reply = reply == null ? null : cut(SmtpReply.anonymous(cut(reply)));
    }

    private static String cut(String reply) {
        if (reply.length() <= LONGEST_REPLY) {
            return reply;
        }
        boolean inPair = Character.isHighSurrogate(reply.charAt(LONGEST_REPLY - 1));
        return reply.substring(0, inPair ? LONGEST_REPLY - 1 : LONGEST_REPLY);
    }
}
