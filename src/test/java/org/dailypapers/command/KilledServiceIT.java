package org.dailypapers.command;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dailypapers.delivery.FaultySmtpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promise: kill or stop the service at any moment, and the receiver's ledger shows every reader's letter. */
class KilledServiceIT {

    private static final String EDITION = "2026-01-15";
    private static final int READERS = 120;
    private static final int CONNECTIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration STILL = Duration.ofSeconds(3);

    @TempDir
    Path folder;

    private final FaultySmtpServer receiver = new FaultySmtpServer();
    private final List<Process> started = new ArrayList<>();
    private final Map<Process, Path> said = new HashMap<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
        receiver.close();
    }

    private PackagedApp app() throws IOException {
        return PackagedApp.embedded(folder)
                .set("QUARKUS_HTTP_PORT", Integer.toString(PackagedApp.freePort()))
                .set("DAILY_PAPERS_BASE_URL", "https://papers.example.test")
                .set("DAILY_PAPERS_FROM", "Daily Papers <papers@example.test>")
                .set("DAILY_PAPERS_SMTP_HOST", "127.0.0.1")
                .set("DAILY_PAPERS_SMTP_PORT", Integer.toString(receiver.port()))
                .set("DAILY_PAPERS_SMTP_SECURITY", "none")
                .set("DAILY_PAPERS_SMTP_CONNECTIONS", Integer.toString(CONNECTIONS));
    }

    @Test
    void anOrderlyStopWhileLettersAreComposedAndSentIsQuietAndNoneIsLostOrRepeated() throws Exception {
        PackagedApp app = app();
        // Long enough that a stop on a busy machine finds letters that are still to be sent.
        receiver.pause(Duration.ofMillis(200));
        Set<String> readers = files();
        assertEquals(0, app.run("import", "papers.jsonl").status());

        Process first = service(app);
        assertEquals(0, app.run("subscribers", "import", "readers.csv").status());
        Process composing = background(app, "digest", "--edition=" + EDITION);
        int atFirst = stopAfter(first, 1);
        assertTrue(composing.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));

        Process second = service(app);
        composing = background(app, "digest", "--edition=" + EDITION);
        int atSecond = stopAfter(second, READERS / 2);
        assertTrue(composing.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        assertTrue(atSecond < READERS, "stopped in the middle, after " + atFirst + " and " + atSecond);

        Process third = service(app);
        assertEquals(0, app.run("digest", "--edition=" + EDITION).status());
        await().atMost(PATIENCE).until(() -> new HashSet<>(receiver.recipients()).equals(readers));
        stopAfter(third, READERS);
        assertEquals(READERS, receiver.ledger().size(), "once each");
    }

    /** Stops it once the receiver has taken so many; how many it had in the end. */
    private int stopAfter(Process service, int letters) throws IOException, InterruptedException {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> receiver.ledger().size() >= letters);
        PackagedApp.stop(service, said.get(service));
        return receiver.ledger().size();
    }

    @Test
    void noReaderLosesALetterAndOnlyWhatWasUnderWayRepeats() throws Exception {
        PackagedApp app = app();
        receiver.pause(Duration.ofMillis(40));
        Set<String> readers = files();
        assertEquals(0, app.run("import", "papers.jsonl").status());

        Process first = service(app);
        PackagedApp.Ended brought = app.run("subscribers", "import", "readers.csv");
        assertEquals(List.of("read 120, taken 120, rejected 0: new 120"), brought.out(), brought.toString());
        Process composing = background(app, "digest", "--edition=" + EDITION);
        int atFirst = killAfter(first, READERS / 4);
        assertTrue(composing.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));

        Process second = service(app);
        composing = background(app, "digest", "--edition=" + EDITION);
        int atSecond = killAfter(second, READERS * 2 / 3);
        assertTrue(composing.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));

        Process third = service(app);
        PackagedApp.Ended rest = app.run("digest", "--edition=" + EDITION);
        assertEquals(0, rest.status(), rest.toString());
        await().atMost(PATIENCE).until(() -> new HashSet<>(receiver.recipients()).equals(readers));
        await().during(STILL).atMost(PATIENCE).until(() -> receiver.ledger().size(), new Unchanged());
        third.destroy();
        assertTrue(third.waitFor(40, TimeUnit.SECONDS));

        List<FaultySmtpServer.Taken> ledger = receiver.ledger();
        Map<String, List<FaultySmtpServer.Taken>> byReader =
                ledger.stream().collect(Collectors.groupingBy(FaultySmtpServer.Taken::recipient));
        int repeats = ledger.size() - READERS;
        System.out.printf(
                "Killed after %d and after %d of %d letters, %d in the end: %d repeats over %d connections%n",
                atFirst, atSecond, READERS, ledger.size(), repeats, CONNECTIONS);
        assertTrue(atFirst < READERS && atSecond < READERS, "killed in the middle");
        assertEquals(readers, byReader.keySet());
        assertTrue(repeats <= 2 * CONNECTIONS, repeats + " repeats after two kills");
        byReader.values().forEach(KilledServiceIT::assertTheSame);
        assertEquals(
                READERS,
                ledger.stream()
                        .map(FaultySmtpServer.Taken::messageId)
                        .distinct()
                        .count());
    }

    private static void assertTheSame(List<FaultySmtpServer.Taken> letters) {
        assertTrue(letters.size() <= 3, () -> letters.size() + " letters to one reader");
        for (FaultySmtpServer.Taken each : letters) {
            assertArrayEquals(letters.getFirst().bytes(), each.bytes());
            assertTrue(each.messageId().contains("@example.test"), each.messageId());
        }
    }

    /** Kills it once the receiver has taken so many; how many it had then. */
    private int killAfter(Process service, int letters) throws InterruptedException {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> receiver.ledger().size() >= letters);
        service.destroyForcibly();
        assertTrue(service.waitFor(10, TimeUnit.SECONDS));
        return receiver.ledger().size();
    }

    private Process service(PackagedApp app) throws IOException {
        Path out = Files.createTempFile(folder, "service", ".txt");
        Process process = app.start(out, out);
        started.add(process);
        said.put(process, out);
        await().atMost(PATIENCE)
                .until(() -> !process.isAlive() || Files.readString(out).contains("Daily Papers is ready"));
        assertTrue(process.isAlive(), Files.readString(out));
        return process;
    }

    private Process background(PackagedApp app, String... arguments) throws IOException {
        Path out = Files.createTempFile(folder, "command", ".txt");
        Process process = app.start(out, out, arguments);
        started.add(process);
        return process;
    }

    /** Writes ten papers and the readers; who they are. */
    private Set<String> files() throws IOException {
        String papers = IntStream.rangeClosed(1, 10)
                .mapToObj(
                        i -> ("{\"id\": \"2601.%05d\", \"title\": \"On the sampling of things, part %d\", \"abstract\":"
                                        + " \"We sample things.\", \"authors\": [\"Ada Example\"], \"first_seen\": \"%s\","
                                        + " \"votes\": %d}%n")
                                .formatted(i, i, EDITION, 10 + i))
                .collect(Collectors.joining());
        Files.writeString(folder.resolve("papers.jsonl"), papers, StandardCharsets.UTF_8);
        List<String> readers = IntStream.rangeClosed(1, READERS)
                .mapToObj(i -> "reader" + i + "@example.test")
                .toList();
        String csv = readers.stream()
                .map(address -> address + ",confirmed,yes,sampling,2026-01-01\n")
                .collect(Collectors.joining("", "email,status,fill,keywords,since\n", ""));
        Files.writeString(folder.resolve("readers.csv"), csv, StandardCharsets.UTF_8);
        return Set.copyOf(readers);
    }

    /** Holds while a number stays what it was when first seen. */
    private static final class Unchanged implements java.util.function.Predicate<Integer> {
        private int last = -1;

        @Override
        public boolean test(Integer now) {
            boolean same = now == last;
            last = now;
            return same;
        }
    }
}
