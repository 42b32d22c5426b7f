package org.dailypapers.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.dailypapers.storage.DatabaseFailure;
import org.jspecify.annotations.Nullable;

/**
 * Work that is done in one go for all that has come by then, as a database does with commits. A thread of its own does
 * it, so that whoever brings an item may go on until they need to know what came of it; that thread waits a moment for
 * company, as PostgreSQL's {@code commit_delay} does.
 *
 * <p>Where a group fails, each of it is done alone, so that one harms no other; not where the database is to blame.
 */
final class Grouped<T, R> {

    private static final int IDLE_SECONDS = 10;

    private final int most;
    private final int company;
    private final long patienceNanos;
    private final Function<List<T>, List<R>> work;
    private final Executor thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition enough = lock.newCondition();
    private List<Item<T, R>> waiting = new ArrayList<>();
    private boolean busy;

    /**
     * For groups of at most so many.
     *
     * @param name of the thread, which ends when it has had nothing to do for a while
     * @param company how many are worth being done together: those that have come are done without them after a while
     * @param patience how long that is at most
     * @param work gives as many results as it was given items, in their order
     */
    Grouped(String name, int most, int company, Duration patience, Function<List<T>, List<R>> work) {
        this.most = most;
        this.company = company;
        this.patienceNanos = patience.toNanos();
        this.work = work;
        thread = thread(name);
    }

    private static Executor thread(String name) {
        var one = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name(name).factory());
        one.allowCoreThreadTimeOut(true);
        return one;
    }

    /** What comes of an item; {@link #get} waits for it, and throws what the item failed with. */
    interface Pending<R> extends Supplier<R> {

        /** Waits at most so long; whether the item was done by then and did not fail. */
        boolean isDoneWithin(Duration time);
    }

    private static final class Item<T, R> implements Pending<R> {
        private final T item;
        private final Semaphore done = new Semaphore(0);
        /** Set before {@link #done} is released, unless there is a failure. */
        @SuppressWarnings("NullAway.Init")
        private R result;

        private @Nullable RuntimeException failure;

        Item(T item) {
            this.item = item;
        }

        @Override
        public R get() {
            done.acquireUninterruptibly();
            done.release();
            if (failure != null) {
                throw failure;
            }
            return result;
        }

        @Override
        public boolean isDoneWithin(Duration time) {
            try {
                if (!done.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
                    return false;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            done.release();
            return failure == null;
        }
    }

    /** Has the item done; what is returned waits for what came of it, and throws what it failed with. */
    Pending<R> begin(T item) {
        var mine = new Item<T, R>(item);
        lock.lock();
        try {
            waiting.add(mine);
            if (!busy) {
                busy = true;
                thread.execute(this::all);
            } else if (waiting.size() == company) {
                enough.signal();
            }
        } finally {
            lock.unlock();
        }
        return mine;
    }

    /** Returns when the item is done; throws what it failed with. */
    R of(T item) {
        return begin(item).get();
    }

    private void all() {
        for (List<Item<T, R>> group = next(); !group.isEmpty(); group = next()) {
            work(group);
            group.forEach(one -> one.done.release());
        }
    }

    /** None when nothing waits any more. */
    private List<Item<T, R>> next() {
        lock.lock();
        try {
            awaitCompany();
            List<Item<T, R>> all = waiting;
            int size = Math.min(most, all.size());
            waiting = new ArrayList<>(all.subList(size, all.size()));
            busy = size > 0;
            return all.subList(0, size);
        } finally {
            lock.unlock();
        }
    }

    private void awaitCompany() {
        long left = patienceNanos;
        try {
            while (!waiting.isEmpty() && waiting.size() < company && left > 0) {
                left = enough.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(List<Item<T, R>> group) {
        try {
            List<R> results = work.apply(group.stream().map(one -> one.item).toList());
            for (int i = 0; i < group.size(); i++) {
                group.get(i).result = results.get(i);
            }
        } catch (RuntimeException | Error e) {
            // Errors too: whoever waits for an item would wait for ever.
            if (group.size() == 1 || DatabaseFailure.isBehind(e)) {
                RuntimeException failure = e instanceof RuntimeException plain ? plain : new IllegalStateException(e);
                group.forEach(one -> one.failure = failure);
            } else {
                group.forEach(one -> work(List.of(one)));
            }
        }
    }
}
