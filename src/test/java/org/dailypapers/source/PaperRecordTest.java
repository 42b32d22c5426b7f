package org.dailypapers.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.dailypapers.paper.PaperId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaperRecordTest {

    @Test
    void textsAreBroughtOntoOneLine() {
        PaperRecord paper = PaperRecord.titled(" A\n  title ")
                .summary("one\ntwo\n\nthree ")
                .organization(" An\torganisation")
                .note("12 pages,\n  5 figures")
                .build();
        assertEquals("A title", paper.title());
        assertEquals("one two three", paper.summary());
        assertEquals("An organisation", paper.organization());
        assertEquals("12 pages, 5 figures", paper.note());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " \n", "\u00a0"})
    void aBlankTitleIsRefused(String title) {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> PaperRecord.titled(title).build());
        assertEquals("title is blank", refused.getMessage());
    }

    @Test
    void aNegativeCountIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> PaperRecord.titled("A").votes(-1).build());
    }

    @Test
    void whatIsTooLongIsCutWithoutBreakingACharacter() {
        PaperRecord paper = PaperRecord.titled("x".repeat(999) + "😀")
                .summary("y".repeat(30_000))
                .authors(Collections.nCopies(6_000, "A"))
                .keywords(Collections.nCopies(100, "k"))
                .build();
        assertEquals("x".repeat(999), paper.title());
        assertEquals(20_000, paper.summary().length());
        assertEquals(5_000, paper.authors().size());
        assertEquals(6_000, paper.authorCount());
        assertEquals(64, paper.keywords().size());
    }

    @Test
    void blankAuthorsCountAndAreNotShown() {
        PaperRecord paper = PaperRecord.titled("A")
                .authors(Arrays.asList("Ann", " ", null, "Bob"))
                .keywords(List.of("", "graph  theory"))
                .build();
        assertEquals(List.of("Ann", "Bob"), paper.authors());
        assertEquals(4, paper.authorCount());
        assertEquals(List.of("graph theory"), paper.keywords());
    }

    @Test
    void itsListsAreItsOwn() {
        List<String> authors = new ArrayList<>(List.of("Ann"));
        PaperRecord paper = PaperRecord.titled("A").authors(authors).build();
        authors.add("Bob");
        assertEquals(List.of("Ann"), paper.authors());
        assertThrows(UnsupportedOperationException.class, () -> paper.authors().add("Bob"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "ftp://example.org/",
                "example.org",
                "https://",
                "https:///x",
                "http://a b/",
                "https://example.org/\"onclick",
                "//example.org"
            })
    void onlyWebAddressesAreKept(String address) {
        assertNull(PaperRecord.titled("A").code(address).build().code());
    }

    @Test
    void aWebAddressStays() {
        String address = "HTTPS://example.org:8443/a_(b)?c=d|e#f~é";
        assertEquals(
                address, PaperRecord.titled("A").project(address + "\n").build().project());
    }

    @Test
    void theIdentityIsMadeOfDoiOrTitleWhereNoneIsGiven() {
        assertEquals(PaperId.ofTitle("A"), PaperRecord.titled("A").build().id());
        PaperRecord paper =
                PaperRecord.titled("A").doi("https://doi.org/10.1000/X").build();
        assertEquals("doi:10.1000/x", paper.id().value());
        assertEquals("10.1000/x", paper.doi());
        PaperRecord arxiv =
                PaperRecord.titled("A").doi("10.48550/arXiv.2402.17764").build();
        assertEquals("2402.17764", arxiv.id().value());
    }

    @Test
    void anEditionOfAnImpossibleYearIsRefused() {
        PaperRecord.Builder paper = PaperRecord.titled("A paper").listed(java.time.LocalDate.of(-9_999_999, 1, 1));
        assertThrows(IllegalArgumentException.class, paper::build);
    }
}
