package org.dailypapers.paper;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** The ways in which a title, or any other line of text, is brought into one form. */
public final class Titles {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NEITHER_LETTER_NOR_DIGIT = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int REPLACEMENT = 0xFFFD;

    private Titles() {}

    /**
     * The key by which titles are compared: compatibility forms decomposed, accents dropped, lower case, and one space
     * for each run that is not letter or digit of any script. Empty where the title has neither.
     */
    public static String fold(String title) {
        String decomposed = Normalizer.normalize(title, Normalizer.Form.NFKD);
        // A lower case may bring marks of its own, and a final sigma is the same letter.
        String lower = decomposed.toLowerCase(Locale.ROOT).replace('ς', 'σ');
        String bare = MARKS.matcher(lower).replaceAll("");
        return NEITHER_LETTER_NOR_DIGIT.matcher(bare).replaceAll(" ").strip();
    }

    /**
     * The text on one line: each run of white space, line ends, no-break spaces and control characters becomes one
     * space, none is left at either end, and a lone surrogate becomes U+FFFD.
     */
    public static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        boolean gap = false;
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            at += Character.charCount(character);
            if (isGap(character)) {
                gap = true;
                continue;
            }
            if (gap && !line.isEmpty()) {
                line.append(' ');
            }
            gap = false;
            line.appendCodePoint(isLoneSurrogate(character) ? REPLACEMENT : character);
        }
        return line.toString();
    }

    private static boolean isGap(int character) {
        return character <= 0x20
                || character == 0x7f
                || character == 0x85
                || Character.isSpaceChar(character)
                || Character.isWhitespace(character);
    }

    private static boolean isLoneSurrogate(int character) {
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }
}
