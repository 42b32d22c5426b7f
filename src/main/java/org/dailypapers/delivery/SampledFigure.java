package org.dailypapers.delivery;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * A figure of the database for those who watch: read at most once in {@value #SECONDS} seconds, however often and by
 * however many it is asked for.
 */
public final class SampledFigure implements DoubleSupplier {

    static final int SECONDS = 10;

    private static final Logger LOG = Logger.getLogger(SampledFigure.class);

    private final DoubleSupplier source;
    private final LongSupplier nanoTime;
    private double value = Double.NaN;
    private long read;
    private boolean known;
    private boolean reading;

    /** @param source reads it; where that fails the figure is not a number until it is read again */
    public SampledFigure(DoubleSupplier source) {
        this(source, System::nanoTime);
    }

    SampledFigure(DoubleSupplier source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
    }

    /** The figure as it was last read; where that is long ago it is read again on the side, and nobody waits for it. */
    @Override
    public synchronized double getAsDouble() {
        if (!known) {
            keep(now());
        } else if (!reading
                && nanoTime.getAsLong() - read > Duration.ofSeconds(SECONDS).toNanos()) {
            reading = true;
            Thread.ofVirtual().name("figure").start(() -> keep(now()));
        }
        return value;
    }

    private double now() {
        try {
            return source.getAsDouble();
        } catch (RuntimeException e) {
            LOG.debug("A figure could not be read", e);
            return Double.NaN;
        }
    }

    private synchronized void keep(double figure) {
        value = figure;
        known = true;
        reading = false;
        read = nanoTime.getAsLong();
    }
}
