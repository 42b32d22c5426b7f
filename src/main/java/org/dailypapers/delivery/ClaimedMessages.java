package org.dailypapers.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Messages that this process has claimed and no worker has taken yet. Whoever finds none claims for all: one statement
 * for many workers, and one empty answer for all of them where nothing is due.
 */
final class ClaimedMessages {

    private final Outbox outbox;
    private final Clock clock;
    private final Duration lease;
    private final Duration margin;
    private final Duration poll;
    private final Supplier<List<OutboundMessage>> claim;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Claimed> ready = new ArrayDeque<>();
    private boolean empty;
    private long emptySince;

    /**
     * Messages that are claimed so.
     *
     * @param lease that they are claimed for
     * @param deadline of an exchange, that the lease is to last for
     * @param poll how long an empty answer stands
     */
    ClaimedMessages(
            Outbox outbox,
            Clock clock,
            Duration lease,
            Duration deadline,
            Duration poll,
            Supplier<List<OutboundMessage>> claim) {
        this.outbox = outbox;
        this.clock = clock;
        this.lease = lease;
        this.margin = lease.minus(deadline).dividedBy(2);
        this.poll = poll;
        this.claim = claim;
    }

    /** A message and when it was claimed, by either clock. */
    record Claimed(OutboundMessage message, Instant at, long nanos) {}

    /** Whether there is one to take; claims where there is none. */
    boolean any() {
        lock.lock();
        try {
            if (ready.isEmpty() && !(empty && System.nanoTime() - emptySince < poll.toNanos())) {
                fill();
            }
            return !ready.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void fill() {
        Instant now = clock.instant();
        long nanos = System.nanoTime();
        claim.get().forEach(message -> ready.add(new Claimed(message, now, nanos)));
        empty = ready.isEmpty();
        emptySince = System.nanoTime();
    }

    /** Takes the next one whose lease is certain to last; empty where another worker was quicker. */
    Optional<Claimed> take() {
        while (true) {
            Claimed next;
            lock.lock();
            try {
                next = ready.poll();
            } finally {
                lock.unlock();
            }
            if (next == null) {
                return Optional.empty();
            }
            if (fresh(next)) {
                return Optional.of(next);
            }
            var again = new Claimed(next.message(), clock.instant(), System.nanoTime());
            if (outbox.renew(next.message(), lease)) {
                return Optional.of(again);
            }
        }
    }

    /** The next one, where it is at hand and its lease is certain to last; claims nothing. */
    Optional<Claimed> next() {
        lock.lock();
        try {
            Claimed next = ready.peek();
            return next != null && fresh(next) ? Optional.of(ready.remove()) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Takes back a message that was not tried. */
    void putBack(Claimed untried) {
        lock.lock();
        try {
            ready.addFirst(untried);
        } finally {
            lock.unlock();
        }
    }

    /** Whether the lease outlasts an exchange by either clock: one may stand still while the machine sleeps, the other may be set. */
    private boolean fresh(Claimed claimed) {
        Duration wall = Duration.between(claimed.at(), clock.instant()).abs();
        Duration passed = Duration.ofNanos(System.nanoTime() - claimed.nanos());
        return wall.compareTo(margin) < 0 && passed.compareTo(margin) < 0;
    }

    /** Gives back what nobody has taken: another process may fare better, or a later time. What cannot be given back stays. */
    void release() {
        List<Claimed> left;
        lock.lock();
        try {
            left = List.copyOf(ready);
            ready.clear();
        } finally {
            lock.unlock();
        }
        try {
            outbox.release(left.stream().map(Claimed::message).toList());
        } catch (RuntimeException e) {
            keep(left);
            throw e;
        }
    }

    private void keep(List<Claimed> left) {
        lock.lock();
        try {
            ready.addAll(left);
        } finally {
            lock.unlock();
        }
    }
}
