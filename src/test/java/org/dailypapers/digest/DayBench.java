package org.dailypapers.digest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.dailypapers.matching.BenchCorpus;
import org.postgresql.PGConnection;

/**
 * The composition of a day on PostgreSQL with fsync on: from due to digests and messages that are durable.
 *
 * <p>The packaged service does it, called as {@code ./run digest}: its start is part of the time. Its processes have a
 * heap of 512 MB each.
 */
final class DayBench {

    private static final int PAPERS = 1_000;
    private static final int LINES = 50_000;
    private static final int ROWS_AT_ONCE = 20_000;

    /** A reader who gets letters on weekdays remembers twenty of them. */
    private static final int SEEN_DAYS = 20;

    private static final LocalDate EDITION = LocalDate.now(ZoneOffset.UTC).minusDays(1);

    private final EmbeddedPostgres server;
    private final Path folder;
    private final List<String> lines;
    private final BenchCorpus corpus;

    private DayBench(EmbeddedPostgres server, Path folder) throws IOException {
        this.server = server;
        this.folder = folder;
        corpus = BenchCorpus.of(PAPERS, LINES);
        lines = corpus.lines();
    }

    /** @param arguments numbers of readers; 10,000, 100,000 and 1,000,000 where none is named */
    public static void main(String[] arguments) throws Exception {
        Path jar = Path.of("target/quarkus-app-postgresql/quarkus-run.jar").toAbsolutePath();
        if (!Files.exists(jar)) {
            System.err.println("The service is not packaged; ./run --help packages it");
            System.exit(1);
        }
        int[] counts = arguments.length == 0
                ? new int[] {10_000, 100_000, 1_000_000}
                : IntStream.range(0, arguments.length)
                        .map(i -> Integer.parseInt(arguments[i].replace(",", "")))
                        .toArray();
        Path folder = Files.createTempDirectory("day-bench");
        try (var server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start()) {
            var bench = new DayBench(server, folder);
            System.out.printf(
                    Locale.ROOT,
                    "%d papers (%s), %d distinct interests, 5-10 a reader, letters of 10, %d letters remembered;"
                            + " PostgreSQL, fsync on; heap 512 MB a process%n%n",
                    PAPERS,
                    bench.corpus.name(),
                    bench.lines.size(),
                    SEEN_DAYS);
            System.out.printf(
                    "%-12s %-10s %10s %12s %14s %10s %10s%n",
                    "readers", "processes", "seconds", "µs a reader", "heap, MB used", "digests", "in order");
            Run first = bench.run(jar, counts[0], 1);
            Run last = first;
            for (int i = 1; i < counts.length; i++) {
                last = bench.run(jar, counts[i], 1);
            }
            Run shared = bench.run(jar, counts[counts.length - 1], 2);
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

    private Run run(Path jar, int readers, int processes) throws Exception {
        prepare(jar, readers);
        long start = System.nanoTime();
        var running = new ArrayList<Process>();
        for (int i = 0; i < processes; i++) {
            running.add(start(jar, folder.resolve("gc" + i + ".log"), "digest"));
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
        long digests = number("select count(*) from digest");
        orderly &= number("select count(*) from reader where next_due <= now()") == 0;
        orderly &= number("select count(*) from reader where covered <> date '" + EDITION + "'") == 0;
        orderly &= number("select count(distinct subscriber_id) from digest") == digests;
        orderly &= number("select count(*) from message m join digest d on d.id = m.reference"
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
            System.out.println(Files.readString(folder.resolve("out.txt")));
        }
        return new Run(readers, seconds);
    }

    /** The most that was left after a collection of garbage: lines such as {@code Pause Young (...) 245M->52M(512M)}. */
    private static double heapAfterCollections(Path log) throws IOException {
        var sizes = java.util.regex.Pattern.compile("->(\\d+)M\\(");
        return Files.readAllLines(log).stream()
                .map(sizes::matcher)
                .filter(java.util.regex.Matcher::find)
                .mapToDouble(m -> Double.parseDouble(m.group(1)))
                .max()
                .orElse(0);
    }

    private Process start(Path jar, Path gcLog, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Xlog:gc:file=" + gcLog,
                "--enable-native-access=ALL-UNNAMED",
                "-Dquarkus.profile=postgresql",
                "-Ddaily-papers.folder=" + folder,
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-jar",
                jar.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("out.txt").toFile()));
        Map<String, String> environment = builder.environment();
        environment.put("DATABASE_URL", server.getJdbcUrl("postgres", "postgres"));
        environment.put("DAILY_PAPERS_SECRET", "a secret of a benchmark that nobody else will ever use");
        environment.put("DAILY_PAPERS_DATA", folder.resolve("data").toString());
        return builder.start();
    }

    private void prepare(Path jar, int readers) throws Exception {
        try (Connection connection = connection()) {
            connection.createStatement().execute("drop schema public cascade; create schema public");
        }
        Path papers = folder.resolve("papers.jsonl");
        Files.writeString(papers, papers());
        Process imported = start(jar, folder.resolve("gc.log"), "import", "--date=" + EDITION, papers.toString());
        if (imported.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(folder.resolve("out.txt")));
        }
        try (Connection connection = connection()) {
            connection.createStatement().execute("update edition set history = false");
            copySubscribers(connection, readers);
            connection.createStatement().execute("vacuum analyze");
            connection.createStatement().execute("checkpoint");
        }
    }

