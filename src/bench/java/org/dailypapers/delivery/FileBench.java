package org.dailypapers.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How large H2's file becomes while readers get the digests of some days, and how much of it is data. */
final class FileBench {

    private static final String HELP = """
            usage: ./bench file [--readers=20000] [--days=2] [--options=H2_OPTIONS]
            The options of H2 take the place of those that the service sets.""";

    private static final int PAPERS_A_DAY = 30;
    private static final int CONNECTIONS = 10;

    /** Readers in a file: its import is to end within a command's patience. */
    private static final int A_LIST = 4_000;

    private static final long A_MEGABYTE = 1_000_000;

    private final Path folder;
    private final Path file;
    private final KillableService service;
    private final CountingSink receiver = new CountingSink();
    private final AtomicLong peak = new AtomicLong();

    private FileBench(Path folder, String options) throws IOException {
        this.folder = folder;
        file = folder.resolve("data/papers.mv.db");
        service = new KillableService(folder, "quarkus-app", "prod")
                .set("DAILY_PAPERS_SMTP_HOST", "127.0.0.1")
                .set("DAILY_PAPERS_SMTP_PORT", Integer.toString(receiver.port()))
                .set("DAILY_PAPERS_SMTP_SECURITY", "none")
                .set("DAILY_PAPERS_SMTP_CONNECTIONS", Integer.toString(CONNECTIONS));
        if (!options.isEmpty()) {
            service.set("DAILY_PAPERS_H2_OPTIONS", options);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>(Map.of("--readers", "20000", "--days", "2", "--options", ""));
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (parts.length < 2 || options.replace(parts[0], parts[1]) == null) {
                System.err.println(HELP);
                System.exit(2);
            }
        }
        if (!KillableService.built("quarkus-app")) {
            System.err.println("The service is not packaged; ./run --help packages it");
            System.exit(1);
        }
        var bench = new FileBench(Files.createTempDirectory("file"), options.get("--options"));
        try {
            bench.run(Integer.parseInt(options.get("--readers")), Integer.parseInt(options.get("--days")));
        } finally {
            bench.service.close();
            bench.receiver.close();
        }
        System.exit(0);
    }

    private void run(int readers, int days) throws Exception {
        Thread.ofPlatform().daemon().start(this::watch);
        write(readers, days);
        service.command("import", "papers.jsonl");
        service.start();
        for (int i = 0; Files.exists(folder.resolve(list(i))); i++) {
            service.command("subscribers", "import", list(i));
        }
        told("readers are in");
        for (int day = 1; day <= days; day++) {
            int all = day * readers;
            long start = System.nanoTime();
            service.command("digest", "--edition=2026-01-%02d".formatted(day));
            told("day " + day + " is composed");
            RacesBench.until("all letters are sent", () -> receiver.taken() >= all);
            told(String.format(Locale.ROOT, "day %d is sent, %.0f s", day, (System.nanoTime() - start) / 1e9));
        }
        long stopping = System.nanoTime();
        service.stop();
        told(String.format(Locale.ROOT, "after the stop, which took %.1f s", (System.nanoTime() - stopping) / 1e9));
        service.start();
        Thread.sleep(60_000);
        told("a minute after the next start");
        service.kill();
        told("killed");
    }

    private void told(String when) throws IOException {
        System.out.printf(
                Locale.ROOT,
                "%s: %d MB, at most %d MB since the line before%n",
                when,
                Files.size(file) / A_MEGABYTE,
                peak.getAndSet(0) / A_MEGABYTE);
    }

    private void watch() {
        while (true) {
            try {
                Thread.sleep(100);
                long size = Files.exists(file) ? Files.size(file) : 0;
                peak.accumulateAndGet(size, Math::max);
            } catch (IOException e) {
                // It is being replaced just now.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void write(int readers, int days) throws IOException {
        String papers = IntStream.range(0, PAPERS_A_DAY * days)
                .mapToObj(i -> ("{\"id\": \"2601.%05d\", \"title\": \"On the sampling of things, part %d\","
                                + " \"abstract\": \"We sample things.\", \"authors\": [\"Ada Example\"],"
                                + " \"first_seen\": \"2026-01-%02d\", \"votes\": %d}%n")
                        .formatted(i, i, 1 + i / PAPERS_A_DAY, 10 + i))
                .collect(Collectors.joining());
        Files.writeString(folder.resolve("papers.jsonl"), papers, StandardCharsets.UTF_8);
        for (int from = 0; from < readers; from += A_LIST) {
            String lines = IntStream.range(from, Math.min(readers, from + A_LIST))
                    .mapToObj(i -> "reader" + i + "@example.test,confirmed,daily,yes,sampling,2026-01-01\n")
                    .collect(Collectors.joining("", "email,status,frequency,fill,keywords,since\n", ""));
            Files.writeString(folder.resolve(list(from / A_LIST)), lines, StandardCharsets.UTF_8);
        }
    }

    private static String list(int number) {
        return "readers-" + number + ".csv";
    }
}
