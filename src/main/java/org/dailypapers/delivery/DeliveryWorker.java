package org.dailypapers.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.dailypapers.delivery.Dispatch.Answered;
import org.dailypapers.delivery.Dispatch.Claimed;
import org.dailypapers.delivery.Dispatch.Composed;
import org.dailypapers.delivery.Dispatch.Prepared;
import org.dailypapers.outbox.OutboundMessage;
import org.dailypapers.reputation.CircuitBreaker;
import org.dailypapers.reputation.DatabaseTrouble;
import org.dailypapers.smtp.ConnectionPool;
import org.dailypapers.smtp.DeliveryResult;
import org.dailypapers.smtp.ReplyMeaning;
import org.dailypapers.smtp.SmtpReply;
import org.dailypapers.smtp.TransportFailure;
import org.dailypapers.storage.DatabaseFailure;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Works off the outbox: takes a slot of the pool, claims, looks up, composes, sends, records, again. No transaction is
 * open while it talks to the network. A letter is recorded while the next one is composed and announced, and before anything
 * of that leaves: of what a connection has carried at most one letter stands in no book.
 */
final class DeliveryWorker implements Runnable {

    private static final Logger LOG = Logger.getLogger(DeliveryWorker.class);
    private static final long LONGEST_REST_SECONDS = 60;

    /** So long a relay that is ready for a letter is kept waiting: Postfix under stress gives up after ten seconds. */
    private static final Duration READY_FOR = Duration.ofSeconds(5);

    private final Supply supply;
    private final Prefetcher prefetcher;
    private final Composition composition;
    private final Completer completer;
    private final CircuitBreaker breaker;
    private final ConnectionPool pool;
    private final DatabaseTrouble trouble;
    private final AtomicBoolean stopping;
    private boolean reached = true;
    private @Nullable Answered last;

