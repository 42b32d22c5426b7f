package org.dailypapers.delivery;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dailypapers.delivery.FaultySmtpServer.Stage;
import org.dailypapers.delivery.SeenStatement.What;
import org.dailypapers.delivery.SeenStatement.When;

/** Kills the service when a point is reached for the so-manieth time, seen from the receiver or from the database. */
final class CrashTrap implements FaultySmtpServer.Watch, SeenStatement.Watch {

    private CrashPoint point;
    private int trial;
    private int remaining;
    private Runnable kill;
    private CountDownLatch sprung = new CountDownLatch(1);

    /**
     * @param trial chooses among the moments that one point has
     * @param times how often it is to be reached, from 1
     */
    synchronized void arm(CrashPoint point, int trial, int times, Runnable kill) {
        this.point = point;
        this.trial = trial;
        this.kill = kill;
        remaining = times;
        sprung = new CountDownLatch(1);
    }

    /** Whether the service was killed within that time. */
    boolean await(Duration patience) throws InterruptedException {
        CountDownLatch waited;
        synchronized (this) {
            waited = sprung;
        }
        return waited.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Kills now, for a point that is reached by whoever asked. */
    synchronized void spring() {
        if (remaining > 0) {
            remaining = 1;
            reached();
        }
    }

    synchronized void disarm() {
        remaining = 0;
    }

    @Override
    public synchronized void at(Stage stage) throws IOException {
        boolean hit =
                switch (stage) {
                    case BANNER -> point == CrashPoint.CONNECT;
                    case MAIL -> point == CrashPoint.MAIL;
                    case RCPT -> point == CrashPoint.RCPT;
                    case DATA -> point == CrashPoint.DATA;
                    case BODY -> point == CrashPoint.BODY;
                    case DOT -> point == CrashPoint.DOT;
                    case EHLO, STARTTLS, AUTH, RSET, NOOP, QUIT -> false;
                };
        // After the dot the receiver has taken every second letter, though its reply reaches nobody.
        if (hit && reached() && !(stage == Stage.DOT && trial % 2 == 0)) {
            throw new IOException("killed at " + point);
        }
    }

    @Override
    public synchronized void at(SeenStatement seen) {
        if (point != null && seen.equals(awaited())) {
            reached();
        }
    }

    /** The statement that the point stands for; null where the receiver sees it. */
    private SeenStatement awaited() {
        When[] all = When.values();
        return switch (point) {
            case CLAIM -> new SeenStatement(What.CLAIM, all[trial % 3]);
            case COMPOSE -> new SeenStatement(What.SUPPRESSION, When.ASKED);
            case BEFORE_RECORD -> new SeenStatement(What.RECORD, all[trial % 2]);
            case AFTER_RECORD -> new SeenStatement(What.RECORD, When.COMMITTED);
            case SUBSCRIBE ->
                trial % 4 == 3 ? null : new SeenStatement(trial % 8 < 4 ? What.REQUEST : What.CONSENT, all[trial % 4]);
            case UNSUBSCRIBE -> trial % 4 == 3 ? null : new SeenStatement(What.CONSENT, all[trial % 4]);
            case CONNECT, MAIL, RCPT, DATA, BODY, DOT -> null;
        };
    }

    private boolean reached() {
        if (remaining == 0) {
            return false;
        }
        remaining--;
        if (remaining > 0) {
            return false;
        }
        kill.run();
        sprung.countDown();
        return true;
    }
}
