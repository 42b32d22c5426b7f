package org.dailypapers.delivery;

import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.dailypapers.Postmaster;
import org.dailypapers.delivery.RaceReferee.Moment;
import org.dailypapers.delivery.RaceReferee.Verdict;
import org.dailypapers.digest.DueReaders;

/** One process of the service that sends while its PostgreSQL is restarted again and again. */
final class DatabaseRestarts implements Closeable {

    private static final Duration PAUSE = Duration.ofMillis(40);

    /** More letters than can have been composed before a restart. */
    private static final int GOES_ON = 20;

    private final DueReaders due;
    private final QueuedDigests digests;
    private final Random random;
    private final FaultySmtpServer receiver = new FaultySmtpServer();
    private Process process;

    DatabaseRestarts(DueReaders due, long seed) {
        this.due = due;
        digests = new QueuedDigests(due);
        random = new Random(seed);
    }

    /** Whether it went on every time, and the promise was kept. */
    boolean run(int letters, int restarts) throws Exception {
        digests.compose(letters, RacesBench.PAPERS_IN_A_LETTER);
        digests.queue(letters);
        Set<String> awaited = digests.awaited();
        receiver.pause(PAUSE);
        var postmaster = new Postmaster(
                Path.of(due.texts("select current_setting('data_directory')").getFirst()));
        process = digests.start(
                receiver.port(), RacesBench.CONNECTIONS, RacesBench.SHORT_LEASE, RacesBench.SHORT_LEASE_JAVA);
        RacesBench.until("the service sends", () -> {
            digests.check(process);
            return taken() > GOES_ON;
        });
        var moments = new ArrayList<Moment>();
        var rests = new ArrayList<Double>();
        while (moments.size() < restarts && awaited.size() - taken() > 2 * GOES_ON) {
            Thread.sleep(random.nextInt(300, 2_000));
            int before = taken();
            int lines = receiver.open();
            postmaster.restart();
            long back = System.nanoTime();
            int after = taken();
            moments.add(new Moment(0, before, after, lines));
            RacesBench.until("the service goes on after restart " + moments.size(), () -> {
                digests.check(process);
                return taken() >= after + GOES_ON;
            });
            rests.add((System.nanoTime() - back) / 1e9);
        }
        RacesBench.until("all letters are sent", () -> {
            digests.hasten();
            return digests.queued() == 0;
        });
        RacesBench.still(this::taken);
        Verdict verdict = RaceReferee.verdict(awaited, List.of(receiver.ledger()), moments);
        System.out.printf(
                Locale.ROOT,
                "PostgreSQL stopped at once and started %d times; the service went on by itself %d of %d times,"
                        + " %d letters after it was back within %.1f s (median), %.1f s (longest)%n",
                moments.size(),
                rests.size(),
                restarts,
                GOES_ON,
                rests.stream().sorted().skip(rests.size() / 2).findFirst().orElse(0.0),
                rests.stream().mapToDouble(rest -> rest).max().orElse(0));
        if (moments.size() < restarts) {
            System.out.println("The letters ran out before the restarts: take more with --letters");
        }
        int starts = RacesBench.ready(Files.readString(due.said()));
        System.out.printf("Starts of the service: %d%n", starts);
        return RacesBench.told(verdict, digests.accepted()) && rests.size() == restarts && starts == 1;
    }

    private int taken() {
        return receiver.ledger().size();
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
        receiver.close();
    }
}
