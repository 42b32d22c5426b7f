package org.dailypapers.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.dailypapers.interest.InterestError;
import org.dailypapers.interest.InterestParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TopicsTest {

    @Test
    void everyLineOfTheBuiltInTopicsCanBeRead() throws IOException {
        var faults = new ArrayList<String>();
        for (Topic topic : builtIn().all()) {
            for (String line : topic.lines()) {
                if (InterestParser.parse(line) instanceof InterestError error) {
                    faults.add("[" + topic.slug() + "] " + line + ": " + error.message());
                }
            }
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void everyBuiltInTopicIsWhole() throws IOException {
        var slugs = new HashSet<String>();
        var names = new HashSet<String>();
        assertTrue(builtIn().all().size() >= 30);
        for (Topic topic : builtIn().all()) {
            assertTrue(slugs.add(topic.slug()), "twice: " + topic.slug());
            assertTrue(names.add(topic.name()), "twice: " + topic.name());
            assertFalse(topic.group().isBlank() || topic.group().equals("More"), "no group: " + topic.slug());
            assertFalse(topic.about().isBlank(), "no about: " + topic.slug());
            assertFalse(topic.lines().isEmpty(), "no lines: " + topic.slug());
        }
    }

    @Test
    void noLineOfATopicAsksForATopic() throws IOException {
        builtIn().all().forEach(t -> t.lines().forEach(l -> assertFalse(l.contains("topic:"), t.slug() + ": " + l)));
    }

    @Test
    void aFileIsReadAsItStands() {
        Topics topics = Topics.read("""
                # The house's topics.

                [b-2] Second things
                group: Things
                about: What comes second.
                two OR second
                  "number two"

                [a] First things
                group: Other
                first
                [c] Third things
                group: Things
                # A comment between lines.
                third
                """);
        assertEquals(
                List.of("b-2", "a", "c"), topics.all().stream().map(Topic::slug).toList());
        assertEquals(
                new Topic(
                        "b-2",
                        "Second things",
                        "Things",
                        "What comes second.",
                        List.of("two OR second", "\"number two\"")),
                topics.find("b-2").orElseThrow());
        assertEquals(List.of("Things", "Other"), List.copyOf(topics.groups().keySet()));
        assertEquals(2, topics.groups().get("Things").size());
        assertTrue(topics.find("d").isEmpty());
    }

    @Test
    void aFileWithoutTopicsHasNone() {
        assertTrue(Topics.read("# nothing\n\n").all().isEmpty());
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                arguments("\n# first\nagent", 3, "a topic begins with [its-name]"),
                arguments("[agents\nagent", 1, "expected [lower-case-name] Title"),
                arguments("[] Agents\nagent", 1, "expected [lower-case-name] Title"),
                arguments("[agents]\nagent", 1, "expected [lower-case-name] Title"),
                arguments("[a] A\nx1\n[Agents] Agents", 3, "expected [lower-case-name] Title"),
                arguments("[a b] A\nx1", 1, "expected [lower-case-name] Title"),
                arguments("[" + "a".repeat(61) + "] A\nx1", 1, "expected [lower-case-name] Title"),
                arguments("[a] A\nx1\n\n[b] B\nx1\n[a] A again\nx1", 6, "a topic [a] already"),
                arguments("[a] A\nx1\n[b] B\ngroup: G\n[c] C\nx1", 3, "needs a line"),
                arguments("[a] A\nx1\n[b] B", 3, "needs a line"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultNamesItsLine(String text, int line, String reason) {
        String message = assertThrows(IllegalArgumentException.class, () -> Topics.read(text))
                .getMessage();
        assertTrue(message.startsWith("line " + line + ": "), message);
        assertTrue(message.contains(reason), message);
    }

    static Topics builtIn() throws IOException {
        try (InputStream in = TopicsTest.class.getResourceAsStream("/topics.txt")) {
            return Topics.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
