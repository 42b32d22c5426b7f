package org.dailypapers.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as its operator meets it: exit status, one line for each fault, never a stack trace. */
class CommandLineIT {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final int HUNDRED_MEGABYTES = 100 << 20;
    private static final String GOOD = """
            {"id": "2601.00001", "title": "A first paper", "authors": ["Ada One"], "first_seen": "2026-01-15", "votes": 3}
            {"id": "2601.00002", "title": "A second paper", "authors": ["Bo Two"], "first_seen": "2026-01-15", "votes": 5}
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "import --help",
                "ingest --help",
                "close --help",
                "digest --help",
                "match --help",
                "subscribers --help",
                "subscribers import --help",
                "subscribers export --help",
                "deliveries --help",
                "retry --help",
                "classify --help",
                "bounces --help",
                "doctor --help",
                "reader --help",
                "status --help",
                "templates --help",
                "mcp --help",
                "backup --help",
                "restore --help",
                "move --help"
            })
    void everyCommandHasHelp(String arguments) throws Exception {
        PackagedApp.Ended ended = app().run(arguments.split(" "));
        assertEquals(OK, ended.status(), ended.toString());
        assertEquals(List.of(), ended.err());
        assertTrue(ended.out().stream().anyMatch(line -> line.startsWith("usage: ./run")), ended.toString());
        assertFalse(Files.exists(folder.resolve("data")), "help leaves nothing behind");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "frobnicate",
                "--version-of-what",
                "import",
                "import --frobnicate x",
                "import --date=2026-02-30 x.jsonl",
                "import --date=yesterday x.jsonl",
                "ingest --since=2026-13-01",
                "ingest one two",
                "close --edition=2026-02-29",
                "close --edition=",
                "digest --edition=31.01.2026",
                "match",
                "match --limit=many word",
                "subscribers import",
                "subscribers export a b",
                "deliveries",
                "deliveries --edition",
                "deliveries --edition=2026-02-30",
                "deliveries --edition=2026-01-15 --frobnicate",
                "deliveries --edition=2026-01-15 more",
                "retry",
                "retry --edition=tomorrow",
                "retry --edition=2026-01-15 --failed",
                "mcp --url=nowhere",
                "templates one two",
                "doctor --to"
            })
    void whatCannotBeUnderstoodIsOneLine(String arguments) throws Exception {
        PackagedApp.Ended ended = app().run(arguments.split(" "));
        assertOneLine(MISUSED, ended);
        assertTrue(ended.err().getFirst().contains("--help"), ended.toString());
    }

    @Test
    void aDesktopClientHearsNothingButTheProtocol() throws Exception {
        Path asked = folder.resolve("asked");
        Files.writeString(
                asked,
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n"
                        + "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n");
        PackagedApp.Ended ended = app().reading(asked).run("mcp", "--url=http://127.0.0.1:9");
        assertEquals(OK, ended.status(), ended.toString());
        assertEquals(List.of(), ended.err());
        assertEquals(1, ended.out().size(), ended.toString());
        assertTrue(ended.out().getFirst().startsWith("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{"), ended.toString());
        assertFalse(Files.exists(folder.resolve("data")), "it needs no database");
    }

    @Test
    void templatesOfOnesOwnAreTriedByTheCommandAndBrokenOnesNamed() throws Exception {
        PackagedApp.Ended printed = app().run("templates", "--print=page/about.html");
        assertEquals(OK, printed.status(), printed.toString());
        Path pages = Files.createDirectories(folder.resolve("own/page"));
        Files.write(pages.resolve("about.html"), printed.out());
        Files.writeString(pages.resolve("card.html"), "{card.title}\n{card.nothing}\n");
        PackagedApp.Ended tried = app().run("templates", "own");
        assertEquals(FAILED, tried.status(), tried.toString());
        assertEquals("ok\tpage/about.html", tried.out().getFirst());
        assertTrue(tried.out().getLast().startsWith("!\tpage/card.html, line 2\t"), tried.toString());
        assertOneLine(
                FAILED,
                app().set("DAILY_PAPERS_TEMPLATES", folder.resolve("none").toString())
                        .run("status"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "match --limit=0 word",
                "match (unclosed",
                "import --format=docx good.jsonl",
                "subscribers",
            })
    void whatOnlyTheCommandItselfCanJudgeIsOneLineToo(String arguments) throws Exception {
        write("good.jsonl", GOOD);
        assertOneLine(MISUSED, app().run(arguments.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "close --edition=2999-01-01",
                "digest --edition=2999-01-01",
                "digest --to=nobody@example.test",
                "match --edition=2001-01-01 word",
                "match word",
                "ingest --source=nowhere",
                "ingest --since=2026-05-02 --until=2026-05-01",
                "subscribers import missing.csv",
                "subscribers import no-email.csv",
                "subscribers import utf-16.csv",
                "subscribers export missing/folder/out.csv",
                "deliveries --edition=2001-01-01",
                "retry --edition=2001-01-01",
                "doctor --to=me@example.test"
            })
    void whatCannotBeDoneIsOneLine(String arguments) throws Exception {
        write("no-email.csv", "name,hour\nAda,7\n");
        Files.write(
                folder.resolve("utf-16.csv"),
                "email,status\nä@example.test,confirmed\n".getBytes(StandardCharsets.UTF_16));
        PackagedApp.Ended ended = app().run(arguments.split(" "));
        assertEquals(FAILED, ended.status(), ended.toString());
        assertEquals(1, ended.err().size(), ended.toString());
        assertNoTrace(ended);
    }

    @Test
    void aSourceThatCannotBeReachedIsOneLine() throws Exception {
        PackagedApp.Ended ended = app().run("ingest", "--since=2026-01-14", "--until=2026-01-15");
        assertEquals(FAILED, ended.status(), ended.toString());
        assertEquals(1, ended.err().size(), ended.toString());
        assertTrue(ended.err().getFirst().startsWith("huggingface: "), ended.toString());
        assertNoTrace(ended);
    }

    @Test
    void doctorSaysHowFarTheClockIsFromTheSources() throws Exception {
        // The JDK's own server would write the date itself.
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerThreeHoursAgo(server));
            PackagedApp.Ended ended = app().set(
                            "DAILY_PAPERS_HUGGINGFACE_URL", "http://127.0.0.1:" + server.getLocalPort())
                    .run("doctor");
            assertEquals(FAILED, ended.status(), ended.toString());
            assertTrue(
                    ended.out().stream()
                            .anyMatch(line -> line.matches("fault clock: 108\\d\\d s ahead of huggingface; .*")),
                    ended.toString());
        }
    }

    private static void answerThreeHoursAgo(ServerSocket server) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).minusHours(3));
        try (var connection = server.accept()) {
            var request =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
            while (!request.readLine().isEmpty()) {}
            connection
                    .getOutputStream()
                    .write(("HTTP/1.1 200 OK\r\nDate: " + date + "\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]")
                            .getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void filesThatCannotBeReadAreALineEachAndTheGoodOneIsStillRead() throws Exception {
        var bad = new ArrayList<String>();
        bad.add(write("broken.json", "[{\"paper\": {\"id\": \"2601.00009\", \"title\": \"cut off"));
        bad.add(write("broken.jsonl", "no JSON at all\nnor here\n"));
        bad.add(write("empty.json", ""));
        bad.add(write("blank.jsonl", "\n \n\t\n"));
        bad.add(write("object.json", "{\"error\": \"not found\"}\n"));
        bad.add(write("page.html", "<!doctype html><title>502 Bad Gateway</title>\n"));
        bad.add(write("utf-16.jsonl", GOOD, StandardCharsets.UTF_16));
        bad.add(write("utf-16le.jsonl", GOOD, StandardCharsets.UTF_16LE));
        bad.add(write("latin-1.jsonl", GOOD.replace("paper", "papér"), StandardCharsets.ISO_8859_1));
        bad.add(rubbish("rubbish.bin"));
        bad.add(rubbish("rubbish.jsonl"));
        bad.add(repeated("one-line.jsonl", "", "x"));
        bad.add(repeated("one-line-object.jsonl", "{\"title\": \"", "x"));
        bad.add(repeated("one-line.json", "[{\"paper\": {\"title\": \"", "x"));
        bad.add(repeated("nested.json", "", "["));
        bad.add(repeated("short-lines.jsonl", "", "rubbish\n"));
        bad.add("missing.jsonl");
        bad.add(Files.createDirectory(folder.resolve("folder.jsonl"))
                .getFileName()
                .toString());
        write("good.jsonl", GOOD);

        var arguments = new ArrayList<String>(List.of("import"));
        arguments.addAll(bad);
        arguments.add(bad.size() / 2, "good.jsonl");
        PackagedApp.Ended ended = app().run(arguments.toArray(String[]::new));

        assertEquals(FAILED, ended.status(), ended.toString());
        assertNoTrace(ended);
        for (String file : bad) {
            assertEquals(
                    1,
                    ended.err().stream()
                            .filter(line -> line.contains("/" + file + ":") || line.startsWith(file + ":"))
                            .count(),
                    file + " in " + String.join("\n", ended.err()));
        }
        assertEquals(bad.size(), ended.err().size(), String.join("\n", ended.err()));
        assertTrue(ended.err().stream().allMatch(line -> line.length() < 400), String.join("\n", ended.err()));
        assertEquals(1, ended.out().size(), ended.out().toString());
        assertTrue(
                ended.out().getFirst().contains("new 2, merged 0, unchanged 0"),
                ended.out().toString());
    }

    @Test
    void aFileInAnotherFormatThanNamedIsOneLine() throws Exception {
        write("page.txt", "Daily Papers\n\nA first paper\n3 votes\n");
        PackagedApp.Ended ended = app().run("import", "--format=hf-json", "page.txt");
        assertEquals(FAILED, ended.status(), ended.toString());
        assertEquals(1, ended.err().size(), ended.toString());
        assertNoTrace(ended);
    }

    @Test
    void importingTwiceChangesNothing() throws Exception {
        write("good.jsonl", GOOD);
        PackagedApp app = app();
        PackagedApp.Ended first = app.run("import", "good.jsonl");
        assertEquals(OK, first.status(), first.toString());
        assertEquals(List.of("read 2, new 2, merged 0, unchanged 0, rejected 0"), first.out());
        PackagedApp.Ended second = app.run("import", "good.jsonl");
        assertEquals(OK, second.status(), second.toString());
        assertEquals(List.of("read 2, new 0, merged 0, unchanged 2, rejected 0"), second.out());
        assertEquals(List.of(), second.err());
    }

    @Test
    void theLedgerIsALineADigestAndNothingWaitsThatFailed() throws Exception {
        write("good.jsonl", GOOD);
        write(
                "readers.csv",
                "email,status,keywords,since\nada@example.test,confirmed,paper,2026-01-01T00:00:00Z\nbo@example.test,pending,paper,\n");
        PackagedApp app = app();
        assertEquals(OK, app.run("import", "good.jsonl").status());
        PackagedApp.Ended none = app.run("deliveries", "--edition=2026-01-15");
        assertEquals(OK, none.status(), none.toString());
        assertEquals(List.of(), none.out());
        assertEquals(List.of("Nobody has had a digest of the edition of 2026-01-15."), none.err());
        assertEquals(OK, app.run("subscribers", "import", "readers.csv").status());
        PackagedApp.Ended digest = app.run("digest", "--edition=2026-01-15");
        assertEquals(OK, digest.status(), digest.toString());

        PackagedApp.Ended listed = app.run("deliveries", "--edition=2026-01-15");
        assertEquals(OK, listed.status(), listed.toString());
        assertEquals(List.of(), listed.err());
        assertEquals(1, listed.out().size(), listed.toString());
        assertTrue(listed.out().getFirst().matches("ada@example\\.test\t[0-9]+\t0\t\tqueued"), listed.toString());
        assertEquals(
                List.of(),
                app.run("deliveries", "--edition=2026-01-15", "--failed").out());
        PackagedApp.Ended retried = app.run("retry", "--edition=2026-01-15");
        assertEquals(OK, retried.status(), retried.toString());
        assertEquals(List.of("failed 0, queued 0, left 0"), retried.out());
    }

    @Test
    void aPortInUseIsOneLine() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            PackagedApp.Ended ended = app().set("QUARKUS_HTTP_PORT", Integer.toString(taken.getLocalPort()))
                    .run();
            assertOneLine(FAILED, ended);
            assertTrue(ended.err().getFirst().contains("QUARKUS_HTTP_PORT"), ended.toString());
        }
    }

    @Test
    void aDataFolderThatCannotBeWrittenIsOneLine() throws Exception {
        write("file", "not a folder");
        PackagedApp app =
                app().set("DAILY_PAPERS_DATA", folder.resolve("file/below").toString());
        for (String[] arguments : new String[][] {{}, {"close"}, {"import", "x.jsonl"}}) {
            PackagedApp.Ended ended = app.run(arguments);
            assertOneLine(FAILED, ended);
            assertTrue(ended.err().getFirst().contains("DAILY_PAPERS_DATA"), ended.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DAILY_PAPERS_TIMEZONE=Atlantis/Center",
                "DAILY_PAPERS_CLOSE=25:00",
                "DAILY_PAPERS_FROM=nobody",
                "DAILY_PAPERS_FROM=papers@straße.example",
                "DAILY_PAPERS_BASE_URL=papers.example.org",
                "DAILY_PAPERS_BASE_URL=ht tp://x",
                "DAILY_PAPERS_BASE_URL=https://example.org/papers",
                "DAILY_PAPERS_BASE_URL=https://papers.example.org/?x=1",
                "DAILY_PAPERS_BASE_URL=https://ada:word@papers.example.org",
                "DAILY_PAPERS_MONITORING_FROM=prometheus",
                "DAILY_PAPERS_PROXY=nginx",
                "DAILY_PAPERS_CONNECTIONS_PER_CLIENT=0",
                "DAILY_PAPERS_SMTP_SECURITY=perhaps",
                "DAILY_PAPERS_SMTP_PORT=smtp",
                "DAILY_PAPERS_SMTP_CONNECTIONS=0",
                "DAILY_PAPERS_SMTP_HOST=mail.example.org",
                "DAILY_PAPERS_DKIM_DOMAIN=localhost",
                "DAILY_PAPERS_SECRET=short",
                "QUARKUS_HTTP_PORT=99999"
            })
    void aWrongSettingIsOneLineThatNamesIt(String setting) throws Exception {
        String[] pair = setting.split("=", 2);
        PackagedApp.Ended ended = app().set(pair[0], pair[1]).run();
        assertOneLine(FAILED, ended);
        String named = pair[0].equals("DAILY_PAPERS_SMTP_HOST") ? "DAILY_PAPERS_BASE_URL" : pair[0];
        assertTrue(ended.err().getFirst().contains(named), ended.toString());
    }

    @Test
    void whatItWritesIsItsOwnersAlone() throws Exception {
        PackagedApp app = app();
        write("good.jsonl", GOOD);
        assertEquals(OK, app.run("import", "good.jsonl").status());
        Path data = folder.resolve("data");
        try (Stream<Path> written = Files.walk(data)) {
            for (Path each : written.toList()) {
                assertEquals(
                        Files.isDirectory(each) ? "rwx------" : "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(each)),
                        each.toString());
            }
        }
        Files.setPosixFilePermissions(data.resolve("papers.mv.db"), PosixFilePermissions.fromString("rw-r--r--"));
        PackagedApp.Ended told = app.run("match", "paper");
        assertEquals(OK, told.status(), told.toString());
        assertEquals(1, told.err().size(), told.toString());
        assertTrue(told.err().getFirst().contains("could be read by others"), told.toString());
        assertEquals(List.of(), app.run("match", "paper").err());
    }

    @Test
    void theDoctorRefusesABaseUrlWithAPathAsTheStartDoes() throws Exception {
        PackagedApp app = app().set("DAILY_PAPERS_BASE_URL", "https://example.org/papers");
        PackagedApp.Ended start = app.run();
        PackagedApp.Ended doctor = app.run("doctor");
        assertOneLine(FAILED, doctor);
        assertEquals(start.err(), doctor.err());
        assertTrue(doctor.err().getFirst().contains("has a path"), doctor.toString());
    }

    @Test
    void aDatabaseThatCannotBeUsedIsOneLine() throws Exception {
        PackagedApp app = PackagedApp.onPostgres(folder);
        String closed = "jdbc:postgresql://127.0.0.1:" + PackagedApp.freePort() + "/papers?user=a&password=secret-word";
        PackagedApp.Ended ended = app.set("DATABASE_URL", closed).run("close");
        assertOneLine(FAILED, ended);
        assertTrue(ended.err().getFirst().contains("DAILY_PAPERS_SECRET"), ended.toString());

        app.set("DAILY_PAPERS_SECRET", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
        for (String url :
                List.of(closed, "jdbc:mysql://localhost/papers", "postgres://a:secret-word@localhost/b", "nonsense")) {
            for (String[] arguments : new String[][] {{}, {"close"}}) {
                ended = app.set("DATABASE_URL", url)
                        .set("QUARKUS_HTTP_PORT", Integer.toString(PackagedApp.freePort()))
                        .run(arguments);
                assertOneLine(FAILED, ended);
                assertTrue(ended.err().getFirst().contains("DATABASE_URL"), ended.toString());
                assertFalse(ended.err().getFirst().contains("secret-word"), ended.toString());
            }
        }
    }

    @Test
    void whoLeftAfterABackupWasTakenStaysOutWhenItIsRestored() throws Exception {
        PackagedApp app = app();
        write(
                "readers.csv",
                "email,status,since\na@example.test,confirmed,2026-01-01\nb@example.test,confirmed,2026-01-01\n");
        write("left.csv", "email,status,since\na@example.test,withdrawn,2026-02-01\n");
        assertEquals(OK, app.run("subscribers", "import", "readers.csv").status());
        Path database = folder.resolve("data/papers.mv.db");
        byte[] backup = Files.readAllBytes(database);
        assertEquals(OK, app.run("subscribers", "import", "left.csv").status());
        Files.write(database, backup);
        PackagedApp.Ended restored = app.run("subscribers", "import", "data/leavings.csv");
        assertEquals(
                List.of("read 1, withdrawn 1, erased 0, suppressed 0, rejected 0"),
                restored.out(),
                restored.toString());
        assertEquals(OK, app.run("subscribers", "export", "out.csv").status());
        String exported = Files.readString(folder.resolve("out.csv"));
        assertTrue(
                exported.contains("a@example.test,withdrawn") && exported.contains("b@example.test,confirmed"),
                exported);
    }

    private PackagedApp app() throws IOException {
        return PackagedApp.embedded(folder).set("QUARKUS_HTTP_PORT", Integer.toString(PackagedApp.freePort()));
    }

    private static void assertOneLine(int status, PackagedApp.Ended ended) {
        assertEquals(status, ended.status(), ended.toString());
        assertEquals(List.of(), ended.out());
        assertEquals(1, ended.err().size(), String.join("\n", ended.err()));
        assertNoTrace(ended);
    }

    private static void assertNoTrace(PackagedApp.Ended ended) {
        assertTrue(
                Stream.concat(ended.out().stream(), ended.err().stream())
                        .noneMatch(line -> line.startsWith("\tat ") || line.startsWith("Caused by")),
                ended.toString());
    }

    private String write(String name, String text) throws IOException {
        return write(name, text, StandardCharsets.UTF_8);
    }

    private String write(String name, String text, java.nio.charset.Charset charset) throws IOException {
        Files.write(folder.resolve(name), text.getBytes(charset));
        return name;
    }

    private String rubbish(String name) throws IOException {
        var random = new Random(7);
        byte[] block = new byte[1 << 20];
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            for (int i = 0; i < HUNDRED_MEGABYTES >> 20; i++) {
                random.nextBytes(block);
                out.write(block);
            }
        }
        return name;
    }

    private String repeated(String name, String start, String unit) throws IOException {
        byte[] block = unit.repeat((1 << 20) / unit.length()).getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            out.write(start.getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < HUNDRED_MEGABYTES >> 20; i++) {
                out.write(block);
            }
        }
        return name;
    }
}
