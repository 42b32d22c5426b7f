package org.dailypapers.site.answer;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The part of the database's connections that whoever asks for letters may hold, so that reading and leaving keep theirs
 * where a table is locked or the database is slow.
 */
@ApplicationScoped
public class SignUpShare {

    /** Of twenty connections. */
    static final int MOST = 8;

    private static final long PATIENCE_MILLIS = 500;

    private final Semaphore places = new Semaphore(MOST);

    /** All places are taken, and stay so for longer than such work takes. */
    static final class Full extends RuntimeException {

        private static final long serialVersionUID = 1;

        Full() {
            super("too many sign up at once", null, false, false);
        }
    }

    /** Does the work in one of the places; throws {@link Full} where none becomes free in time. */
    public <T> T take(Supplier<T> work) {
        if (!acquired()) {
            throw new Full();
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    /** As the other one, for work without a result. */
    public void take(Runnable work) {
        take(() -> {
            work.run();
            return null;
        });
    }

    private boolean acquired() {
        try {
            return places.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
