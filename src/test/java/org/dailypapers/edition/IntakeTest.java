package org.dailypapers.edition;

import static org.dailypapers.House.paper;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.dailypapers.Database;
import org.dailypapers.MovedClock;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Entries;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.PaperId;
import org.dailypapers.paper.Papers;
import org.dailypapers.source.IngestReport;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.RealData;
import org.dailypapers.source.RejectedRecords;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Papers from files and records, merged into rows and editions. */
@QuarkusTest
class IntakeTest {

    @Inject
    Database database;

    @Inject
    MovedClock clock;

    @Inject
    Intake intake;

    @Inject
    FileIntake files;

    @Inject
    RejectedRecords rejected;

    @Inject
    Papers papers;

    @Inject
    Editions editions;

    @Inject
    Entries entries;

    private int lettersWritten;

    @BeforeEach
    void anEmptyCatalogue() {
        database.empty();
        clock.moveTo("2026-03-02T12:00:00Z");
    }

    private IngestReport take(Path file) {
        FileIntake.Outcome outcome = files.read(file, Optional.empty(), Optional.empty());
        assertTrue(outcome.failure().isEmpty(), () -> outcome.failure().toString());
        return outcome.report();
    }

    @Test
    void theRealDaysBecomeTheExpectedPapersAndASecondTimeChangeNothing() throws IOException {
        List<Path> days = RealData.files("hf-daily-papers/days", ".json");
        IngestReport first = IngestReport.none();
        IngestReport again = IngestReport.none();
        for (Path day : days) {
            first = first.plus(take(day));
        }
        for (Path day : days) {
            again = again.plus(take(day));
        }
        assertEquals("read 3017, new 3017, merged 0, unchanged 0, rejected 0", first.toString());
        assertEquals("read 3017, new 0, merged 0, unchanged 3017, rejected 0", again.toString());
        var json = new ObjectMapper();
        for (String line : Files.readAllLines(RealData.path("hf-daily-papers/expected.jsonl"))) {
            check(json.readTree(line));
        }
        assertTrue(lettersWritten < 200, () -> lettersWritten + " abstracts are not as they were written");
        assertEquals(
                "0",
                database.rows("select count(*) from edition where closed_at is null")
                        .strip());
        assertEquals(
                "0",
                database.rows("select count(*) from entry where rank is null").strip());
    }

    private void check(JsonNode expected) {
        String id = expected.get("id").asText();
        Paper paper = papers.find(new PaperId(id)).orElseThrow();
        assertEquals(expected.get("day").asText(), paper.firstEdition.toString(), id);
        assertEquals(expected.get("title").asText().replace("\\&", "&"), paper.title, id);
        assertEquals(Instant.parse(expected.get("published").asText()), paper.published, id);
        assertEquals(expected.get("n_authors").asInt(), paper.authorCount, id);
        assertEquals(expected.get("n_authors_visible").asInt(), paper.authors.size(), id);
        assertEquals(expected.get("upvotes").asInt(), paper.votes, id);
        assertEquals(expected.get("comments").asInt(), paper.comments, id);
        assertEquals(
                Optional.ofNullable(expected.get("organization").asText(null))
                        .map(String::strip)
                        .orElse(null),
                paper.organization,
                id);
        assertEquals(expected.get("github").asText(null), paper.code, id);
        assertEquals(expected.get("project").asText(null), paper.project, id);
        assertEquals(expected.get("withdrawn").asBoolean(), paper.withdrawn, id);
        String written = paper.summaryWritten == null ? paper.summary : paper.summaryWritten;
        assertEquals(expected.get("summary_chars").asInt(), written.codePointCount(0, written.length()), id);
        lettersWritten += paper.summaryWritten == null ? 0 : 1;
    }

    @Test
    void theCopiedPageIsReadWhole() {
        IngestReport report = take(RealData.path("seed/daily-papers-page.txt"));
        // 65 of its blocks have a line of authors; two have an organisation in its place.
        assertEquals("read 67, new 67, merged 0, unchanged 0, rejected 0", report.toString());
        assertEquals("2025-11-03", editions.newestClosed().orElseThrow().toString());
    }

    @Test
    void theArxivSideOfAKnownPaperMerges() {
        for (Path day : RealData.files("hf-daily-papers/days", ".json")) {
            take(day);
        }
        IngestReport report = take(RealData.path("arxiv-metadata/also-on-hf.jsonl"));
        assertEquals("read 645, new 0, merged 645, unchanged 0, rejected 0", report.toString());
        assertEquals("3017", database.rows("select count(*) from paper").strip());
        assertEquals(
                "0",
                database.rows("select count(*) from edition where closed_at is null")
                        .strip(),
                "weekends that only arXiv listed are closed as well");
    }

    @Test
    void aTitleAloneTakesTheIdentityThatAnotherSourceBrings() {
        PaperRecord copied = PaperRecord.titled("The Graph of Everything")
                .summary("Copied.")
                .authorCount(3)
                .listed(LocalDate.parse("2026-01-05"))
                .build();
        intake.file("page-text", List.of(copied).stream(), n -> {});
        IngestReport merged = intake.file(
                "huggingface",
                List.of(paper("2601.00001", "The graph of  everything", "2026-01-06", 7)).stream(),
                n -> {});
        assertEquals("read 1, new 0, merged 1, unchanged 0, rejected 0", merged.toString());
        Paper paper = papers.find(new PaperId("2601.00001")).orElseThrow();
        assertEquals("2026-01-05", paper.firstEdition.toString());
        assertEquals(7, paper.votes);
        assertEquals(paper.id, papers.find(copied.id()).orElseThrow().id, "and is still found by its old address");
        IngestReport later = intake.file("page-text", List.of(copied).stream(), n -> {});
        assertEquals(1, later.unchanged());
    }

