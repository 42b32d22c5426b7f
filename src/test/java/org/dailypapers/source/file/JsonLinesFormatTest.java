package org.dailypapers.source.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.RealData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesFormatTest {

    @TempDir
    Path folder;

    private Reading read(String... lines) throws IOException {
        return Reading.of(Files.writeString(folder.resolve("papers.jsonl"), String.join("\n", lines)));
    }

    private String refusal(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("papers.jsonl"), bytes);
        return assertThrows(UnreadableFileException.class, () -> Reading.of(file))
                .getMessage();
    }

    @Test
    void everyRealPaperOfArxivIsRead() throws IOException {
        Reading reading = Reading.of(RealData.path("arxiv-metadata/papers.jsonl"));
        assertEquals(List.of(), reading.reasons());
        assertEquals(10_374, reading.papers().size());
        assertEquals(
                10_374,
                reading.papers().stream().map(PaperRecord::id).distinct().count());
        assertTrue(reading.papers().stream().allMatch(paper -> paper.id().isArxiv()));
        assertTrue(reading.papers().stream().allMatch(paper -> paper.listed() != null && paper.published() == null));
        assertEquals(
                1_209,
                reading.papers().stream()
                        .mapToInt(PaperRecord::authorCount)
                        .max()
                        .orElseThrow());
        PaperRecord first = reading.papers().getFirst();
        assertEquals("0705.1862", first.id().value());
        assertEquals("Detection of CFIRB with AKARI/FIS Deep Observations", first.title());
        assertEquals(11, first.authors().size());
        assertEquals(List.of("astro-ph", "astro-ph.GA"), first.categories());
        assertEquals(LocalDate.of(2025, 8, 26), first.listed());
        assertTrue(
                first.note().startsWith("12 pages, 5 figures, uses elsart.cls, Accepted for publication in Advances"));
    }

    @Test
    void theArxivSideOfPapersOnHuggingFaceIsRead() throws IOException {
        Reading reading = Reading.of(RealData.path("arxiv-metadata/also-on-hf.jsonl"));
        assertEquals(List.of(), reading.reasons());
        assertEquals(645, reading.papers().size());
    }

    @Test
    void everyFieldIsRead() throws IOException {
        PaperRecord paper = read("""
                        {"id": "arXiv:2402.17764v2", "title": "Ternary\\n Weights", "abstract": "Small.", \
                        "authors": ["Ann", "", "Bob"], "author_count": 5, "categories": ["cs.CL", "cs.LG"], \
                        "comment": "12 pages", "first_seen": "2024-02-28", "published": "2024-02-27T18:56:19+02:00", \
                        "doi": "https://doi.org/10.1000/XYZ", "url": "https://example.org/1", "votes": 3, "comments": 2, \
                        "organization": "The Lab", "code": "https://github.com/a/b", "stars": 9, \
                        "project": "https://example.org/p", "keywords": ["ternary", " "], "withdrawn": true, "other": {}}""").papers().getFirst();
        assertEquals("2402.17764", paper.id().value());
        assertEquals("Ternary Weights", paper.title());
        assertEquals("Small.", paper.summary());
        assertEquals(List.of("Ann", "Bob"), paper.authors());
        assertEquals(5, paper.authorCount());
        assertEquals(List.of("cs.CL", "cs.LG"), paper.categories());
        assertEquals("12 pages", paper.note());
        assertEquals(LocalDate.of(2024, 2, 28), paper.listed());
        assertEquals(Instant.parse("2024-02-27T16:56:19Z"), paper.published());
        assertEquals("10.1000/xyz", paper.doi());
        assertEquals("https://example.org/1", paper.url());
        assertEquals(3, paper.votes());
        assertEquals(2, paper.comments());
        assertEquals("The Lab", paper.organization());
        assertEquals("https://github.com/a/b", paper.code());
        assertEquals(9, paper.stars());
        assertEquals("https://example.org/p", paper.project());
        assertEquals(List.of("ternary"), paper.keywords());
        assertTrue(paper.withdrawn());
    }

    @Test
    void nullFieldsAreAsGoodAsAbsentOnes() throws IOException {
        PaperRecord paper =
                read("{\"id\": null, \"title\": \"T\", \"abstract\": null, \"authors\": null, \"votes\": null,"
                                + " \"first_seen\": null, \"doi\": null, \"comment\": null, \"withdrawn\": null}")
                        .papers()
                        .getFirst();
        assertTrue(paper.id().value().startsWith("t-"));
        assertEquals("", paper.summary());
        assertEquals(List.of(), paper.authors());
        assertNull(paper.votes());
        assertNull(paper.listed());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"title\": \"T\", \"id\": \"2402.17764\", \"doi\": \"10.1000/x\"}|2402.17764",
                "{\"title\": \"T\", \"id\": \"10.1000/X\"}|doi:10.1000/x",
                "{\"title\": \"T\", \"id\": \"W123\", \"doi\": \"10.1000/x\"}|doi:10.1000/x",
                "{\"title\": \"T\", \"doi\": \"10.48550/arXiv.2402.17764\"}|2402.17764",
                "{\"title\": \"T\", \"doi\": \"10.1000/x\", \"url\": \"http://arxiv.org/abs/2402.17764v3\"}|2402.17764",
            })
    void theIdentityIsTheBestThatTheFieldsGive(String line, String id) throws IOException {
        assertEquals(id, read(line).papers().getFirst().id().value());
    }

    @Test
    void theDateGivenCountsWhereTheLineHasNone() throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.jsonl"), "{\"title\": \"T\"}\n{\"title\": \"U\", \"first_seen\": \"2024-02-28\"}");
        assertEquals(
                List.of(LocalDate.of(2025, 1, 1), LocalDate.of(2024, 2, 28)),
                Reading.of(file, "2025-01-01").papers().stream()
                        .map(PaperRecord::listed)
                        .toList());
    }

    @Test
    void anUnusableLineIsNamedAndTheOthersGoOn() throws IOException {
        Reading reading = read(
                "{\"title\": 5}",
                "",
                "{\"title\": \"One\"}\r",
                "{\"title\": \"  \"}",
                "[]",
                "{\"title\": \"T\", \"votes\": 1.5}",
                "{\"title\": \"T\", \"authors\": \"Ann\"}",
                "{\"title\": \"T\", \"first_seen\": \"28.02.2024\"}",
                "{\"title\": \"T\", \"first_seen\": \"0000-01-01\"}",
                "{\"title\": \"T\"} {\"title\": \"U\"}",
                "{\"title\": \"T\", \"x\": " + "[".repeat(100_000),
                "{\"title\": \"Two\"}",
                "{\"title\": \"Thr");
        assertEquals(
                List.of("One", "Two"),
                reading.papers().stream().map(PaperRecord::title).toList());
        List<String> reasons = reading.reasons();
        assertEquals("line 1: title is not a string", reasons.get(0));
        assertEquals("line 4: title is blank", reasons.get(1));
        assertEquals("line 5: not a JSON object", reasons.get(2));
        assertEquals("line 6: votes is not a whole number from 0", reasons.get(3));
        assertEquals("line 7: authors is not an array", reasons.get(4));
        assertEquals("line 8: first_seen is not a date YYYY-MM-DD: 28.02.2024", reasons.get(5));
        assertEquals("line 9: first_seen is not in a year from 1900 to 2999: 0", reasons.get(6));
        assertTrue(reasons.get(7).startsWith("line 10: not JSON at column 16: "), reasons.get(7));
        assertTrue(reasons.get(8).startsWith("line 11: not JSON at column "), reasons.get(8));
        assertTrue(reasons.get(9).startsWith("line 13: not JSON at column "), reasons.get(9));
        assertEquals(10, reasons.size());
    }

    @Test
    void aByteThatIsNotUtf8RejectsItsLine() throws IOException {
        Path file = Files.write(
                folder.resolve("a.jsonl"), "{\"title\": \"caf\u00e9\"}\n{\"title\": \"tea\"}".getBytes(ISO_8859_1));
        Reading reading = Reading.of(file);
        assertEquals(List.of("line 1: not UTF-8"), reading.reasons());
        assertEquals("tea", reading.papers().getFirst().title());
    }

    @Test
    void aFileThatIsNotUtf8AtAllIsRefused() throws IOException {
        assertTrue(
                refusal("caf\u00e9\n".repeat(3).getBytes(ISO_8859_1)).contains("jsonl: not UTF-8; convert it first"));
        assertTrue(refusal("{\"title\": \"caf\u00e9\"}\n".repeat(3).getBytes(ISO_8859_1))
                .contains("jsonl: not UTF-8; convert it first"));
        assertTrue(refusal("{\"title\": \"caf\u00e9\"}\n".repeat(3_000).getBytes(ISO_8859_1))
                .contains("jsonl: not UTF-8; convert it first"));
    }

    @Test
    void aFileWithoutObjectsIsRefused() throws IOException {
        assertTrue(refusal("a\nb\n".getBytes(UTF_8)).endsWith("jsonl: no line is a JSON object"));
        assertTrue(refusal("a\n".repeat(1_000).getBytes(UTF_8)).endsWith("jsonl: no line is a JSON object"));
        assertTrue(refusal("{}\n".repeat(1_000).getBytes(UTF_8))
                .endsWith("jsonl: none of its first 100 records can be read; the first is line 1: title is blank"));
    }

    @Test
    void aLineOfAHundredMegabytesIsRejectedAndTheOthersGoOn() throws IOException {
        Path file = folder.resolve("long.jsonl");
        byte[] block = "x".repeat(1 << 20).getBytes(UTF_8);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("{\"title\": \"".getBytes(UTF_8));
            for (int i = 0; i < 100; i++) {
                out.write(block);
            }
            out.write("\"}\n{\"title\": \"T\"}\n".getBytes(UTF_8));
        }
        Reading reading = Reading.of(file);
        assertEquals(List.of("line 1: longer than 2 MB"), reading.reasons());
        assertEquals("T", reading.papers().getFirst().title());
    }
}
