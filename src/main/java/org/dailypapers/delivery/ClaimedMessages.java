package org.dailypapers.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.dailypapers.delivery.Dispatch.Claimed;
import org.dailypapers.delivery.Dispatch.Prefetched;
import org.dailypapers.delivery.Dispatch.Prepared;
import org.dailypapers.outbox.OutboundMessage;
import org.dailypapers.outbox.Outbox;

/**
 * Messages that this process has claimed and no worker has taken yet. Whoever finds none claims for all: one statement
 * for many workers, and one empty answer for all of them where nothing is due.
 *
 * <p>What is to leave first is claimed by itself and passes everything that is at hand, so a slow pace does not make it
 * wait for what was claimed before it was queued.
 */
final class ClaimedMessages {

    /** How long what was looked up is taken for true: a reader may leave, or be put on the suppression list, meanwhile. */
    private static final Duration TRUE_FOR = Duration.ofSeconds(1);

    private final Outbox outbox;
    private final Clock clock;
    private final Duration lease;
    private final Duration margin;
    private final Duration poll;
    private final Supplier<List<OutboundMessage>> claimFirst;
    private final Supplier<List<OutboundMessage>> claim;
    private final int few;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition claimed = lock.newCondition();
    private final Deque<Claimed> first = new ArrayDeque<>();
    private final Deque<Claimed> ready = new ArrayDeque<>();
    private final Deque<Prefetched> prefetched = new ArrayDeque<>();
    private boolean claimingFirst;
    private boolean claiming;
    private boolean empty;
    private long lookedForFirst;
    private long emptySince;

    /**
     * Messages that are claimed so.
     *
     * @param lease that they are claimed for
     * @param deadline of an exchange, that the lease is to last for
     * @param poll how long an empty answer stands, and how often what is to leave first is looked for
     * @param few at hand: more are claimed then
     * @param claimFirst what is to leave before anything that {@code claim} brings
     */
    ClaimedMessages(
            Outbox outbox,
            Clock clock,
            Duration lease,
            Duration deadline,
            Duration poll,
            int few,
            Supplier<List<OutboundMessage>> claimFirst,
            Supplier<List<OutboundMessage>> claim) {
        this.outbox = outbox;
        this.clock = clock;
        this.lease = lease;
        this.margin = lease.minus(deadline).dividedBy(2);
        this.poll = poll;
        this.few = few;
        this.claimFirst = claimFirst;
        this.claim = claim;
        lookedForFirst = System.nanoTime() - poll.toNanos();
    }

    /** Whether there is one to take; claims where few are left, while the other workers go on with those. */
    boolean any() {
        lock.lock();
        try {
            if (atHand() == 0) {
                lookForFirst();
            }
            if (!claiming && atHand() < few && !(empty && System.nanoTime() - emptySince < poll.toNanos())) {
                fill();
            }
            while (claiming && atHand() == 0) {
                claimed.awaitUninterruptibly();
            }
            return atHand() > 0;
        } finally {
            lock.unlock();
        }
    }

    private int atHand() {
        return first.size() + ready.size() + prefetched.size();
    }

    /** Claims what is to leave first, if nobody has just done so. */
    private void lookForFirst() {
        if (claimingFirst || System.nanoTime() - lookedForFirst < poll.toNanos()) {
            return;
        }
        claimingFirst = true;
        try {
            claim(claimFirst, first);
        } finally {
            claimingFirst = false;
            lookedForFirst = System.nanoTime();
        }
    }

    private void fill() {
        claiming = true;
        try {
            empty = claim(claim, ready) == 0;
            emptySince = System.nanoTime();
        } finally {
            claiming = false;
            claimed.signalAll();
        }
    }

    /** Claims while the lock is given up; how many. */
    private int claim(Supplier<List<OutboundMessage>> more, Deque<Claimed> whither) {
        Instant now = clock.instant();
        long nanos = System.nanoTime();
        List<OutboundMessage> found;
        lock.unlock();
        try {
            found = more.get();
        } finally {
            lock.lock();
        }
        found.forEach(message -> whither.add(new Claimed(message, now, nanos)));
        return found.size();
    }

    /** Takes what is to leave before everything else at hand, if there is such a message; its lease is certain to last. */
    Optional<Claimed> pollFirst() {
        lock.lock();
        try {
            lookForFirst();
        } finally {
            lock.unlock();
        }
        return lasting(first);
    }

    /** Takes the next one whose lease is certain to last; empty where another worker was quicker. */
    Optional<Claimed> poll() {
        return lasting(first).or(() -> lasting(ready));
    }

    private Optional<Claimed> lasting(Deque<Claimed> from) {
        while (true) {
            Claimed next;
            lock.lock();
            try {
                next = from.poll();
            } finally {
                lock.unlock();
            }
            if (next == null) {
                return Optional.empty();
            }
            if (lasts(next)) {
                return Optional.of(next);
            }
            var again = new Claimed(next.message(), clock.instant(), System.nanoTime());
            if (outbox.renew(next.message(), lease)) {
                return Optional.of(again);
            }
        }
    }

    /**
     * Has messages looked up, so that of those that are at hand so many are; claims nothing.
     *
     * @param look begins it
     */
    void prefetch(int most, Function<Claimed, Supplier<Prepared>> look) {
        lock.lock();
        try {
            while (prefetched.size() < most && !ready.isEmpty() && lasts(ready.peek())) {
                Claimed next = ready.poll();
                prefetched.add(new Prefetched(next, look.apply(next), System.nanoTime()));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes the next one that is being looked up, or was just now, and whose lease is certain to last. */
    Optional<Prepared> pollPrefetched() {
        return current().map(next -> next.prepared().get());
    }

    private Optional<Prefetched> current() {
        lock.lock();
        try {
            for (Prefetched next = prefetched.poll(); next != null; next = prefetched.poll()) {
                if (System.nanoTime() - next.since() < TRUE_FOR.toNanos() && lasts(next.claimed())) {
                    return Optional.of(next);
                }
                ready.addFirst(next.claimed());
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Takes back a message that was not tried, to be the next one again. */
    void putBack(Claimed untried) {
        lock.lock();
        try {
            first.addFirst(untried);
        } finally {
            lock.unlock();
        }
    }

    /** Whether the lease outlasts an exchange by either clock: one may stand still while the machine sleeps, the other may be set. */
    boolean lasts(Claimed claimed) {
        Duration wall = Duration.between(claimed.at(), clock.instant()).abs();
        Duration passed = Duration.ofNanos(System.nanoTime() - claimed.nanos());
        return wall.compareTo(margin) < 0 && passed.compareTo(margin) < 0;
    }

    /** Gives back what nobody has taken: another process may fare better, or a later time. What cannot be given back stays. */
    void release() {
        List<Claimed> left;
        lock.lock();
        try {
            first.addAll(ready);
            prefetched.forEach(next -> first.add(next.claimed()));
            left = List.copyOf(first);
            first.clear();
            ready.clear();
            prefetched.clear();
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
