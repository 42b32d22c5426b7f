package org.dailypapers.delivery;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.dailypapers.delivery.RaceReferee.Verdict;
import org.dailypapers.digest.DueReaders;

/** The packaged service while others hinder it: stopped processes, a database that restarts, a disk that is full. */
final class RacesBench {

    private static final String HELP = """
            usage: ./bench races [--processes] [--letters=10000] [--seed=1]   three processes, stopped, continued, killed
                   ./bench races --restarts=20 [--letters=10000] [--seed=1]   PostgreSQL restarted while the service sends
                   ./bench races --disk-full=5 [--seed=1]                     H2 where no room is left; needs root and mount
            The receiving SMTP server's ledger is the referee.""";

    static final int CONNECTIONS = 4;
    static final int PAPERS_IN_A_LETTER = 10;

    /** Of an exchange: three times the time-out. */
    static final Duration DEADLINE = Duration.ofSeconds(3);

    static final Map<String, String> SHORT_LEASE = Map.of("DAILY_PAPERS_SMTP_TIMEOUT", "PT1S");
    static final List<String> SHORT_LEASE_JAVA =
            List.of("-Ddaily-papers.delivery.lease=PT4S", "-Ddaily-papers.delivery.poll=PT0.1S");

    private static final Pattern READY = Pattern.compile("Daily Papers is ready");
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration STILL = Duration.ofSeconds(5);

    private RacesBench() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new TreeMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            options.put(parts[0], parts.length > 1 ? parts[1].replace("_", "") : "");
        }
        if (!List.of("--processes", "--restarts", "--disk-full", "--letters", "--seed")
                .containsAll(options.keySet())) {
            System.err.println(HELP);
            System.exit(2);
        }
        long seed = Long.parseLong(options.getOrDefault("--seed", "1"));
        int letters = Integer.parseInt(options.getOrDefault("--letters", "10000"));
        boolean kept;
        if (options.containsKey("--disk-full")) {
            kept = diskFull(number(options, "--disk-full", 5), seed);
        } else if (!DueReaders.packaged()) {
            System.err.println("The service is not packaged; ./run --help packages it");
            kept = false;
        } else {
            try (var due = new DueReaders(Files.createTempDirectory("races"))) {
                System.out.println(due.description());
                kept = options.containsKey("--restarts")
                        ? restarts(due, letters, number(options, "--restarts", 20), seed)
                        : processes(due, letters, seed);
            }
        }
        System.exit(kept ? 0 : 1);
    }

    private static int number(Map<String, String> options, String name, int fallback) {
        return options.get(name).isEmpty() ? fallback : Integer.parseInt(options.get(name));
    }

    private static boolean processes(DueReaders due, int letters, long seed) throws Exception {
        try (var race = new SharedOutboxRace(due, seed)) {
            return race.run(letters);
        }
    }

    private static boolean restarts(DueReaders due, int letters, int restarts, long seed) throws Exception {
        try (var race = new DatabaseRestarts(due, seed)) {
            return race.run(letters, restarts);
        }
    }

    private static boolean diskFull(int times, long seed) throws Exception {
        if (!SmallDisk.possible()) {
            System.err.println("A file system of its own cannot be mounted here: that needs root and mount");
            return false;
        }
        Path folder = Files.createTempDirectory("races");
        try (var race = new FullDisk(folder, seed)) {
            return race.run(times);
        }
    }

    /** Prints a verdict; whether the promise was kept. */
    static boolean told(Verdict verdict, long accepted) {
        System.out.printf(
                Locale.ROOT,
                "letters %,d, recorded as accepted %,d; readers without one: %d; repeats: %d of %d allowed, of them"
                        + " not under way at a stop: %d, with other bytes or Message-ID: %d%n%s%n",
                verdict.letters(),
                accepted,
                verdict.none(),
                verdict.repeats(),
                verdict.allowed(),
                verdict.unexplained().size(),
                verdict.different(),
                verdict.kept() ? "The promise was kept." : "THE PROMISE WAS BROKEN.");
        verdict.unexplained().forEach(copies -> System.out.println("unexplained: " + copies));
        return verdict.kept();
    }

    /** How often a service said that it was ready. */
    static int ready(String said) {
        return (int) READY.matcher(said).results().count();
    }

    /** Waits until it is so; fails after ten minutes. */
    static void until(String what, Callable<Boolean> state) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!state.call()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Not in " + PATIENCE.toMinutes() + " minutes: " + what);
            }
            Thread.sleep(200);
        }
    }

    /** Waits until no letter has come for a while. */
    static void still(IntSupplier taken) throws InterruptedException {
        int before;
        do {
            before = taken.getAsInt();
            Thread.sleep(STILL);
        } while (taken.getAsInt() != before);
    }
}
