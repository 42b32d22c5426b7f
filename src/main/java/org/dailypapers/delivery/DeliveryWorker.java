package org.dailypapers.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.dailypapers.outbox.MessageState;
import org.dailypapers.outbox.OutboundMessage;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.outbox.RetrySchedule;
import org.dailypapers.reputation.CircuitBreaker;
import org.dailypapers.reputation.DatabaseTrouble;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.smtp.ConnectionPool;
import org.dailypapers.smtp.DeliveryResult;
import org.dailypapers.smtp.Letter;
import org.dailypapers.smtp.ReplyMeaning;
import org.dailypapers.smtp.SmtpReply;
import org.dailypapers.smtp.TransportFailure;
import org.dailypapers.storage.DatabaseFailure;
import org.jboss.logging.Logger;

/**
 * Works off the outbox: takes a place in the pool, claims, looks up, composes, sends, records, again. No transaction is
 * open while it talks to the network. A letter is recorded while the next one is composed and announced, and before anything
 * of that leaves: of what a connection has carried at most one letter stands in no book.
 */
final class DeliveryWorker implements Runnable {

    private static final Logger LOG = Logger.getLogger(DeliveryWorker.class);
    private static final long LONGEST_REST_SECONDS = 60;

    /** So long a message waits that could not be composed for the database's sake. */
    private static final Duration PUT_OFF_FOR = Duration.ofMinutes(1);

    /** So long a relay that is ready for a letter is kept waiting: Postfix under stress gives up after ten seconds. */
    private static final Duration READY_FOR = Duration.ofSeconds(5);

    private final Outbox outbox;
    private final ClaimedMessages claimed;
    private final Map<String, Letters> letters;
    private final EnvelopeSenders senders;
    private final Bookkeeping books;
    private final Conclusions conclusions;
    private final DatabaseTrouble trouble;
    private final CircuitBreaker breaker;
    private final ConnectionPool pool;
    private final Duration lease;
    private final Duration deadline;
    private final DeliverySettings settings;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final AtomicBoolean stopping;
    private boolean reached = true;
    private Conclusions.HandedOver last;

    DeliveryWorker(
            Outbox outbox,
            ClaimedMessages claimed,
            Map<String, Letters> letters,
            EnvelopeSenders senders,
            Bookkeeping books,
            Conclusions conclusions,
            DatabaseTrouble trouble,
            CircuitBreaker breaker,
            ConnectionPool pool,
            Duration lease,
            Duration deadline,
            DeliverySettings settings,
            MeterRegistry metrics,
            Clock clock,
            AtomicBoolean stopping) {
        this.outbox = outbox;
        this.claimed = claimed;
        this.letters = letters;
        this.senders = senders;
        this.books = books;
        this.conclusions = conclusions;
        this.trouble = trouble;
        this.breaker = breaker;
        this.pool = pool;
        this.lease = lease;
        this.deadline = deadline;
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
        this.stopping = stopping;
    }

    @Override
    public void run() {
        int failures = 0;
        while (!stopping.get()) {
            try {
                int dealt = round();
                failures = 0;
                if (dealt == 0 && reached) {
                    pool.hangUpIdle(ConnectionPool.KEPT_IDLE);
                    rest(settings.poll());
                }
            } catch (RuntimeException e) {
                Duration rest = restAfter(++failures);
                if (DatabaseFailure.isBehind(e)) {
                    trouble.met("Delivery rests", e);
                } else {
                    LOG.errorf("Delivery stumbles and goes on in %d s: %s", rest.toSeconds(), e.getMessage());
                    LOG.debug("Why", e);
                }
                rest(rest);
            }
        }
    }

    /** A second after the first failure, doubling up to a minute while failures follow each other: most are short. */
    static Duration restAfter(int failures) {
        return Duration.ofSeconds(Math.min(LONGEST_REST_SECONDS, 1L << Math.min(failures - 1, 6)));
    }

    /** Goes on while it may; how many messages were dealt with. What cannot be dealt with now is given back. */
    int round() {
        settle();
        ConnectionPool.Place place = pool.take(stopping).orElse(null);
        if (place == null) {
            return 0;
        }
        reached = true;
        CircuitBreaker.Passage passage = breaker.passage();
        ClaimedMessages messages = passing(passage);
        int dealt;
        boolean goesOn = false;
        try (place) {
            dealt = workOff(messages, passage, place);
            goesOn = passage == CircuitBreaker.Passage.ALL && reached && mayGoOn(passage, place);
        } finally {
            if (passage == CircuitBreaker.Passage.ONE) {
                breaker.probed();
            }
            if (!goesOn) {
                messages.release();
            }
        }
        return dealt;
    }

