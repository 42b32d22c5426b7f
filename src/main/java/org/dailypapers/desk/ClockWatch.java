package org.dailypapers.desk;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Notices when the machine's clock was set, by the time that passes without it; for the log and {@code /q/health/ready}.
 * Always up: the day goes by the clock as it is.
 */
@Default
@Readiness
@ApplicationScoped
public class ClockWatch implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(ClockWatch.class);

    /** Clocks are also slewed by seconds; a machine that slept looks like a clock that was set ahead. */
    private static final Duration JUMP = Duration.ofMinutes(1);

    /** How long a clock that was set has to go on before what is old by it may be thrown away. */
    private static final Duration DOUBT = Duration.ofDays(1);

    private final Clock clock;
    private final ElapsedTime elapsed;
    private Duration doubtedAt;
    private Instant lastTime;
    private Duration lastElapsed;
    private Jump last;

    ClockWatch(Clock clock, ElapsedTime elapsed) {
        this.clock = clock;
        this.elapsed = elapsed;
    }

    /** Time that passes however the clock is set; not while the machine sleeps. */
    @FunctionalInterface
    public interface ElapsedTime {
        /** How much has passed since some moment of this process. */
        Duration now();
    }

    /**
     * That the clock was set.
     *
     * @param by how far; negative where it was set back
     * @param at the new time
     */
    public record Jump(Duration by, Instant at) {}

    /** Compares the clock with the time that passed since the last look; the jump, where there was one. */
    public synchronized Optional<Jump> look() {
        Instant time = clock.instant();
        Duration passed = elapsed.now();
        Duration by = lastTime == null
                ? Duration.ZERO
                : Duration.between(lastTime, time).minus(passed.minus(lastElapsed));
        lastTime = time;
        lastElapsed = passed;
        if (by.abs().compareTo(JUMP) <= 0) {
            return Optional.empty();
        }
        last = new Jump(by, time);
        doubt();
        LOG.warn(
                last.by().isNegative()
                        ? "The clock was set back by " + words(by) + "; the day goes on by the new time"
                        : "The clock was set ahead by " + words(by)
                                + ", or the machine slept; the day goes on by the new time");
        return Optional.of(last);
    }

    /** Something else than the time that passed says that the clock may be wrong. */
    public synchronized void doubt() {
        doubtedAt = elapsed.now();
    }

    /** Whether nothing has spoken against the clock for a day. */
    public synchronized boolean trusted() {
        return doubtedAt == null || elapsed.now().minus(doubtedAt).compareTo(DOUBT) >= 0;
    }

    private static String words(Duration by) {
        Duration size = by.abs();
        return size.toDays() > 1 ? size.toDays() + " days" : size.toHours() + " h " + size.toMinutesPart() + " min";
    }

    @Override
    public synchronized HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("clock").up();
        if (last != null) {
            response.withData("last jump", (last.by().isNegative() ? "back by " : "ahead by ") + words(last.by()))
                    .withData("at", last.at().toString());
        }
        return response.build();
    }
}
