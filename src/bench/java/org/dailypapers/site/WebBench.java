package org.dailypapers.site;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dailypapers.Checkout;
import org.dailypapers.PageLoad;

/**
 * {@code ./bench web --base=DIR [--rounds=N] [--seconds=N]}: pages asked for from this build and from the one in another
 * folder in turn: how many for a second of the service's CPU, how soon at a thousand a second, how large, and how soon a
 * change is seen.
 */
public final class WebBench {

    private static final int CONNECTIONS = 8;
    private static final int OF_THE_DAY = 60;
    private static final int OF_THE_MONTH = 10_000;
    private static final int PER_SECOND = 1_000;
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(90);

    private final Path scratch;
    private final int rounds;
    private final int seconds;
    private final LocalDate day = LocalDate.now(Clock.systemUTC()).minusDays(1);
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private WebBench(Path scratch, int rounds, int seconds) {
        this.scratch = scratch;
        this.rounds = rounds;
        this.seconds = seconds;
    }

    /** A build that runs. */
    private record Running(String name, Checkout build, Path data, Process process, int port) {}

    /** How a page is asked for. */
    private record Asked(String what, String path, String encoding, boolean again) {}

    public static void main(String... arguments) throws Exception {
        Path base = null;
        int rounds = 5;
        int seconds = 5;
        for (String argument : arguments) {
            String value = argument.substring(argument.indexOf('=') + 1);
            if (argument.startsWith("--base=")) {
                base = Path.of(value).toAbsolutePath();
            } else if (argument.startsWith("--rounds=")) {
                rounds = Integer.parseInt(value);
            } else if (argument.startsWith("--seconds=")) {
                seconds = Integer.parseInt(value);
            } else {
                base = null;
                break;
            }
        }
        if (base == null || !Files.isExecutable(base.resolve("run"))) {
            System.err.println("usage: ./bench web --base=DIR [--rounds=N] [--seconds=N]; DIR is another checkout");
            System.exit(2);
        }
        new WebBench(Files.createTempDirectory("web"), rounds, seconds)
                .compare(new Checkout(base), new Checkout(Path.of("").toAbsolutePath()));
        System.exit(0);
    }

    private void compare(Checkout base, Checkout ours) throws Exception {
        Path papers = papers();
        Running before = start("base", base, papers);
        Running now = start("ours", ours, papers);
        try {
            System.out.printf(
                    "%d papers on a day and %,d in a month, on H2; %d rounds of %d s each, %d connections; base: %s%n%n",
                    OF_THE_DAY, OF_THE_MONTH, rounds, seconds, CONNECTIONS, base.folder());
            System.out.printf(
                    "%-44s %10s %10s %7s %10s %10s%n",
                    "requests for a second of CPU, medians", "base", "ours", "ratio", "base B", "ours B");
            String edition = "/papers?date=" + day;
            for (Asked asked : List.of(
                    new Asked("an edition of 60, compressed", edition, "gzip", false),
                    new Asked("an edition of 60, plain", edition, "", false),
                    new Asked("an edition of 60, by whoever has it", edition, "gzip", true),
                    new Asked("a month of 10,000, compressed", edition + "&period=month", "gzip", false),
                    new Asked("a paper, compressed", "/papers/2501.00001", "gzip", false),
                    new Asked("the form, compressed", "/subscribe", "gzip", false))) {
                row(asked, before, now);
            }
            System.out.println();
            for (Running running : List.of(before, now, before, now)) {
                paced(running, edition);
            }
            System.out.println();
            for (Running running : List.of(before, now)) {
                changed(running, edition);
            }
        } finally {
            Checkout.stop(before.process());
            Checkout.stop(now.process());
        }
    }

    private Path papers() throws IOException {
        var random = new Random(7);
        List<String> words = IntStream.range(0, 3_000)
                .mapToObj(i -> Integer.toString(random.nextInt(20_000, 50_000_000), 36))
                .toList();
        Path file = scratch.resolve("papers.jsonl");
        var lines = new ArrayList<String>();
        for (int i = 0; i < OF_THE_DAY + OF_THE_MONTH; i++) {
            LocalDate listed = i < OF_THE_DAY ? day : day.minusDays(1 + i % 28);
            var paper = new LinkedHashMap<String, Object>();
            paper.put("id", "2501.%05d".formatted(i + 1));
            paper.put("title", text(random, words, 9));
            paper.put("abstract", text(random, words, 180));
            paper.put("authors", List.of("Ada Lovelace", "Grace Hopper", "Li Wei"));
            paper.put("categories", List.of("cs.LG"));
            paper.put("first_seen", listed.toString());
            lines.add(new ObjectMapper().writeValueAsString(paper));
        }
        Files.write(file, lines);
        return file;
    }

