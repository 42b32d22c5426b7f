package org.dailypapers.desk.figure;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A figure that is too dear to be counted for each page: where the last count is old it is counted anew, and whoever asks
 * waits for that a moment at most, and else is given the last one. Only the first asker waits until the end.
 */
final class Kept<T> implements Supplier<T> {

    private static final Logger LOG = Logger.getLogger(Kept.class);

    private static final Duration MOMENT = Duration.ofMillis(50);

    private record Count<T>(T value, long at) {}

    private final Supplier<T> source;
    private final Duration fresh;
    private final Executor beside;
    private final LongSupplier nanoTime;
    private final AtomicBoolean counting = new AtomicBoolean();
    private volatile @Nullable Count<T> last;

    Kept(Duration fresh, Supplier<T> source) {
        this(fresh, source, work -> Thread.ofVirtual().name("desk-figures").start(work), System::nanoTime);
    }

    Kept(Duration fresh, Supplier<T> source, Executor beside, LongSupplier nanoTime) {
        this.source = source;
        this.fresh = fresh;
        this.beside = beside;
        this.nanoTime = nanoTime;
    }

    @Override
    public T get() {
        @Nullable Count<T> count = last;
        if (count == null) {
            return first();
        }
        if (nanoTime.getAsLong() - count.at() > fresh.toNanos() && counting.compareAndSet(false, true)) {
            var done = new CompletableFuture<T>();
            beside.execute(() -> {
                again();
                @Nullable Count<T> now = last;
                if (now != null) {
                    done.complete(now.value());
                }
            });
            return done.completeOnTimeout(count.value(), MOMENT.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }
        return count.value();
    }

    /** The last count; empty where there is none yet, which is then begun. */
    Optional<T> soon() {
        @Nullable Count<T> count = last;
        if (count != null) {
            return Optional.of(get());
        }
        if (counting.compareAndSet(false, true)) {
            beside.execute(this::again);
        }
        return Optional.empty();
    }

    private synchronized T first() {
        @Nullable Count<T> count = last;
        return count == null ? count() : count.value();
    }

    private T count() {
        T value = source.get();
        last = new Count<>(value, nanoTime.getAsLong());
        return value;
    }

    private void again() {
        try {
            count();
        } catch (RuntimeException e) {
            LOG.debug("A figure of the desk could not be counted; the last one stands", e);
        } finally {
            counting.set(false);
        }
    }

    /** Counts anew for the next one who asks, for something has just been done about it. */
    void forget() {
        last = null;
    }
}