    /** Nothing more goes over a line whose last letter may stand in no book. */
    private int workOff(ClaimedMessages messages, CircuitBreaker.Passage passage, ConnectionPool.Place place) {
        int most = passage == CircuitBreaker.Passage.ONE ? 1 : Integer.MAX_VALUE;
        int dealt = 0;
        boolean settled = false;
        try {
            while (dealt < most && mayGoOn(passage, place) && messages.any() && connected(place)) {
                Upcoming current = next(messages);
                if (current != null) {
                    dealt++;
                    attempt(current, messages, place);
                }
                if (!mayWait(passage, place)) {
                    settle();
                }
            }
            settle();
            settled = true;
        } finally {
            if (!settled) {
                place.hangUp();
            }
        }
        return dealt;
    }

    /** The next message, looked up; null where another worker was quicker. */
    private Upcoming next(ClaimedMessages messages) {
        pool.pace(stopping);
        // Taken last: the lease is to last for the exchange, not for the waiting.
        return messages.takeFirst()
                .map(books::lookUp)
                .or(messages::takeLookedUp)
                .or(() -> messages.take().map(books::lookUp))
                .orElse(null);
    }

    /** Whether the next letter can be composed at once, so that the record of the last one need not be waited for yet. */
    private boolean mayWait(CircuitBreaker.Passage passage, ConnectionPool.Place place) {
        return passage == CircuitBreaker.Passage.ALL && !pool.isPaced() && place.isConnected();
    }

    private boolean mayGoOn(CircuitBreaker.Passage passage, ConnectionPool.Place place) {
        return !stopping.get() && (passage != CircuitBreaker.Passage.ALL || breaker.isClosed()) && !place.isSurplus();
    }

