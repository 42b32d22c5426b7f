package org.dailypapers.command.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseFileTest {

    @TempDir
    Path folder;

    private Connection open() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:h2:service:" + folder.resolve("papers") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE", "", "");
    }

    @Test
    void interruptsCloseNothing() throws Exception {
        DatabaseFile.register((file, reason) -> {});
        int rows = 0;
        try (Connection connection = open()) {
            connection.createStatement().execute("create table t (id int)");
            var over = new AtomicBoolean();
            Thread writer = Thread.currentThread();
            Thread interrupter = Thread.ofPlatform().start(() -> {
                while (!over.get()) {
                    writer.interrupt();
                    Thread.onSpinWait();
                }
            });
            for (; rows < 500; rows++) {
                connection.createStatement().execute("insert into t values (" + rows + ")");
            }
            over.set(true);
            while (interrupter.isAlive()) {
                Thread.onSpinWait();
            }
            Thread.interrupted();
        }
        try (Connection connection = open();
                var count = connection.createStatement().executeQuery("select count(*) from t")) {
            count.next();
            assertEquals(rows, count.getInt(1));
        }
    }

    @Test
    void aSecondProcessIsKeptOut() throws Exception {
        DatabaseFile.register((file, reason) -> {});
        try (Connection connection = open()) {
            connection.createStatement().execute("create table t (id int)");
            SQLException refused = assertThrows(
                    SQLException.class,
                    () -> DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("papers"), "", ""));
            assertEquals(90020, refused.getErrorCode());
        }
    }

    /** /dev/full takes no byte: a write into it fails as one on a full disk does. */
    @Test
    void aWriteThatFailsIsToldBeforeTheDatabaseLearnsOfIt() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "skipped: there is no /dev/full");
        Files.createSymbolicLink(folder.resolve("full"), full);
        List<String> told = new ArrayList<>();
        DatabaseFile.register((file, reason) -> told.add(file + ": " + reason.getMessage()));
        try (var channel =
                new DatabaseFile().getPath("service:" + folder.resolve("full")).open("rw")) {
            assertThrows(IOException.class, () -> channel.write(ByteBuffer.allocate(10), 0));
        } finally {
            DatabaseFile.register((file, reason) -> {});
        }
        assertEquals(1, told.size(), told.toString());
        assertTrue(told.getFirst().startsWith(folder.resolve("full") + ": "), told.toString());
        assertTrue(told.getFirst().contains("No space left on device"), told.toString());
    }
}
