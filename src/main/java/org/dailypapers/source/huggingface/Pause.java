package org.dailypapers.source.huggingface;

import java.time.Duration;

/** A wait that tests can shorten. */
@FunctionalInterface
interface Pause {
    /** Waits as long. */
    void last(Duration time) throws InterruptedException;
}
