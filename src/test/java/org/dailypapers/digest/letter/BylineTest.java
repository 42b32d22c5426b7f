package org.dailypapers.digest.letter;

import static org.dailypapers.digest.letter.PartTest.shown;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.stream.IntStream;
import org.dailypapers.language.LetterMessages;
import org.dailypapers.matching.index.Met;
import org.dailypapers.paper.Paper;
import org.junit.jupiter.api.Test;

class BylineTest {

    private static final LetterMessages WORDS = (LetterMessages) Proxy.newProxyInstance(
            LetterMessages.class.getClassLoader(),
            new Class<?>[] {LetterMessages.class},
            (proxy, method, said) ->
                    method.getName().equals("authors") ? said[0] + " authors" : "and " + said[0] + " more");

    private static String byline(int authors, int all, int... met) {
        var paper = new Paper();
        paper.authors = IntStream.range(0, authors).mapToObj(i -> "N" + i).toList();
        paper.authorCount = all;
        List<Met.Span> spans = IntStream.of(met)
                .mapToObj(i -> new Met.Span(Met.Where.AUTHOR, i, 0, ("N" + i).length()))
                .toList();
        return shown(Byline.of(paper, 2, spans, WORDS));
    }

    @Test
    void whereNoAuthorMetItIsThePapersOwn() {
        assertEquals("", byline(0, 0));
        assertEquals("7 authors", byline(0, 7));
        assertEquals("N0, N1 and 5 more", byline(7, 7));
        assertEquals("N0, N1, N2", byline(3, 3));
        assertEquals("N0, N1 and 8 more", byline(3, 10));
    }

    @Test
    void anAuthorWhoMetIsNamedAndMarked() {
        assertEquals("N0, [N1] and 5 more", byline(7, 7, 1));
        assertEquals("N0, N1, [N2] and 4 more", byline(7, 7, 2));
        assertEquals("N0, N1 … [N3000] and 3300 more", byline(3303, 3303, 3000));
        assertEquals("N0, N1 … [N4], [N5] … [N8] and 5 more", byline(10, 10, 8, 4, 5));
    }

    @Test
    void ofVeryManyWhoMetAFewAreNamed() {
        assertEquals(
                "[N0], [N1], [N2], [N3], [N4] and 95 more",
                byline(100, 100, IntStream.range(0, 100).toArray()));
    }
}
