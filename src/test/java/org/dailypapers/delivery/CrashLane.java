package org.dailypapers.delivery;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dailypapers.delivery.CrashReferee.Promise;
import org.dailypapers.delivery.CrashReferee.Run;

/** One service over one database, killed once a run; the next run is its restart. */
final class CrashLane implements Closeable {

    static final int CONNECTIONS = 4;
    private static final int NEWCOMERS = 6;
    private static final int MESSAGES = 3;
    private static final int THREADS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(90);
    private static final Duration STILL = Duration.ofSeconds(5);
    private static final Pattern CONFIRM = Pattern.compile("/confirm/[A-Za-z0-9._~-]+");
    private static final Pattern LEAVE = Pattern.compile("(?im)^List-Unsubscribe:.*?(/unsubscribe/[A-Za-z0-9._~-]+)");
    static final String H2 =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_ON_EXIT=FALSE";

    /** What the service keeps its things in. */
    enum Kind {
        H2("H2"),
        /** At its default WRITE_DELAY: what shows that the harness sees a loss. */
        FORGETFUL_H2("H2 with its default WRITE_DELAY"),
        POSTGRESQL("PostgreSQL");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String build() {
            return this == POSTGRESQL ? "quarkus-app-postgresql" : "quarkus-app";
        }

        @Override
        public String toString() {
            return label;
        }
    }

    private final Kind kind;
    private final Random random;
    private final CrashTrap trap = new CrashTrap();
    private final FaultySmtpServer receiver = new FaultySmtpServer();
    private final List<Closeable> open = new ArrayList<>();
    private final List<Promise> promises = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();
    private final Set<String> confirmed = new HashSet<>();
    private final Set<String> left = new HashSet<>();
    private final KillableService service;
    private final String databaseUrl;
    private int newcomers;

