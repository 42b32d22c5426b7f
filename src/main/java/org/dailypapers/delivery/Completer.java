package org.dailypapers.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.dailypapers.delivery.Dispatch.Answered;
import org.dailypapers.delivery.Dispatch.Composed;
import org.dailypapers.outbox.Attempt;
import org.dailypapers.outbox.AttemptOutcome;
import org.dailypapers.outbox.AttemptResult;
import org.dailypapers.outbox.MessageState;
import org.dailypapers.outbox.OutboundMessage;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.outbox.RetrySchedule;
import org.dailypapers.reputation.Alarm;
import org.dailypapers.reputation.Alarms;
import org.dailypapers.smtp.DeliveryResult;
import org.dailypapers.smtp.EnhancedStatusCode;
import org.dailypapers.smtp.ReplyMeaning;
import org.dailypapers.smtp.SmtpReply;
import org.dailypapers.smtp.SmtpStage;
import org.dailypapers.storage.DatabaseFailure;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What follows from how a letter fared: the record, the next try, the log and the metrics, what it means for the address
 * and for the run.
 */
final class Completer {

    private static final Logger LOG = Logger.getLogger(Completer.class);
    private static final int RECORDED_AGAIN = 3;

    private final Outbox outbox;
    private final Bookkeeping books;
    private final Judgement judgement;
    private final Alarms alarms;
    private final MeterRegistry metrics;
    private final Clock clock;

