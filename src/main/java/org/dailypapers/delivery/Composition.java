package org.dailypapers.delivery;

import java.time.Duration;
import java.util.Optional;
import org.dailypapers.delivery.Dispatch.Composed;
import org.dailypapers.delivery.Dispatch.Finding;
import org.dailypapers.delivery.Dispatch.Prepared;
import org.dailypapers.outbox.MessageState;
import org.dailypapers.outbox.OutboundMessage;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.outbox.RetrySchedule;
import org.dailypapers.reputation.DatabaseTrouble;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.smtp.Letter;
import org.dailypapers.storage.DatabaseFailure;
import org.jboss.logging.Logger;

/** Makes the letter of a claimed message, or ends or delays the message where none can be made. */
final class Composition {

    private static final Logger LOG = Logger.getLogger(Composition.class);

    /** So long a message waits that could not be composed for the database's sake. */
    private static final Duration PUT_OFF_FOR = Duration.ofMinutes(1);

    private static final String UNWANTED = "no longer wanted";

    private final Outbox outbox;
    private final EnvelopeSenders senders;
    private final Completer completer;
    private final DatabaseTrouble trouble;
    private final int attempts;

    /** @param attempts after which a message that cannot be composed is put aside */
    Composition(Outbox outbox, EnvelopeSenders senders, Completer completer, DatabaseTrouble trouble, int attempts) {
        this.outbox = outbox;
        this.senders = senders;
        this.completer = completer;
        this.trouble = trouble;
        this.attempts = attempts;
    }

    /** The letter with its bytes; empty where none is to be sent, which is recorded. */
    Optional<Composed> of(Prepared current) {
        return switch (current.finding()) {
            case Finding.Wanted(Draft draft, SuppressionList.Deliverability deliverability) ->
                letter(current.message(), draft, deliverability)
                        .map(letter -> new Composed(current.claimed(), letter, deliverability.refused()));
            case Finding.Unwanted() -> {
                completer.end(current.message(), MessageState.WITHDRAWN, UNWANTED);
                yield Optional.empty();
            }
            case Finding.Failed(RuntimeException failure) -> {
                unfit(current.message(), failure);
                yield Optional.empty();
            }
        };
    }

    private Optional<Letter> letter(
            OutboundMessage message, Draft draft, SuppressionList.Deliverability deliverability) {
        Optional<Letter> composed;
        try {
            if (deliverability.suppression().isPresent()) {
                completer.end(
                        message,
                        MessageState.REJECTED,
                        "suppressed: " + deliverability.suppression().get().reason());
                return Optional.empty();
            }
            composed = draft.letter();
        } catch (RuntimeException e) {
            unfit(message, e);
            return Optional.empty();
        }
        if (composed.isEmpty()) {
            completer.end(message, MessageState.WITHDRAWN, UNWANTED);
        }
        return composed.map(letter -> senders.stamp(message, letter));
    }

    private void unfit(OutboundMessage message, RuntimeException e) {
        if (e instanceof Unaddressable) {
            completer.end(message, MessageState.REJECTED, String.valueOf(e.getMessage()));
            return;
        }
        if (DatabaseFailure.isBehind(e)) {
            putOff(message, e);
            return;
        }
        LOG.errorf(e, "Message %d (%s %d) cannot be composed", message.id(), message.kind(), message.reference());
        again(message, "could not be composed: " + e.getClass().getSimpleName());
    }

    /**
     * Lets a message wait that the database would not let be composed, which does not count as a try. Where the database
     * is away, so does everything else.
     */
    private void putOff(OutboundMessage message, RuntimeException e) {
        outbox.putOff(message, PUT_OFF_FOR);
        if (!DatabaseFailure.isRefusal(e)) {
            throw e;
        }
        trouble.met("Message " + message.id() + " (" + message.kind() + ") waits", e);
    }

    /** A message that fails before it is handed over waits; after some tries it is put aside, for it would never pass. */
    void again(OutboundMessage message, String reason) {
        if (outbox.triesWithoutRelay(message) + 1 >= attempts) {
            completer.putAside(message, MessageState.EXPIRED, reason);
        } else {
            outbox.again(message, reason, RetrySchedule.after(1, message.id()));
        }
    }
}
