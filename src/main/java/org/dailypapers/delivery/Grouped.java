package org.dailypapers.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Work that is done in one go for all threads that wait for it at that moment, as a database does with commits: whoever
 * comes while none is at it does it for all who have come, and those who come meanwhile are done together next. Who is to
 * do it waits a moment for company, as PostgreSQL's {@code commit_delay} does.
 *
 * <p>Where a group fails, each of it is done alone, so that one harms no other.
 */
final class Grouped<T, R> {

    private final int most;
    private final int company;
    private final long patienceNanos;
    private final Function<List<T>, List<R>> work;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition enough = lock.newCondition();
    private List<Waiting<T, R>> waiting = new ArrayList<>();
    private boolean busy;

    /**
     * For groups of at most so many.
     *
     * @param company how many are worth being done together: those that have come are done without them after a while
     * @param patience how long that is at most
     * @param work gives as many results as it was given items, in their order
     */
    Grouped(int most, int company, Duration patience, Function<List<T>, List<R>> work) {
        this.most = most;
        this.company = company;
        this.patienceNanos = patience.toNanos();
        this.work = work;
    }

    private static final class Waiting<T, R> {
        private final T item;
        private final Semaphore woken = new Semaphore(0);
        private boolean leads;
        private R result;
        private RuntimeException failure;

        Waiting(T item) {
            this.item = item;
        }

        R result() {
            if (failure != null) {
                throw failure;
            }
            return result;
        }
    }

    /** Returns when the item is done; throws what it failed with. */
    R of(T item) {
        var mine = new Waiting<T, R>(item);
        lock.lock();
        try {
            waiting.add(mine);
            mine.leads = !busy;
            busy = true;
            if (waiting.size() == company) {
                enough.signal();
            }
        } finally {
            lock.unlock();
        }
        if (!mine.leads) {
            mine.woken.acquireUninterruptibly();
        }
        if (mine.leads) {
            lead();
        }
        return mine.result();
    }

    private void lead() {
        List<Waiting<T, R>> group = next();
        try {
            work(group);
        } finally {
            handOver();
            group.forEach(one -> one.woken.release());
        }
    }

    private List<Waiting<T, R>> next() {
        lock.lock();
        try {
            awaitCompany();
            List<Waiting<T, R>> all = waiting;
            int size = Math.min(most, all.size());
            waiting = new ArrayList<>(all.subList(size, all.size()));
            return all.subList(0, size);
        } finally {
            lock.unlock();
        }
    }

    private void awaitCompany() {
        try {
            long left = patienceNanos;
            while (waiting.size() < company && left > 0) {
                left = enough.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handOver() {
        lock.lock();
        try {
            busy = !waiting.isEmpty();
            if (busy) {
                Waiting<T, R> heir = waiting.getFirst();
                heir.leads = true;
                heir.woken.release();
            }
        } finally {
            lock.unlock();
        }
    }

    private void work(List<Waiting<T, R>> group) {
        try {
            List<R> results = work.apply(group.stream().map(one -> one.item).toList());
            for (int i = 0; i < group.size(); i++) {
                group.get(i).result = results.get(i);
            }
        } catch (RuntimeException e) {
            if (group.size() == 1) {
                group.getFirst().failure = e;
            } else {
                group.forEach(one -> work(List.of(one)));
            }
        }
    }
}
