package org.dailypapers.backup;

import static org.awaitility.Awaitility.await;
import static org.dailypapers.House.paper;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.dailypapers.AcceptingTransport;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.MovedClock;
import org.dailypapers.PostgresServer;
import org.dailypapers.Schedule;
import org.dailypapers.ScriptedSource;
import org.dailypapers.command.verb.Commands;
import org.dailypapers.command.verb.Console;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.operator.Operators;
import org.dailypapers.operator.Role;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.smtp.DeliveryResult;
import org.dailypapers.smtp.Letter;
import org.dailypapers.storage.StorageSettings;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was backed up comes back row by row, and so does what was moved. */
@QuarkusTest
class BackupsTest {

    private static final int READERS = 30;

    @Inject
    FreshService service;

    @Inject
    Database database;

    @Inject
    MovedClock clock;

    @Inject
    House house;

    @Inject
    ScriptedSource source;

    @Inject
    Schedule schedule;

    @Inject
    Delivery delivery;

    @Inject
    Subscriptions subscriptions;

    @Inject
    SuppressionList suppressions;

    @Inject
    Operators operators;

    @Inject
    Backups backups;

    @Inject
    StorageSettings storage;

    @TempDir
    Path folder;

    private final List<Subscriber> readers = new ArrayList<>();
    private final AcceptingTransport relay = new AcceptingTransport();
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @BeforeEach
    void begin() throws IOException {
        Files.deleteIfExists(storage.data().resolve("leavings.csv"));
        service.at("2026-03-02T00:00:00Z");
        source.list(paper("2602.00001", "An older paper", "2026-03-01"));
        schedule.tick();
        source.reset();
        source.list(paper("2603.00001", "A graph of everything", "2026-03-02"));
        readers.clear();
        for (int i = 0; i < READERS; i++) {
            readers.add(house.reader("reader" + i)
                    .interestedIn("graph")
                    .interestedIn("-word \"" + text() + "\" graph")
                    .confirmed());
        }
        suppressions.add("gone@example.org", "550 5.1.1 " + text());
        subscriptions.withdraw(readers.getFirst().id, text());
        subscriptions.erase(readers.get(1).id);
    }

