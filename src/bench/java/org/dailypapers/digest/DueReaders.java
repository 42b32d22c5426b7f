package org.dailypapers.digest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
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
import java.util.stream.IntStream;
import org.dailypapers.matching.BenchCorpus;
import org.postgresql.PGConnection;

/** Readers in PostgreSQL, fsync on, who are due a digest of yesterday's edition; and the packaged service over them. */
public final class DueReaders implements Closeable {

    private static final int PAPERS = 1_000;
    private static final int LINES = 50_000;
    private static final int ROWS_AT_ONCE = 20_000;

    /** A reader who gets letters on weekdays remembers twenty of them. */
    private static final int SEEN_DAYS = 20;

    /** Each reader's newest digest was delivered long ago, and its message pruned. */
    private static final long LAST_DIGEST = 1_000_000_000_000L;

    /** Closed at any hour: yesterday's may still be open in the early morning. */
    static final LocalDate EDITION = LocalDate.now(ZoneOffset.UTC).minusDays(2);

    private final EmbeddedPostgres server;
    private final Path folder;
    private final BenchCorpus corpus;
    private final List<String> lines;

    public DueReaders(Path folder) throws IOException {
        this.folder = folder;
        corpus = BenchCorpus.of(PAPERS, LINES);
        lines = corpus.lines();
        server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
    }

    /** What they and their papers are like, for people. */
    public String description() {
        return String.format(
                Locale.ROOT,
                "%d papers (%s), %d distinct interests, 5-10 a reader, %d letters remembered;"
                        + " PostgreSQL, fsync on",
                PAPERS,
                corpus.name(),
                lines.size(),
                SEEN_DAYS);
    }

    /** Whether the service has been packaged. */
    public static boolean packaged() {
        return Files.exists(jar());
    }

    private static Path jar() {
        return Path.of("target/quarkus-app-postgresql/quarkus-run.jar").toAbsolutePath();
    }

    /**
     * Starts the service.
     *
     * @param java options of its JVM
     * @param settings of its environment
     * @param arguments a command; none for the service itself
     */
    public Process start(List<String> java, Map<String, String> settings, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(java);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Dquarkus.profile=postgresql",
                "-Ddaily-papers.folder=" + folder,
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-jar",
                jar().toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(said().toFile()));
        Map<String, String> environment = builder.environment();
        environment.put("DATABASE_URL", server.getJdbcUrl("postgres", "postgres"));
        environment.put("DAILY_PAPERS_SECRET", "a secret of a benchmark that nobody else will ever use");
        environment.put("DAILY_PAPERS_DATA", folder.resolve("data").toString());
        environment.put("DAILY_PAPERS_HUGGINGFACE_URL", "http://127.0.0.1:9");
        environment.putAll(settings);
        return builder.start();
    }

    /** Where the service writes. */
    public Path said() {
        return folder.resolve("out.txt");
    }

    /** Empties the database and fills it with that many readers, who want letters of that many papers. */
    public void prepare(int readers, int size) throws Exception {
        execute("drop schema public cascade; create schema public");
        Path papers = folder.resolve("papers.jsonl");
        Files.writeString(papers, papers());
        run("import", "--date=" + EDITION, papers.toString());
        execute("update edition set history = false");
        try (Connection connection = connection()) {
            copySubscribers(connection, readers, size);
        }
        execute("vacuum analyze");
        execute("checkpoint");
    }

    /** Runs a command of the service to its end. */
    public void run(String... arguments) throws IOException, InterruptedException {
        if (start(List.of("-Xmx512m"), Map.of(), arguments).waitFor() != 0) {
            throw new IllegalStateException(Files.readString(said()));
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

    private void copySubscribers(Connection connection, int readers, int size) throws SQLException, IOException {
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
                                email,
                                "CONFIRMED",
                                "DAILY",
                                "1",
                                "0",
                                "UTC",
                                Integer.toString(size),
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
                                seen(random),
                                Long.toString(LAST_DIGEST + id)))
                        .append('\n');
            }
            copy.copyIn(
                    "copy subscriber (id, email, email_key, mailbox_key, consent, frequency, weekday, send_hour, zone, size, fill,"
                            + " min_votes, interests, created_at, confirmed_at) from stdin",
                    new StringReader(subscribers.toString()));
            copy.copyIn(
                    "copy reader (subscriber_id, covered, last_date, next_due, seen, last_digest) from stdin",
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
                    .mapToObj(i ->
                            new Chosen(ids + random.nextInt(1_000), first, null, null, 1, null, null, null, 0, null))
                    .toList());
        }
        return seen.write();
    }

    public long number(String query) throws SQLException {
        try (Connection connection = connection();
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The first column of a query, as text. */
    public List<String> texts(String query) throws SQLException {
        try (Connection connection = connection();
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            var texts = new ArrayList<String>();
            while (row.next()) {
                texts.add(row.getString(1));
            }
            return texts;
        }
    }

    public void execute(String statements) throws SQLException {
        try (Connection connection = connection();
                var statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    private Connection connection() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
