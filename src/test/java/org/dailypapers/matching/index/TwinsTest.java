package org.dailypapers.matching.index;

import static org.dailypapers.matching.Listed.paper;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dailypapers.matching.Listed;
import org.junit.jupiter.api.Test;

class TwinsTest {

    @Test
    void theSameTitleWithoutRegardToCaseAndPunctuationMakesTwins() {
        Twins twins = among(
                paper("Mixtures of Experts: a Survey"),
                paper("Something else entirely"),
                paper("MIXTURES OF EXPERTS – A SURVEY"),
                paper("Mixture of Experts: a Survey"));
        assertArrayEquals(new int[] {2}, twins.of(0));
        assertArrayEquals(new int[] {0}, twins.of(2));
        assertArrayEquals(new int[0], twins.of(1));
        assertArrayEquals(new int[0], twins.of(3), "one letter may be another paper");
    }

    @Test
    void titlesOfTwoWordsSayTooLittle() {
        assertArrayEquals(
                new int[0],
                among(paper("Attention Models"), paper("Attention models")).of(0));
    }

    @Test
    void halfOfTheShorterAbstractMakesTwins() {
        Twins twins = among(
                paper("A").saying(words(0, 60)),
                paper("B").saying(words(0, 200)),
                paper("C").saying(words(30, 90)),
                paper("D").saying(words(34, 94)),
                paper("E").saying(words(0, 23)));
        assertArrayEquals(new int[] {1}, twins.of(0));
        assertArrayEquals(new int[] {0, 2, 3}, twins.of(1), "each of the shorter ones lies within it");
        assertArrayEquals(new int[0], twins.of(4), "an abstract of 23 words is too short to tell");
        assertArrayEquals(new int[] {1, 3}, twins.of(2), "of A it holds 26 runs of 56");
    }

    @Test
    void papersThatShareTurnsOfPhraseAreNoTwins() {
        String turn = "in this paper we propose a novel framework that achieves state of the art results ";
        assertArrayEquals(
                new int[0],
                among(paper("A").saying(turn + words(0, 100)), paper("B").saying(turn + words(100, 200)))
                        .of(0));
    }

    @Test
    void whatStandsInManyPapersTellsNothing() {
        for (String kind : List.of("abstract", "title")) {
            IntFunction<Listed> alike = i -> kind.equals("title")
                    ? paper("Letters to the editor").saying(words(100 * i, 100 * i + 60))
                    : paper("Title " + i).saying(words(0, 60));
            Twins twenty = among(IntStream.range(0, Twins.MOST_ALIKE).mapToObj(alike));
            Twins more = among(IntStream.rangeClosed(0, Twins.MOST_ALIKE).mapToObj(alike));
            for (int i = 0; i < Twins.MOST_ALIKE; i++) {
                assertEquals(Twins.MOST_ALIKE - 1, twenty.of(i).length, kind);
                assertEquals(0, more.of(i).length, kind);
            }
        }
    }

    @Test
    void aFormOfWordsDoesNotHideATwin() {
        String form = words(0, 30) + " ";
        Twins twins = among(IntStream.range(0, 100).mapToObj(i -> paper("Title " + i)
                .saying(form + words(1_000 * Math.max(1, i), 1_000 * Math.max(1, i) + 60))));
        assertArrayEquals(new int[] {1}, twins.of(0));
        assertArrayEquals(new int[] {0}, twins.of(1));
        assertArrayEquals(new int[0], twins.of(2));
    }

    @Test
    void theWorkIsBoundedWhateverThePapersHold() {
        int papers = 10_000;
        String few = "No abstract is available for this article.";
        Map<String, IntFunction<Listed>> editions = Map.of(
                "one short abstract", i -> paper("Title " + i).saying(few),
                "one long abstract", i -> paper("Title " + i).saying(words(0, 200)),
                "one title", i -> paper("The one title of all").saying(words(200 * i, 200 * i + 200)),
                "all the same", i -> paper("The one title of all").saying(words(0, 200)),
                "families of twenty", i -> paper("Title " + i).saying(words(i / 20 * 200, i / 20 * 200 + 200)),
                "each with many", i -> paper("Title " + i).saying(words(10 * i, 10 * i + 200)));
        editions.forEach((name, edition) -> {
            Twins twins = among(IntStream.range(0, papers).mapToObj(edition));
            long most = papers * 196L * (Twins.MOST_ALIKE - 1) / 2;
            assertTrue(twins.compared() <= most, () -> name + ": " + twins.compared() + " comparisons");
            int pairs = IntStream.range(0, papers).map(i -> twins.of(i).length).sum();
            assertEquals(name.equals("families of twenty"), pairs == papers * 19, name + ": " + pairs);
        });
    }

    @Test
    void ofAnEndlessAbstractTheBeginningCounts() {
        Twins twins = among(
                paper("A").saying(words(0, 20_000)),
                paper("B").saying(words(0, 20_000)),
                paper("C").saying(words(15_000, 20_000)));
        assertArrayEquals(new int[] {1}, twins.of(0));
        assertEquals(Twins.MOST_RUNS, twins.compared());
    }

    private static Twins among(Listed... listed) {
        return among(Stream.of(listed));
    }

    private static Twins among(Stream<Listed> listed) {
        return Twins.among(listed.map(Listed::paper).toList());
    }

    private static String words(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
    }
}