    DeliveryWorker(
            Supply supply,
            Prefetcher prefetcher,
            Composition composition,
            Completer completer,
            CircuitBreaker breaker,
            ConnectionPool pool,
            DatabaseTrouble trouble,
            AtomicBoolean stopping) {
        this.supply = supply;
        this.prefetcher = prefetcher;
        this.composition = composition;
        this.completer = completer;
        this.breaker = breaker;
        this.pool = pool;
        this.trouble = trouble;
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
                    rest(supply.poll());
                }
            } catch (RuntimeException e) {
                Duration rest = restAfter(++failures);
                if (DatabaseFailure.isBehind(e)) {
                    trouble.met("Delivery rests", e);
                } else {
                    LOG.errorf("Delivery stumbles and goes on in %d s: %s", rest.toSeconds(), e.getMessage());
                    LOG.debug("Why", e);
                }
                rest(apart(rest));
            }
        }
    }

    /** Up to half as long again: who failed together must not come back together, or share a look with what failed. */
    private static Duration apart(Duration rest) {
        return rest.plusMillis(ThreadLocalRandom.current().nextLong(rest.toMillis() / 2));
    }

    /** A second after the first failure, doubling up to a minute while failures follow each other: most are short. */
    static Duration restAfter(int failures) {
        return Duration.ofSeconds(Math.min(LONGEST_REST_SECONDS, 1L << Math.min(failures - 1, 6)));
    }

    /** Goes on while it may; how many messages were dealt with. What cannot be dealt with now is given back. */
    int round() {
        awaitLast();
        ConnectionPool.Slot slot = pool.acquire(stopping).orElse(null);
        if (slot == null) {
            return 0;
        }
        reached = true;
        CircuitBreaker.State state = breaker.tryPass();
        ClaimedMessages messages = supply.past(state);
        int dealt;
        boolean goesOn = false;
        try (slot) {
            dealt = workOff(messages, state, slot);
            goesOn = state == CircuitBreaker.State.CLOSED && reached && mayGoOn(state, slot);
        } finally {
            if (state == CircuitBreaker.State.HALF_OPEN) {
                breaker.probed();
            }
            if (!goesOn) {
                messages.release();
            }
        }
        return dealt;
    }

    /** Nothing more goes over a line whose last letter may stand in no book. */
    private int workOff(ClaimedMessages messages, CircuitBreaker.State state, ConnectionPool.Slot slot) {
        int most = state == CircuitBreaker.State.HALF_OPEN ? 1 : Integer.MAX_VALUE;
        int dealt = 0;
        boolean recorded = false;
        try {
            while (dealt < most && mayGoOn(state, slot) && messages.any() && connected(slot)) {
                Prepared current = next(messages);
                if (current != null) {
                    dealt++;
                    attempt(current, messages, slot);
                }
                if (!mayWait(state, slot)) {
                    awaitLast();
                }
            }
            awaitLast();
            recorded = true;
        } finally {
            if (!recorded) {
                slot.hangUp();
            }
        }
        return dealt;
    }

    /** The next message, looked up; none where another worker was quicker. */
    private @Nullable Prepared next(ClaimedMessages messages) {
        pool.pace(stopping);
        // Taken last: the lease is to last for the exchange, not for the waiting.
        return messages.pollFirst()
                .map(prefetcher::prepare)
                .or(messages::pollPrefetched)
                .or(() -> messages.poll().map(prefetcher::prepare))
                .orElse(null);
    }

    /** Whether the next letter can be composed at once, so that the record of the last one need not be waited for yet. */
    private boolean mayWait(CircuitBreaker.State state, ConnectionPool.Slot slot) {
        return state == CircuitBreaker.State.CLOSED && !pool.isPaced() && slot.isConnected();
    }

    private boolean mayGoOn(CircuitBreaker.State state, ConnectionPool.Slot slot) {
        return !stopping.get() && (state != CircuitBreaker.State.CLOSED || breaker.isClosed()) && !slot.isSurplus();
    }

    /** Deals with a message; whatever goes wrong with it harms no other. */
    private void attempt(Prepared current, ClaimedMessages messages, ConnectionPool.Slot slot) {
        Optional<Composed> letter = unlessItFails(current, slot, () -> composition.of(current));
        if (letter.isEmpty()) {
            return;
        }
        try {
            unlessItFails(current, slot, () -> {
                send(letter.get(), () -> goAhead(current.claimed(), messages), slot);
                return letter;
            });
        } catch (HeldBack e) {
            messages.putBack(current.claimed());
            awaitLast();
        }
    }

    /**
     * Returns when a letter may leave: the last one over this connection is recorded, and the lease still lasts. The
     * last one is recorded while this one is composed and the relay hears of it.
     */
    private void goAhead(Claimed current, ClaimedMessages messages) {
        awaitLastSoon();
        if (!messages.lasts(current)) {
            throw new HeldBack();
        }
    }

    /** Waits for the last letter's record while a relay waits; where that takes long, it is done without keeping the relay. */
    private void awaitLastSoon() {
        if (last != null && !last.isRecordedWithin(READY_FOR)) {
            throw new HeldBack();
        }
        awaitLast();
    }

    /** A letter has its turn later: the last one is not recorded yet, or this one's lease ran out meanwhile. */
    private static final class HeldBack extends RuntimeException {

        private static final long serialVersionUID = 1;

        HeldBack() {
            super("held back", null, false, false);
        }
    }

    private Optional<Composed> unlessItFails(
            Dispatch current, ConnectionPool.Slot slot, Supplier<Optional<Composed>> work) {
        try {
            return work.get();
        } catch (HeldBack e) {
            slot.hangUp();
            throw e;
        } catch (RuntimeException e) {
            slot.hangUp();
            DatabaseFailure.throwIfBehind(e);
            OutboundMessage message = current.message();
            LOG.errorf(e, "Message %d (%s %d) failed", message.id(), message.kind(), message.reference());
            composition.again(message, "failed: " + e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    private void send(Composed current, Runnable goAhead, ConnectionPool.Slot slot) {
        OutboundMessage message = current.message();
        DeliveryResult result = slot.send(current.letter(), goAhead);
        if (slot.retire()) {
            awaitLastSoon();
            if (!connected(slot) || !supply.renew(message)) {
                supply.release(message);
                return;
            }
            result = slot.send(current.letter(), goAhead);
            slot.retire();
        }
        if (result instanceof DeliveryResult.Rejected(SmtpReply reply, ReplyMeaning meaning)
                && meaning == ReplyMeaning.LOGIN) {
            // The letter is not to blame, and no other would fare better until the login is put right.
            supply.release(message);
            slot.hangUp();
            loginRefused(reply.anonymous());
            return;
        }
        heed(result, slot);
        // One that was refused before it was its turn leaves the last one's record open.
        awaitLastSoon();
        last = completer.submit(current, result);
        prefetcher.prefetch();
        if (!(result instanceof DeliveryResult.Accepted)) {
            awaitLast();
        }
    }

    /**
     * Waits until the last letter's result is durable, and draws the conclusions. While the database is away it stays
     * the last letter: no other leaves before it is recorded.
     */
    private void awaitLast() {
        if (last == null) {
            return;
        }
        boolean stays = false;
        try {
            completer.await(last, this::rest);
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
    private static void heed(DeliveryResult result, ConnectionPool.Slot slot) {
        switch (result) {
            case DeliveryResult.Accepted(String reply) -> slot.accepted();
            case DeliveryResult.Deferred(SmtpReply reply, ReplyMeaning meaning) -> {
                if (meaning == ReplyMeaning.SLOW_DOWN || meaning == ReplyMeaning.POLICY_FOR_NOW) {
                    slot.slowDown();
                }
            }
            case DeliveryResult.Rejected(SmtpReply reply, ReplyMeaning meaning) -> {}
            case DeliveryResult.Unknown(String detail) -> {}
        }
    }

    private boolean connected(ConnectionPool.Slot slot) {
        try {
            return slot.connect();
        } catch (TransportFailure e) {
            if (e.reply()
                    .map(ReplyMeaning::of)
                    .filter(ReplyMeaning.LOGIN::equals)
                    .isPresent()) {
                loginRefused(String.valueOf(e.getMessage()));
            } else {
                unreachable(String.valueOf(e.getMessage()), slot);
            }
            return false;
        }
    }

    private void loginRefused(String said) {
        reached = false;
        breaker.loginRefused(said);
        completer.relayFailed();
    }

    private void unreachable(String reason, ConnectionPool.Slot slot) {
        reached = false;
        if (slot.slowDown()) {
            LOG.warnf(
                    "The relay cannot be used: %s; letters wait, next try in %d s",
                    reason, pool.rest().toSeconds());
        }
        completer.relayFailed();
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
