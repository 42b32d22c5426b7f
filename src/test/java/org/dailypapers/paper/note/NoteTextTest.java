package org.dailypapers.paper.note;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

class NoteTextTest {

    @Test
    void markdownIsHtmlOnPagesAndPlainInText() {
        NoteText note = NoteText.of("Two things **today**:\n\n- [a talk](https://example.org/talk)\n- *and* tea");
        assertEquals(
                "<p>Two things <strong>today</strong>:</p> <ul> <li><a href=\"https://example.org/talk\""
                        + " rel=\"noopener\">a talk</a></li> <li><em>and</em> tea</li> </ul>",
                note.html().replaceAll("\\s+", " "));
        assertTrue(note.text().contains("a talk") && note.text().contains("https://example.org/talk"), note.text());
        assertFalse(note.text().contains("<"), note.text());
    }

    @Test
    void nothingOfANoteIsMoreThanText() {
        for (String hostile : List.of(
                "<script>alert(1)</script>",
                "<img src=x onerror=alert(1)>",
                "[x](javascript:alert(1))",
                "[x](data:text/html;base64,PHNjcmlwdD4=)",
                "[x](JaVaScRiPt:alert(1))",
                "![x](https://tracker.example/pixel.gif)",
                "<a href=\"https://e.example\" onclick=\"x()\">x</a>",
                "<iframe src=https://e.example></iframe>",
                "<style>*{display:none}</style>",
                "<https://e.example/\"onmouseover=x>",
                "# <b onmouseover=alert(1)>x</b>",
                "```\n</pre><script>x</script>\n```")) {
            var page = Jsoup.parseBodyFragment(NoteText.of(hostile).html());
            assertEquals(
                    0,
                    page.select("script, img, iframe, style, [onclick], [onerror], [onmouseover], h1")
                            .size(),
                    hostile);
            page.select("a")
                    .forEach(a -> assertTrue(
                            a.attr("href").isEmpty() || a.attr("href").matches("(https?://|mailto:).*"),
                            a.outerHtml()));
        }
    }
}