    CrashLane(Kind kind, Path folder, long seed) throws IOException {
        this.kind = kind;
        random = new Random(seed);
        receiver.pause(Duration.ofMillis(5));
        receiver.watch(trap);
        service = new KillableService(folder, kind.build(), kind == Kind.POSTGRESQL ? "postgresql" : "prod");
        String child;
        if (kind == Kind.POSTGRESQL) {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .start();
            open.add(postgres);
            var proxy = new PostgresProxy(postgres.getPort(), trap);
            open.add(proxy);
            databaseUrl = postgres.getJdbcUrl("postgres", "postgres");
            child = "jdbc:postgresql://127.0.0.1:" + proxy.port()
                    + "/postgres?user=postgres&sslmode=disable&gssEncMode=disable&prepareThreshold=0";
            service.set("DATABASE_URL", child);
        } else {
            var gate = new H2Gate(trap);
            open.add(gate);
            databaseUrl = "jdbc:h2:file:" + folder.resolve("data/papers") + H2;
            child = databaseUrl + (kind == Kind.H2 ? ";WRITE_DELAY=0" : "") + ";DATABASE_EVENT_LISTENER='"
                    + H2Statements.class.getName() + "'";
            service.property("crash.statements", Integer.toString(gate.port()));
        }
        service.property("quarkus.datasource.jdbc.url", child)
                .property("daily-papers.delivery.lease", "PT11S")
                .property("daily-papers.delivery.batch", "1")
                .property("daily-papers.delivery.poll", "PT0.1S")
                .set("DAILY_PAPERS_SMTP_HOST", "127.0.0.1")
                .set("DAILY_PAPERS_SMTP_PORT", Integer.toString(receiver.port()))
                .set("DAILY_PAPERS_SMTP_SECURITY", "none")
                .set("DAILY_PAPERS_SMTP_TIMEOUT", "PT2S")
                .set("DAILY_PAPERS_SMTP_CONNECTIONS", Integer.toString(CONNECTIONS))
                .set("DAILY_PAPERS_SMTP_MESSAGES", Integer.toString(MESSAGES));
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("papers.jsonl"), """
                {"id": "2601.00001", "title": "On the sampling of things", "abstract": "We sample things.", \
                "authors": ["Ada Example"], "first_seen": "2026-01-15", "votes": 11}
                {"id": "2601.00002", "title": "On the sampling of more", "abstract": "We sample more.", \
                "authors": ["Ada Example"], "first_seen": "2026-01-15", "votes": 12}
                """);
    }

    /**
     * Makes the database, brings in an edition, and has the first readers come.
     *
     * @param archived whether so many starts are to come that an archive of classes pays
     */
    void prepare(boolean archived) throws Exception {
        service.command("import", "papers.jsonl");
        if (archived) {
            service.startArchiving();
        } else {
            service.start();
        }
        int first = runs.size();
        all(comers(first));
        until(() -> confirmable().size() == NEWCOMERS, PATIENCE);
        all(confirmations(first));
        until(() -> leavable().size() == NEWCOMERS, PATIENCE);
        service.stop();
        runs.add(new Run(null, 0, receiver.connections(), 0, true));
    }

    /** One life of the service, ended at that point. */
    void run(CrashPoint point, int trial) throws Exception {
        int number = runs.size();
        service.start();
        var lines = new int[1];
        Runnable kill = () -> {
            lines[0] = receiver.open();
            service.kill();
        };
        if (point.isRequest()) {
            all(comers(number));
            until(() -> !confirmable().isEmpty(), PATIENCE);
            all(confirmations(number));
            if (point == CrashPoint.SUBSCRIBE && trial % 8 > 3) {
                all(comers(number));
                until(() -> !confirmable().isEmpty(), PATIENCE);
            }
            until(() -> !leavable().isEmpty(), PATIENCE);
            trap.arm(point, trial, 1, kill);
            request(point, trial, number).call();
            if (trial % 4 == 3) {
                trap.spring();
            }
        } else {
            trap.arm(point, trial, 1 + random.nextInt(sure(point)), kill);
            var posts = new ArrayList<Callable<Boolean>>(comers(number));
            if (point == CrashPoint.CONNECT) {
                // More letters than the lines that are open have room for.
                posts.addAll(comers(number));
            }
            posts.addAll(confirmations(number));
            all(posts);
        }
        boolean reached = trap.await(PATIENCE);
        if (!reached) {
            trap.disarm();
            kill.run();
            System.err.println(point + " on " + kind + " was not reached; the service said: " + service.said());
        }
        until(() -> receiver.open() == 0, PATIENCE);
        runs.add(new Run(point, trial, receiver.connections(), lines[0], reached));
    }

    /** How often a point is sure to be reached by the letters of a run. */
    private static int sure(CrashPoint point) {
        return switch (point) {
            // Lines that are open already carry eight of the twelve at most.
            case CONNECT -> 1;
            // One statement serves all workers; a confirmation and a digest wait for each newcomer.
            case CLAIM, COMPOSE, BEFORE_RECORD, AFTER_RECORD -> 2 * NEWCOMERS / CONNECTIONS - 1;
            default -> NEWCOMERS - 1;
        };
    }

    /** The last life: everything that waits is sent. Then the referee speaks. */
    CrashReferee.Verdict finish() throws Exception {
        service.start();
        CrashReferee referee = new CrashReferee(runs, promises);
        until(() -> referee.lost(receiver.ledger()).isEmpty(), LAST_PATIENCE);
        int before;
        do {
            before = receiver.ledger().size();
            Thread.sleep(STILL);
        } while (receiver.ledger().size() != before);
        service.stop();
        return referee.verdict(receiver.ledger(), this::withdrawn);
    }

    private boolean withdrawn(String reader) {
        try (Connection connection = DriverManager.getConnection(databaseUrl, user(), "");
                var select = connection.prepareStatement("select consent from subscriber where email_key = ?")) {
            select.setString(1, reader);
            try (var row = select.executeQuery()) {
                return row.next() && row.getString(1).equals("WITHDRAWN");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String user() {
        return kind == Kind.POSTGRESQL ? "postgres" : "";
    }

    private Callable<Boolean> request(CrashPoint point, int trial, int number) {
        if (point == CrashPoint.UNSUBSCRIBE) {
            return leaving(number);
        }
        return trial % 8 < 4 ? comer(number) : confirmations(number).getFirst();
    }

    private List<Callable<Boolean>> comers(int number) {
        var all = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < NEWCOMERS; i++) {
            all.add(comer(number));
        }
        return all;
    }

    private Callable<Boolean> comer(int number) {
        String reader = "reader" + ++newcomers + "@example.test";
        return () -> service.post("/subscribe", Map.of("email", reader))
                && keep(new Promise(number, reader, Promise.Kind.CONFIRMATION));
    }

    private List<Callable<Boolean>> confirmations(int number) {
        var all = new ArrayList<Callable<Boolean>>();
        for (FaultySmtpServer.Taken letter :
                confirmable().stream().limit(NEWCOMERS).toList()) {
            String reader = letter.recipient();
            all.add(() -> service.post(link(letter, CONFIRM).orElseThrow(), Map.of())
                    && keep(new Promise(number, reader, Promise.Kind.DIGEST)));
        }
        return all;
    }

    private Callable<Boolean> leaving(int number) {
        FaultySmtpServer.Taken letter = leavable().getFirst();
        left.add(letter.recipient());
        return () -> service.post(link(letter, LEAVE).orElseThrow(), Map.of("List-Unsubscribe", "One-Click"))
                && keep(new Promise(number, letter.recipient(), Promise.Kind.LEAVING));
    }

    private boolean keep(Promise promise) {
        synchronized (promises) {
            promises.add(promise);
            switch (promise.kind()) {
                case CONFIRMATION, LEAVING -> {}
                case DIGEST -> confirmed.add(promise.reader());
            }
        }
        return true;
    }

    /** Confirmations that were taken and whose button nobody has pressed to an answer. */
    private List<FaultySmtpServer.Taken> confirmable() {
        synchronized (promises) {
            return distinct(CONFIRM, confirmed);
        }
    }

    /** Digests whose reader has not tried to leave yet. */
    private List<FaultySmtpServer.Taken> leavable() {
        synchronized (promises) {
            return distinct(LEAVE, left);
        }
    }

    private List<FaultySmtpServer.Taken> distinct(Pattern link, Set<String> done) {
        var seen = new HashSet<>(done);
        return receiver.ledger().stream()
                .filter(letter -> !seen.contains(letter.recipient()))
                .filter(letter -> link(letter, link).isPresent())
                .filter(letter -> seen.add(letter.recipient()))
                .toList();
    }

    private static Optional<String> link(FaultySmtpServer.Taken letter, Pattern pattern) {
        // RFC 2045 §6.7: a soft line break; RFC 5322 §2.2.3: folding.
        String text = letter.text().replace("=\r\n", "").replaceAll("\r\n[ \t]", " ");
        Matcher link = pattern.matcher(text);
        return link.find() ? Optional.of(link.group(link.groupCount())) : Optional.empty();
    }

    /** Does all of it on a few threads; what a kill cuts short counts as not answered. */
    private static void all(List<Callable<Boolean>> posts) throws InterruptedException {
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (Future<Boolean> each : threads.invokeAll(posts)) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void until(Callable<Boolean> state, Duration patience) throws Exception {
        long end = System.nanoTime() + patience.toNanos();
        while (!state.call() && System.nanoTime() < end) {
            Thread.sleep(20);
        }
    }

    @Override
    public void close() throws IOException {
        service.close();
        receiver.close();
        for (Closeable each : open) {
            each.close();
        }
    }
}
