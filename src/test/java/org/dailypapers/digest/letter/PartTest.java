package org.dailypapers.digest.letter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dailypapers.matching.index.Met;
import org.junit.jupiter.api.Test;

class PartTest {

    static String shown(List<Part> parts) {
        return parts.stream()
                .map(part -> part.met() ? "[" + part.text() + "]" : part.text())
                .collect(Collectors.joining());
    }

    /** The spans of the words in a text, each as often as it stands there. */
    static List<Met.Span> spans(String text, String... words) {
        return Stream.of(words)
                .flatMap(word -> Stream.iterate(
                                text.indexOf(word), at -> at >= 0, at -> text.indexOf(word, at + word.length()))
                        .map(at -> new Met.Span(Met.Where.SUMMARY, 0, at, at + word.length())))
                .toList();
    }

    private static String marked(String text, String... words) {
        return shown(Part.of(text, spans(text, words)));
    }

    @Test
    void whatMetIsMarkedWhereverItStands() {
        assertEquals("[robot]s and other [robot]s", marked("robots and other robots", "robot"));
        assertEquals("[robot]", marked("robot", "robot"));
    }

    @Test
    void whatOverlapsIsMarkedOnce() {
        assertEquals("A [world model] of it", marked("A world model of it", "world", "world model"));
        assertEquals("[a b][ c] d", marked("a b c d", "b c", "a b"));
        assertEquals("[a b c] d", marked("a b c d", "b", "a b c"));
    }

    @Test
    void aTextOfWhichNothingMetIsOnePart() {
        assertEquals(List.of(new Part("Nothing here", false)), Part.of("Nothing here", List.of()));
        assertEquals(List.of(), Part.of("", List.of()));
        assertEquals(List.of(), Part.plain(null));
    }

    @Test
    void ofAPieceOnlyWhatStandsInItIsMarked() {
        String text = "one two three four";
        assertEquals("wo [th]", shown(Part.of(text, 5, 10, spans(text, "one", "three", "four"))));
    }
}