    /** The messages of all workers, or what alone may pass. */
    private ClaimedMessages passing(CircuitBreaker.Passage passage) {
        return switch (passage) {
            case ALL -> claimed;
            case ONE -> own(() -> outbox.claim(1, lease));
            case NONE ->
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

    /** Deals with a message; whatever goes wrong with it harms no other. */
    private void attempt(Upcoming current, ClaimedMessages messages, ConnectionPool.Place place) {
        OutboundMessage message = current.claimed().message();
        Optional<Letter> letter = unlessItFails(message, place, () -> composed(current));
        if (letter.isEmpty()) {
            return;
        }
        try {
            unlessItFails(message, place, () -> {
                send(current, letter.get(), () -> goAhead(current, messages), place);
                return letter;
            });
        } catch (HeldBack e) {
            messages.putBack(current.claimed());
            settle();
        }
    }

    /**
     * Returns when a letter may leave: the last one over this connection is recorded, and the lease still lasts. The
     * last one is recorded while this one is composed and the relay hears of it.
     */
    private void goAhead(Upcoming current, ClaimedMessages messages) {
        settleSoon();
        if (!messages.lasts(current.claimed())) {
            throw new HeldBack();
        }
    }

    /** Settles the last letter while a relay waits; where that takes long, it is done without keeping the relay. */
    private void settleSoon() {
        if (last != null && !last.isRecordedWithin(READY_FOR)) {
            throw new HeldBack();
        }
        settle();
    }

    /** A letter has its turn later: the last one is not recorded yet, or this one's lease ran out meanwhile. */
    private static final class HeldBack extends RuntimeException {

        private static final long serialVersionUID = 1;

        HeldBack() {
            super("held back", null, false, false);
        }
    }

    private Optional<Letter> unlessItFails(
            OutboundMessage message, ConnectionPool.Place place, Supplier<Optional<Letter>> work) {
        try {
            return work.get();
        } catch (HeldBack e) {
            place.hangUp();
            throw e;
        } catch (RuntimeException e) {
            place.hangUp();
            DatabaseFailure.throwIfBehind(e);
            LOG.errorf(e, "Message %d (%s %d) failed", message.id(), message.kind(), message.reference());
            again(message, "failed: " + e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    /** A message that fails before it is handed over waits; after some tries it is put aside, for it would never pass. */
    private void again(OutboundMessage message, String reason) {
        if (outbox.triesWithoutRelay(message) + 1 >= settings.composeAttempts()) {
            conclusions.putAside(message, MessageState.EXPIRED, reason);
        } else {
            outbox.again(message, reason, null, RetrySchedule.after(1, message.id()), false);
        }
    }

    /** The letter; empty where none is to be sent, which is recorded. */
    private Optional<Letter> composed(Upcoming current) {
        OutboundMessage message = current.claimed().message();
        Optional<Letter> composed;
        try {
            Optional<Upcoming.Found> found = found(current);
            Optional<SuppressionList.Suppression> suppression =
                    found.flatMap(known -> known.standing().suppression());
            if (suppression.isPresent()) {
                conclusions.end(
                        message,
                        MessageState.REJECTED,
                        "suppressed: " + suppression.get().reason());
                return Optional.empty();
            }
            composed = found.flatMap(known -> known.draft().letter());
        } catch (Unaddressable e) {
            conclusions.end(message, MessageState.REJECTED, e.getMessage());
            return Optional.empty();
        } catch (RuntimeException e) {
            unfit(message, e);
            return Optional.empty();
        }
        if (composed.isEmpty()) {
            conclusions.end(message, MessageState.WITHDRAWN, "no longer wanted");
        }
        return composed.map(letter -> senders.stamp(message, letter));
    }

    private static Optional<Upcoming.Found> found(Upcoming current) {
        if (current.failure() != null) {
            throw current.failure();
        }
        return current.found();
    }

    private void send(Upcoming current, Letter letter, Runnable goAhead, ConnectionPool.Place place) {
        OutboundMessage message = current.claimed().message();
        DeliveryResult result = place.send(letter, goAhead);
        if (place.settle()) {
            settleSoon();
            if (!connected(place) || !outbox.renew(message, lease)) {
                outbox.release(message);
                return;
            }
            result = place.send(letter, goAhead);
            place.settle();
        }
        if (result instanceof DeliveryResult.Rejected(SmtpReply reply, ReplyMeaning meaning)
                && meaning == ReplyMeaning.LOGIN) {
            // The letter is not to blame, and no other would fare better until the login is put right.
            outbox.release(message);
            place.hangUp();
            loginRefused(reply.anonymous());
            return;
        }
        heed(result, place);
        // One that was refused before it was its turn leaves the last one's record open.
        settleSoon();
        last = conclusions.begin(
                message, letter.recipient(), current.found().get().standing().refused(), result);
        if (!(result instanceof DeliveryResult.Accepted)) {
            settle();
        }
    }

    /**
     * Waits until the last letter's result is durable, and draws the conclusions. While the database is away it stays
     * the last letter: no other leaves before it is recorded.
     */
    private void settle() {
        if (last == null) {
            return;
        }
        boolean stays = false;
        try {
            conclusions.settle(last, this::rest);
        } catch (RuntimeException e) {
            stays = DatabaseFailure.isBehind(e);
            throw e;
        } finally {
            if (!stays) {
                last = null;
            }
        }
    }

    /** The relay's wish for fewer or more letters at once. */
    private static void heed(DeliveryResult result, ConnectionPool.Place place) {
        switch (result) {
            case DeliveryResult.Accepted(String reply) -> place.accepted();
            case DeliveryResult.Deferred(SmtpReply reply, ReplyMeaning meaning) -> {
                if (meaning == ReplyMeaning.SLOW_DOWN) {
                    place.slowDown();
                }
            }
            case DeliveryResult.Rejected(SmtpReply reply, ReplyMeaning meaning) -> {}
            case DeliveryResult.Unknown(String detail) -> {}
        }
    }

    private void unfit(OutboundMessage message, RuntimeException e) {
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

    private boolean connected(ConnectionPool.Place place) {
        try {
            return place.connect();
        } catch (TransportFailure e) {
            if (e.reply()
                    .map(ReplyMeaning::of)
                    .filter(ReplyMeaning.LOGIN::equals)
                    .isPresent()) {
                loginRefused(e.getMessage());
            } else {
                unreachable(e.getMessage(), place);
            }
            return false;
        }
    }

    private void loginRefused(String said) {
        reached = false;
        breaker.loginRefused(said);
        metrics.counter("dailypapers.relay.failures").increment();
    }

    private void unreachable(String reason, ConnectionPool.Place place) {
        reached = false;
        if (place.slowDown()) {
            LOG.warnf(
                    "The relay cannot be used: %s; letters wait, next try in %d s",
                    reason, pool.rest().toSeconds());
        }
        metrics.counter("dailypapers.relay.failures").increment();
    }

    /** Whether the relay could be reached when it was last needed. */
    boolean healthy() {
        return reached;
    }

    private void rest(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        try {
            while (!stopping.get() && System.nanoTime() < end) {
                Thread.sleep(Math.min(100, Math.max(1, (end - System.nanoTime()) / 1_000_000)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.set(true);
        }
    }
}