    /** Words with all that a file, a shell or a database might take for its own. */
    private String text() {
        int[] signs = {'a', 'ß', '\'', '\\', ',', ';', '\t', '{', 0x4F60, 0x1F600, 0x202E, '%', '$', '&', '<'};
        var text = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            text.appendCodePoint(signs[random.nextInt(signs.length)]);
        }
        return text.toString();
    }

    private void liveUntil(String instant) {
        Instant end = Instant.parse(instant);
        while (clock.instant().isBefore(end)) {
            clock.move(Duration.ofHours(1));
            schedule.tick();
        }
    }

    private static final Backups.Progress UNSEEN = new Backups.Progress() {
        @Override
        public void expect(long rows) {}

        @Override
        public void at(long rows) {}
    };

    /** The status, and all that was said. */
    private static String run(String... arguments) {
        var said = new ByteArrayOutputStream();
        var stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        int status = Commands.run(arguments, new Console(stream, stream, Path.of("."), false));
        return status + " " + said.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void whatWasBackedUpComesBackRowByRow() throws IOException {
        liveUntil("2026-03-03T08:00:00Z");
        delivery.drain(relay);
        Path file = folder.resolve("papers.zip");
        String before = database.dump();
        String said = run("backup", file.toString());
        assertTrue(said.startsWith("0 wrote "), said);
        assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
        said = run("restore", "--check", file.toString());
        assertTrue(said.startsWith("0 whole: "), said);
        assertTrue(run("restore", file.toString()).startsWith("1 The database is in use: "));
        database.empty();
        said = run("restore", file.toString());
        assertTrue(said.startsWith("0 restored "), "seed " + seed + ": " + said);
        assertEquals(before, database.dump(), "seed " + seed);
        assertTrue(backups.last().isEmpty() || backups.last().get().said().startsWith("papers.zip"));
        // Ids go on behind those that are there.
        house.reader("newcomer").interestedIn("graph").confirmed();
        liveUntil("2026-03-03T12:00:00Z");
    }

    @Test
    void whatAKilledBackupLeftGoesWithTheNextOneAndNothingElse() throws IOException {
        Path left = Files.writeString(folder.resolve(".papers.zip.123.draft"), "half");
        Path fresh = Files.writeString(folder.resolve(".papers.zip.124.draft"), "half");
        Path others = Files.writeString(folder.resolve(".other.zip.125.draft"), "half");
        for (Path old : List.of(left, others)) {
            Files.setLastModifiedTime(
                    old,
                    FileTime.from(Files.getLastModifiedTime(fresh).toInstant().minus(Duration.ofDays(2))));
        }
        assertTrue(run("backup", folder.resolve("papers.zip").toString()).startsWith("0 "));
        assertFalse(Files.exists(left));
        assertTrue(Files.exists(fresh), "it may be one that is just being written");
        assertTrue(Files.exists(others));
    }

    @Test
    void whoLeftAfterTheBackupIsOutAgain() throws IOException {
        Path file = folder.resolve("papers.zip");
        backups.write(file, UNSEEN);
        clock.move(Duration.ofMinutes(5));
        subscriptions.withdraw(readers.get(5).id, "one click");
        subscriptions.erase(readers.get(6).id);
        database.empty();
        assertTrue(run("restore", file.toString()).contains("withdrawn 1, erased 1"));
        assertTrue(database.rows("select consent from subscriber where id = " + readers.get(5).id)
                .contains("WITHDRAWN"));
        assertEquals("", database.rows("select id from subscriber where id = " + readers.get(6).id));
    }

    @Test
    void nothingIsRestoredWithoutAJournalUnlessItIsSaidThatThereIsNone() throws IOException {
        Path file = folder.resolve("papers.zip");
        backups.write(file, UNSEEN);
        Path journal = storage.data().resolve("leavings.csv");
        Path elsewhere = Files.move(journal, folder.resolve("journal.csv"));
        database.empty();
        Path noJournal = Files.writeString(folder.resolve("list.csv"), "email,status\nada@example.org,confirmed\n");
        for (String[] call : List.of(
                new String[] {"restore", file.toString()},
                new String[] {"restore", "--journal=" + folder.resolve("none.csv"), file.toString()},
                new String[] {"restore", "--journal=" + noJournal, file.toString()})) {
            String said = run(call);
            assertTrue(said.startsWith("1 ") && said.contains("--no-journal"), said);
            assertEquals("", database.rows("select id from subscriber"));
        }
        String said = run("restore", "--journal=" + elsewhere, "--no-journal", file.toString());
        assertTrue(said.startsWith("2 "), said);
        said = run("restore", "--journal=" + elsewhere, file.toString());
        assertTrue(said.startsWith("0 restored ") && said.contains("journal: read "), said);
        database.empty();
        assertTrue(run("restore", "--no-journal", file.toString()).startsWith("0 restored "));
    }

    @Test
    void aRestoreThatWasCutOffBehindItsRowsIsFinishedByTheSameCallAndByNoOther() throws IOException {
        Path file = folder.resolve("papers.zip");
        backups.write(file, UNSEEN);
        clock.move(Duration.ofMinutes(5));
        Path other = folder.resolve("other.zip");
        backups.write(other, UNSEEN);
        subscriptions.withdraw(readers.get(5).id, "one click");
        Path journal = storage.data().resolve("leavings.csv");
        Path foreign = Files.writeString(
                folder.resolve("foreign.csv"),
                Files.readString(journal).replaceAll(",[0-9a-f]{16},", ",0123456789abcdef,"));
        database.empty();
        String said = run("restore", "--journal=" + foreign, file.toString());
        assertTrue(said.startsWith("1 ") && said.contains("not taken: it is the journal of another database"), said);
        assertTrue(backups.unfinished().isPresent(), "and the service does not start");
        assertTrue(run("restore", other.toString()).startsWith("1 The database is in use: "));
        said = run("restore", file.toString());
        assertTrue(said.startsWith("0 its rows are here already") && said.contains("withdrawn 1"), said);
        assertTrue(backups.unfinished().isEmpty());
        assertTrue(run("restore", file.toString()).startsWith("1 The database is in use: "));
    }

    @Test
    void aDatabaseInUseIsNotEmptiedByARestore() throws IOException {
        Path file = folder.resolve("papers.zip");
        backups.write(file, UNSEEN);
        house.reader("newcomer").interestedIn("graph").confirmed();
        String before = database.dump();
        try (BackupFile backup = BackupFile.open(file)) {
            assertThrows(IOException.class, () -> backups.restore(backup, n -> {}));
        }
        assertEquals(before, database.dump());
    }

    @Test
    void whatARestoreHasBroughtCanBeBackedUpAndRestoredAgainAtOnce() throws IOException {
        Path first = folder.resolve("first.zip");
        Path second = folder.resolve("second.zip");
        backups.write(first, UNSEEN);
        database.empty();
        assertTrue(run("restore", first.toString()).startsWith("0 restored "));
        backups.write(second, UNSEEN);
        database.empty();
        assertTrue(run("restore", second.toString()).startsWith("0 restored "));
        long next = Long.parseLong(database.rows("select nextval('paper_seq')").strip());
        long last = Long.parseLong(database.rows("select max(id) from paper").strip());
        assertTrue(next > last, next + " behind " + last);
    }

    @Test
    void aRestoreLetsNobodyInWhoHasBeenShutOutSinceAndNamesTheOperators() throws IOException {
        operators.invite("ada@example.org", Role.OWNER, "a test");
        operators.invite("bo@example.org", Role.EDITOR, "a test");
        long ada = operators.find("ada@example.org").orElseThrow().id();
        String day = "timestamp with time zone '2026-03-02 00:00:00+00'";
        database.update("insert into desk_session (id, operator_id, began_at, seen_at) values ('s', " + ada + ", " + day
                + ", " + day + ")");
        database.update("insert into desk_token (operator_id, name, token, rights, made_at, ends_at) values (" + ada
                + ", 'script', 't', 'SEE', " + day + ", " + day + ")");
        database.update("insert into desk_try (subject, at) values ('x', " + day + ")");
        Path file = folder.resolve("papers.zip");
        backups.write(file, UNSEEN);
        assertEquals("s\n", database.rows("select id from desk_session"), "a backup ends nothing");
        database.empty();
        String said = run("restore", file.toString());
        assertTrue(said.startsWith("0 restored "), said);
        assertTrue(said.contains("ada@example.org owner, bo@example.org editor"), said);
        for (String table : List.of("desk_session", "desk_token", "desk_try")) {
            assertEquals("0\n", database.rows("select count(*) from " + table), table);
        }
        assertEquals("2\n", database.rows("select count(*) from desk_operator where invited is null"));
    }

    @Test
    void aFileThatIsNotWholeIsToldInALineAndChangesNothing() throws IOException {
        Path file = folder.resolve("papers.zip");
        backups.write(file, UNSEEN);
        byte[] all = Files.readAllBytes(file);
        Path cut = Files.write(folder.resolve("cut.zip"), java.util.Arrays.copyOf(all, all.length / 2));
        Path empty = Files.write(folder.resolve("empty.zip"), new byte[0]);
        Path changed = changed(file, "reader7@example.org", "reader8@example.com");
        Path short1 = changed(file, "]\n[", "]\n");
        database.empty();
        for (Path broken : List.of(cut, empty, changed, short1, folder.resolve("none.zip"))) {
            for (List<String> call :
                    List.of(List.of("restore", "--check", broken.toString()), List.of("restore", broken.toString()))) {
                String said = run(call.toArray(String[]::new));
                assertTrue(said.startsWith("1 "), said);
                assertTrue(said.lines().count() <= 3, said);
                assertEquals("", database.rows("select id from subscriber"));
            }
        }
    }

    /** A copy in which the first such words of the subscribers are others. */
    private Path changed(Path file, String from, String to) throws IOException {
        Path copy = folder.resolve("changed" + from.length() + ".zip");
        try (var in = new ZipInputStream(Files.newInputStream(file));
                var out = new ZipOutputStream(Files.newOutputStream(copy))) {
            ZipEntry entry;
            while ((entry = in.getNextEntry()) != null) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write((entry.getName().equals("tables/subscriber") ? text.replace(from, to) : text)
                        .getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return copy;
    }

    @Test
    void aBackupThatIsMadeWhileLettersLeaveLosesNobodyAndRepeatsEachLetterOnceAtMost() throws Exception {
        liveUntil("2026-03-03T08:00:00Z");
        var slow = new AcceptingTransport() {
            @Override
            public MailConnection open() {
                MailConnection line = super.open();
                return new MailConnection() {
                    @Override
                    public DeliveryResult send(Letter letter, Runnable goAhead) {
                        LockSupport.parkNanos(20_000_000);
                        return line.send(letter, goAhead);
                    }

                    @Override
                    public boolean usable() {
                        return true;
                    }

                    @Override
                    public void close() {}
                };
            }
        };
        Thread sending = Thread.ofPlatform().start(() -> delivery.drain(slow));
        await().until(() -> slow.accepted.size() > 3);
        Path file = folder.resolve("papers.zip");
        backups.write(file, UNSEEN);
        sending.join();
        int before = slow.accepted.size();
        assertEquals(READERS - 2, before);
        database.empty();
        assertTrue(run("restore", file.toString()).startsWith("0 restored "));
        delivery.drain(relay);
        Map<String, byte[]> first = new HashMap<>();
        slow.accepted.forEach(letter -> first.put(letter.recipient(), letter.bytes()));
        assertEquals(READERS - 2, first.size());
        for (Letter again : relay.accepted) {
            assertArrayEquals(first.get(again.recipient()), again.bytes(), "the same letter");
        }
        assertEquals(
                relay.accepted.size(),
                relay.accepted.stream().map(Letter::recipient).distinct().count());
        assertTrue(relay.accepted.size() < before, "what had left is not sent again");
        assertEquals("", database.rows("select id from message where state = 'QUEUED'"));
    }

    @Test
    void everyRowMovesToAnotherDatabaseAndIsTheSame() throws Exception {
        liveUntil("2026-03-03T08:00:00Z");
        delivery.drain(relay);
        var server = new PostgresServer();
        try {
            String url = server.start().get("quarkus.datasource.jdbc.url");
            String said = run("move", "--to=" + url);
            assertTrue(said.startsWith("0 moved: every row is there, and the same"), "seed " + seed + ": " + said);
            try (var there = DriverManager.getConnection(url);
                    var rows = there.createStatement()
                            .executeQuery("select email, interests from subscriber order by id")) {
                String here = database.rows("select email, interests from subscriber order by id");
                var moved = new StringBuilder();
                while (rows.next()) {
                    moved.append(rows.getString(1))
                            .append(" | ")
                            .append(rows.getString(2))
                            .append("\n");
                }
                assertEquals(here, moved.toString(), "seed " + seed);
            }
            try (var there = DriverManager.getConnection(url);
                    var next = there.createStatement().executeQuery("select nextval('subscriber_seq')")) {
                next.next();
                assertTrue(next.getLong(1) > readers.getLast().id);
            }
            try (var there = DriverManager.getConnection(url);
                    var statement = there.createStatement()) {
                // As one that an older version uses.
                statement.execute("drop table provider_call");
                statement.execute("delete from flyway_schema_history where version = '46'");
                assertTrue(
                        run("move", "--to=" + url).startsWith("1 The database of --to cannot be used: it is in use"));
                try (var step =
                        statement.executeQuery("select count(*) from flyway_schema_history where version = '46'")) {
                    step.next();
                    assertEquals(0, step.getInt(1), "and is not upgraded");
                }
            }
        } finally {
            server.stop();
        }
        String said = run("move", "--to=jdbc:postgresql://127.0.0.1:1/none?user=me&password=hush");
        assertTrue(said.startsWith("1 The database of --to cannot be used: ") && !said.contains("hush"), said);
        assertTrue(run("move", "--to=jdbc:mysql://x").startsWith("1 DATABASE_URL must begin with"));
        assertTrue(run("move").startsWith("2 "));
    }

    @Test
    void oneScreenSaysHowEverythingStands() {
        liveUntil("2026-03-03T08:00:00Z");
        String said = run("status");
        for (String matter : List.of(
                "version", "database", "source scripted", "edition", "queue", "letters", "alarms", "disk", "backup")) {
            assertTrue(said.contains("\t" + matter + "\t"), matter + " in\n" + said);
        }
        assertTrue(said.contains("queue\t28 wait"), said);
        assertThrows(IOException.class, () -> BackupFile.open(folder));
    }
}
