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

    /** @param source reads it; where that fails the figure is not a number until it is read again */
    public SampledFigure(DoubleSupplier source) {
        this(source, System::nanoTime);
    }

    SampledFigure(DoubleSupplier source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized double getAsDouble() {
        if (!known || nanoTime.getAsLong() - read > Duration.ofSeconds(SECONDS).toNanos()) {
            try {
                value = source.getAsDouble();
            } catch (RuntimeException e) {
                LOG.debug("A figure could not be read", e);
                value = Double.NaN;
            }
            known = true;
            read = nanoTime.getAsLong();
        }
        return value;
    }
}
