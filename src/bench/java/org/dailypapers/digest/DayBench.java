package org.dailypapers.digest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The composition of a day on PostgreSQL with fsync on: from due to digests and messages that are durable.
 *
 * <p>The packaged service does it, called as {@code ./run digest}: its start is part of the time. Its processes have a
 * heap of 512 MB each.
 */
final class DayBench {

    private static final int PAPERS = 10;

    private final DueReaders due;
    private final Path folder;

    private DayBench(DueReaders due, Path folder) {
        this.due = due;
        this.folder = folder;
    }

    /** @param arguments numbers of readers; 10,000, 100,000 and 1,000,000 where none is named */
    public static void main(String[] arguments) throws Exception {
        if (!DueReaders.packaged()) {
            System.err.println("The service is not packaged; ./run --help packages it");
            System.exit(1);
        }
        int[] counts = arguments.length == 0
                ? new int[] {10_000, 100_000, 1_000_000}
                : IntStream.range(0, arguments.length)
                        .map(i -> Integer.parseInt(arguments[i].replace(",", "")))
                        .toArray();
        Path folder = Files.createTempDirectory("day-bench");
        try (var due = new DueReaders(folder)) {
            var bench = new DayBench(due, folder);
            System.out.printf("%s; letters of %d; heap 512 MB a process%n%n", due.description(), PAPERS);
            System.out.printf(
                    "%-12s %-10s %10s %12s %14s %10s %10s%n",
                    "readers", "processes", "seconds", "µs a reader", "heap, MB used", "digests", "in order");
            Run first = bench.run(counts[0], 1);
            Run last = first;
            for (int i = 1; i < counts.length; i++) {
                last = bench.run(counts[i], 1);
            }
            Run shared = bench.run(counts[counts.length - 1], 2);
            System.out.printf(
                    Locale.ROOT,
                    "%nA reader's cost, %,d to %,d readers: %.2f · two processes to one: %.2f of the time%n",
                    last.readers(),
                    first.readers(),
                    last.seconds() / last.readers() / (first.seconds() / first.readers()),
                    shared.seconds() / last.seconds());
        }
    }

    private record Run(int readers, double seconds) {}

    private Run run(int readers, int processes) throws Exception {
        due.prepare(readers, PAPERS);
        long start = System.nanoTime();
        var running = new ArrayList<Process>();
        for (int i = 0; i < processes; i++) {
            String log = "-Xlog:gc:file=" + folder.resolve("gc" + i + ".log");
            running.add(due.start(List.of("-Xmx512m", log), Map.of(), "digest"));
        }
        boolean orderly = true;
        for (Process process : running) {
            if (!process.waitFor(20, TimeUnit.MINUTES)) {
                running.forEach(Process::destroyForcibly);
                throw new IllegalStateException("Composing for " + readers + " readers took more than 20 minutes");
            }
            orderly &= process.exitValue() == 0;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long digests = due.number("select count(*) from digest");
        orderly &= due.number("select count(*) from reader where next_due <= now()") == 0;
        orderly &= due.number("select count(*) from reader where covered <> date '" + DueReaders.EDITION + "'") == 0;
        orderly &= due.number("select count(distinct subscriber_id) from digest") == digests;
        orderly &= due.number("select count(*) from message m join digest d on d.id = m.reference"
                        + " where m.kind = 'digest' and m.state = 'QUEUED'")
                == digests;
        double heap = 0;
        for (int i = 0; i < processes; i++) {
            heap = Math.max(heap, heapAfterCollections(folder.resolve("gc" + i + ".log")));
        }
        System.out.printf(
                Locale.ROOT,
                "%-,12d %-10d %10.1f %12.1f %14.0f %,10d %10s%n",
                readers,
                processes,
                seconds,
                seconds * 1e6 / readers,
                heap,
                digests,
                orderly ? "yes" : "NO");
        if (!orderly) {
            System.out.println(Files.readString(due.said()));
        }
        return new Run(readers, seconds);
    }

    /** The most that was left after a collection of garbage: lines such as {@code Pause Young (...) 245M->52M(512M)}. */
    private static double heapAfterCollections(Path log) throws IOException {
        var sizes = Pattern.compile("->(\\d+)M\\(");
        return Files.readAllLines(log).stream()
                .map(sizes::matcher)
                .filter(Matcher::find)
                .mapToDouble(m -> Double.parseDouble(m.group(1)))
                .max()
                .orElse(0);
    }
}