    private static String text(Random random, List<String> words, int length) {
        return IntStream.range(0, length)
                .mapToObj(i -> words.get(random.nextInt(1 + random.nextInt(words.size()))))
                .collect(Collectors.joining(" ", "A ", "."));
    }

    private Running start(String name, Checkout build, Path papers) throws Exception {
        Path data = scratch.resolve(name);
        Checkout.end(build.start(data, "", Map.of(), "import", "--format=jsonl", papers.toString()), data);
        int port = Checkout.freePort();
        Process process = build.start(data, "", Map.of("QUARKUS_HTTP_PORT", Integer.toString(port)));
        Checkout.await(process, data, port, "/q/health/ready");
        Checkout.await(process, data, port, "/api/v1/papers?q=paper");
        return new Running(name, build, data, process, port);
    }

    private void row(Asked asked, Running before, Running now) throws Exception {
        var base = new ArrayList<Double>();
        var ours = new ArrayList<Double>();
        load(asked, before);
        load(asked, now);
        for (int round = 0; round < rounds; round++) {
            base.add(load(asked, before));
            ours.add(load(asked, now));
        }
        double one = median(base);
        double other = median(ours);
        System.out.printf(
                Locale.ROOT,
                "%-44s %10.0f %10.0f %7.2f %10d %10d%n",
                asked.what(),
                one,
                other,
                other / one,
                size(asked, before),
                size(asked, now));
    }

    private HttpRequest request(Asked asked, Running running) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + running.port() + asked.path()));
        if (!asked.encoding().isEmpty()) {
            request.header("Accept-Encoding", asked.encoding());
        }
        if (asked.again()) {
            http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .headers()
                    .firstValue("ETag")
                    .ifPresent(tag -> request.header("If-None-Match", tag));
        }
        return request.build();
    }

    private int size(Asked asked, Running running) throws Exception {
        return http.send(request(asked, running), HttpResponse.BodyHandlers.ofByteArray())
                .body()
                .length;
    }

    /** Requests for a second of the service's CPU. */
    private double load(Asked asked, Running running) throws Exception {
        HttpRequest request = request(asked, running);
        var answered = new AtomicInteger();
        var failed = new AtomicInteger();
        double cpu = Checkout.cpuSeconds(running.process());
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < CONNECTIONS; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                while (System.nanoTime() < end) {
                    try {
                        int status = http.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode();
                        (status == 200 || status == 304 ? answered : failed).incrementAndGet();
                    } catch (IOException e) {
                        failed.incrementAndGet();
                    } catch (InterruptedException e) {
                        return;
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (failed.get() > 0) {
            throw new IllegalStateException(running.name() + " failed " + failed + " times at " + asked.what());
        }
        return answered.get() / (Checkout.cpuSeconds(running.process()) - cpu);
    }

    private void paced(Running running, String edition) throws Exception {
        try (var load = new PageLoad(
                List.of(URI.create("http://127.0.0.1:" + running.port() + edition)),
                PER_SECOND,
                Map.of("Accept-Encoding", "gzip"))) {
            Thread.sleep(Duration.ofSeconds(2L * seconds));
            System.out.printf(
                    "%s at %,d a second: p50 %d ms, p99 %d ms; %,d answered, %d failed%n",
                    running.name(), PER_SECOND, load.within(0.5), load.within(0.99), load.count(), load.failed());
        }
    }

    /** A paper is put at the head of the edition by the command of an operator. */
    private void changed(Running running, String edition) throws Exception {
        Process pin =
                running.build().start(running.data(), "", Map.of(), "paper", "pin", "--edition=" + day, "2501.00060");
        Checkout.end(pin, running.data());
        long since = System.nanoTime();
        while (!new String(Checkout.get(running.port(), edition), StandardCharsets.UTF_8).contains("pinned")) {
            if (System.nanoTime() - since > LONGEST_LOOK.toNanos()) {
                throw new IllegalStateException(running.name() + " does not show the change");
            }
            Thread.sleep(10);
        }
        System.out.printf(
                Locale.ROOT,
                "%s shows a change %.2f s after the command's end%n",
                running.name(),
                (System.nanoTime() - since) / 1e9);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
