package org.dailypapers.matching;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dailypapers.Checkout;

/**
 * {@code ./bench catalogue [--base=DIR] [--papers=N]}: papers of arXiv taken in, by this build and by the one in another
 * folder; a million made of them; search over those beside PostgreSQL's own; starts with that index and with none.
 */
public final class CatalogueBench {

    private static final String HEAP = "-Xmx256m";
    private static final int PARTS = 10;
    private static final int A_MONTH = 50_000;
    private static final int A_DAY = 400;
    private static final LocalDate FIRST_DAY = LocalDate.parse("2015-01-05");
    private static final int QUESTIONS = 400;
    private static final int WARM_UP = 150;
    private static final int RESULTS = 20;
    private static final int MOST_FOUND_SECONDS = 7_200;
    private static final Pattern WORD = Pattern.compile("[A-Za-z]{4,}");
    private static final Pattern KEPT = Pattern.compile("->(\\d+)M\\(");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path scratch;
    private final Path ours = Path.of("").toAbsolutePath();
    private final List<JsonNode> records = new ArrayList<>();

    private CatalogueBench(Path scratch) {
        this.scratch = scratch;
    }

    /** @param arguments a checkout to compare with, the number of papers */
    public static void main(String... arguments) throws Exception {
        Path base = null;
        int papers = 1_000_000;
        for (String argument : arguments) {
            String value = argument.substring(argument.indexOf('=') + 1);
            if (argument.startsWith("--base=")) {
                base = Path.of(value).toAbsolutePath();
            } else if (argument.startsWith("--papers=")) {
                papers = Integer.parseInt(value.replace(",", ""));
            } else {
                System.err.println("usage: ./bench catalogue [--base=DIR] [--papers=N]; DIR is another checkout");
                System.exit(2);
            }
        }
        var bench = new CatalogueBench(Files.createTempDirectory("catalogue"));
        try {
            bench.run(base, papers);
        } finally {
            delete(bench.scratch);
        }
    }

