package org.dailypapers.delivery;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import org.dailypapers.delivery.RaceReferee.Moment;
import org.dailypapers.delivery.RaceReferee.Verdict;

/**
 * The service on H2 in a small file system that is filled up while people subscribe, and freed again; it ends by itself
 * and is started again, as a supervisor does.
 */
final class FullDisk implements Closeable {

    private static final int MEGABYTES = 24;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** A worker that failed for long rests for a minute. */
    private static final Duration ALONE = Duration.ofSeconds(90);

    private static final Duration LONGEST_FILLING = Duration.ofSeconds(30);
    private static final Duration LONGEST_FULL = Duration.ofSeconds(10);
    private static final int ENOUGH = 5;

    private final Path data;
    private final Path said;
    private final SmallDisk disk;
    private final Random random;
    private final FaultySmtpServer receiver = new FaultySmtpServer();
    private final KillableService service;

    /** @param folder for what the service says; its data are on a disk of their own below it */
    FullDisk(Path folder, long seed) throws IOException, InterruptedException {
        random = new Random(seed);
        said = folder.resolve("while-full.txt");
        data = folder.resolve("data");
        disk = new SmallDisk(data, MEGABYTES);
        service = new KillableService(folder, "quarkus-app", "prod")
                .property("daily-papers.delivery.lease", "PT4S")
                .property("daily-papers.delivery.poll", "PT0.1S")
                .set("DAILY_PAPERS_SMTP_HOST", "127.0.0.1")
                .set("DAILY_PAPERS_SMTP_PORT", Integer.toString(receiver.port()))
                .set("DAILY_PAPERS_SMTP_SECURITY", "none")
                .set("DAILY_PAPERS_SMTP_TIMEOUT", "PT1S")
                .set("DAILY_PAPERS_SMTP_CONNECTIONS", Integer.toString(RacesBench.CONNECTIONS));
    }

    /** What came of one time. */
    private record Time(boolean refused, boolean ended, boolean back, double seconds, Moment moment) {

        boolean kept() {
            return ended && back;
        }
    }

    /** Whether it ended rather than lost, and went on once there was room, every time. */
    boolean run(int times) throws Exception {
        service.start();
        var all = new ArrayList<Time>();
        Set<String> acknowledged;
        int refused;
        try (var visitors = new SteadyVisitors(service)) {
            for (int i = 1; i <= times; i++) {
                Time time = once(visitors);
                System.out.printf(
                        Locale.ROOT,
                        "full %d: refused %s, ended %s; room again: %s after %.1f s%n",
                        i,
                        time.refused(),
                        time.ended(),
                        time.back() ? "ready and answering" : "NOT BACK",
                        time.seconds());
                all.add(time);
                if (!time.back()) {
                    service.said()
                            .lines()
                            .map(line -> line.substring(0, Math.min(200, line.length())))
                            .filter(line -> !line.startsWith("\tat "))
                            .limit(80)
                            .forEach(System.out::println);
                    break;
                }
            }
            visitors.close();
            acknowledged = visitors.acknowledged();
            refused = visitors.refused();
        }
        long room = System.nanoTime();
        boolean alone = within(() -> receiver.recipients().containsAll(acknowledged), ALONE);
        System.out.printf(
                Locale.ROOT,
                "what was acknowledged is sent: %s, %.0f s after the last visitor%n",
                alone,
                (System.nanoTime() - room) / 1e9);
        service.stop();
        Files.writeString(said, service.said());
        long waited = hasten();
        service.start();
        within(() -> receiver.recipients().containsAll(acknowledged), PATIENCE);
        RacesBench.still(() -> receiver.ledger().size());
        service.stop();
        Verdict verdict = RaceReferee.verdict(
                acknowledged,
                List.of(receiver.ledger()),
                all.stream().map(Time::moment).toList());
        long kept = all.stream().filter(Time::kept).count();
        System.out.printf(
                "%d of %d; subscriptions acknowledged %d, lost %d; refused %d; letters that waited for the last start %d;"
                        + " repeats %d of %d allowed, with other bytes or Message-ID %d%n",
                kept,
                times,
                verdict.letters(),
                verdict.none(),
                refused,
                waited,
                verdict.repeats(),
                verdict.allowed(),
                verdict.different());
        return kept == times && alone && verdict.kept();
    }

    private Time once(SteadyVisitors visitors) throws Exception {
        int before = visitors.acknowledged().size();
        within(() -> visitors.acknowledged().size() >= before + ENOUGH, PATIENCE);
        int refusals = visitors.refused();
        int taken = receiver.ledger().size();
        var refused = new boolean[1];
        var ended = new boolean[1];
        within(
                () -> {
                    disk.fill();
                    refused[0] |= visitors.refused() > refusals + ENOUGH;
                    ended[0] |= service.endedWithin(Duration.ZERO);
                    return refused[0] && ended[0];
                },
                LONGEST_FILLING);
        long until = System.nanoTime() + random.nextLong(LONGEST_FULL.toNanos());
        within(
                () -> {
                    disk.fill();
                    return System.nanoTime() > until;
                },
                LONGEST_FULL);
        var moment = new Moment(0, taken, receiver.ledger().size(), RacesBench.CONNECTIONS);
        disk.empty();
        long freed = System.nanoTime();
        if (ended[0]) {
            service.start();
        }
        int then = visitors.acknowledged().size();
        boolean back = within(() -> service.ready() && visitors.acknowledged().size() >= then + ENOUGH, PATIENCE);
        return new Time(refused[0], ended[0], back, (System.nanoTime() - freed) / 1e9, moment);
    }

    /** Makes due what rests after a failure; how many letters wait. */
    private long hasten() throws Exception {
        String url = "jdbc:h2:file:" + data.resolve("papers") + CrashLane.H2 + ";WRITE_DELAY=0";
        try (var connection = DriverManager.getConnection(url, "", "");
                var update = connection.prepareStatement(
                        "update message set not_before = queued_at where state = 'QUEUED'")) {
            return update.executeUpdate();
        }
    }

    private static boolean within(Callable<Boolean> state, Duration patience) throws Exception {
        long end = System.nanoTime() + patience.toNanos();
        while (!state.call()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(100);
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        service.close();
        receiver.close();
        disk.close();
        Files.deleteIfExists(data);
    }
}
