package org.dailypapers.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TitlesTest {

    @ParameterizedTest
    @CsvSource({
        "'The Era of 1-bit LLMs:\u00a0All  in 1.58 Bits', the era of 1 bit llms all in 1 58 bits",
        "'Café naïve Ångström', cafe naive angstrom",
        "'cafe\u0301', cafe",
        "'ﬁne ²', fine 2",
        "'π₀: ΟΔΟΣ Ὀδός', π0 οδοσ οδοσ",
        "'大规模 语言模型', 大规模 语言模型",
        "'İstanbul', istanbul",
        "'  $\\alpha$-<think> ', alpha think",
        "'?!', ''",
    })
    void foldingLeavesLettersAndDigitsOfAnyScript(String title, String key) {
        assertEquals(key, Titles.fold(title));
    }

    @Test
    void foldingTwiceChangesNothing() {
        String once = Titles.fold("Éclair — ΜΕΓΑΣ ﬃ 한국어 2³");
        assertEquals(once, Titles.fold(once));
    }

    @Test
    void oneLineFoldsEveryKindOfGap() {
        assertEquals("a b c d e f g", Titles.oneLine("\u0000 a\n  b\u00a0c\r\nd\u007f\te\u2028f\u3000\u0085g \u001f"));
        assertEquals("", Titles.oneLine(" \n\u007f"));
    }

    @Test
    void aLoneSurrogateIsReplacedAndAPairStays() {
        assertEquals("x\ufffdy\ufffd", Titles.oneLine("x\ud83dy\ude00"));
        assertEquals("x😀", Titles.oneLine("x😀"));
    }

    @Test
    void aCutPartsNoPairOfSurrogates() {
        String text = "ab\uD83D\uDE00cd";
        assertEquals("ab", Titles.cut(text, 3));
        assertEquals("ab\uD83D\uDE00", Titles.cut(text, 4));
        assertEquals(text, Titles.cut(text, 6));
        assertEquals("ab…", Titles.shortened(text, 3));
        assertEquals(text, Titles.shortened(text, 6));
    }
}
