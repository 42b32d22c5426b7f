package org.dailypapers.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Works off the outbox: takes a place in the pool, claims, looks up, composes, sends, records, again. No transaction is
 * open while it talks to the network. A letter is recorded while the next one is composed, and before it is sent: of what
 * a connection has carried at most one letter stands in no book.
 */
final class DeliveryWorker implements Runnable {

    private static final Logger LOG = Logger.getLogger(DeliveryWorker.class);
    private static final long LONGEST_REST_SECONDS = 60;
    private static final int RECORDED_AGAIN = 3;

    private final Outbox outbox;
    private final ClaimedMessages claimed;
    private final Map<String, Letters> letters;
    private final EnvelopeSenders senders;
    private final Bookkeeping books;
    private final RefusalPolicy policy;
    private final Alarms alarms;
    private final CircuitBreaker breaker;
    private final ConnectionPool pool;
    private final Duration lease;
    private final Duration deadline;
    private final DeliverySettings settings;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final AtomicBoolean stopping;
    private boolean reached = true;
    private HandedOver last;

    DeliveryWorker(
            Outbox outbox,
            ClaimedMessages claimed,
            Map<String, Letters> letters,
            EnvelopeSenders senders,
            Bookkeeping books,
            RefusalPolicy policy,
            Alarms alarms,
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
        this.policy = policy;
        this.alarms = alarms;
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
                LOG.errorf("Delivery stumbles and goes on in %d s: %s", rest.toSeconds(), e.getMessage());
                LOG.debug("Why", e);
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
        ConnectionPool.Place place = pool.take(stopping).orElse(null);
        if (place == null) {
            return 0;
        }
        reached = true;
        CircuitBreaker.Passage passage = breaker.passage();
        ClaimedMessages messages = passing(passage);
        int most = passage == CircuitBreaker.Passage.ONE ? 1 : Integer.MAX_VALUE;
        int dealt = 0;
        boolean goesOn = false;
        try (place) {
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
            goesOn = passage == CircuitBreaker.Passage.ALL && reached && mayGoOn(passage, place);
        } finally {
            if (passage == CircuitBreaker.Passage.ONE) {
                breaker.probed();
            }
            try {
                settle();
            } finally {
                if (!goesOn) {
                    messages.release();
                }
            }
        }
        return dealt;
    }

    /** The next message, looked up; null where another worker was quicker. */
    private Upcoming next(ClaimedMessages messages) {
        pool.pace(stopping);
        // Taken last: the lease is to last for the exchange, not for the waiting.
        return messages.takeLookedUp()
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
        return new ClaimedMessages(outbox, clock, lease, deadline, settings.poll(), 1, claim);
    }

    private List<String> urgentKinds() {
        return letters.values().stream()
                .filter(Letters::urgent)
                .map(Letters::kind)
                .toList();
    }

    /** Deals with a message; whatever goes wrong with it harms no other. The last letter is recorded while it is composed. */
    private void attempt(Upcoming current, ClaimedMessages messages, ConnectionPool.Place place) {
        OutboundMessage message = current.claimed().message();
        Optional<Letter> letter = unlessItFails(message, place, () -> composed(current));
        boolean lasts = false;
        try {
            settle();
            lasts = messages.lasts(current.claimed());
        } finally {
            if (letter.isPresent() && !lasts) {
                messages.putBack(current.claimed());
            }
        }
        if (letter.isPresent() && lasts) {
            unlessItFails(message, place, () -> {
                send(current, letter.get(), place);
                return letter;
            });
        }
    }

