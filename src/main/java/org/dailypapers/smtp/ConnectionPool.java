package org.dailypapers.smtp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The kept-open connections to one relay, shared by all workers.
 *
 * <p>Where the relay asks to slow down, or cannot be reached, the pool halves and rests; letter by letter that it takes
 * again, the pool grows back.
 */
public final class ConnectionPool implements AutoCloseable {

    /** How long a connection is kept that nobody uses; servers close such lines, most of them after minutes. */
    public static final Duration KEPT_IDLE = Duration.ofSeconds(5);

    /** Letters taken in a row after which the pool grows by one connection. */
    static final int GROWS_AFTER = 10;

    private static final Duration FIRST_REST = Duration.ofSeconds(1);
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);
    private static final long A_LOOK_MILLIS = 100;

    private final MailTransport transport;
    private final Pace pace;
    private final LongSupplier time;
    private final Deque<Idle> idle = new ArrayDeque<>();
    private int allowed;
    private int taken;
    private int takenInARow;
    private long shrinks;
    private Duration rest = Duration.ZERO;
    private long restsUntil;
    private long nextLetter;

    private record Idle(MailTransport.MailConnection connection, long since) {}

    public ConnectionPool(MailTransport transport, Pace pace) {
        this(transport, pace, System::nanoTime);
    }

    /** @param time in nanoseconds, as {@link System#nanoTime} */
    ConnectionPool(MailTransport transport, Pace pace, LongSupplier time) {
        this.transport = transport;
        this.pace = pace;
        this.time = time;
        this.allowed = pace.connections();
        this.restsUntil = time.getAsLong();
        this.nextLetter = restsUntil;
    }

    /** A slot of the pool, for one worker at a time; it holds a connection once it is connected. */
    public final class Slot implements AutoCloseable {

        private MailTransport.@Nullable MailConnection connection;
        private long began;

        /** Takes an idle connection or opens one, if it holds none; false where the pool has come to rest meanwhile. */
        public boolean connect() throws TransportFailure {
            if (!began()) {
                return false;
            }
            if (connection != null && connection.carried() >= pace.messages()) {
                hangUp();
            }
            if (connection == null) {
                connection = fromIdle().orElse(null);
            }
            if (connection == null) {
                connection = transport.open();
            }
            return true;
        }

        /** Whether it holds a connection that may carry another letter, so that {@link #connect} would do nothing. */
        public boolean isConnected() {
            return connection != null && connection.carried() < pace.messages();
        }

        /** Hands a letter over as {@link MailTransport.MailConnection#send}; not before {@link #connect}. */
        public DeliveryResult send(Letter letter, Runnable goAhead) {
            began();
            return connected().send(letter, goAhead);
        }

        private MailTransport.MailConnection connected() {
            return Objects.requireNonNull(connection, "not connected");
        }

        /** Closes a line that the letter found closed, or that can carry no other; whether the letter goes out anew. */
        public boolean retire() {
            boolean stale = connected().stale();
            if (stale || !connected().usable()) {
                hangUp();
            }
            return stale;
        }

        /** Whether the pool has no room left for this slot, or rests. */
        public boolean isSurplus() {
            synchronized (ConnectionPool.this) {
                return taken > allowed || resting();
            }
        }

        public void accepted() {
            grow();
        }

        /**
         * The relay wants fewer letters at once. What exchanges say that began before the last time counts once.
         *
         * @return whether it counted
         */
        public boolean slowDown() {
            synchronized (ConnectionPool.this) {
                boolean counts = began == shrinks;
                if (counts) {
                    shrink();
                }
                return counts;
            }
        }

        /** Notes that an exchange begins; one that begins while the pool rests has nothing new to say. */
        private boolean began() {
            synchronized (ConnectionPool.this) {
                if (resting()) {
                    return false;
                }
                began = shrinks;
                return true;
            }
        }

        public void hangUp() {
            if (connection != null) {
                connection.close();
                connection = null;
            }
        }

        /** Gives the slot back, and its connection to whoever needs one next. */
        @Override
        public void close() {
            if (!isConnected()) {
                hangUp();
            }
            giveBack(connection);
        }
    }

    /** Waits for a slot; none where work is to stop. */
    public synchronized Optional<Slot> acquire(AtomicBoolean stopping) {
        while (!stopping.get()) {
            if (taken < allowed && !resting()) {
                taken++;
                return Optional.of(new Slot());
            }
            if (!waited(A_LOOK_MILLIS)) {
                stopping.set(true);
            }
        }
        return Optional.empty();
    }

    /** Whether letters have to wait for each other. */
    public boolean isPaced() {
        return !Double.isInfinite(pace.perSecond());
    }

    /** Waits until the rate allows another letter. */
    public void pace(AtomicBoolean stopping) {
        if (!isPaced()) {
            return;
        }
        long mine = turn();
        synchronized (this) {
            for (long left = mine - time.getAsLong(); left > 0 && !stopping.get(); left = mine - time.getAsLong()) {
                if (!waited(Math.clamp(left / 1_000_000, 1, A_LOOK_MILLIS))) {
                    stopping.set(true);
                }
            }
        }
    }

    private synchronized long turn() {
        long turn = Math.max(nextLetter, time.getAsLong());
        nextLetter = turn + (long) (1e9 / pace.perSecond());
        return turn;
    }

    private boolean waited(long millis) {
        try {
            wait(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean resting() {
        return time.getAsLong() < restsUntil;
    }

    private void shrink() {
        shrinks++;
        takenInARow = 0;
        allowed = Math.max(1, allowed / 2);
        rest = rest.isZero() ? FIRST_REST : rest.multipliedBy(2);
        rest = rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
        restsUntil = time.getAsLong() + rest.toNanos();
    }

    private synchronized void grow() {
        rest = Duration.ZERO;
        if (allowed < pace.connections() && ++takenInARow >= GROWS_AFTER) {
            takenInARow = 0;
            allowed++;
            notifyAll();
        }
    }

    private synchronized void giveBack(MailTransport.@Nullable MailConnection connection) {
        taken--;
        if (connection != null) {
            idle.push(new Idle(connection, time.getAsLong()));
        }
        notifyAll();
    }

    private Optional<MailTransport.MailConnection> fromIdle() {
        hangUpIdle(KEPT_IDLE);
        synchronized (this) {
            return Optional.ofNullable(idle.poll()).map(Idle::connection);
        }
    }

    /** Closes what has been idle for longer. */
    public void hangUpIdle(Duration longer) {
        List<Idle> old = new ArrayList<>();
        synchronized (this) {
            long limit = time.getAsLong() - longer.toNanos();
            idle.removeIf(each -> each.since() <= limit && old.add(each));
        }
        old.forEach(each -> each.connection().close());
    }

    /** How long the relay is left alone after it asked to slow down; zero where it did not since it last took a letter. */
    public synchronized Duration rest() {
        return rest;
    }

    /** How many connections the pool may have at present. */
    public synchronized int allowed() {
        return allowed;
    }

    /** Closes every idle connection. */
    @Override
    public void close() {
        hangUpIdle(Duration.ZERO);
    }
}
