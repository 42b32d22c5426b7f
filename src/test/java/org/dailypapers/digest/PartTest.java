package org.dailypapers.digest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PartTest {

    private static String marked(String text, String... words) {
        return Part.of(text, List.of(words)).stream()
                .map(part -> part.met() ? "[" + part.text() + "]" : part.text())
                .collect(Collectors.joining());
    }

    @Test
    void wordsAreMarkedWhereverTheyStandInWhateverCase() {
        assertEquals(
                "[Diffusion models] and other [diffusion models]",
                marked("Diffusion models and other diffusion models", "diffusion models"));
    }

    @Test
    void onlyWholeWordsAreMarked() {
        assertEquals("Graphs, paragraph, [graph].", marked("Graphs, paragraph, graph.", "graph"));
    }

    @Test
    void ofTwoThatBeginTogetherTheLongerIsMarked() {
        assertEquals("A [world model] of the [world]", marked("A world model of the world", "world", "world model"));
    }

    @Test
    void aTextWithoutThemIsOnePart() {
        assertEquals(List.of(new Part("Nothing here", false)), Part.of("Nothing here", List.of("graph")));
        assertEquals(List.of(), Part.of("", List.of("graph")));
    }

    @Test
    void noCharacterIsCutInTwo() {
        assertEquals("𝒜𝒜 [𝒜]", marked("𝒜𝒜 𝒜", "𝒜"));
    }
}
