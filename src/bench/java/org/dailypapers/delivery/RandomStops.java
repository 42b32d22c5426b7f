package org.dailypapers.delivery;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.dailypapers.delivery.RaceReferee.Moment;

/** Stops processes with SIGSTOP and lets them go on with SIGCONT, each at times of its own, drawn at random. */
final class RandomStops implements Closeable {

    /** Far below an exchange's deadline: no letter may repeat because of one. */
    private static final int SHORTEST_MILLIS = 200;

    private static final int SHORT_MILLIS = 1_500;

    /** Past the deadline. */
    private static final int LONG_MILLIS = 3_000;

    private static final int LONGEST_MILLIS = 6_000;

    /** Between two stops of a process, so that what was under way in the one has ended before the other. */
    private static final int SHORTEST_RUN_MILLIS = 1_500;

    private static final int LONGEST_RUN_MILLIS = 4_000;

    private final List<Stop> stops = new CopyOnWriteArrayList<>();
    private final List<Thread> drivers = new ArrayList<>();
    private volatile boolean over;

    /** A stop that is over, and how its process stood when it began. */
    record Stop(Moment moment, Duration lasted) {}

    /** @param receivers of the processes, in their order */
    RandomStops(List<Process> processes, List<FaultySmtpServer> receivers, long seed) {
        for (int i = 0; i < processes.size(); i++) {
            int number = i;
            var random = new Random(seed * processes.size() + i);
            drivers.add(Thread.ofVirtual()
                    .start(() -> drive(processes.get(number), number, receivers.get(number), random)));
        }
    }

    List<Stop> stops() {
        return List.copyOf(stops);
    }

    private void drive(Process process, int number, FaultySmtpServer receiver, Random random) {
        try {
            while (!over && process.isAlive()) {
                Thread.sleep(random.nextInt(SHORTEST_RUN_MILLIS, LONGEST_RUN_MILLIS));
                if (over || !process.isAlive()) {
                    return;
                }
                boolean isLong = random.nextInt(3) > 0;
                int before = receiver.ledger().size();
                long begun = System.nanoTime();
                int lines;
                signal(process, "STOP");
                try {
                    lines = receiver.open();
                    Thread.sleep(
                            isLong
                                    ? random.nextInt(LONG_MILLIS, LONGEST_MILLIS)
                                    : random.nextInt(SHORTEST_MILLIS, SHORT_MILLIS));
                } finally {
                    signal(process, "CONT");
                }
                var moment = new Moment(number, before, receiver.ledger().size(), lines);
                stops.add(new Stop(moment, Duration.ofNanos(System.nanoTime() - begun)));
            }
        } catch (IOException e) {
            throw new IllegalStateException("kill cannot be called", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends a signal; returns when it was sent. A stopped process opens no more lines. */
    static void signal(Process process, String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** Returns when every process goes on. */
    @Override
    public void close() {
        over = true;
        try {
            for (Thread driver : drivers) {
                driver.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
