package org.dailypapers.matching.likeness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.dailypapers.matching.likeness.TermVectors.Text;
import org.junit.jupiter.api.Test;

class TermVectorsTest {

    private static final List<String> STARS = words("star");
    private static final List<String> CELLS = words("cell");

    private static List<String> words(String field) {
        return IntStream.range(0, 40)
                .mapToObj(i -> field + (char) ('a' + i % 20) + (char) ('b' + i / 20) + "x")
                .toList();
    }

    private static String joined(List<String> words) {
        return String.join(" of ", words);
    }

    private static List<Text> papers(int count) {
        var random = new Random(3);
        var papers = new ArrayList<Text>();
        for (int i = 0; i < count; i++) {
            List<String> words = i % 2 == 0 ? STARS : CELLS;
            papers.add(new Text(one(words, random) + " " + one(words, random), some(words, random)));
        }
        return papers;
    }

    private static String some(List<String> words, Random random) {
        var some = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            some.append(one(words, random)).append(i % 4 == 3 ? ". " : " of ");
        }
        return some.toString();
    }

    private static String one(List<String> words, Random random) {
        return words.get(random.nextInt(words.size()));
    }

    @Test
    void papersOfOneFieldAreNearThoughTheyShareNoWord() {
        TermVectors vectors = TermVectors.learnedFrom(papers(60));
        float[] stars = vectors.of(new Text("", joined(STARS.subList(0, 20))));
        float[] others = vectors.of(new Text("", joined(STARS.subList(20, 40))));
        float[] cells = vectors.of(new Text("", joined(CELLS.subList(0, 20))));
        assertTrue(TermVectors.cosine(stars, others) > 0.4, "cosine " + TermVectors.cosine(stars, others));
        assertTrue(TermVectors.cosine(stars, cells) < 0.2, "cosine " + TermVectors.cosine(stars, cells));
    }

    @Test
    void theSamePapersTeachTheSame() {
        var text = new Text(STARS.get(0), joined(STARS));
        assertArrayEquals(
                TermVectors.learnedFrom(papers(40)).of(text),
                TermVectors.learnedFrom(papers(40)).of(text));
    }

    @Test
    void aVectorHasLengthOneOrNothing() {
        TermVectors vectors = TermVectors.learnedFrom(papers(40));
        float[] known = vectors.of(new Text(STARS.get(1), ""));
        assertEquals(1, TermVectors.cosine(known, known), 1e-5);
        float[] unknown = vectors.of(new Text("Kitchen", "of the"));
        assertEquals(0, TermVectors.cosine(unknown, unknown));
        assertEquals(0, TermVectors.cosine(unknown, known));
    }

    @Test
    void equalAndEmptyAndFewPapersCanBeLearnedFrom() {
        for (List<Text> papers : List.of(
                List.<Text>of(),
                List.of(new Text("One", "alone")),
                List.of(new Text("", ""), new Text("", "")),
                List.of(
                        new Text("Same words", "here"),
                        new Text("Same words", "here"),
                        new Text("Same words", "here")))) {
            for (float value : TermVectors.learnedFrom(papers).of(new Text("Same words", "alone"))) {
                assertTrue(Float.isFinite(value), papers + ": " + value);
            }
        }
    }

    @Test
    void whatTwoTextsShareIsTold() {
        TermVectors vectors = TermVectors.learnedFrom(papers(60));
        var one = new Text(STARS.get(0), STARS.get(1));
        assertEquals(List.of(), vectors.shared(one, new Text(CELLS.get(0), "the"), 4));
        assertEquals(
                Set.of(List.of(STARS.get(1)), List.of(STARS.get(0))),
                Set.copyOf(vectors.shared(one, new Text(STARS.get(1), STARS.get(0)), 2)));
    }
}