    Completer(
            Outbox outbox, Bookkeeping books, Judgement judgement, Alarms alarms, MeterRegistry metrics, Clock clock) {
        this.outbox = outbox;
        this.books = books;
        this.judgement = judgement;
        this.alarms = alarms;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Begins to record what the relay answered. */
    Answered submit(Composed letter, DeliveryResult result) {
        AttemptResult recorded = recorded(letter.message(), result);
        return new Answered(letter, result, recorded, books.record(recorded));
    }

    /**
     * Returns when the result is durable and its conclusions are drawn.
     *
     * @param rest taken between tries while the database is away
     */
    void await(Answered letter, Consumer<Duration> rest) {
        recordOrPutAside(letter, rest);
        judgement.of(letter);
    }

    /** A letter that left must not leave again and again because its end cannot be recorded. */
    private void recordOrPutAside(Answered letter, Consumer<Duration> rest) {
        try {
            recordPatiently(letter, rest);
        } catch (RuntimeException e) {
            DatabaseFailure.throwIfBehind(e);
            MessageState state =
                    switch (letter.result()) {
                        case DeliveryResult.Accepted(String reply) -> MessageState.ACCEPTED;
                        case DeliveryResult.Rejected(SmtpReply reply, ReplyMeaning meaning) -> MessageState.REJECTED;
                        case DeliveryResult.Deferred(SmtpReply reply, ReplyMeaning meaning) -> throw e;
                        case DeliveryResult.Unknown(String detail) -> throw e;
                    };
            OutboundMessage message = letter.message();
            LOG.errorf(e, "What became of message %d could not be recorded", message.id());
            String reason = "its end could not be recorded: " + e.getClass().getSimpleName();
            outbox.putAside(message, state, reason);
            alarms.raise(Alarm.POISON, "Message " + message.id() + " was put aside as " + state + ": " + reason);
        }
    }

    /** While the database is away, once more after one, two and four seconds: then the lease runs out, and the letter repeats. */
    private void recordPatiently(Answered letter, Consumer<Duration> rest) {
        Supplier<Boolean> ours = letter.ours();
        for (int failures = 1; ; failures++) {
            try {
                tell(letter.recorded(), ours.get());
                return;
            } catch (RuntimeException e) {
                if (failures > RECORDED_AGAIN || !DatabaseFailure.isBehind(e)) {
                    throw e;
                }
                rest.accept(DeliveryWorker.restAfter(failures));
                ours = books.record(letter.recorded());
            }
        }
    }

    /** Puts a message aside that would never pass, with an alarm. */
    void putAside(OutboundMessage message, MessageState state, String reason) {
        try {
            // Nobody refused it: as expired, so that a digest's papers go to its reader's next one.
            end(message, state, reason);
        } catch (RuntimeException e) {
            DatabaseFailure.throwIfBehind(e);
            LOG.errorf(e, "The end of message %d cannot be told", message.id());
            outbox.putAside(message, state, reason);
        }
        alarms.raise(
                Alarm.POISON,
                "Message " + message.id() + " (" + message.kind() + " " + message.reference() + ") was put aside: "
                        + reason);
    }

    private AttemptResult recorded(OutboundMessage message, DeliveryResult result) {
        return switch (result) {
            case DeliveryResult.Accepted(String reply) -> accepted(message, reply);
            case DeliveryResult.Deferred(SmtpReply reply, ReplyMeaning meaning) ->
                tried(
                        message,
                        reply.stage(),
                        reply.toString(),
                        status(reply),
                        AttemptOutcome.DEFERRED,
                        RetrySchedule.after(message.attempts() + 1, message.id()));
            case DeliveryResult.Rejected(SmtpReply reply, ReplyMeaning meaning) ->
                tried(message, reply.stage(), reply.toString(), status(reply), AttemptOutcome.REJECTED, null);
            case DeliveryResult.Unknown(String detail) ->
                message.unknowns() > 0
                        ? accepted(message, "counts as sent: twice " + detail)
                        : tried(
                                message,
                                SmtpStage.DOT,
                                detail,
                                null,
                                AttemptOutcome.UNKNOWN,
                                RetrySchedule.AFTER_UNKNOWN);
        };
    }

    private AttemptResult accepted(OutboundMessage message, String reply) {
        return tried(message, SmtpStage.DOT, reply, null, AttemptOutcome.ACCEPTED, null);
    }

    /** @param rest before the next try, if there is one */
    private AttemptResult tried(
            OutboundMessage message,
            @Nullable SmtpStage stage,
            String reply,
            @Nullable String status,
            AttemptOutcome outcome,
            @Nullable Duration rest) {
        Instant now = clock.instant();
        return new AttemptResult(
                message, new Attempt(now, stage, reply, status, outcome), rest == null ? null : now.plus(rest));
    }

    /** An end that the relay has no part in. */
    void end(OutboundMessage message, MessageState state, String reply) {
        AttemptResult result = tried(message, null, reply, null, AttemptOutcome.of(state), null);
        tell(result, outbox.record(List.of(result)).getFirst());
    }

    /** Logs and counts. */
    private void tell(AttemptResult result, boolean ours) {
        OutboundMessage message = result.message();
        Attempt attempt = result.attempt();
        Instant next = result.notBefore();
        if (!ours) {
            LOG.warnf("Message %d was taken over by another worker; its result is not recorded", message.id());
            return;
        }
        if (attempt.outcome() != AttemptOutcome.EXPIRED) { // Delivery counts those, whoever expires them.
            count(attempt.outcome().name().toLowerCase(Locale.ROOT));
        }
        if (attempt.outcome() == AttemptOutcome.REJECTED) {
            LOG.warnf("Message %d is refused: %s", message.id(), anonymous(attempt.reply()));
        } else if (attempt.outcome() == AttemptOutcome.DEFERRED && next != null && next.isBefore(message.expiresAt())) {
            LOG.infof(
                    "Message %d is deferred for %d min: %s",
                    message.id(), Duration.between(attempt.at(), next).toMinutes(), anonymous(attempt.reply()));
        }
    }

    /** Counts that the relay could not be reached, or would not let us in. */
    void relayFailed() {
        metrics.counter("dailypapers.relay.failures").increment();
    }

    private void count(String result) {
        metrics.counter("dailypapers.messages", "result", result).increment();
    }

    private static @Nullable String status(SmtpReply reply) {
        return reply.status().map(EnhancedStatusCode::toString).orElse(null);
    }

    /** Replies like to quote the recipient; logs name nobody. */
    private static String anonymous(@Nullable String reply) {
        return SmtpReply.anonymous(String.valueOf(reply));
    }
}
