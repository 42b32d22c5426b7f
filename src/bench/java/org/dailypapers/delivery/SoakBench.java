package org.dailypapers.delivery;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.dailypapers.PageLoad;
import org.dailypapers.Postmaster;
import org.dailypapers.delivery.FaultySmtpServer.Fault;
import org.dailypapers.delivery.FaultySmtpServer.Stage;
import org.dailypapers.delivery.RaceReferee.Moment;
import org.dailypapers.delivery.RaceReferee.Verdict;
import org.dailypapers.digest.DueReaders;

/** The packaged service for half an hour: letters go out, something fails every half minute, and people read pages. */
final class SoakBench {

    private static final String HELP = """
            usage: ./bench soak [--minutes=30] [--pages=300] [--letters=15]   pages and letters a second""";

    private static final int PAPERS_IN_A_LETTER = 3;
    private static final int CONNECTIONS = 4;
    private static final Duration BETWEEN_FAULTS = Duration.ofSeconds(30);

    private static final Duration AWAY = Duration.ofSeconds(5);

    /** After so long what a fault has kept from being recorded has been tried again. */
    private static final Duration FAULT = Duration.ofSeconds(12);

    /** The heap is collected whole once in so many faults: that stops everything for a moment. */
    private static final int FAULTS_A_COLLECTION = 10;

    private final DueReaders due;
    private final QueuedDigests digests;
    private final FaultySmtpServer receiver = new FaultySmtpServer();
    private final List<Moment> moments = new ArrayList<>();
    private final Map<String, Integer> faults = new TreeMap<>();
    private Postmaster postmaster;

