package org.dailypapers.reputation;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.dailypapers.storage.DatabaseFailure;
import org.jboss.logging.Logger;

/**
 * Tells of a database that is away, unwell or refuses: one line of log a minute, whoever meets it and however often, and
 * an alarm where somebody has to put it right or where it goes on.
 */
@ApplicationScoped
public class DatabaseTrouble {

    private static final Logger LOG = Logger.getLogger(DatabaseTrouble.class);
    private static final Duration A_LINE_EVERY = Duration.ofMinutes(1);

    /** So long it may be away, as for a restart, without an alarm. */
    private static final Duration PASSES = Duration.ofMinutes(1);

    /** After so long without a failure the next one is another trouble. */
    private static final Duration OVER = Duration.ofMinutes(5);

    private final Alarms alarms;
    private boolean known;
    private long since;
    private long last;
    private long told;
    private int untold;

    DatabaseTrouble(Alarms alarms) {
        this.alarms = alarms;
    }

    /**
     * Something failed for the database's sake; never throws.
     *
     * @param what failed and what comes of it, such as "A page failed"
     */
    public void met(String what, Throwable failure) {
        String line = what + ", for the database is away, unwell or refuses: " + DatabaseFailure.said(failure);
        boolean lasts = note(line);
        LOG.debug("Why", failure);
        if (lasts || DatabaseFailure.isRefusal(failure)) {
            alarms.raise(Alarm.DATABASE, line);
        }
    }

    /** Whether it has gone on for long. */
    private synchronized boolean note(String line) {
        long now = System.nanoTime();
        if (!known || now - last > OVER.toNanos()) {
            since = now;
        }
        last = now;
        if (!known || now - told > A_LINE_EVERY.toNanos()) {
            LOG.error(untold == 0 ? line : line + " (and " + untold + " times before, in the last minutes)");
            told = now;
            untold = 0;
        } else {
            untold++;
        }
        known = true;
        return now - since > PASSES.toNanos();
    }
}
