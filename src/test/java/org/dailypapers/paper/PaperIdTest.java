package org.dailypapers.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaperIdTest {

    @ParameterizedTest
    @CsvSource({
        "2402.17764, 2402.17764",
        "2402.17764v2, 2402.17764",
        "arXiv:2402.17764v2, 2402.17764",
        "ARXIV: 2402.17764, 2402.17764",
        "https://arxiv.org/abs/2402.17764v12, 2402.17764",
        "http://arxiv.org/pdf/2402.17764v1.pdf, 2402.17764",
        "https://www.arxiv.org/pdf/2402.17764, 2402.17764",
        "https://export.arxiv.org/abs/2402.17764?context=cs, 2402.17764",
        "' 2402.17764 ', 2402.17764",
        "2604.1234v1, 2604.1234",
        "0705.1862, 0705.1862",
        "astro-ph/0601001, astro-ph/0601001",
        "arXiv:astro-ph/0601001v3, astro-ph/0601001",
        "http://arxiv.org/abs/quant-ph/0201082v1, quant-ph/0201082",
        "math.GT/0309136, math/0309136",
    })
    void anArxivIdIsReadWithoutItsVersion(String text, String id) {
        PaperId read = PaperId.arxiv(text).orElseThrow();
        assertEquals(id, read.value());
        assertTrue(read.isArxiv());
        assertFalse(read.isDoi());
        assertEquals(Optional.of(read), PaperId.parse(read.value()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "2402",
                "2402.177",
                "2402.177645",
                "2413.17764",
                "2400.17764",
                "x2402.17764",
                "2402.17764x",
                "2402.17764v",
                "٢٤٠٢.17764",
                "astro-ph/06010",
                "astro-ph/0613001",
                "/0601001",
                "10.1000/182",
                "https://example.org/abs/2402.17764",
                "https://arxiv.org/list/cs.AI/recent",
                "2402.17764\n2402.17765"
            })
    void whatIsNoArxivIdIsNone(String text) {
        assertEquals(Optional.empty(), PaperId.arxiv(text));
    }

    @ParameterizedTest
    @CsvSource({
        "10.1000/182, doi:10.1000/182",
        "doi:10.1000/ABC.d, doi:10.1000/abc.d",
        "DOI: 10.1000/182, doi:10.1000/182",
        "https://doi.org/10.1145/3442188.3445922, doi:10.1145/3442188.3445922",
        "http://dx.doi.org/10.1002/(SICI)1097%3C1::AID, doi:10.1002/(sici)1097<1::aid",
        "https://doi.org/10.1000/a+b, doi:10.1000/a+b",
    })
    void aDoiIsReadInLowerCase(String text, String id) {
        PaperId read = PaperId.doi(text).orElseThrow();
        assertEquals(id, read.value());
        assertTrue(read.isDoi());
        assertFalse(read.isArxiv());
        assertEquals(Optional.of(read), PaperId.parse(read.value()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.1000",
                "10.1000/",
                "11.1000/182",
                "doi:",
                "doi:10.1000/a b",
                "10.1000/\u0000",
                "2402.17764"
            })
    void whatIsNoDoiIsNone(String text) {
        assertEquals(Optional.empty(), PaperId.doi(text));
    }

    @Test
    void noDoiBecomesAnIdThatIsLongerThanIdsAreKept() {
        String longest = "10.1000/" + "a".repeat(288);
        assertEquals(300, PaperId.doi(longest).orElseThrow().value().length());
        assertEquals(Optional.empty(), PaperId.doi(longest + "a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.48550/arXiv.2402.17764", "https://doi.org/10.48550/ARXIV.2402.17764v2"})
    void theDoiOfAnArxivPaperIsItsArxivId(String text) {
        assertEquals("2402.17764", PaperId.doi(text).orElseThrow().value());
        assertTrue(PaperId.doiName(text).orElseThrow().startsWith("10.48550/arxiv.2402.17764"));
    }

    @Test
    void titlesThatFoldAlikeHaveTheSameId() {
        PaperId id = PaperId.ofTitle("A Survey of LLMs: Part II");
        assertTrue(id.value().matches("t-[0-9a-f]{12}"), id.value());
        assertEquals(id, PaperId.ofTitle("a  survey of\nLLMs — part II!"));
        assertNotEquals(id, PaperId.ofTitle("A Survey of LLMs: Part III"));
        assertFalse(id.isArxiv());
        assertFalse(id.isDoi());
        assertEquals(Optional.of(id), PaperId.parse(id.value()));
    }

    @Test
    void titlesWithoutLettersDoNotFallTogether() {
        assertNotEquals(PaperId.ofTitle("?"), PaperId.ofTitle("!"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "t-", "t-0123456789ag", "t-0123456789abc", "../etc/passwd", "nonsense"})
    void aRouteThatNamesNothingIsNone(String value) {
        assertEquals(Optional.empty(), PaperId.parse(value));
        assertEquals(Optional.empty(), PaperId.parse(null));
    }

    @Test
    void aLongTextIsNoIdAndTakesNoTime() {
        String text = "a".repeat(1_000_000);
        assertEquals(Optional.empty(), PaperId.parse(text));
        assertEquals(Optional.empty(), PaperId.doi("10.1000/" + text));
    }

    @Test
    void aBlankValueIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new PaperId(" "));
        assertThrows(IllegalArgumentException.class, () -> new PaperId(null));
    }
}
