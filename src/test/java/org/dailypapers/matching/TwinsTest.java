package org.dailypapers.matching;

import static org.dailypapers.matching.Listed.paper;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    private static Twins among(Listed... listed) {
        return Twins.among(Stream.of(listed).map(Listed::paper).toList());
    }

    private static String words(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
    }
}
