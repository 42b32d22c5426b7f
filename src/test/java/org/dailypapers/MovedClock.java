package org.dailypapers;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.dailypapers.desk.ClockWatch;

/** The clock of the tests: it stands still until a test moves it, as time passes, or sets it, as people do. */
@Alternative
@Priority(1)
@Singleton
public class MovedClock extends Clock implements ClockWatch.ElapsedTime {

    /** Where it stands when a test begins that does not care. */
    public static final Instant START = Instant.parse("2026-03-02T12:00:00Z");

    private volatile Instant now = START;
    private volatile Duration set = Duration.ZERO;

    public void moveTo(String instant) {
        now = Instant.parse(instant);
    }

    public void moveTo(Instant instant) {
        now = instant;
    }

    public void move(Duration time) {
        now = now.plus(time);
    }

    /** Somebody sets the clock: no time passes. */
    public void set(String instant) {
        set = set.plus(Duration.between(now, Instant.parse(instant)));
        now = Instant.parse(instant);
    }

    /** What has passed since {@link #START} but for what was set. */
    @Override
    public Duration now() {
        return Duration.between(START, now).minus(set);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("Instants alone are read from this clock");
    }
}
