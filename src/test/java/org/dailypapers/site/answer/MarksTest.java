package org.dailypapers.site.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MarksTest {

    /** A sentence with marks into which something is put. */
    private static final Pattern SENTENCE =
            Pattern.compile("\\{(?:page|reader|fault):\\w+\\(([^{}]*)\\)\\.(?:marked|linked)");

    /** What is no text of others: numbers and dates of ours. */
    private static final Set<String> OURS =
            Set.of("source.answered", "view.preview.editions", "view.preview.perDay", "inject:masthead.name");

    @Test
    void marksAreTheTranslatorsAlone() {
        for (String data :
                new String[] {"<code>x</code>", "</bdi>", "<a>x</a>", "&lt;strong&gt;x&lt;/strong&gt;", "<script>"}) {
            String escaped = data.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
            assertEquals(
                    "Papers of <bdi>" + escaped + "</bdi>",
                    Marks.marked("Papers of <bdi>" + Marks.plain(data) + "</bdi>")
                            .getValue());
            assertEquals(
                    escaped + " <a href=\"/x\">here</a>",
                    Marks.linked(Marks.plain(data) + " <a>here</a>", "/x").getValue());
        }
    }

    @Test
    void everyTemplatePutsTextsPlainlyIntoSentencesWithMarks() throws IOException {
        try (Stream<Path> pages = Files.walk(Path.of("../templates/page"))) {
            for (Path page : pages.filter(Files::isRegularFile).toList()) {
                SENTENCE.matcher(Files.readString(page)).results().forEach(found -> {
                    for (String argument : found.group(1).split(",")) {
                        assertTrue(
                                argument.strip().endsWith(".plain") || OURS.contains(argument.strip()),
                                page.getFileName() + ": " + found.group());
                    }
                });
            }
        }
    }
}
