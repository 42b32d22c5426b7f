package org.dailypapers.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dailypapers.command.verb.Commands;
import org.dailypapers.command.verb.Console;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifyCommandTest {

    private static final String BOUNCE = """
            From: MAILER-DAEMON@mx.example
            Subject: failure notice

            <reader@example.org>:
            Remote host said: 550 5.1.1 no\tsuch \u001b[31muser\u202e here
            """;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return Commands.run(
                arguments,
                new Console(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        folder,
                        false));
    }

    private static List<String> lines(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void aLineHasFiveCleanColumns() throws IOException {
        Files.writeString(folder.resolve("a.eml"), BOUNCE);
        assertEquals(0, run("classify", "a.eml"));
        String[] cells = lines(out).getFirst().split("\t", -1);
        assertEquals(
                List.of("a.eml", "hard", "5.1.1", "reader@example.org"),
                List.of(cells).subList(0, 4));
        assertTrue(cells[4].startsWith("no such mailbox: "), cells[4]);
        assertTrue(cells[4].contains("no such [31muser here"), cells[4]);
        assertEquals(1, lines(out).size());
        assertEquals(5, cells.length);
    }

    @Test
    void aFileThatCannotBeReadIsNamedAndTheOthersGoOn() throws IOException {
        Files.writeString(folder.resolve("a.eml"), BOUNCE);
        Files.write(folder.resolve("noise"), new byte[] {0, -1, 7, 13, 10, 0});
        assertEquals(1, run("classify", "absent.eml", ".", "noise", "a.eml"));
        assertEquals(List.of("absent.eml: there is no such file", ".: is a folder; name the files in it"), lines(err));
        assertEquals(2, lines(out).size());
        assertTrue(lines(out).getFirst().startsWith("noise\tnone\t"), out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aSingleDashIsStandardInput() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(BOUNCE.getBytes(StandardCharsets.UTF_8)));
        try {
            assertEquals(0, run("classify", "-"));
        } finally {
            System.setIn(before);
        }
        assertTrue(lines(out).getFirst().startsWith("-\thard\t5.1.1\treader@example.org\t"));
    }

    @Test
    void itNeedsNoContainerAndAFileToRead() {
        assertTrue(Commands.standAlone(new String[] {"classify", "a"}));
        assertEquals(false, Commands.standAlone(new String[] {"match", "a"}));
        assertEquals(2, run("classify"));
    }
}
