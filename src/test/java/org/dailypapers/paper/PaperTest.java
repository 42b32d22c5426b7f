package org.dailypapers.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaperTest {

    private static Paper known(String id, String doi, String url) {
        var paper = new Paper();
        paper.publicId = id;
        paper.doi = doi;
        paper.url = url;
        return paper;
    }

    @Test
    void anArxivPaperIsReadAtArxiv() {
        assertEquals(
                "https://arxiv.org/abs/astro-ph/0601001",
                known("astro-ph/0601001", "10.1000/x", null).link().toString());
        assertEquals(
                "/papers/astro-ph/0601001",
                known("astro-ph/0601001", null, null).path());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2",
                "10.1000/a%zz[1]",
                "10.1000/a?b#c d"
            })
    void anOddDoiStillMakesALink(String doi) {
        Paper paper = known("doi:" + doi, doi, null);
        assertEquals("/" + doi, paper.link().getPath());
        assertNull(paper.link().getFragment());
        assertEquals("/papers/doi:" + doi, java.net.URI.create(paper.path()).getPath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org/{7*7}|x[1]^", "https://example.org/100%"})
    void anAddressThatIsNoneIsLeftOut(String url) {
        assertNull(known("t-0123456789ab", null, url).link());
    }

    @Test
    void theBylineNamesSomeAndCountsTheRest() {
        Paper paper = known("2601.00001", null, null);
        assertNull(paper.byline(2));
        paper.authorCount = 7;
        assertEquals("7 authors", paper.byline(2));
        paper.authors = java.util.List.of("Ada", "Bo", "Cy");
        assertEquals("Ada, Bo and 5 more", paper.byline(2));
        paper.authorCount = 3;
        assertEquals("Ada, Bo, Cy", paper.byline(2), "one more is named rather than counted");
    }

    @Test
    void anExcerptEndsWithASentenceOrAWord() {
        Paper paper = known("2601.00001", null, null);
        paper.summary = "One sentence here. Another one that goes on and on.";
        assertEquals("One sentence here.", paper.excerpt(22));
        assertEquals("One sentence here. Another one …", paper.excerpt(33));
        assertEquals(paper.summary, paper.excerpt(100));
        paper.summary = "x".repeat(9) + "😀" + "x".repeat(9);
        assertEquals("xxxxxxxxx …", paper.excerpt(10));
    }
}
