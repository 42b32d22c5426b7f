package org.dailypapers.source.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.RealData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTextFormatTest {
    private static final String HEAD = "Daily Papers\n\nbyAK and the research community\n\nNov 3\n\n";
    private static final String ONE = "Title One\n\nAn abstract.\n\n  • 5 authors\n·\nApr 25, 2024\n\n";

    @TempDir
    Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("page.txt"), content);
    }

    private Reading read(String content) throws IOException {
        return Reading.of(file(content));
    }

    private static Instant day(String date) {
        return LocalDate.parse(date).atStartOfDay().toInstant(java.time.ZoneOffset.UTC);
    }

    @Test
    void everyPaperOfTheSeedPageIsRead() throws IOException {
        Path page = RealData.path("seed/daily-papers-page.txt");
        Reading reading = Reading.of(page);
        List<PaperRecord> papers = reading.papers();
        assertEquals(List.of(), reading.reasons());
        assertEquals(67, papers.size());
        assertTrue(papers.stream().allMatch(paper -> paper.listed().equals(LocalDate.of(2025, 11, 3))));
        assertEquals(67, papers.stream().map(PaperRecord::id).distinct().count());
        assertEquals(
                65, papers.stream().filter(paper -> paper.authorCount() > 0).count());
        assertEquals(
                65,
                papers.stream().filter(paper -> paper.organization() == null).count());
        assertEquals(
                12,
                papers.stream()
                        .filter(paper -> paper.published().isAfter(day("2025-01-01")))
                        .count());
        assertEquals(
                11, papers.stream().filter(paper -> paper.comments() != null).count());
        assertEquals(
                21,
                papers.stream()
                        .map(PaperRecord::comments)
                        .filter(Objects::nonNull)
                        .mapToInt(n -> n)
                        .sum());
        assertTrue(papers.stream()
                .allMatch(paper -> paper.votes() == null && paper.authors().isEmpty()));
        assertTrue(papers.stream().allMatch(paper -> paper.summary().length() > 400));
        assertFalse(papers.stream().anyMatch(paper -> (paper.title() + paper.summary()).matches(".*[•·].*")));
    }

    @Test
    void papersOfTheSeedPageAreExact() throws IOException {
        Map<String, PaperRecord> papers = Reading.of(RealData.path("seed/daily-papers-page.txt")).papers().stream()
                .collect(Collectors.toMap(PaperRecord::title, Function.identity()));

        PaperRecord first = papers.get("TokenHMR: Advancing Human Mesh Recovery with a Tokenized Pose Representation");
        assertEquals(5, first.authorCount());
        assertEquals(day("2024-04-25"), first.published());
        assertNull(first.comments());
        assertTrue(first.summary().startsWith("We address the problem of regressing 3D human pose"));
        assertTrue(first.summary().endsWith("https://tokenhmr.is.tue.mpg.de."));

        PaperRecord commented =
                papers.get("AdaIR: Adaptive All-in-One Image Restoration via Frequency Mining and Modulation");
        assertEquals(6, commented.authorCount());
        assertEquals(day("2024-03-21"), commented.published());
        assertEquals(2, commented.comments());

        PaperRecord ofThePagesYear =
                papers.get("RAM++: Robust Representation Learning via Adaptive Mask for All-in-One Image Restoration");
        assertEquals(day("2025-09-15"), ofThePagesYear.published());
        assertNull(ofThePagesYear.comments());

        PaperRecord ofALab = papers.get("Stable Video Infinity: Infinite-Length Video Generation with Error Recycling");
        assertEquals("EPFL VITA Lab", ofALab.organization());
        assertEquals(0, ofALab.authorCount());
        assertEquals(day("2025-10-10"), ofALab.published());
        assertEquals(2, ofALab.comments());
        assertEquals(
                "Parameter Lab",
                papers.get("Dr.LLM: Dynamic Layer Routing in LLMs").organization());

        PaperRecord many = papers.get("A Domain-Agnostic Approach for Characterization of Lifelong Learning Systems");
        assertEquals(47, many.authorCount());
        assertEquals(day("2023-01-18"), many.published());

        PaperRecord last = papers.get("MindBridge: A Cross-Subject Brain Decoding Framework");
        assertEquals(PaperId.ofTitle(last.title()), last.id());
        assertTrue(last.summary().endsWith("Project page: https://littlepure2333.github.io/MindBridge"));
        assertEquals(day("2024-04-11"), last.published());
        assertEquals(
                1,
                papers.get(
                                "One-dimensional Adapter to Rule Them All: Concepts, Diffusion Models and Erasing Applications")
                        .comments());
        assertEquals(
                day("2014-11-10"),
                papers.get("Preserving Statistical Validity in Adaptive Data Analysis")
                        .published());
        assertNotNull(papers.get("Discrete Key-Value Bottleneck"));
    }

    @Test
    void theDateGivenIsTheEditionAndItsYearThePages() throws IOException {
        Path page = file(HEAD + "T\n\nS\n\n  • 5 authors\n·\nSep 15 2\n\n");
        PaperRecord paper = Reading.of(page, "2023-12-31").papers().getFirst();
        assertEquals(LocalDate.of(2023, 12, 31), paper.listed());
        assertEquals(day("2023-09-15"), paper.published());
        assertEquals(2, paper.comments());
    }

    @Test
    void anAbstractMayHaveParagraphs() throws IOException {
        PaperRecord paper = read(HEAD
                        + "Title\nof two lines\n\nFirst in 1999.\n\nSecond\nparagraph.\n\n  • 1 author\n·\nApr 25, 2024\n")
                .papers()
                .getFirst();
        assertEquals("Title of two lines", paper.title());
        assertEquals("First in 1999. Second paragraph.", paper.summary());
        assertEquals(1, paper.authorCount());
        assertEquals(LocalDate.of(2025, 11, 3), paper.listed());
    }

    @Test
    void anOrganisationMayStandBesideTheAuthors() throws IOException {
        PaperRecord paper = read(HEAD
                        + "T\n\nS one two.\n\nepfl-vita EPFL VITA Lab\n  • 3,303 authors\n·\nApr 25, 2024\n")
                .papers()
                .getFirst();
        assertEquals("EPFL VITA Lab", paper.organization());
        assertEquals(3_303, paper.authorCount());
        assertEquals("S one two.", paper.summary());
    }

    @Test
    void aPageMayBeCopiedWithOtherGaps() throws IOException {
        Reading reading = read(
                HEAD.replace("\n", "\r\n")
                        + "T\r\nS one.\r\n• 5 authors · Apr 25, 2024 3\r\nU\r\nS two.\r\n\u00a0• 6 authors\r\n·\r\n\r\nApr 24, 2024\r\n");
        assertEquals(List.of(), reading.reasons());
        assertEquals(
                List.of("T", "U"),
                reading.papers().stream().map(PaperRecord::title).toList());
        assertEquals(
                List.of("S one.", "S two."),
                reading.papers().stream().map(PaperRecord::summary).toList());
        assertEquals(
                List.of(5, 6),
                reading.papers().stream().map(PaperRecord::authorCount).toList());
        assertEquals(3, reading.papers().getFirst().comments());
    }

    @Test
    void aBrokenPaperIsNamedAndTheOthersGoOn() throws IOException {
        Reading reading = read(HEAD
                + ONE
                + "Bad Day\n\nS\n\n  • 5 authors\n·\nFeb 30, 2024\n\n"
                + "No Month\n\nS\n\n  • 5 authors\n·\nFoo 3, 2024\n\n"
                + "No Dot\n\nS\n\n  • 5 authors\n\nRun In\n\nS\n\n  • 5 authors\n·\nFeb 3, 2024\n\n"
                + "·\nFeb 2, 2024\n\n"
                + "Two\n\nS\n\n  • 5 authors\n·\nFeb 1, 2024\n\n"
                + "Cut Off\n\nIn the mid");
        assertEquals(
                List.of("Title One", "Two"),
                reading.papers().stream().map(PaperRecord::title).toList());
        assertEquals(
                List.of(
                        "line 15: no such day: Invalid date 'FEBRUARY 30'",
                        "line 23: no date stands under its dot",
                        "line 31: runs into another paper: a line \"·\" and date is missing",
                        "line 45: title is blank",
                        "line 56: no line \"·\" and date below: Cut Off"),
                reading.reasons());
    }

    @Test
    void aPageWhoseEditionIsNotToldAsksForIt() throws IOException {
        Path noYear = file(HEAD + "T\n\nS\n\n  • 5 authors\n·\nSep 15\n");
        assertTrue(assertThrows(UnreadableFileException.class, () -> Reading.of(noYear))
                .getMessage()
                .endsWith("page-text: the page names no year; name its edition with --date=YYYY-MM-DD"));
        Path noHead = file(ONE);
        assertTrue(assertThrows(UnreadableFileException.class, () -> Reading.of(noHead))
                .getMessage()
                .endsWith("page-text: the page has no date at its head; name its edition with --date=YYYY-MM-DD"));
        assertEquals(
                "Title One",
                Reading.of(noHead, "2025-11-03").papers().getFirst().title());
    }

    @Test
    void aTextWithoutPapersIsRefused() throws IOException {
        Path text = file("Hello\n");
        assertTrue(assertThrows(UnreadableFileException.class, () -> new Reading().read(text, "page-text", null))
                .getMessage()
                .endsWith("page-text: no paper is followed by a line \"·\" and a date"));
    }
}
