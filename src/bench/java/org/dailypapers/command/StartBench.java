package org.dailypapers.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.dailypapers.Checkout;

/**
 * {@code ./bench start --base=DIR}: starts of this build and of the one in another folder in turn, each by its own
 * {@code ./run} on a copy of the same embedded database: when it is ready, what that costs, and what a first page takes.
 */
public final class StartBench {

    private static final int ROUNDS = 10;
    private static final int REST_SECONDS = 60;
    private static final int LONGEST_SECONDS = 300;
    private static final int BETWEEN_LOOKS_MILLIS = 20;
    private static final int READ_MILLIS = 120_000;

    private final Path scratch;
    private final int restSeconds;

    private StartBench(Path scratch, int restSeconds) {
        this.scratch = scratch;
        this.restSeconds = restSeconds;
    }

    /** What one start took: seconds to be ready, of CPU till then, MB after a minute, milliseconds of the first page. */
    private record Start(double ready, double cpu, double resident, double page) {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        Path base = null;
        int rounds = ROUNDS;
        int rest = REST_SECONDS;
        for (String argument : arguments) {
            String value = argument.substring(argument.indexOf('=') + 1);
            if (argument.startsWith("--base=")) {
                base = Path.of(value).toAbsolutePath();
            } else if (argument.startsWith("--rounds=")) {
                rounds = Integer.parseInt(value);
            } else if (argument.startsWith("--rest=")) {
                rest = Integer.parseInt(value);
            } else {
                base = null;
                break;
            }
        }
        if (base == null || !Files.isExecutable(base.resolve("run"))) {
            System.err.println(
                    "usage: ./bench start --base=DIR [--rounds=N] [--rest=SECONDS]; DIR is another checkout");
            System.exit(2);
        }
        new StartBench(Files.createTempDirectory("start"), rest)
                .compare(base, Path.of("").toAbsolutePath(), rounds);
    }

    private void compare(Path base, Path ours, int rounds) throws IOException, InterruptedException {
        // Builds what has changed, and makes what a build makes for its starts.
        for (Path checkout : List.of(base, ours)) {
            run(checkout, scratch.resolve("help"), 0, "--help").waitFor();
        }
        Path baseData = scratch.resolve("base");
        Path oursData = scratch.resolve("ours");
        start(base, baseData, 1);
        start(ours, oursData, 1);
        System.out.printf(
                "%d starts each, in turn, on H2 with the sample's papers; base: %s%n%n%-8s %-6s %8s %8s %8s %8s%n",
                rounds, base, "round", "build", "ready s", "CPU s", "RSS MB", "page ms");
        var before = new ArrayList<Start>();
        var now = new ArrayList<Start>();
        for (int round = 1; round <= rounds; round++) {
            before.add(say(round, "base", start(base, copy(baseData), restSeconds)));
            now.add(say(round, "ours", start(ours, copy(oursData), restSeconds)));
        }
        System.out.printf("%n%-34s %8s %8s %8s%n", "medians", "base", "ours", "ratio");
        line("ready, s", before, now, Start::ready);
        line("CPU of the process until ready, s", before, now, Start::cpu);
        line("resident after " + restSeconds + " s, MB", before, now, Start::resident);
        line("first page after ready, ms", before, now, Start::page);
    }

    private static Start say(int round, String build, Start start) {
        System.out.printf(
                Locale.ROOT,
                "%-8d %-6s %8.2f %8.2f %8.0f %8.0f%n",
                round,
                build,
                start.ready(),
                start.cpu(),
                start.resident(),
                start.page());
        return start;
    }

    private static void line(String what, List<Start> before, List<Start> now, ToDoubleFunction<Start> figure) {
        double base = median(before, figure);
        double ours = median(now, figure);
        System.out.printf(Locale.ROOT, "%-34s %8.2f %8.2f %8.2f%n", what, base, ours, ours / base);
    }

    private static double median(List<Start> starts, ToDoubleFunction<Start> figure) {
        double[] sorted = starts.stream().mapToDouble(figure).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private Start start(Path checkout, Path data, int rest) throws IOException, InterruptedException {
        int port = PackagedApp.freePort();
        long begun = System.nanoTime();
        Process process = run(checkout, data, port);
        try {
            while (!answers(port, "/q/health/ready")) {
                double waited = seconds(begun);
                if (!process.isAlive() || waited > LONGEST_SECONDS) {
                    throw new IllegalStateException(checkout + " did not start: " + Files.readString(log(data)));
                }
                Thread.sleep(BETWEEN_LOOKS_MILLIS);
            }
            double ready = seconds(begun);
            double cpu = Checkout.cpuSeconds(process);
            long asked = System.nanoTime();
            if (!answers(port, "/")) {
                throw new IllegalStateException("No page from " + checkout);
            }
            double page = seconds(asked) * 1_000;
            Thread.sleep(TimeUnit.SECONDS.toMillis(rest));
            return new Start(ready, cpu, residentMegabytes(process.pid()), page);
        } finally {
            process.destroy();
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    /** The launcher hands its process on to Java. */
    private static Process run(Path checkout, Path data, int port, String... arguments) throws IOException {
        return new Checkout(checkout).start(data, "", Map.of("QUARKUS_HTTP_PORT", Integer.toString(port)), arguments);
    }

    private static Path log(Path data) {
        return data.resolveSibling(data.getFileName() + ".log");
    }

    private Path copy(Path data) throws IOException {
        Path copy = scratch.resolve("data");
        if (Files.exists(copy)) {
            try (Stream<Path> old = Files.walk(copy)) {
                old.sorted(Comparator.reverseOrder()).forEach(path -> unchecked(() -> Files.delete(path)));
            }
        }
        try (Stream<Path> files = Files.walk(data)) {
            files.forEach(path -> unchecked(() -> Files.copy(path, copy.resolve(data.relativize(path)))));
        }
        return copy;
    }

    private interface Step {
        void take() throws IOException;
    }

    private static void unchecked(Step step) {
        try {
            step.take();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean answers(int port, String path) {
        try {
            var connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + path).toURL().openConnection(Proxy.NO_PROXY);
            connection.setReadTimeout(READ_MILLIS);
            if (connection.getResponseCode() != 200) {
                return false;
            }
            connection.getInputStream().readAllBytes();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static double residentMegabytes(long process) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                            .findFirst()
                            .orElseThrow()
                    / 1024.0;
        }
    }
}
