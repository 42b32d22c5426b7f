package org.dailypapers.delivery;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.dailypapers.delivery.RaceReferee.Moment;
import org.dailypapers.delivery.RaceReferee.Verdict;
import org.dailypapers.digest.DueReaders;

/**
 * Three processes of the service that work off one outbox, are stopped and continued at random, and one of which is
 * killed in the middle. Each has a receiver of its own, so that a line tells whose it was.
 */
final class SharedOutboxRace implements Closeable {

    private static final int PROCESSES = 3;
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** What lies between the short stops and the long ones; what an exchange takes on a busy machine is far less. */
    private static final Duration LONG = RacesBench.DEADLINE.minusMillis(700);

    private final DueReaders due;
    private final QueuedDigests digests;
    private final Random random;
    private final long seed;
    private final List<FaultySmtpServer> receivers = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();

    SharedOutboxRace(DueReaders due, long seed) {
        this.due = due;
        this.seed = seed;
        digests = new QueuedDigests(due);
        random = new Random(seed);
    }

    /** Whether the promise was kept. */
    boolean run(int letters) throws Exception {
        digests.compose(letters, RacesBench.PAPERS_IN_A_LETTER);
        digests.queue(letters);
        Set<String> awaited = digests.awaited();
        digests.hold();
        for (int i = 0; i < PROCESSES; i++) {
            var receiver = new FaultySmtpServer();
            receiver.pause(PAUSE);
            receivers.add(receiver);
            processes.add(digests.start(
                    receiver.port(), RacesBench.CONNECTIONS, RacesBench.SHORT_LEASE, RacesBench.SHORT_LEASE_JAVA));
        }
        RacesBench.until("the processes are ready", () -> ready() == PROCESSES);
        long start = System.nanoTime();
        digests.hasten();
        Moment kill;
        List<RandomStops.Stop> stops;
        try (var driver = new RandomStops(processes, receivers, seed)) {
            int victim = random.nextInt(PROCESSES);
            RacesBench.until("half of the letters are sent", () -> taken() >= letters / 2);
            FaultySmtpServer receiver = receivers.get(victim);
            int before = receiver.ledger().size();
            RandomStops.signal(processes.get(victim), "STOP");
            int lines = receiver.open();
            processes.get(victim).destroyForcibly().waitFor();
            kill = new Moment(victim, before, receiver.ledger().size(), lines);
            RacesBench.until("all letters are sent", () -> {
                digests.hasten();
                return digests.queued() == 0;
            });
            driver.close();
            stops = driver.stops();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        RacesBench.still(this::taken);
        List<RandomStops.Stop> past = stops.stream()
                .filter(stop -> stop.lasted().compareTo(LONG) >= 0)
                .toList();
        var moments =
                new ArrayList<>(past.stream().map(RandomStops.Stop::moment).toList());
        moments.add(kill);
        Verdict verdict = RaceReferee.verdict(
                awaited, receivers.stream().map(FaultySmtpServer::ledger).toList(), moments);
        System.out.printf(
                Locale.ROOT,
                "%d processes, %,d letters, %.0f s: %d stops of 0.2-1.5 or 3-6 s, %d of them past an exchange's deadline;"
                        + " 1 killed with %d lines open%n",
                PROCESSES,
                letters,
                seconds,
                stops.size(),
                past.size(),
                kill.lines());
        return RacesBench.told(verdict, digests.accepted());
    }

    private long ready() throws IOException {
        for (Process process : processes) {
            digests.check(process);
        }
        return RacesBench.ready(Files.readString(due.said()));
    }

    private int taken() {
        return receivers.stream().mapToInt(receiver -> receiver.ledger().size()).sum();
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        receivers.forEach(FaultySmtpServer::close);
    }
}