    private Optional<Letter> unlessItFails(
            OutboundMessage message, ConnectionPool.Place place, Supplier<Optional<Letter>> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            place.hangUp();
            refuseToBlame(e);
            LOG.errorf(e, "Message %d (%s %d) failed", message.id(), message.kind(), message.reference());
            again(message, "failed: " + e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    /** While the database is away every message fails: nothing is counted, the lease runs out, and it is tried again. */
    private static void refuseToBlame(RuntimeException e) {
        if (DatabaseFailure.isBehind(e)) {
            throw e;
        }
    }

    /** A message that fails before it is handed over waits; after some tries it is put aside, for it would never pass. */
    private void again(OutboundMessage message, String reason) {
        if (outbox.triesWithoutRelay(message) + 1 >= settings.composeAttempts()) {
            putAside(message, MessageState.EXPIRED, reason);
        } else {
            outbox.again(message, reason, null, RetrySchedule.after(1, message.id()), false);
        }
    }

    private void putAside(OutboundMessage message, MessageState state, String reason) {
        alarms.raise(
                Alarm.POISON,
                "Message " + message.id() + " (" + message.kind() + " " + message.reference() + ") was put aside: "
                        + reason);
        try {
            // Nobody refused it: as expired, so that a digest's papers go to its reader's next one.
            end(message, state, reason);
        } catch (RuntimeException e) {
            LOG.errorf(e, "The end of message %d cannot be told", message.id());
            outbox.putAside(message, state, reason);
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
                end(
                        message,
                        MessageState.REJECTED,
                        "suppressed: " + suppression.get().reason());
                return Optional.empty();
            }
            composed = found.flatMap(known -> known.draft().letter());
        } catch (RuntimeException e) {
            unfit(message, e);
            return Optional.empty();
        }
        if (composed.isEmpty()) {
            end(message, MessageState.WITHDRAWN, "no longer wanted");
        }
        return composed.map(letter -> senders.stamp(message, letter));
    }

    private static Optional<Upcoming.Found> found(Upcoming current) {
        if (current.failure() != null) {
            throw current.failure();
        }
        return current.found();
    }

    private void send(Upcoming current, Letter letter, ConnectionPool.Place place) {
        OutboundMessage message = current.claimed().message();
        DeliveryResult result = place.send(letter);
        if (place.settle()) {
            if (!connected(place) || !outbox.renew(message, lease)) {
                outbox.release(message);
                return;
            }
            result = place.send(letter);
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
        OutboxRows.Result recorded = recorded(message, result);
        last = new HandedOver(
                message,
                letter.recipient(),
                current.found().get().standing().refused(),
                result,
                recorded,
                books.record(recorded));
        if (!(result instanceof DeliveryResult.Accepted)) {
            settle();
        }
    }

    /**
     * A letter that the relay has answered to, on its way into the books.
     *
     * @param refusedBefore whether a letter to that address was refused since one was taken
     * @param ours waits until the result is durable; whether the lease still held
     */
    private record HandedOver(
            OutboundMessage message,
            String recipient,
            boolean refusedBefore,
            DeliveryResult result,
            OutboxRows.Result recorded,
            Supplier<Boolean> ours) {}

    /** Waits until the last letter's result is durable, and draws the conclusions. */
    private void settle() {
        if (last != null) {
            HandedOver settled = last;
            last = null;
            recordOrPutAside(settled);
            judge(settled.message(), settled.recipient(), settled.result(), settled.refusedBefore());
        }
    }

    /** A letter that left must not leave again and again because its end cannot be recorded. */
    private void recordOrPutAside(HandedOver settled) {
        try {
            recordPatiently(settled);
        } catch (RuntimeException e) {
            refuseToBlame(e);
            MessageState state =
                    switch (settled.result()) {
                        case DeliveryResult.Accepted(String reply) -> MessageState.ACCEPTED;
                        case DeliveryResult.Rejected(SmtpReply reply, ReplyMeaning meaning) -> MessageState.REJECTED;
                        case DeliveryResult.Deferred(SmtpReply reply, ReplyMeaning meaning) -> throw e;
                        case DeliveryResult.Unknown(String detail) -> throw e;
                    };
            OutboundMessage message = settled.message();
            LOG.errorf(e, "What became of message %d could not be recorded", message.id());
            String reason = "its end could not be recorded: " + e.getClass().getSimpleName();
            outbox.putAside(message, state, reason);
            alarms.raise(Alarm.POISON, "Message " + message.id() + " was put aside as " + state + ": " + reason);
        }
    }

    /** While the database is away, once more after one, two and four seconds: then the lease runs out, and the letter repeats. */
    private void recordPatiently(HandedOver settled) {
        Supplier<Boolean> ours = settled.ours();
        for (int failures = 1; ; failures++) {
            try {
                tell(settled.recorded(), ours.get());
                return;
            } catch (RuntimeException e) {
                if (failures > RECORDED_AGAIN || !DatabaseFailure.isBehind(e)) {
                    throw e;
                }
                rest(restAfter(failures));
                ours = books.record(settled.recorded());
            }
        }
    }

    /** What follows for the address. */
    private void judge(OutboundMessage message, String address, DeliveryResult result, boolean refusedBefore) {
        boolean counts = !letters.get(message.kind()).urgent();
        try {
            switch (result) {
                case DeliveryResult.Accepted(String reply) -> {
                    if (counts || breaker.stopsAll()) {
                        breaker.taken(address);
                    }
                    policy.accepted(message, address, refusedBefore);
                }
                case DeliveryResult.Rejected(SmtpReply reply, ReplyMeaning meaning) -> {
                    if (counts) {
                        breaker.refused(address, reply, meaning);
                    }
                    policy.refused(message, address, reply, meaning);
                }
                case DeliveryResult.Deferred(SmtpReply reply, ReplyMeaning meaning) -> {}
                case DeliveryResult.Unknown(String detail) -> {}
            }
        } catch (RuntimeException e) {
            // The message has its end; what it meant for the address is learned from the next one.
            LOG.errorf(e, "What follows from message %d could not be recorded", message.id());
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
        refuseToBlame(e);
        LOG.errorf(e, "Message %d (%s %d) cannot be composed", message.id(), message.kind(), message.reference());
        again(message, "could not be composed: " + e.getClass().getSimpleName());
    }

    private boolean connected(ConnectionPool.Place place) {
        try {
            place.connect();
            return true;
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
        place.slowDown();
        LOG.warnf(
                "The relay cannot be used: %s; letters wait, next try in %d s",
                reason, pool.rest().toSeconds());
        metrics.counter("dailypapers.relay.failures").increment();
    }

    private OutboxRows.Result recorded(OutboundMessage message, DeliveryResult result) {
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

    private OutboxRows.Result accepted(OutboundMessage message, String reply) {
        return tried(message, SmtpStage.DOT, reply, null, AttemptOutcome.ACCEPTED, null);
    }

    /** @param rest before the next try; null where there is none */
    private OutboxRows.Result tried(
            OutboundMessage message,
            SmtpStage stage,
            String reply,
            String status,
            AttemptOutcome outcome,
            Duration rest) {
        Instant now = clock.instant();
        return new OutboxRows.Result(
                message, new Attempt(now, stage, reply, status, outcome), rest == null ? null : now.plus(rest));
    }

    /** An end that the relay has no part in. */
    private void end(OutboundMessage message, MessageState state, String reply) {
        OutboxRows.Result result = tried(message, null, reply, null, AttemptOutcome.of(state), null);
        tell(result, outbox.record(List.of(result)).getFirst());
    }

    /** Logs and counts. */
    private void tell(OutboxRows.Result result, boolean ours) {
        OutboundMessage message = result.message();
        Attempt attempt = result.attempt();
        if (!ours) {
            LOG.warnf("Message %d was taken over by another worker; its result is not recorded", message.id());
            return;
        }
        if (attempt.outcome() != AttemptOutcome.EXPIRED) { // Delivery counts those, whoever expires them.
            count(attempt.outcome().name().toLowerCase(Locale.ROOT));
        }
        if (attempt.outcome() == AttemptOutcome.REJECTED) {
            LOG.warnf("Message %d is refused: %s", message.id(), anonymous(attempt.reply()));
        } else if (attempt.outcome() == AttemptOutcome.DEFERRED
                && result.notBefore().isBefore(message.expiresAt())) {
            LOG.infof(
                    "Message %d is deferred for %d min: %s",
                    message.id(),
                    Duration.between(attempt.at(), result.notBefore()).toMinutes(),
                    anonymous(attempt.reply()));
        }
    }

    private void count(String result) {
        metrics.counter("dailypapers.messages", "result", result).increment();
    }

    private static String status(SmtpReply reply) {
        return reply.status().map(EnhancedStatusCode::toString).orElse(null);
    }

    /** Replies like to quote the recipient; logs name nobody. */
    private static String anonymous(String reply) {
        return SmtpReply.anonymous(reply);
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