    private SoakBench(DueReaders due) {
        this.due = due;
        digests = new QueuedDigests(due);
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, Integer> options = new HashMap<>(Map.of("--minutes", 30, "--pages", 300, "--letters", 15));
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (parts.length < 2 || options.replace(parts[0], Integer.valueOf(parts[1])) == null) {
                System.err.println(HELP);
                System.exit(2);
            }
        }
        if (!DueReaders.packaged()) {
            System.err.println("The service is not packaged; ./run --help packages it");
            System.exit(1);
        }
        boolean kept;
        try (var due = new DueReaders(Files.createTempDirectory("soak"))) {
            kept = new SoakBench(due).run(options.get("--minutes"), options.get("--pages"), options.get("--letters"));
        }
        System.exit(kept ? 0 : 1);
    }

    private boolean run(int minutes, int pages, int letters) throws Exception {
        int all = minutes * 60 * letters;
        digests.compose(all, PAPERS_IN_A_LETTER);
        digests.queue(all);
        Set<String> awaited = digests.awaited();
        digests.hold();
        postmaster = new Postmaster(
                Path.of(due.texts("select current_setting('data_directory')").getFirst()));
        var heap = new LiveHeap();
        int port = QueuedDigests.free();
        Process process = digests.start(
                receiver.port(),
                CONNECTIONS,
                Map.of(
                        "QUARKUS_HTTP_PORT",
                        Integer.toString(port),
                        "DAILY_PAPERS_SMTP_TIMEOUT",
                        "PT2S",
                        "DAILY_PAPERS_SMTP_RATE",
                        Integer.toString(letters)),
                heap.options());
        try {
            RacesBench.until("the service is ready", () -> {
                digests.check(process);
                return RacesBench.ready(Files.readString(due.said())) == 1;
            });
            List<URI> addresses = addresses(port);
            warm(addresses);
            var samples = new ArrayList<Sample>();
            digests.hasten();
            try (var load = new PageLoad(addresses, pages)) {
                long start = System.nanoTime();
                long end = start + Duration.ofMinutes(minutes).toNanos();
                for (int n = 0; System.nanoTime() < end; n++) {
                    Thread.sleep(BETWEEN_FAULTS.minus(FAULT));
                    fail(n);
                    samples.add(Sample.of(
                            process,
                            (System.nanoTime() - start) / 60e9,
                            n % FAULTS_A_COLLECTION == 0 ? Optional.of(heap.after(process)) : Optional.empty()));
                    digests.check(process);
                }
                load.close();
                told(load, samples, minutes);
                boolean quick = load.within(0.99) < 200;
                RacesBench.until("all letters are sent", () -> {
                    digests.hasten();
                    return digests.queued() == 0;
                });
                RacesBench.still(() -> receiver.ledger().size());
                Verdict verdict = RaceReferee.verdict(awaited, List.of(receiver.ledger()), moments);
                return RacesBench.told(verdict, digests.accepted()) && quick;
            }
        } finally {
            QueuedDigests.stop(process);
            receiver.close();
        }
    }

    private List<URI> addresses(int port) throws Exception {
        String edition = due.texts("select cast(max(date) as varchar) from edition where closed_at is not null")
                .getFirst();
        var paths = new ArrayList<>(List.of(
                "/",
                "/subscribe",
                "/topics",
                "/papers?q=graph",
                "/papers?q=language+model",
                "/papers?date=" + edition));
        due.texts("select public_id from paper order by id limit 14").forEach(id -> paths.add("/papers/" + id));
        return paths.stream()
                .map(path -> URI.create("http://127.0.0.1:" + port + path))
                .toList();
    }

    /** Every page is there; and the code that shows them has run. */
    private static void warm(List<URI> addresses) throws Exception {
        try (var load = new PageLoad(addresses, 100)) {
            Thread.sleep(45_000);
            load.close();
            Thread.sleep(1_000);
            if (load.failed() > 0) {
                throw new IllegalStateException(load.failed() + " of " + load.count() + " pages are not there");
            }
        }
    }

    /** Something fails, each time another thing. */
    private void fail(int n) throws Exception {
        int before = receiver.ledger().size();
        int lines = Math.max(1, receiver.open());
        String name =
                switch (n % 10) {
                    case 0 -> play("a letter is deferred", Stage.RCPT, new Fault.Says("451 4.3.0 later"));
                    case 1 -> play("the relay has had enough", Stage.MAIL, new Fault.SaysAndHangsUp("421 4.3.2 bye"));
                    case 2 -> play("a line is lost in the body", Stage.BODY, new Fault.HangsUp());
                    case 3 -> play("a line is lost after the dot", Stage.DOT, new Fault.HangsUp());
                    case 4 -> play("the relay falls silent", Stage.DATA, new Fault.Silence());
                    case 5 -> play("the relay talks nonsense", Stage.MAIL, new Fault.Says("\u0001\u0002 what?"));
                    case 6 -> play("the relay drips", Stage.DOT, new Fault.Drips(Duration.ofSeconds(1)));
                    case 7 -> leave();
                    case 8 -> cutDatabase();
                    default -> restartDatabase();
                };
        faults.merge(name, 1, Integer::sum);
        Thread.sleep(FAULT);
        moments.add(new Moment(0, before, receiver.ledger().size(), lines));
    }

    private String play(String name, Stage stage, Fault... script) {
        receiver.script(stage, script);
        return name;
    }

    private String leave() throws InterruptedException {
        receiver.goDown();
        Thread.sleep(AWAY.toMillis());
        receiver.comeUp();
        return "the relay is away";
    }

    private String cutDatabase() throws Exception {
        due.number("select count(pg_terminate_backend(pid)) from pg_stat_activity where backend_type = 'client backend'"
                + " and pid <> pg_backend_pid()");
        return "the database cuts its connections";
    }

    private String restartDatabase() throws Exception {
        postmaster.restart();
        return "the database is restarted";
    }

    /** What the process holds, so many minutes after the start; of its heap, in MB, what is still needed. */
    private record Sample(double minute, long threads, long descriptors, Optional<Integer> heap) {
        static Sample of(Process process, double minute, Optional<Integer> heap) throws IOException {
            Path proc = Path.of("/proc", Long.toString(process.pid()));
            try (Stream<Path> descriptors = Files.list(proc.resolve("fd"));
                    Stream<Path> threads = Files.list(proc.resolve("task"))) {
                return new Sample(minute, threads.count(), descriptors.count(), heap);
            }
        }
    }

    private void told(PageLoad load, List<Sample> samples, int minutes) {
        System.out.printf(
                Locale.ROOT,
                "%d minutes; faults: %s%npages: %,d, failed %d; half within %d ms, 99 %% within %d ms, 99.9 %% within"
                        + " %d ms%n%n",
                minutes,
                faults,
                load.count(),
                load.failed(),
                load.within(0.5),
                load.within(0.99),
                load.within(0.999));
        System.out.println("| minutes | heap after a full collection, MB | threads | descriptors |");
        System.out.println("|---|---|---|---|");
        int step = Math.max(1, minutes / 6);
        for (int from = 0; from < minutes; from += step) {
            int to = from + step;
            int first = from;
            List<Sample> meanwhile = samples.stream()
                    .filter(s -> s.minute() > first && s.minute() <= to)
                    .toList();
            System.out.printf(
                    "| %d to %d | %s | %s | %s |%n",
                    from,
                    to,
                    range(meanwhile.stream()
                            .flatMap(s -> s.heap().stream())
                            .mapToLong(Integer::longValue)
                            .summaryStatistics()),
                    range(meanwhile.stream().mapToLong(Sample::threads).summaryStatistics()),
                    range(meanwhile.stream().mapToLong(Sample::descriptors).summaryStatistics()));
        }
    }

    private static String range(LongSummaryStatistics statistics) {
        return statistics.getCount() == 0 ? "" : statistics.getMin() + " to " + statistics.getMax();
    }
}
