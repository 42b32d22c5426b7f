package org.dailypapers.source.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaperFilesTest {

    @TempDir
    Path folder;

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static String refusal(Path file) {
        return refusal(file, null);
    }

    private static String refusal(Path file, String format) {
        Reading reading = new Reading();
        UnreadableFileException refused =
                assertThrows(UnreadableFileException.class, () -> reading.read(file, format, null));
        assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
        assertTrue(refused.getMessage().startsWith(file + ": "), refused.getMessage());
        assertTrue(refused.getMessage().length() < 500, refused.getMessage());
        return refused.getMessage().substring(file.toString().length() + 2);
    }

    @Test
    void everyFormatIsRecognisedByItsContent() throws IOException {
        assertEquals(
                1,
                Reading.of(file("a", "[{\"paper\": {\"id\": \"2402.17764\", \"title\": \"T\"}}]".getBytes(UTF_8)))
                        .papers()
                        .size());
        assertEquals(
                1,
                Reading.of(file("b", "\n{\"paper\": {\"id\": \"2402.17764\", \"title\": \"T\"}}".getBytes(UTF_8)))
                        .papers()
                        .size());
        assertEquals(
                1,
                Reading.of(file("c", "{\"id\": \"2402.17764\", \"title\": \"T\"}\n".getBytes(UTF_8)))
                        .papers()
                        .size());
        assertEquals(
                1,
                Reading.of(
                                file(
                                        "d",
                                        "Daily Papers\n\nNov 3, 2025\n\nT\n\nS\n\n  • 5 authors\n·\nNov 1\n"
                                                .getBytes(UTF_8)),
                                "2025-11-03")
                        .papers()
                        .size());
    }

    @Test
    void aByteOrderMarkOfUtf8IsNoPartOfTheText() throws IOException {
        assertEquals(
                1,
                Reading.of(file("a", "\ufeff{\"title\": \"T\"}".getBytes(UTF_8)))
                        .papers()
                        .size());
        assertEquals(
                1,
                Reading.of(file("b", "\ufeff[{\"id\": \"2402.17764\", \"title\": \"T\"}]".getBytes(UTF_8)))
                        .papers()
                        .size());
    }

    @Test
    void anUnknownFormatIsRefusedWithTheKnownOnes() throws IOException {
        String known = "no format csv; known are hf-json, jsonl, page-text, arxiv-oai, arxiv-rss, arxiv-atom";
        assertEquals(known, refusal(file("a", "x".getBytes(UTF_8)), "csv"));
        assertEquals(
                known,
                assertThrows(IllegalArgumentException.class, () -> PaperFiles.format("csv"))
                        .getMessage());
    }

    @Test
    void whatIsNoPaperFileIsNamed() throws IOException {
        assertTrue(refusal(file("a.txt", "Hello\n".getBytes(UTF_8))).startsWith("no format is recognised"));
        assertTrue(refusal(file("b.txt", "caf\u00e9".getBytes(ISO_8859_1))).startsWith("no format is recognised"));
        assertTrue(refusal(file("c.xml", "<html/>".getBytes(UTF_8))).startsWith("no format is recognised"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\r\n\t", "\ufeff"})
    void anEmptyFileIsRefused(String content) throws IOException {
        Path empty = file("empty.jsonl", content.getBytes(UTF_8));
        assertEquals("the file is empty", refusal(empty));
        assertEquals("the file is empty", refusal(empty, "page-text"));
    }

    @Test
    void aFolderAndAMissingFileAreRefused() {
        assertTrue(refusal(folder).startsWith("is a folder"));
        assertEquals("no such file", refusal(folder.resolve("missing.json")));
    }

    @Test
    void aFileWithoutPermissionIsRefused() throws IOException {
        Path secret = file("secret.json", "[]".getBytes(UTF_8));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(secret), "skipped: this user may read everything");
        assertEquals("permission denied", refusal(secret));
    }

    @Test
    void compressedAndUtf16FilesAreRefused() throws IOException {
        Path zipped = folder.resolve("papers.json.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write("[]".getBytes(UTF_8));
        }
        assertTrue(refusal(zipped).startsWith("compressed with gzip"));
        assertTrue(refusal(file("a.json", "[]".getBytes(UTF_16))).startsWith("UTF-16 or binary, not UTF-8"));
        assertTrue(refusal(file("b.json", "[]".getBytes(java.nio.charset.StandardCharsets.UTF_16LE)))
                .startsWith("UTF-16 or binary, not UTF-8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hf-json", "jsonl", "page-text", "arxiv-rss"})
    void aHundredMegabytesOfRubbishAreOneRefusal(String format) throws IOException {
        Path rubbish = folder.resolve("rubbish");
        byte[] block = new byte[1 << 20];
        new Random(1).nextBytes(block);
        block[0] = '{';
        block[1] = ' ';
        try (OutputStream out = Files.newOutputStream(rubbish)) {
            for (int i = 0; i < 100; i++) {
                out.write(block);
            }
        }
        refusal(rubbish, format);
        refusal(rubbish);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hf-json", "jsonl", "page-text"})
    void aHundredMegabytesOnOneLineAreOneRefusal(String format) throws IOException {
        Path rubbish = folder.resolve("rubbish");
        byte[] block = " ".repeat(1 << 20).getBytes(UTF_8);
        try (OutputStream out = Files.newOutputStream(rubbish)) {
            out.write('[');
            for (int i = 0; i < 100; i++) {
                out.write(block);
            }
        }
        refusal(rubbish, format);
    }
}