    private String papers() throws IOException {
        var json = new ObjectMapper();
        var random = new Random(5);
        var text = new StringBuilder();
        int n = 0;
        for (BenchCorpus.Text paper : corpus.papers()) {
            var row = new HashMap<String, Object>();
            row.put("id", "2701.%05d".formatted(n++));
            row.put("title", paper.title());
            row.put("abstract", paper.summary());
            if (random.nextInt(5) == 0) {
                row.put("votes", 1 + random.nextInt(100));
            }
            text.append(json.writeValueAsString(row)).append('\n');
        }
        return text.toString();
    }

    private void copySubscribers(Connection connection, int readers) throws SQLException, IOException {
        var copy = connection.unwrap(PGConnection.class).getCopyAPI();
        var random = new Random(6);
        var zipf = new BenchCorpus.Zipf(lines.size());
        String due = Instant.now().minus(Duration.ofHours(1)).toString();
        for (int from = 1; from <= readers; from += ROWS_AT_ONCE) {
            var subscribers = new StringBuilder();
            var rows = new StringBuilder();
            for (int id = from; id < from + ROWS_AT_ONCE && id <= readers; id++) {
                String email = "reader" + id + "@example.org";
                subscribers
                        .append(String.join(
                                "\t",
                                Integer.toString(id),
                                email,
                                email,
                                "CONFIRMED",
                                "DAILY",
                                "1",
                                "0",
                                "UTC",
                                "10",
                                "t",
                                "0",
                                interests(random, zipf),
                                due,
                                due))
                        .append('\n');
                rows.append(String.join(
                                "\t",
                                Integer.toString(id),
                                EDITION.minusDays(1).toString(),
                                EDITION.toString(),
                                due,
                                seen(random)))
                        .append('\n');
            }
            copy.copyIn(
                    "copy subscriber (id, email, email_key, consent, frequency, weekday, send_hour, zone, size, fill,"
                            + " min_votes, interests, created_at, confirmed_at) from stdin",
                    new StringReader(subscribers.toString()));
            copy.copyIn(
                    "copy reader (subscriber_id, covered, last_date, next_due, seen) from stdin",
                    new StringReader(rows.toString()));
        }
    }

    private String interests(Random random, BenchCorpus.Zipf zipf) {
        var chosen = new LinkedHashSet<String>();
        for (int wanted = 5 + random.nextInt(6); chosen.size() < wanted; ) {
            chosen.add(lines.get(zipf.next(random)));
        }
        return String.join("\\n", chosen);
    }

    private static String seen(Random random) {
        Seen seen = Seen.read("");
        for (int day = 2; day < SEEN_DAYS + 2; day++) {
            long first = EDITION.minusDays(day).toEpochDay();
            long ids = 2_000_000 - day * 1_000L;
            seen.add(IntStream.range(0, 10)
                    .mapToObj(i -> new Chosen(ids + random.nextInt(1_000), first, null, 1, null, null, null, 0))
                    .toList());
        }
        return seen.write();
    }

    private long number(String query) throws SQLException {
        try (Connection connection = connection();
                ResultSet row = connection.createStatement().executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private Connection connection() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }
}
