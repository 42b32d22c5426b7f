package org.dailypapers.source.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dailypapers.paper.Titles;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.RealData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HfJsonFormatTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("papers.json"), content);
    }

    private static String item(int number) {
        return "{\"paper\": {\"id\": \"2402.%05d\", \"title\": \"T\", \"submittedOnDailyAt\": \"2024-02-28T00:00:00.000Z\"}}"
                .formatted(number);
    }

    @Test
    void everyRealRecordIsReadAsExpected() throws IOException {
        Map<String, JsonNode> expected = new HashMap<>();
        for (String line : Files.readAllLines(RealData.path("hf-daily-papers/expected.jsonl"))) {
            JsonNode row = JSON.readTree(line);
            expected.put(row.get("id").textValue(), row);
        }
        List<Path> days = RealData.files("hf-daily-papers/days", ".json");
        assertEquals(214, days.size());
        int count = 0;
        for (Path day : days) {
            Map<String, JsonNode> raw = new HashMap<>();
            JSON.readTree(day.toFile())
                    .forEach(item -> raw.put(item.at("/paper/id").textValue(), item.get("paper")));
            Reading reading = Reading.of(day);
            assertEquals(List.of(), reading.reasons());
            assertEquals(raw.size(), reading.papers().size());
            for (PaperRecord paper : reading.papers()) {
                assertAsExpected(
                        expected.remove(paper.id().value()),
                        paper,
                        raw.get(paper.id().value()));
                count++;
            }
        }
        assertEquals(3_017, count);
        assertEquals(Map.of(), expected);
    }

    private static void assertAsExpected(JsonNode row, PaperRecord paper, JsonNode raw) {
        String id = paper.id().value();
        assertEquals(row.get("day").textValue(), paper.listed().toString(), id);
        assertEquals(row.get("title").textValue().replace("\\&", "&"), paper.title(), id);
        assertEquals(Instant.parse(row.get("published").textValue()), paper.published(), id);
        assertEquals(row.get("n_authors").intValue(), paper.authorCount(), id);
        assertEquals(row.get("n_authors_visible").intValue(), paper.authors().size(), id);
        assertEquals(row.get("upvotes").intValue(), paper.votes(), id);
        assertEquals(row.get("comments").intValue(), paper.comments(), id);
        String organization = row.get("organization").textValue();
        assertEquals(organization == null ? null : organization.strip(), paper.organization(), id);
        assertEquals(row.get("github").textValue(), paper.code(), id);
        assertEquals(row.get("project").textValue(), paper.project(), id);
        assertEquals(row.get("withdrawn").booleanValue(), paper.withdrawn(), id);
        String written = Titles.oneLine(raw.path("summary").asText());
        assertEquals(row.get("summary_chars").intValue(), written.codePointCount(0, written.length()), id);
        assertEquals(
                written,
                paper.written().summary() == null
                        ? paper.summary()
                        : paper.written().summary(),
                id);
        List<String> keywords = new ArrayList<>();
        raw.path("ai_keywords").forEach(keyword -> keywords.add(keyword.textValue()));
        assertEquals(row.get("n_keywords").intValue(), keywords.size(), id);
        assertEquals(
                keywords.stream().filter(keyword -> !keyword.isBlank()).count(),
                paper.keywords().size(),
                id);
        assertEquals(raw.has("githubStars") ? raw.get("githubStars").intValue() : null, paper.stars(), id);
    }

    @Test
    void recordedAnswersAreReadWhole() throws IOException {
        Map<String, Integer> sizes =
                Map.of("daily_papers_date_2026-06-12.json", 30, "daily_papers_month_2023-08.json", 113);
        for (Path answer : RealData.files("wire-samples/hf-json", ".json")) {
            Reading reading = Reading.of(answer);
            assertEquals(List.of(), reading.reasons());
            assertEquals(
                    sizes.get(answer.getFileName().toString()), reading.papers().size());
        }
    }

    @Test
    void anItemByItselfIsReadToo() throws IOException {
        assertEquals(1, Reading.of(file(item(1))).papers().size());
        assertEquals(
                1,
                Reading.of(file("{\"id\": \"2402.00001\",\n \"title\": \"T\", \"upvotes\": 3}"))
                        .papers()
                        .size());
    }

    @Test
    void anEmptyArrayHasNoPapers() throws IOException {
        assertEquals(new Reading(), Reading.of(file("[]")));
    }

    @Test
    void theDateGivenCountsWhereTheRecordHasNone() throws IOException {
        Reading reading =
                Reading.of(file("[" + item(1) + ", {\"id\": \"2402.00002\", \"title\": \"U\"}]"), "2025-01-01");
        assertEquals(
                List.of(LocalDate.of(2024, 2, 28), LocalDate.of(2025, 1, 1)),
                reading.papers().stream().map(PaperRecord::listed).toList());
    }

    @Test
    void anUnusableRecordIsNamedAndTheOthersGoOn() throws IOException {
        Reading reading = Reading.of(file("[" + item(1)
                + ", 7, null, [[]], {\"paper\": {\"id\": \"2402.00002\", \"title\": null}}, " + item(3) + "]"));
        assertEquals(2, reading.papers().size());
        assertEquals(
                List.of(
                        "record 2: not a JSON object",
                        "record 3: not a JSON object",
                        "record 4: not a JSON object",
                        "record 5: 2402.00002: title is blank"),
                reading.reasons());
    }

    @Test
    void whatStandsBeforeTheBreakIsKept() throws IOException {
        for (String rest : List.of(", {\"paper\": {\"id\": \"24", ", ", "", " x]", ", {\"a\": \"\u0001\"}]")) {
            Path broken = file("[" + item(1) + ", 7,\n" + item(2) + rest);
            Reading reading = new Reading();
            UnreadableFileException refused =
                    assertThrows(UnreadableFileException.class, () -> reading.read(broken, null, null));
            assertEquals(2, reading.papers().size());
            assertEquals(1, reading.rejections().size());
            assertTrue(refused.getMessage().contains("hf-json: record 4 at line 2, column "), refused.getMessage());
        }
    }

    @Test
    void aByteThatIsNotUtf8BreaksTheFileAtItsPlace() throws IOException {
        byte[] bytes = ("[" + item(1) + ", {\"id\": \"2402.00002\", \"title\": \"caf?\"}]")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        bytes[bytes.length - 4] = (byte) 0xE9;
        Path broken = Files.write(folder.resolve("latin.json"), bytes);
        Reading reading = new Reading();
        UnreadableFileException refused =
                assertThrows(UnreadableFileException.class, () -> reading.read(broken, null, null));
        assertEquals(1, reading.papers().size());
        assertTrue(refused.getMessage().contains("record 2 at line 1"), refused.getMessage());
    }

    @Test
    void deepNestingIsRefused() throws IOException {
        Path deep = file("[" + item(1) + ", " + "[".repeat(2_000_000));
        Reading reading = new Reading();
        assertThrows(UnreadableFileException.class, () -> reading.read(deep, null, null));
        assertEquals(1, reading.papers().size());
    }

    @Test
    void anArrayOfOtherThingsIsRefusedEarly() throws IOException {
        Path numbers = file("[" + "1,".repeat(1_000_000) + "1]");
        UnreadableFileException refused =
                assertThrows(UnreadableFileException.class, () -> new Reading().read(numbers, null, null));
        assertTrue(
                refused.getMessage()
                        .endsWith(
                                "none of its first 100 records can be read; the first is record 1: not a JSON object"),
                refused.getMessage());
    }

    @Test
    void aLargeFileIsReadInLittleMemory() throws IOException {
        Path large = folder.resolve("large.json");
        String padding = "\"summary\": \"" + "x".repeat(10_000) + "\", ";
        try (BufferedWriter out = Files.newBufferedWriter(large)) {
            out.write("[");
            for (int i = 0; i < 10_000; i++) {
                out.write((i == 0 ? "" : ",") + "{" + padding
                        + "\"paper\": {\"id\": \"2402.%05d\", \"title\": \"T\"}}".formatted(i));
            }
            out.write("]");
        }
        assertTrue(Files.size(large) > 100_000_000);
        long[] count = {0};
        long before = bytesInUse();
        long[] most = {0};
        PaperFiles.read(
                large,
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                paper -> {
                    count[0]++;
                    if (count[0] % 2_500 == 0) {
                        most[0] = Math.max(most[0], bytesInUse() - before);
                    }
                },
                rejection -> {});
        assertEquals(10_000, count[0]);
        assertTrue(most[0] < 50_000_000, "bytes more in use: " + most[0]);
    }

    private static long bytesInUse() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
