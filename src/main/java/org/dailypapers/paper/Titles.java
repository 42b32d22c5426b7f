package org.dailypapers.paper;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** The ways in which a title, or any other line of text, is brought into one form. */
public final class Titles {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NEITHER_LETTER_NOR_DIGIT = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int REPLACEMENT = 0xFFFD;
    private static final int FEWEST_WORDS = 3;
    private static final int FEWEST_LETTERS = 15;

    /** Of a script that writes no blanks between words. */
    private static final int FEWEST_IDEOGRAPHS = 8;

    /** What titles begin with that many papers have, folded. */
    private static final Pattern SHARED =
            Pattern.compile("(?:(?:author|publisher) s? ?(?:correction|note|reply|response)"
                    + "|addendum|book reviews?|call for papers|comments? on|corrections? (?:to|for)|corrigend(?:um|a)|editorials?"
                    + "|errat(?:um|a)|expressions? of concern|foreword|from the editors?|guest editorial|in memoriam|in this issue"
                    + "|introduction|letters? to the editors?|list of contributors|news and views|no title|obituary|preface"
                    + "|rejoinder|reply to|response to|retract(?:ed|ion)|special issue|table of contents|title not|untitled"
                    + "|withdrawn)(?: .*)?");

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
     * Whether two papers with this title are likely to be one: it has three words and fifteen letters at least, or eight
     * ideographs, and does not begin as many do, such as "Editorial", "Correction to" or "Introduction".
     */
    public static boolean saysEnough(String title) {
        String folded = fold(title);
        long words = folded.isEmpty() ? 0 : folded.chars().filter(c -> c == ' ').count() + 1;
        long letters = folded.codePoints().filter(c -> c != ' ').count();
        long ideographs = folded.codePoints().filter(Titles::standsForAWord).count();
        return (words >= FEWEST_WORDS && letters >= FEWEST_LETTERS || ideographs >= FEWEST_IDEOGRAPHS)
                && !SHARED.matcher(folded).matches();
    }

    private static boolean standsForAWord(int character) {
        Character.UnicodeScript script = Character.UnicodeScript.of(character);
        return Character.isIdeographic(character)
                || script == Character.UnicodeScript.HIRAGANA
                || script == Character.UnicodeScript.KATAKANA;
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

    /** The first characters of a text, at most so many; a pair of surrogates is not parted. */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }

    /** The text, or its beginning and an ellipsis where it is longer than that. */
    public static String shortened(String text, int most) {
        return text.length() <= most ? text : cut(text, most) + "…";
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
