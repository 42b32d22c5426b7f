package org.dailypapers.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {

    @TempDir
    Path folder;

    @Test
    void aSecretIsMadeOnceAndKept() throws IOException {
        Path data = folder.resolve("new/data");
        String secret = SecretFile.in(data);
        assertTrue(secret.matches("[0-9a-f]{64}"));
        assertEquals(secret, SecretFile.in(data));
        assertEquals(List.of("secret"), names(data));
        assertEquals(2, new SigningKeys(secret, List.of()).currentId().length);
    }

    @Test
    void everyInstanceHasItsOwn() {
        assertNotEquals(SecretFile.in(folder.resolve("a")), SecretFile.in(folder.resolve("b")));
    }

    @Test
    void onlyItsOwnerMayReadIt() throws IOException {
        Assumptions.assumeTrue(
                folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
                "this file system has no permissions");
        SecretFile.in(folder);
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secret"))));
    }

    @Test
    void oneThatIsThereIsTakenAsItIs() throws IOException {
        Files.writeString(folder.resolve("secret"), "  the operator's own, put there by hand \n");
        assertEquals("the operator's own, put there by hand", SecretFile.in(folder));
    }

    @Test
    void thoseWhoStartTogetherShareIt() throws Exception {
        int starters = 8;
        try (var threads = Executors.newFixedThreadPool(starters)) {
            for (int round = 0; round < 50; round++) {
                Path data = folder.resolve("round" + round);
                var line = new CyclicBarrier(starters);
                Callable<String> start = () -> {
                    line.await();
                    return SecretFile.in(data);
                };
                var secrets = new HashSet<String>();
                for (var secret : threads.invokeAll(java.util.Collections.nCopies(starters, start))) {
                    secrets.add(secret.get());
                }
                assertEquals(1, secrets.size());
                assertEquals(List.of("secret"), names(data));
            }
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        var fault = assertThrows(UncheckedIOException.class, () -> SecretFile.in(file.resolve("data")));
        assertTrue(fault.getMessage().contains("cannot be kept in " + file.resolve("data/secret")));
    }

    private static List<String> names(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }
}