    @Test
    void aSecondSourceAddsWhatTheFirstLackedAndReplacesNothing() {
        intake.file("huggingface", List.of(paper("2601.00002", "One", "2026-01-05", 7)).stream(), n -> {});
        PaperRecord other = PaperRecord.titled("Another wording of one")
                .id(new PaperId("2601.00002"))
                .summary("Other words.")
                .categories(List.of("cs.CL"))
                .doi("10.1000/one")
                .organization("Somewhere")
                .listed(LocalDate.parse("2026-01-07"))
                .build();
        intake.file("jsonl", List.of(other).stream(), n -> {});
        Paper paper = papers.find(new PaperId("2601.00002")).orElseThrow();
        assertEquals("One", paper.title);
        assertEquals(List.of("cs.CL"), paper.categories);
        assertEquals("10.1000/one", paper.doi);
        assertEquals("Somewhere", paper.organization);
        assertEquals(7, paper.votes);
        assertEquals(1, entries.of(LocalDate.parse("2026-01-07")).size(), "listed by each source on its day");
    }

    private IngestReport live(PaperRecord... records) {
        return intake.file("arxiv", List.of(records).stream(), n -> {});
    }

    private static PaperRecord announced(String title, PaperRecord.Announced as) {
        return PaperRecord.titled(title)
                .id(new PaperId("2602.00001"))
                .summary("About " + title)
                .categories(List.of("cs.LG"))
                .listed(LocalDate.parse("2026-02-27"))
                .announced(as)
                .build();
    }

    @Test
    void aReplacementChangesAKnownPaperAndMakesNone() {
        PaperRecord replacement = announced("A graph, mended", PaperRecord.Announced.CHANGED);
        assertEquals(
                "read 1, new 0, merged 0, unchanged 1, rejected 0",
                live(replacement).toString());
        assertEquals("0", database.rows("select count(*) from paper").strip());
        live(announced("A graph", PaperRecord.Announced.NEW));
        assertEquals(
                "read 1, new 0, merged 1, unchanged 0, rejected 0",
                live(replacement).toString());
        assertEquals("A graph, mended", database.rows("select title from paper").strip());
        assertEquals("1", database.rows("select count(*) from entry").strip());
    }

    @Test
    void aCrossListingIsListedOnlyWhereThePaperIsNotKnown() {
        intake.file("huggingface", List.of(paper("2602.00001", "A graph", "2026-02-25")).stream(), n -> {});
        PaperRecord cross = announced("A graph", PaperRecord.Announced.AGAIN);
        assertEquals(
                "read 1, new 0, merged 1, unchanged 0, rejected 0", live(cross).toString());
        assertEquals("huggingface", database.rows("select source from entry").strip());
        database.empty();
        assertEquals(
                "read 1, new 1, merged 0, unchanged 0, rejected 0", live(cross).toString());
        assertEquals("arxiv", database.rows("select source from entry").strip());
    }

    @Test
    void aRemovedPaperIsMarkedAndKeepsItsWords() {
        PaperRecord gone = announced("2602.00001", PaperRecord.Announced.REMOVED);
        assertEquals(
                "read 1, new 0, merged 0, unchanged 1, rejected 0", live(gone).toString());
        live(announced("A graph", PaperRecord.Announced.NEW));
        assertEquals(
                "read 1, new 0, merged 1, unchanged 0, rejected 0", live(gone).toString());
        assertEquals(
                "read 1, new 0, merged 0, unchanged 1, rejected 0", live(gone).toString());
        Paper paper = papers.find(new PaperId("2602.00001")).orElseThrow();
        assertTrue(paper.withdrawn);
        assertEquals("A graph", paper.title);
    }

    @Test
    void aRejectedRecordIsKeptOnceWithReasonAndPlaceUntilItIsOld(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("papers.jsonl");
        Files.writeString(file, """
                {"id": "2602.00001", "title": "A paper that can be read", "first_seen": "2026-02-20"}
                {"id": "2602.00002", "title": " ", "first_seen": "2026-02-20"}
                """);
        take(file);
        clock.moveTo("2026-03-12T12:00:00Z");
        take(file);
        List<RejectedRecords.Rejected> kept = rejected.newest(10);
        assertEquals(1, kept.size(), kept.toString());
        assertEquals("2026-03-12T12:00:00Z", kept.getFirst().at().toString());
        assertEquals("line 2 of papers.jsonl", kept.getFirst().excerpt());
        assertTrue(kept.getFirst().reason().contains("title is blank"), kept.toString());
        clock.moveTo("2026-04-10T12:00:00Z");
        rejected.prune();
        assertEquals(1, rejected.newest(10).size());
        clock.moveTo("2026-04-13T12:00:00Z");
        rejected.prune();
        assertEquals(List.of(), rejected.newest(10));
    }
}
