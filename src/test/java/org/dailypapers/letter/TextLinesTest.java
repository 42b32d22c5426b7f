package org.dailypapers.letter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TextLinesTest {

    @Test
    void whatFitsStaysAsItIs() {
        String text = "One\n\n  two  \n" + "x".repeat(72) + "\n";
        assertEquals(text, TextLines.wrapped(text));
        assertEquals("", TextLines.wrapped(""));
    }

    @Test
    void aLongLineIsBrokenBetweenWords() {
        assertEquals(
                "word ".repeat(13) + "word\n" + "word ".repeat(5) + "word\nnext",
                TextLines.wrapped("word ".repeat(20).strip() + "\nnext"));
    }

    @Test
    void inScriptsWithoutSpacesALineEndsWhereItMay() {
        String japanese = "あ".repeat(35) + "、" + "い".repeat(36) + "。";
        assertEquals("あ".repeat(35) + "、\n" + "い".repeat(35) + "\nい。", TextLines.wrapped(japanese));
        assertEquals("漢".repeat(36) + "\n" + "漢".repeat(4), TextLines.wrapped("漢".repeat(40)));
    }

    @Test
    void aLinkStaysWholeAndBesideItsName() {
        String link = "https://example.org/" + "a-b/c?d=".repeat(20);
        for (String named : new String[] {"browser: " + link, "浏览器：" + link}) {
            assertEquals(named, TextLines.wrapped(named));
        }
    }

    @Test
    void aWordWithHyphensStaysWhole() {
        assertEquals("x".repeat(70) + "\nstate-of-the-art", TextLines.wrapped("x".repeat(70) + " state-of-the-art"));
    }

    @Test
    void anEntryHangsBelowItsFirstWord() {
        assertEquals(
                "* " + "word ".repeat(13) + "word\n  " + "word ".repeat(13) + "word\n  word",
                TextLines.wrapped("* " + "word ".repeat(29).strip()));
    }

    @Test
    void nothingIsLostButBlanksAtTheBreaks() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        String signs = "aé -漢あ。、（）ㅎ한🙂👩‍🔬̈\n：x/ ";
        for (int i = 0; i < 2_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(300); n > 0; n--) {
                int at = random.nextInt(signs.codePointCount(0, signs.length()));
                text.appendCodePoint(signs.codePointAt(signs.offsetByCodePoints(0, at)));
            }
            String wrapped = TextLines.wrapped(text.toString());
            assertEquals(
                    text.toString().replaceAll("\\s", ""), wrapped.replaceAll("\\s", ""), "seed " + seed + ": " + text);
            assertEquals(wrapped, TextLines.wrapped(wrapped), "seed " + seed + ": " + text);
            assertTrue(wrapped.lines().count() >= text.toString().lines().count());
        }
    }
}