    private void run(Path base, int papers) throws Exception {
        Path real = ours.resolve("../shared/data/arxiv-metadata/papers.jsonl");
        if (!Files.exists(real)) {
            System.err.println("There are no papers at " + real);
            System.exit(1);
        }
        try (Stream<String> lines = Files.lines(real)) {
            for (String line : (Iterable<String>) lines::iterator) {
                records.add(JSON.readTree(line));
            }
        }
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("maintenance_work_mem", "512MB")
                .start()) {
            takeIn(base, server, real);
            Path data = scratch.resolve("million");
            make(data, papers);
            try (Connection own = ownSearch(server, papers)) {
                search(data, own);
            }
            starts(data);
        }
    }

    /* ---- The real records ---- */

    private void takeIn(Path base, EmbeddedPostgres server, Path real) throws Exception {
        Path one = scratch.resolve("one.jsonl");
        Files.writeString(one, records.getFirst() + "\n");
        System.out.printf(
                "%,d records of arXiv taken in by ./run import; a record's time without the start's%n%n%-12s %-6s %10s %12s%n",
                records.size(), "database", "build", "seconds", "µs a record");
        for (boolean embedded : new boolean[] {true, false}) {
            double before = 0;
            for (Path build : base == null ? List.of(ours) : List.of(base, ours)) {
                double start = importing(build, embedded ? null : server, one);
                double all = importing(build, embedded ? null : server, real);
                double each = (all - start) * 1e6 / (records.size() - 1);
                System.out.printf(
                        Locale.ROOT,
                        "%-12s %-6s %10.1f %12.0f%n",
                        embedded ? "H2" : "PostgreSQL",
                        build.equals(ours) ? "ours" : "base",
                        all,
                        each);
                if (build.equals(ours) && base != null) {
                    System.out.printf(Locale.ROOT, "%-12s ours to base: %.2f%n", "", each / before);
                }
                before = each;
            }
        }
    }

    /** Seconds of an import into an empty database. */
    private double importing(Path build, EmbeddedPostgres server, Path file) throws Exception {
        Path data = scratch.resolve("import");
        delete(data);
        Map<String, String> settings = Map.of();
        if (server != null) {
            try (Connection owner = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
                    var statement = owner.createStatement()) {
                statement.execute("drop database if exists imported");
                statement.execute("create database imported");
            }
            settings = Map.of(
                    "DATABASE_URL",
                    server.getJdbcUrl("postgres", "imported"),
                    "DAILY_PAPERS_SECRET",
                    "0123456789abcdef0123456789abcdef");
        }
        long begun = System.nanoTime();
        Checkout.end(new Checkout(build).start(data, "", settings, "import", "--format=jsonl", file.toString()), data);
        return seconds(begun);
    }

    /* ---- A million made of them ---- */

    private void make(Path data, int papers) throws Exception {
        System.out.printf(
                "%n%,d papers made of them, in %d parts, on H2 with a heap of 256 MB%n%n%-12s %10s %14s %14s%n",
                papers, PARTS, "papers", "seconds", "records a s", "heap used, MB");
        for (int part = 0; part < PARTS; part++) {
            int from = (int) ((long) papers * part / PARTS);
            int to = (int) ((long) papers * (part + 1) / PARTS);
            Path file = scratch.resolve("part.jsonl");
            try (BufferedWriter out = Files.newBufferedWriter(file)) {
                for (int i = from; i < to; i++) {
                    out.write(made(i).toString());
                    out.newLine();
                }
            }
            Path log = scratch.resolve("gc.log");
            Files.deleteIfExists(log);
            long begun = System.nanoTime();
            Checkout.end(
                    new Checkout(ours)
                            .start(
                                    data,
                                    HEAP + " -Xlog:gc:file=" + log,
                                    Map.of(),
                                    "import",
                                    "--format=jsonl",
                                    file.toString()),
                    data);
            double took = seconds(begun);
            System.out.printf(Locale.ROOT, "%-,12d %10.1f %,14.0f %14.0f%n", to, took, (to - from) / took, kept(log));
        }
    }

    private JsonNode made(int number) {
        ObjectNode made = records.get(number % records.size()).deepCopy();
        int month = number / A_MONTH;
        made.put("id", "%02d%02d.%05d".formatted(15 + month / 12, 1 + month % 12, number % A_MONTH + 1));
        made.put("first_seen", FIRST_DAY.plusDays(number / A_DAY).toString());
        return made;
    }

    /* ---- Search ---- */

    private Connection ownSearch(EmbeddedPostgres server, int papers) throws SQLException {
        Connection own = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
        long begun = System.nanoTime();
        try (var statement = own.createStatement()) {
            statement.execute("""
                    create table paper (id varchar primary key, title varchar, summary varchar, words tsvector
                        generated always as (setweight(to_tsvector('english', title), 'A')
                            || to_tsvector('english', summary)) stored)""");
        }
        own.setAutoCommit(false);
        try (var insert = own.prepareStatement("insert into paper (id, title, summary) values (?, ?, ?)")) {
            for (int i = 0; i < papers; i++) {
                JsonNode made = made(i);
                insert.setString(1, made.get("id").asText());
                insert.setString(2, made.get("title").asText());
                insert.setString(3, made.get("abstract").asText());
                insert.addBatch();
                if (i % 1_000 == 999 || i == papers - 1) {
                    insert.executeBatch();
                }
            }
        }
        own.commit();
        own.setAutoCommit(true);
        double loaded = seconds(begun);
        try (var statement = own.createStatement()) {
            statement.execute("create index paper_words on paper using gin (words)");
            statement.execute("vacuum analyze paper");
        }
        System.out.printf(
                Locale.ROOT,
                "%nThe same in a table of PostgreSQL: loaded in %.0f s, indexed (GIN) in %.0f s%n",
                loaded,
                seconds(begun) - loaded);
        return own;
    }

    private void search(Path data, Connection own) throws Exception {
        int port = Checkout.freePort();
        Path log = scratch.resolve("gc.log");
        Files.deleteIfExists(log);
        Process service = new Checkout(ours)
                .start(data, HEAP + " -Xlog:gc:file=" + log, Map.of("QUARKUS_HTTP_PORT", Integer.toString(port)));
        try {
            long begun = System.nanoTime();
            Checkout.await(service, data, port, "/q/health/ready");
            double ready = seconds(begun);
            Checkout.await(service, data, port, "/api/v1/papers?q=paper");
            System.out.printf(
                    Locale.ROOT,
                    "%nThe service with a heap of 256 MB: ready after %.1f s, the index made after %.0f s, %.0f MB on disk%n",
                    ready,
                    seconds(begun),
                    size(data.resolve("search")) / 1e6);
            List<String> questions = questions();
            System.out.printf(
                    "%n%d questions of one to three words or two side by side, the first %d results, ms%n%n%-40s %8s %8s %8s%n",
                    QUESTIONS, RESULTS, "", "p50", "p99", "longest");
            double[] theirs = times(questions, question -> ask(own, question));
            double[] api = times(
                    questions,
                    question -> Checkout.get(port, "/api/v1/papers?size=" + RESULTS + "&q=" + encoded(question)));
            double[] page = times(questions, question -> Checkout.get(port, "/papers?q=" + encoded(question)));
            double[] first = times(questions.subList(0, WARM_UP + 50), question -> Checkout.get(port, "/"));
            line("PostgreSQL, GIN, ts_rank", theirs);
            line("ours, /api/v1/papers over HTTP", api);
            line("ours, the page with counts, over HTTP", page);
            line("the first page of the site", first);
            System.out.printf(
                    Locale.ROOT,
                    "%nours to PostgreSQL's own: p50 %.3f, p99 %.3f · heap after a collection: %.0f MB at most%n",
                    at(api, 0.5) / at(theirs, 0.5),
                    at(api, 0.99) / at(theirs, 0.99),
                    kept(log));
        } finally {
            Checkout.stop(service);
        }
    }

    private List<String> questions() {
        var random = new Random(7);
        var questions = new ArrayList<String>();
        while (questions.size() < QUESTIONS + WARM_UP) {
            List<String> words = WORD.matcher(records.get(random.nextInt(records.size()))
                            .get("title")
                            .asText())
                    .results()
                    .map(found -> found.group().toLowerCase(Locale.ROOT))
                    .toList();
            int count = 1 + random.nextInt(3);
            if (words.size() > count) {
                int at = random.nextInt(words.size() - count);
                String plain = String.join(" ", words.subList(at, at + count));
                questions.add(count == 2 && random.nextBoolean() ? '"' + plain + '"' : plain);
            }
        }
        return questions;
    }

    private interface Question {
        void ask(String words) throws Exception;
    }

    /** Of those after the warm-up, in order of size, in milliseconds. */
    private static double[] times(List<String> questions, Question asked) throws Exception {
        double[] times = new double[questions.size() - WARM_UP];
        for (int i = 0; i < questions.size(); i++) {
            long begun = System.nanoTime();
            asked.ask(questions.get(i));
            if (i >= WARM_UP) {
                times[i - WARM_UP] = seconds(begun) * 1_000;
            }
        }
        Arrays.sort(times);
        return times;
    }

    private static void ask(Connection own, String words) throws SQLException {
        try (var query = own.prepareStatement("""
                select id
                from paper, websearch_to_tsquery('english', ?) asked
                where words @@ asked
                order by ts_rank(words, asked) desc
                limit 20""")) {
            query.setString(1, words);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    rows.getString(1);
                }
            }
        }
    }

    private static void line(String what, double[] times) {
        System.out.printf(
                Locale.ROOT,
                "%-40s %8.1f %8.1f %8.1f%n",
                what,
                at(times, 0.5),
                at(times, 0.99),
                times[times.length - 1]);
    }

    private static double at(double[] sorted, double share) {
        return sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
    }

    /* ---- Starts ---- */

    private void starts(Path data) throws Exception {
        System.out.printf("%n%-34s %10s %12s%n", "start", "ready s", "search s");
        for (int round = 0; round < 3; round++) {
            start("with an empty database", scratch.resolve("empty"));
            start("with that catalogue and index", data);
        }
    }

    private void start(String what, Path data) throws Exception {
        int port = Checkout.freePort();
        long begun = System.nanoTime();
        Process service = new Checkout(ours).start(data, HEAP, Map.of("QUARKUS_HTTP_PORT", Integer.toString(port)));
        try {
            Checkout.await(service, data, port, "/q/health/ready");
            double ready = seconds(begun);
            Checkout.await(service, data, port, "/api/v1/papers?q=paper");
            System.out.printf(Locale.ROOT, "%-34s %10.2f %12.2f%n", what, ready, seconds(begun));
        } finally {
            Checkout.stop(service);
        }
    }

    private static String encoded(String words) {
        return URLEncoder.encode(words, StandardCharsets.UTF_8);
    }

    /** The most that was left after a collection of garbage, in MB. */
    private static double kept(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .map(KEPT::matcher)
                .filter(Matcher::find)
                .mapToDouble(m -> Double.parseDouble(m.group(1)))
                .max()
                .orElse(0);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(p -> p.toFile().length())
                    .sum();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        }
    }
}
