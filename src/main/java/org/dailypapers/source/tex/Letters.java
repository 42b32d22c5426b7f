package org.dailypapers.source.tex;

import java.text.Normalizer;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The letters that TeX's accents and letter commands stand for in a line of text: {@code \"o}, {@code \v{c}}, {@code \ss}. */
final class Letters {

    /** The combining character of each accent that is written with a sign, such as {@code \'e}. */
    private static final Map<Character, Character> SIGNS = Map.of(
            '`', '\u0300', '\'', '\u0301', '^', '\u0302', '~', '\u0303', '=', '\u0304', '.', '\u0307', '"', '\u0308');

    /** The same of those that are written with a letter, such as {@code \v{c}}. */
    private static final Map<Character, Character> LETTERS = Map.of(
            'u', '\u0306', 'r', '\u030a', 'H', '\u030b', 'v', '\u030c', 'd', '\u0323', 'c', '\u0327', 'k', '\u0328',
            'b', '\u0331');

    private static final Map<String, String> SYMBOLS = Map.ofEntries(
            Map.entry("o", "ø"),
            Map.entry("O", "Ø"),
            Map.entry("l", "ł"),
            Map.entry("L", "Ł"),
            Map.entry("ss", "ß"),
            Map.entry("SS", "ẞ"),
            Map.entry("aa", "å"),
            Map.entry("AA", "Å"),
            Map.entry("ae", "æ"),
            Map.entry("AE", "Æ"),
            Map.entry("oe", "œ"),
            Map.entry("OE", "Œ"),
            Map.entry("dh", "ð"),
            Map.entry("DH", "Ð"),
            Map.entry("dj", "đ"),
            Map.entry("DJ", "Đ"),
            Map.entry("th", "þ"),
            Map.entry("TH", "Þ"),
            Map.entry("ng", "ŋ"),
            Map.entry("NG", "Ŋ"),
            Map.entry("i", "ı"),
            Map.entry("j", "ȷ"));

    private static final Pattern CONTRACTION = Pattern.compile("(?:s|t|d|m|re|ve|ll)(?!\\p{L})");

    private final String text;
    private final boolean escapesDoubleQuotes;
    private final boolean escapesSingleQuotes;

    Letters(String text) {
        this.text = text;
        escapesDoubleQuotes = escapes('"');
        escapesSingleQuotes = escapes('\'');
    }

    /**
     * A letter or sign and where it ends in the text.
     *
     * @param plain what it stands for
     * @param end behind it, in UTF-16 units
     */
    record Piece(String plain, int end) {}

    /** Whether a backslash before that sign keeps it from ending a string: no accent stands before such a place. */
    private boolean escapes(char quote) {
        for (int i = text.indexOf('\\'); i >= 0; i = text.indexOf('\\', i + 1)) {
            if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
                char next = i + 2 < text.length() ? text.charAt(i + 2) : '{';
                if (!Character.isLetter(next) && next != '{' && next != '\\') {
                    return true;
                }
            }
        }
        return false;
    }

    /** The letter in braces of its own, such as {@code {\'e}}, that begins at that brace; null where there is none. */
    @Nullable
    Piece grouped(int brace) {
        if (!is(brace + 1, '\\')) {
            return null;
        }
        Piece letter = at(brace + 1);
        return letter == null || !is(letter.end(), '}') ? null : new Piece(letter.plain(), letter.end() + 1);
    }

    /** A quotation mark behind the backslash that makes no accent of it; null where there is none. */
    @Nullable
    Piece quotation(int backslash) {
        char sign = charAt(backslash + 1);
        boolean quote =
                sign == '"' && escapesDoubleQuotes || sign == '\'' && (escapesSingleQuotes || isContraction(backslash));
        return quote ? new Piece(String.valueOf(sign), backslash + 2) : null;
    }

    /** Whether the sign stands in a word such as {@code isn\\'t}. */
    private boolean isContraction(int backslash) {
        return backslash > 0
                && Character.isLetterOrDigit(text.charAt(backslash - 1))
                && backslash + 2 <= text.length()
                && CONTRACTION
                        .matcher(text)
                        .region(backslash + 2, text.length())
                        .useTransparentBounds(true)
                        .lookingAt();
    }

    /** The letter that the command at that backslash stands for; null where it is none. */
    @Nullable
    Piece at(int backslash) {
        int name = backslash + 1;
        if (name >= text.length()) {
            return null;
        }
        char sign = text.charAt(name);
        Character mark = SIGNS.get(sign);
        if (mark != null) {
            boolean quote = sign == '"' && escapesDoubleQuotes || sign == '\'' && escapesSingleQuotes;
            return quote || sign == '\'' && isContraction(backslash) ? null : accented(mark, name + 1);
        }
        int end = name;
        while (end < text.length() && isAsciiLetter(text.charAt(end))) {
            end++;
        }
        String symbol = SYMBOLS.get(text.substring(name, end));
        if (symbol != null) {
            return new Piece(symbol, behindCommand(backslash, end));
        }
        mark = LETTERS.get(sign);
        return end == name + 1 && mark != null && (is(end, '{') || is(end, ' '))
                ? accented(mark, is(end, ' ') ? end + 1 : end)
                : null;
    }

    /** A space ends the command and goes with it, but not behind a number, where Å is a unit. */
    private int behindCommand(int backslash, int end) {
        if (text.startsWith("{}", end)) {
            return end + 2;
        }
        if (text.startsWith("\\ ", end)) {
            return end + 1;
        }
        int before = backslash - 1;
        while (before >= 0 && (text.charAt(before) == ' ' || text.charAt(before) == '~')) {
            before--;
        }
        boolean unit =
                before >= 0 && (Character.isDigit(text.charAt(before)) || "$})".indexOf(text.charAt(before)) >= 0);
        boolean swallows = !unit && is(end, ' ') && end + 1 < text.length() && Character.isLetter(text.charAt(end + 1));
        return swallows ? end + 1 : end;
    }

    private @Nullable Piece accented(char mark, int argument) {
        boolean braces = is(argument, '{');
        int start = braces ? argument + 1 : argument;
        if (start >= text.length()) {
            return null;
        }
        int end = start + 1;
        String letter = text.substring(start, end);
        if (letter.equals("\\") && (is(end, 'i') || is(end, 'j')) && !isAsciiLetter(charAt(end + 1))) {
            letter = text.substring(end, end + 1);
            end = text.startsWith("{}", end + 1) ? end + 3 : end + 1;
            end = !braces && is(end, ' ') && Character.isLetter(charAt(end + 1)) ? end + 1 : end;
        }
        String composed = Normalizer.normalize(letter + mark, Normalizer.Form.NFC);
        if (!Character.isLetter(letter.charAt(0)) || composed.length() != 1 || braces && !is(end, '}')) {
            return null;
        }
        return new Piece(composed, braces ? end + 1 : end);
    }

    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : ' ';
    }

    private boolean is(int index, char wanted) {
        return index < text.length() && text.charAt(index) == wanted;
    }

    private static boolean isAsciiLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
