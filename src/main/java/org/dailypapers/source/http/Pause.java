package org.dailypapers.source.http;

import java.time.Duration;

/** A wait that tests can shorten. */
@FunctionalInterface
public interface Pause {
    /** Waits as long. */
    void last(Duration time) throws InterruptedException;
}
