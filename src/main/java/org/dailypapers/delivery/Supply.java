package org.dailypapers.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.dailypapers.outbox.OutboundMessage;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.reputation.CircuitBreaker;

/** Where workers take their messages from: from those that all share or, where a run is stopped, from what may pass. */
final class Supply {

    private final Outbox outbox;
    private final Map<String, Letters> letters;
    private final CircuitBreaker breaker;
    private final ClaimedMessages shared;
    private final DeliverySettings settings;
    private final Duration deadline;
    private final Duration lease;
    private final Clock clock;

    /**
     * Over the messages that all workers share.
     *
     * @param deadline of an exchange with the relay
     */
    Supply(
            Outbox outbox,
            Map<String, Letters> letters,
            CircuitBreaker breaker,
            ClaimedMessages shared,
            DeliverySettings settings,
            Duration deadline,
            Clock clock) {
        this.outbox = outbox;
        this.letters = letters;
        this.breaker = breaker;
        this.shared = shared;
        this.settings = settings;
        this.deadline = deadline;
        this.lease = settings.leaseFor(deadline);
        this.clock = clock;
    }

    /** The messages of all workers, or what alone may pass. */
    ClaimedMessages past(CircuitBreaker.State state) {
        return switch (state) {
            case CLOSED -> shared;
            case HALF_OPEN -> own(() -> outbox.claim(1, lease));
            case OPEN ->
                own(() -> breaker.stopsAll() ? List.of() : outbox.claim(urgentKinds(), settings.batch(), lease));
        };
    }

    private ClaimedMessages own(Supplier<List<OutboundMessage>> claim) {
        return new ClaimedMessages(outbox, clock, lease, deadline, settings.poll(), 1, List::of, claim);
    }

    private List<String> urgentKinds() {
        return letters.values().stream()
                .filter(Letters::urgent)
                .map(Letters::kind)
                .toList();
    }

    /** How long a worker rests that has found nothing. */
    Duration poll() {
        return settings.poll();
    }

    /** Prolongs the lease of a message; whether it was still ours. */
    boolean renew(OutboundMessage message) {
        return outbox.renew(message, lease);
    }

    /** Gives a message back untried. */
    void release(OutboundMessage message) {
        outbox.release(message);
    }
}
