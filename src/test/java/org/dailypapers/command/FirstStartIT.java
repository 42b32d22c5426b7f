package org.dailypapers.command;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first start on an empty folder, while a slow source is asked: disturbed by a command, and killed. */
class FirstStartIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int PAPERS = 2_000;

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer source;
    private int port;

    @BeforeEach
    void aSlowSourceWithoutPapers() throws IOException {
        source = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        source.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        source.createContext("/", exchange -> {
            try {
                Thread.sleep(500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("[]".getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        source.start();
        port = PackagedApp.freePort();
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
        source.stop(0);
    }

    private PackagedApp app() {
        return PackagedApp.embedded(folder)
                .set("QUARKUS_HTTP_PORT", Integer.toString(port))
                .set(
                        "DAILY_PAPERS_HUGGINGFACE_URL",
                        "http://127.0.0.1:" + source.getAddress().getPort());
    }

    private Process start(Path out) throws IOException {
        Process process = app().start(out, out);
        started.add(process);
        return process;
    }

    private int status(String path) throws InterruptedException {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    void aCommandThatComesMeanwhileWaitsAndTheServiceIsReadyLast() throws Exception {
        Files.writeString(
                folder.resolve("papers.jsonl"),
                "{\"id\": \"2601.00001\", \"title\": \"On the sampling of things\", \"abstract\": \"We sample.\","
                        + " \"first_seen\": \"2026-01-15\", \"votes\": 3}\n");
        Path out = Files.createTempFile(folder, "service", ".txt");
        Process service = start(out);
        await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("data/service")));
        Path said = Files.createTempFile(folder, "import", ".txt");
        Process command = app().start(said, said, "import", "papers.jsonl");
        started.add(command);
        boolean unready = false;
        while (!Files.readString(out).contains("Daily Papers is ready")) {
            assertTrue(service.isAlive(), Files.readString(out));
            unready |= status("/q/health/ready") == 503;
            assertTrue(command.isAlive() || Files.readString(out).contains("Daily Papers is ready"), "it waits");
            Thread.sleep(50);
        }
        assertTrue(unready, "unready while the first papers are asked for");
        assertEquals(200, status("/q/health/ready"));
        assertTrue(command.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, command.exitValue(), Files.readString(said));
        assertTrue(
                Files.readString(said).contains("read 1, new 1, merged 0, unchanged 0, rejected 0"),
                Files.readString(said));
        assertEquals(200, status("/papers/2601.00001"));
        assertTrue(service.isAlive());
        assertFalse(Files.readString(out).contains("ERROR"), Files.readString(out));
    }

    @Test
    void aStopInTheMiddleOfASourcesAnswerIsQuietAndTheNextStartHasItsPapers() throws Exception {
        var asked = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        source.removeContext("/");
        source.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("[".getBytes(StandardCharsets.US_ASCII));
            exchange.getResponseBody().flush();
            asked.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.getResponseBody().write("]".getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        Path out = Files.createTempFile(folder, "stopped", ".txt");
        Process stopped = start(out);
        assertTrue(asked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS), Files.readString(out));
        PackagedApp.stop(stopped, out);
        goOn.countDown();
        Path next = Files.createTempFile(folder, "service", ".txt");
        Process service = start(next);
        await().atMost(PATIENCE).until(() -> !service.isAlive() || isReady(next));
        assertEquals(200, status("/q/health/ready"), Files.readString(next));
        assertEquals(200, status("/"));
        PackagedApp.stop(service, next);
    }

    private static boolean isReady(Path said) throws IOException {
        return Files.readString(said).contains("Daily Papers is ready");
    }

    @Test
    void aClockThatJumpsForwardByHoursEndsNoWorkThatIsUnderWay() throws Exception {
        Optional<Path> fakeTime = Stream.of("x86_64-linux-gnu", "aarch64-linux-gnu")
                .map(machine -> Path.of("/usr/lib", machine, "faketime/libfaketimeMT.so.1"))
                .filter(Files::exists)
                .findFirst();
        assumeTrue(fakeTime.isPresent(), "skipped: libfaketime is not installed");
        Path clock = Files.writeString(folder.resolve("clock"), "+0");
        Files.writeString(
                folder.resolve("papers.jsonl"),
                IntStream.rangeClosed(1, PAPERS)
                        .mapToObj(i -> ("{\"id\": \"2601.%05d\", \"title\": \"On the sampling of things, part %d\","
                                        + " \"abstract\": \"We sample.\", \"first_seen\": \"2026-01-15\", \"votes\": 3}%n")
                                .formatted(i, i))
                        .collect(Collectors.joining()));
        Path out = Files.createTempFile(folder, "service", ".txt");
        Process service = app().set("LD_PRELOAD", fakeTime.get().toString())
                .set("FAKETIME_TIMESTAMP_FILE", clock.toString())
                .set("FAKETIME_NO_CACHE", "1")
                .set("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                // Or the JVM's waits end at once, and begin again.
                .set("FAKETIME_FORCE_MONOTONIC_FIX", "0")
                .start(out, out);
        started.add(service);
        await().atMost(PATIENCE).until(() -> Files.readString(out).contains("No papers yet"));
        Files.writeString(clock, "+6h");
        await().atMost(PATIENCE).until(() -> !service.isAlive() || isReady(out));
        Path said = Files.createTempFile(folder, "import", ".txt");
        Process command = app().start(said, said, "import", "papers.jsonl");
        started.add(command);
        for (int hours = 7; command.isAlive(); hours++) {
            Files.writeString(clock, "+" + Math.min(hours, 16) + "h");
            Thread.sleep(100);
        }
        assertEquals(0, command.exitValue(), Files.readString(said));
        assertTrue(
                Files.readString(said).contains("read " + PAPERS + ", new " + PAPERS + ", merged 0"),
                Files.readString(said));
        assertEquals(200, status("/q/health/live"), Files.readString(out));
        assertFalse(Files.readString(out).contains("ERROR"), Files.readString(out));
        PackagedApp.stop(service, out);
    }

    @Test
    void aFirstStartThatIsKilledAnywhereIsMadeGoodByTheNext() throws Exception {
        for (int i = 0; i < 4; i++) {
            Path out = Files.createTempFile(folder, "killed", ".txt");
            Process killed = start(out);
            await().atMost(PATIENCE).until(() -> Files.readString(out).contains("No papers yet"));
            Thread.sleep(1_400L * i);
            killed.destroyForcibly();
            assertTrue(killed.waitFor(10, TimeUnit.SECONDS));
            if (Files.readString(out).contains("Daily Papers is ready")) {
                break;
            }
        }
        Path out = Files.createTempFile(folder, "service", ".txt");
        Process service = start(out);
        await().atMost(PATIENCE)
                .until(() -> !service.isAlive() || Files.readString(out).contains("Daily Papers is ready"));
        assertTrue(service.isAlive(), Files.readString(out));
        assertEquals(200, status("/q/health/ready"));
        assertEquals(200, status("/"));
        assertFalse(Files.readString(out).contains("ERROR"), Files.readString(out));
    }
}
