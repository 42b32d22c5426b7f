package org.dailypapers.command;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first start on an empty folder, while a slow source is asked: disturbed by a command, and killed. */
class FirstStartIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

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
