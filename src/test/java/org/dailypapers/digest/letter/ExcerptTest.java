package org.dailypapers.digest.letter;

import static org.dailypapers.digest.letter.PartTest.shown;
import static org.dailypapers.digest.letter.PartTest.spans;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.dailypapers.matching.index.Met;
import org.dailypapers.paper.Paper;
import org.junit.jupiter.api.Test;

class ExcerptTest {

    private static final String ABSTRACT = "We begin with some words. They say little of the matter at hand. "
            + "Robots learn to walk here. A drone flies over them. In the end we conclude.";

    private static List<Part> excerpt(String summary, int length, List<List<Met.Span>> interests) {
        var paper = new Paper();
        paper.summary = summary;
        return Excerpt.of(paper, length, interests);
    }

    private static String of(int length, String... words) {
        return shown(excerpt(
                ABSTRACT,
                length,
                Stream.of(words).map(word -> spans(ABSTRACT, word)).toList()));
    }

    @Test
    void itIsTheBeginningWhereNothingMetOrWhatMetStandsThere() {
        assertEquals("We begin with some words.", of(30));
        assertEquals("We begin with some [words].", of(30, "words"));
    }

    @Test
    void itIsTheSentenceThatMet() {
        assertEquals("… [Robots] learn to walk here.", of(30, "Robots"));
        assertEquals("… In the end we [conclude].", of(30, "conclude"));
    }

    @Test
    void whatThereIsRoomForStandsBesideIt() {
        assertEquals("… [Robots] learn to walk here. A drone flies over them.", of(60, "Robots"));
        assertEquals("… A drone flies over them. In the end we [conclude].", of(60, "conclude"));
    }

    @Test
    void theStrongestInterestChoosesTheSentence() {
        assertEquals("… A [drone] flies over them.", of(30, "drone", "Robots"));
        assertEquals("… [Robots] learn to walk here.", of(30, "nothing", "Robots", "drone"));
    }

    @Test
    void aSentenceThatIsTooLongIsCutAroundWhatMet() {
        String summary =
                "word ".repeat(100) + "a robot walks " + "word ".repeat(100).strip() + ".";
        String shown = shown(excerpt(summary, 60, List.of(spans(summary, "robot"))));
        assertTrue(shown.matches("… (word )+a \\[robot] walks (word )+…"), shown);
        assertTrue(shown.length() <= 60 + 6, shown);
    }

    @Test
    void whateverMetIsShownInHardlyMoreThanTheLength() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            var text = new StringBuilder();
            var spans = new ArrayList<Met.Span>();
            int words = 1 + random.nextInt(150);
            for (int i = 0; i < words; i++) {
                String word = random.nextInt(20) == 0
                        ? "𝒜语言".repeat(1 + random.nextInt(40))
                        : "x".repeat(1 + random.nextInt(12));
                if (random.nextInt(30) == 0) {
                    spans.add(new Met.Span(Met.Where.SUMMARY, 0, text.length(), text.length() + word.length()));
                }
                text.append(word).append(random.nextInt(12) == 0 ? ". A" : " ");
            }
            String summary = text.toString().strip();
            int length = 40 + random.nextInt(300);
            List<Part> parts = excerpt(summary, length, List.of(List.of(), spans));
            String shown = shown(parts);
            int most = spans.stream().mapToInt(s -> s.end() - s.start()).max().orElse(0);
            int size = parts.stream().mapToInt(p -> p.text().length()).sum();
            String told = "seed " + seed + ", round " + round + ": " + shown;
            assertEquals(!spans.isEmpty(), parts.stream().anyMatch(Part::met), told);
            assertTrue(size <= Math.max(length, most) + 8, told);
            for (Part part : parts) {
                assertTrue(
                        part.text().codePoints().noneMatch(c -> c >= 0xD800 && c < 0xE000),
                        told + " is cut in a character");
            }
        }
    }
}
