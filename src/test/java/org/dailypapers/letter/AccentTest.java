package org.dailypapers.letter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.dailypapers.Contrast;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccentTest {

    private static final Pattern SUGGESTED = Pattern.compile(".* such as (#[0-9a-f]{6})");

    private static double contrast(String words, String behind) {
        var page = Jsoup.parse("<p style=\"color:%s;background:%s\">words</p>".formatted(words, behind));
        return new Contrast(page, false).ofText(page.selectFirst("p"));
    }

    @Test
    void thePresetIsThatOfTheStyleSheet() {
        assertEquals(Accent.PRESET, Accent.parse(" #1D5C8F "));
        assertTrue(!Accent.PRESET.own() && Accent.parse("#7a1f3d").own());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "blue", "1d5c8f", "#1d5", "#1d5c8g", "#1d5c8f00", "#1d5c8f;}", "rgb(1,2,3)"})
    void whatIsNoColourIsRefused(String text) {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Accent.parse(text))
                .getMessage()
                .contains("write it as # and six"));
    }

    @Property
    void anyColourCanBeReadOrIsRefusedWithOneThatCan(@ForAll @IntRange(max = 0xFFFFFF) int rgb) {
        String text = "#%06x".formatted(rgb);
        Accent accent;
        try {
            accent = Accent.parse(text);
        } catch (IllegalArgumentException e) {
            assertTrue(contrast(text, "#f4f3ef") < 4.5, text);
            Matcher suggested = SUGGESTED.matcher(e.getMessage());
            assertTrue(suggested.matches(), e.getMessage());
            accent = Accent.parse(suggested.group(1));
        }
        for (String light : new String[] {accent.light(), accent.lightHover()}) {
            assertTrue(contrast(light, "#f4f3ef") >= 4.5 && contrast("#ffffff", light) >= 4.5, accent.toString());
        }
        for (String dark : new String[] {accent.dark(), accent.darkHover()}) {
            assertTrue(contrast(dark, "#1f221c") >= 4.5 && contrast("#0f1a22", dark) >= 4.5, accent.toString());
        }
    }
}
