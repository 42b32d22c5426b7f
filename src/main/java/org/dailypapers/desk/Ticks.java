package org.dailypapers.desk;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.dailypapers.reputation.Alarm;
import org.dailypapers.reputation.Alarms;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * The beat of the service's day: one {@link Tick} after another on a thread of its own; another one raises an alarm where
 * a tick does not end. For {@code /q/health/ready} too, always up: pages and letters under way do not need the day.
 *
 * <p>Counted by elapsed time, so that a clock that is set back stops nothing.
 */
@Default
@Readiness
@ApplicationScoped
public class Ticks implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(Ticks.class);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

    /** Whoever waited for the start is answered before the day's work begins. */
    private static final Duration BEFORE_THE_FIRST = Duration.ofSeconds(1);

    private static final String OURS = "org.dailypapers.";

    private final Event<Tick> event;
    private final Alarms alarms;
    private final ClockWatch.ElapsedTime elapsed;
    private final Duration between;
    private ScheduledExecutorService thread;
    private ScheduledExecutorService watch;

    /** The tick at hand; null between two. */
    private volatile Running running;

    @Inject
    Ticks(Event<Tick> event, Alarms alarms, ClockWatch.ElapsedTime elapsed, DeskSettings settings) {
        this(event, alarms, elapsed, settings.tick());
    }

    Ticks(Event<Tick> event, Alarms alarms, ClockWatch.ElapsedTime elapsed, Duration between) {
        this.event = event;
        this.alarms = alarms;
        this.elapsed = elapsed;
        this.between = between;
    }

    /** It is time to look what is due. */
    public record Tick() {}

    private static final class Running {
        private final Duration since;
        private final Thread thread = Thread.currentThread();
        private boolean told;

        Running(Duration since) {
            this.since = since;
        }
    }

    /** Begins, with the first tick in a moment. */
    public synchronized void start() {
        thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("day").factory());
        Duration first = between.compareTo(BEFORE_THE_FIRST) < 0 ? between : BEFORE_THE_FIRST;
        thread.scheduleWithFixedDelay(this::tick, first.toMillis(), between.toMillis(), TimeUnit.MILLISECONDS);
        watch = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("day-watch").factory());
        watch.scheduleWithFixedDelay(
                this::look, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** One tick now, in this thread. */
    void tick() {
        running = new Running(elapsed.now());
        try {
            event.fire(new Tick());
        } catch (Exception | Error e) {
            // An executor takes what is thrown for the end of all ticks.
            LOG.error("A tick failed; the next one comes all the same", e);
        } finally {
            running = null;
        }
    }

    /** Raises an alarm, once for a tick, where it does not end. */
    void look() {
        Running tick = running;
        if (tick != null && !tick.told) {
            overdue(tick).ifPresent(words -> {
                tick.told = true;
                alarms.raise(Alarm.DAY, words + "; until it ends no papers come in and no digests are composed");
            });
        }
    }

    /** What there is to say of a tick that has lasted too long. */
    private Optional<String> overdue(Running tick) {
        Duration lasted = elapsed.now().minus(tick.since);
        if (lasted.compareTo(LONGEST) < 0) {
            return Optional.empty();
        }
        String place = Arrays.stream(tick.thread.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(OURS))
                .findFirst()
                .map(frame ->
                        " in " + frame.getClassName().replaceFirst("\\$.*", "") + " line " + frame.getLineNumber())
                .orElse("");
        return Optional.of("The day's tick has lasted for " + lasted.toMinutes() + " minutes" + place);
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("day").up();
        Running tick = running;
        if (tick != null) {
            overdue(tick).ifPresent(words -> response.withData("degraded", words));
        }
        return response.build();
    }

    /** Lets no further tick begin and waits for the one at hand, at most that long; whether it has ended. */
    public synchronized boolean stop(Duration patience) {
        if (thread == null) {
            return true;
        }
        watch.shutdown();
        thread.shutdown();
        try {
            return thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
