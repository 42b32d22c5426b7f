package org.dailypapers.command.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path around;

    @BeforeEach
    void posixAlone() {
        assumeTrue(
                around.getFileSystem().supportedFileAttributeViews().contains("posix"),
                "skipped: this file system knows no rights of POSIX");
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static Path with(Path path, String rights) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
    }

    @Test
    void aNewFolderIsItsOwnersAloneFromTheStart() throws IOException {
        Path data = around.resolve("a/data");
        var folder = new DataFolder(data);
        folder.make(true);
        assertEquals("rwx------", rights(data));
        assertEquals("rw-------", rights(data.resolve("papers.mv.db")));
        assertEquals(Optional.empty(), folder.close());
        folder.make(true);
    }

    @Test
    void whatOthersCouldReadIsClosedAndSaidOnce() throws IOException {
        Path data = with(Files.createDirectory(around.resolve("data")), "rwxr-xr-x");
        Path mailbox = with(Files.createDirectory(data.resolve("mailbox")), "rwxr-xr-x");
        for (String name :
                new String[] {"papers.mv.db", "papers.trace.db", "secret", "service", "mailbox/000001.eml"}) {
            with(Files.createFile(data.resolve(name)), "rw-r--r--");
        }
        Path own = with(Files.createFile(data.resolve("topics.txt")), "r--r--r--");
        var folder = new DataFolder(data);
        String line = folder.close().orElseThrow();
        assertTrue(line.contains(data.toString()) && line.lines().count() == 1, line);
        assertEquals("rwx------", rights(data));
        assertEquals("rwx------", rights(mailbox));
        for (String name :
                new String[] {"papers.mv.db", "papers.trace.db", "secret", "service", "mailbox/000001.eml"}) {
            assertEquals("rw-------", rights(data.resolve(name)), name);
        }
        assertEquals("r--r--r--", rights(own));
        assertEquals(Optional.empty(), folder.close());
    }

    @Test
    void aFileThatItsOwnerMayOnlyReadStaysSo() throws IOException {
        Path data = with(Files.createDirectory(around.resolve("data")), "rwx------");
        Path secret = with(Files.createFile(data.resolve("secret")), "r--r-----");
        assertTrue(new DataFolder(data).close().isPresent());
        assertEquals("r--------", rights(secret));
    }

    @Test
    void aFolderOfEverybodysIsLeftAsItIsAndNamed() throws IOException, InterruptedException {
        Path data = Files.createDirectory(around.resolve("data"));
        assertEquals(
                0, new ProcessBuilder("chmod", "1777", data.toString()).start().waitFor());
        String line = new DataFolder(data).close().orElseThrow();
        assertTrue(line.contains("DAILY_PAPERS_DATA"), line);
        assertEquals("rwxrwxrwx", rights(data));
    }

    @Test
    void aLinkToAFolderStaysALink() throws IOException {
        Path real = with(Files.createDirectory(around.resolve("real")), "rwxr-xr-x");
        Path data = Files.createSymbolicLink(around.resolve("data"), real);
        var folder = new DataFolder(data);
        folder.make(true);
        assertTrue(folder.close().isPresent());
        assertEquals("rwx------", rights(real));
        assertTrue(Files.isSymbolicLink(data));
    }
}
