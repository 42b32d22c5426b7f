package org.dailypapers.desk;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The beat of the service's day: one {@link Tick} after another on a thread of its own.
 *
 * <p>Counted by elapsed time, so that a clock that is set back stops nothing.
 */
@ApplicationScoped
public class Ticks {

    private static final Logger LOG = Logger.getLogger(Ticks.class);

    private final Event<Tick> event;
    private final Duration between;
    private ScheduledExecutorService thread;

    Ticks(Event<Tick> event, @ConfigProperty(name = "daily-papers.tick", defaultValue = "60s") Duration between) {
        this.event = event;
        this.between = between;
    }

    /** It is time to look what is due. */
    public record Tick() {}

    /** Begins, with the first tick at once. */
    public synchronized void start() {
        thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("day").factory());
        thread.scheduleWithFixedDelay(this::tick, 0, between.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tick() {
        try {
            event.fire(new Tick());
        } catch (Exception | Error e) {
            // An executor takes what is thrown for the end of all ticks.
            LOG.error("A tick failed; the next one comes all the same", e);
        }
    }

    /** Lets no further tick begin and waits for the one at hand, at most that long; whether it has ended. */
    public synchronized boolean stop(Duration patience) {
        thread.shutdown();
        try {
            return thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
