package org.dailypapers.source;

import java.text.Normalizer;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dailypapers.paper.Titles;
import org.jsoup.parser.Parser;

/**
 * Text as people read it, out of what sources write: HTML's character references and TeX's accents become the letters
 * that they stand for. What stands between dollar signs is mathematics and stays, as does every other command.
 */
final class PlainText {

    private static final Pattern REFERENCE = Pattern.compile("&(?:#\\d{1,7}|#[xX]\\p{XDigit}{1,6}|[A-Za-z]\\w{1,31});");

    /** Some sources escape what is escaped already. */
    private static final int DEEPEST = 3;

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
    private final StringBuilder plain;
    private int at;

    private PlainText(String text) {
        this.text = text;
        escapesDoubleQuotes = escapes('"');
        escapesSingleQuotes = escapes('\'');
        plain = new StringBuilder(text.length());
    }

    /** The text on one line, without character references and TeX's accents, its letters composed (NFC). */
    static String of(String written) {
        String text = Titles.oneLine(written);
        for (int depth = 0; depth < DEEPEST && text.indexOf('&') >= 0; depth++) {
            text = REFERENCE.matcher(text).replaceAll(r -> Matcher.quoteReplacement(character(r.group())));
        }
        if (text.indexOf('\\') >= 0) {
            text = new PlainText(text).read();
        }
        return Titles.oneLine(Normalizer.normalize(text, Normalizer.Form.NFC));
    }

    private static String character(String reference) {
        return Parser.unescapeEntities(reference, true);
    }

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

    private String read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '$') {
                copyTo(endOfMathematics());
            } else if (c == '\\') {
                if (!letter(at) && !sign()) {
                    // Two, so that an escaped backslash begins nothing.
                    copyTo(Math.min(at + 2, text.length()));
                }
            } else if (c != '{' || !grouped()) {
                copyTo(at + 1);
            }
        }
        return plain.toString();
    }

    private void copyTo(int end) {
        plain.append(text, at, end);
        at = end;
    }

    private int endOfMathematics() {
        int end = at + 1;
        while (end < text.length() && (text.charAt(end) != '$' || text.charAt(end - 1) == '\\')) {
            end++;
        }
        return end == text.length() || end == at + 1 ? at + 1 : end + 1;
    }

    /** A letter in braces of its own: {@code {\'e}}. */
    private boolean grouped() {
        int open = at;
        int length = plain.length();
        if (at + 1 < text.length() && text.charAt(at + 1) == '\\' && letter(at + 1) && is(at, '}')) {
            at++;
            return true;
        }
        plain.setLength(length);
        at = open;
        return false;
    }

    /** An ampersand or a quotation mark behind a backslash that makes no accent of it. */
    private boolean sign() {
        if (at + 1 == text.length()) {
            return false;
        }
        char sign = text.charAt(at + 1);
        boolean quote = sign == '"' && escapesDoubleQuotes || sign == '\'' && (escapesSingleQuotes || isContraction());
        if (!quote && sign != '&') {
            return false;
        }
        plain.append(sign);
        at += 2;
        return true;
    }

    /** Whether the sign stands in a word such as {@code isn\'t}. */
    private boolean isContraction() {
        return at > 0
                && Character.isLetterOrDigit(text.charAt(at - 1))
                && CONTRACTION
                        .matcher(text)
                        .region(at + 2, text.length())
                        .useTransparentBounds(true)
                        .lookingAt();
    }

    /** Appends the letter that the command at that place stands for, and goes behind it; false where it is none. */
    private boolean letter(int backslash) {
        int name = backslash + 1;
        if (name >= text.length()) {
            return false;
        }
        char sign = text.charAt(name);
        if (SIGNS.containsKey(sign)) {
            boolean quote = sign == '"' && escapesDoubleQuotes || sign == '\'' && escapesSingleQuotes;
            at = backslash;
            return !quote && !(sign == '\'' && isContraction()) && accented(SIGNS.get(sign), name + 1);
        }
        int end = name;
        while (end < text.length() && isAsciiLetter(text.charAt(end))) {
            end++;
        }
        String symbol = SYMBOLS.get(text.substring(name, end));
        if (symbol != null) {
            at = behindCommand(backslash, end);
            plain.append(symbol);
            return true;
        }
        return end == name + 1
                && LETTERS.containsKey(sign)
                && (is(end, '{') || is(end, ' '))
                && accented(LETTERS.get(sign), is(end, ' ') ? end + 1 : end);
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

    private boolean accented(char mark, int argument) {
        boolean braces = is(argument, '{');
        int start = braces ? argument + 1 : argument;
        if (start >= text.length()) {
            return false;
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
            return false;
        }
        plain.append(composed);
        at = braces ? end + 1 : end;
        return true;
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
