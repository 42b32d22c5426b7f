package org.dailypapers.source.huggingface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.dailypapers.source.PaperRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HuggingFaceRecordsTest {
    private static final LocalDate EDITION = LocalDate.of(2024, 3, 1);

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    @Test
    void thePictureIsTheFirstStillOneThatEveryJavaReads() {
        String paper = """
                {"id": "2402.17764", "title": "Ternary", "publishedAt": "2024-02-27T18:56:19.000Z", "mediaUrls": %s}""";
        assertEquals(
                "https://cdn.example/b.PNG",
                HuggingFaceRecords.of(
                                json(paper.formatted(
                                        "[\"https://cdn.example/a.mp4\", \"https://cdn.example/a.webp\", \"https://cdn.example/b.PNG\","
                                                + " \"https://cdn.example/c.gif\"]")),
                                EDITION)
                        .picture());
        for (String none : new String[] {"null", "[]", "{}", "7", "[null, 7, {\"a\": 1}, \"javascript:x.png\"]"}) {
            assertNull(
                    HuggingFaceRecords.of(json(paper.formatted(none)), EDITION).picture(), none);
        }
    }

    @Test
    void anItemOfTheListBecomesARecord() {
        PaperRecord paper = HuggingFaceRecords.of(json("""
                        {"title": "outer", "publishedAt": "2024-02-27T13:56:19.000Z", "numComments": 7,
                         "submittedBy": {"fullname": "Somebody", "name": "somebody"},
                         "paper": {
                           "id": "2402.17764", "title": "Ternary\\n  Weights", "summary": "Small\\nand fast.",
                           "publishedAt": "2024-02-27T18:56:19.000Z", "submittedOnDailyAt": "2024-02-28T00:00:00.000Z",
                           "authors": [{"_id": "1", "name": "Ann", "hidden": false, "user": {"user": "ann"}},
                                       {"_id": "2", "name": "Bob", "hidden": true}, {"name": null}, {"name": "Cid"}],
                           "upvotes": 12, "discussionId": "x", "ai_keywords": ["ternary", "", "quantisation"],
                           "githubRepo": "https://github.com/a/b", "githubStars": 5, "projectPage": "javascript:1",
                           "organization": {"name": "lab", "fullname": "The Lab", "avatar": "https://x"},
                           "withdrawnAt": null}}
                        """), EDITION);
        assertEquals("2402.17764", paper.id().value());
        assertEquals("Ternary Weights", paper.title());
        assertEquals("Small and fast.", paper.summary());
        assertEquals(List.of("Ann", "Cid"), paper.authors());
        assertEquals(4, paper.authorCount());
        assertEquals(LocalDate.of(2024, 2, 28), paper.listed());
        assertEquals(Instant.parse("2024-02-27T18:56:19Z"), paper.published());
        assertEquals(12, paper.votes());
        assertEquals(7, paper.comments());
        assertEquals("The Lab", paper.organization());
        assertEquals(List.of("ternary", "quantisation"), paper.keywords());
        assertEquals("https://github.com/a/b", paper.code());
        assertEquals(5, paper.stars());
        assertNull(paper.project());
        assertEquals(false, paper.withdrawn());
        assertTrue(!paper.toString().contains("omebody"), "no account stays");
    }

    @Test
    void aPaperByItselfBecomesARecordToo() {
        PaperRecord paper = HuggingFaceRecords.of(json("""
                        {"id": "2410.07062v1", "title": "T", "upvotes": 4, "withdrawnAt": "2025-02-13T00:00:00.000Z",
                         "organization": {"name": "lab"}}"""), EDITION);
        assertEquals("2410.07062", paper.id().value());
        assertEquals(EDITION, paper.listed());
        assertEquals(4, paper.votes());
        assertNull(paper.comments());
        assertEquals("lab", paper.organization());
        assertTrue(paper.withdrawn());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|not a JSON object",
                "{}|id is missing",
                "{\"paper\": 1}|paper is not an object",
                "{\"id\": 2402.17764}|id is not a string",
                "{\"id\": \"abc\"}|id is not an arXiv id: abc",
                "{\"id\": \"2402.17764\"}|2402.17764: title is blank",
                "{\"id\": \"2402.17764\", \"title\": [\"T\"]}|2402.17764: title is not a string",
                "{\"id\": \"2402.17764\", \"title\": \"T\", \"upvotes\": \"3\"}|2402.17764: upvotes is not a whole number from 0",
                "{\"id\": \"2402.17764\", \"title\": \"T\", \"upvotes\": -3}|2402.17764: upvotes is not a whole number from 0",
                "{\"id\": \"2402.17764\", \"title\": \"T\", \"authors\": [\"A\"]}|2402.17764: authors is not an array of objects",
                "{\"id\": \"2402.17764\", \"title\": \"T\", \"submittedOnDailyAt\": \"soon\"}|2402.17764: submittedOnDailyAt is not a date YYYY-MM-DD: soon",
                "{\"id\": \"2402.17764\", \"title\": \"T\", \"publishedAt\": \"2024-13-01T00:00:00Z\"}|2402.17764: publishedAt is not a timestamp: 2024-13-01T00:00:00Z",
            })
    void anUnusableItemSaysWhatIsWrong(String item, String reason) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> HuggingFaceRecords.of(json(item), EDITION));
        assertEquals(reason, refused.getMessage());
    }
}
