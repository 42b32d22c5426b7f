package org.dailypapers.delivery;

import java.util.Map;
import java.util.Objects;
import org.dailypapers.delivery.Dispatch.Answered;
import org.dailypapers.outbox.OutboundMessage;
import org.dailypapers.reputation.CircuitBreaker;
import org.dailypapers.reputation.DatabaseTrouble;
import org.dailypapers.reputation.RefusalPolicy;
import org.dailypapers.smtp.DeliveryResult;
import org.dailypapers.smtp.ReplyMeaning;
import org.dailypapers.smtp.SmtpReply;
import org.dailypapers.storage.DatabaseFailure;
import org.jboss.logging.Logger;

/** What a relay's answer means for the address and for the run. */
final class Judgement {

    private static final Logger LOG = Logger.getLogger(Judgement.class);

    private final Map<String, Letters> letters;
    private final RefusalPolicy policy;
    private final CircuitBreaker breaker;
    private final DatabaseTrouble trouble;

    Judgement(Map<String, Letters> letters, RefusalPolicy policy, CircuitBreaker breaker, DatabaseTrouble trouble) {
        this.letters = letters;
        this.policy = policy;
        this.breaker = breaker;
        this.trouble = trouble;
    }

    /** Draws what follows from a recorded result; never throws. */
    void of(Answered letter) {
        OutboundMessage message = letter.message();
        String address = letter.composed().letter().recipient();
        boolean counts = !Objects.requireNonNull(letters.get(message.kind())).urgent();
        try {
            switch (letter.result()) {
                case DeliveryResult.Accepted(String reply) -> {
                    if (counts || breaker.stopsAll()) {
                        breaker.accepted(address);
                    }
                    policy.accepted(message, address, letter.composed().refusedBefore());
                }
                case DeliveryResult.Rejected(SmtpReply reply, ReplyMeaning meaning) -> {
                    if (counts) {
                        breaker.refused(address, reply, meaning);
                    }
                    policy.refused(message, address, reply, meaning);
                }
                case DeliveryResult.Deferred(SmtpReply reply, ReplyMeaning meaning) -> {
                    if (counts && meaning == ReplyMeaning.POLICY_FOR_NOW) {
                        breaker.refused(address, reply, meaning);
                    }
                }
                case DeliveryResult.Unknown(String detail) -> {}
            }
        } catch (RuntimeException e) {
            // The message has its end; what it meant for the address is learned from the next one.
            if (DatabaseFailure.isBehind(e)) {
                trouble.met("What follows from message " + message.id() + " could not be recorded", e);
            } else {
                LOG.errorf(e, "What follows from message %d could not be recorded", message.id());
            }
        }
    }
}
