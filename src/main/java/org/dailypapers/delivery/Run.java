package org.dailypapers.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The letters of one kind that leave with no long gap between, and how many of them met no mailbox. */
final class Run {

    /** A silence so long begins another run. */
    static final Duration GAP = Duration.ofHours(1);

    /** A run of fewer letters says nothing. */
    static final int LEAST = 50;

    /** Hard failures that a list of living readers does not have: one in twenty. */
    private static final int ONE_IN = 20;

    private final List<String> suppressed = new ArrayList<>();
    private Instant last = Instant.EPOCH;
    private long letters;
    private long hard;

    /** Counts a letter that was accepted or refused. */
    synchronized void count(Instant at, boolean hardFailure) {
        if (last.plus(GAP).isBefore(at)) {
            letters = 0;
            hard = 0;
            suppressed.clear();
        }
        last = at;
        letters++;
        hard += hardFailure ? 1 : 0;
    }

    /** Whether more letters than 5 % fail hard: then the fault is probably ours. */
    synchronized boolean isSuspect() {
        return letters >= LEAST && hard * ONE_IN > letters;
    }

    /** Notes that an address was suppressed, as long as the run is too short to be judged. */
    synchronized void suppressed(String address) {
        if (letters < LEAST) {
            suppressed.add(address);
        }
    }

    /** The addresses suppressed before the run could be judged; a second time none. */
    synchronized List<String> takeBack() {
        List<String> addresses = List.copyOf(suppressed);
        suppressed.clear();
        return addresses;
    }

    @Override
    public synchronized String toString() {
        return hard + " of " + letters + " letters";
    }
}
