package org.dailypapers;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The clock of the tests: it stands still until a test moves it. */
@Alternative
@Priority(1)
@Singleton
public class MovedClock extends Clock {

    /** Where it stands when a test begins that does not care. */
    public static final Instant START = Instant.parse("2026-03-02T12:00:00Z");

    private volatile Instant now = START;

    public void moveTo(String instant) {
        now = Instant.parse(instant);
    }

    public void moveTo(Instant instant) {
        now = instant;
    }

    public void move(Duration time) {
        now = now.plus(time);
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
