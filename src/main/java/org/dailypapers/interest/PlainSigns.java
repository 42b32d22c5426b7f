package org.dailypapers.interest;

import java.util.BitSet;
import java.util.List;

/**
 * The signs of the language as keyboards, phones and word processors of all countries write them, each put as its plain
 * one: dashes, quotation marks, full-width forms. Every character keeps its place, so that faults are named where they
 * were typed.
 */
final class PlainSigns {

    private static final String DASHES = "‐‑‒–—―⁃−➖﹘﹣－˗";

    /** Marks that close each other: countries open with what others close with. */
    private static final List<String> DOUBLE_QUOTES =
            List.of("\"＂", "“”„‟❝❞〝〞〟\"＂", "«»", "‹›", "「」｢｣﹁﹂", "『』﹃﹄", "《》", "〈〉");

    private static final String SINGLE_QUOTES = "'‘’‚‛`´＇❛❜";
    private static final String COMMAS = "、，､،﹐﹑";
    private static final String SEMICOLONS = "；﹔؛";
    private static final String OPENING = "【〔﹙﹝❨";
    private static final String CLOSING = "】〕﹚﹞❩";

    private static final String LOWERED = "₀₁₂₃₄₅₆₇₈₉";
    private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /** What stands before a word without being of it, and behind one. */
    private static final String BEFORE_WORD = "(:-!=,;|&";

    private static final String BEHIND_WORD = ")^,;|.?!:";

    private static final char FULL_WIDTH_FIRST = '！';
    private static final char FULL_WIDTH_LAST = '～';
    private static final char ZERO_WIDTH_SPACE = '\u200b';
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private PlainSigns() {}

    /** The line with plain signs, as long as it was; what stands between double quotation marks stays as it is. */
    static String of(String line) {
        char[] signs = line.toCharArray();
        var quoted = new BitSet();
        for (int i = 0; i < signs.length; i++) {
            int close = isDouble(signs[i]) ? partner(line, i) : -1;
            signs[i] = isDouble(signs[i]) ? '"' : plain(signs[i]);
            if (close > 0) {
                quoted.set(i, close + 1);
                for (int inside = i + 1; inside < close; inside++) {
                    signs[inside] = isDouble(signs[inside]) ? ' ' : signs[inside];
                }
                signs[close] = '"';
                i = close;
            }
        }
        uncoverSigns(signs, quoted);
        quoteTwice(signs, quoted);
        quoteOnce(signs, quoted);
        return new String(signs);
    }

    private static boolean isDouble(char c) {
        return c == '"' || c >= 0x80 && DOUBLE_QUOTES.stream().anyMatch(marks -> marks.indexOf(c) >= 0);
    }

    /** Where the mark is that closes this one; -1 where none is. */
    private static int partner(String line, int open) {
        for (String marks : DOUBLE_QUOTES) {
            for (int i = open + 1; i < line.length() && marks.indexOf(line.charAt(open)) >= 0; i++) {
                if (marks.indexOf(line.charAt(i)) >= 0) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static char plain(char c) {
        if (c < 0x80) {
            return c;
        }
        if (DASHES.indexOf(c) >= 0) {
            return '-';
        }
        if (SINGLE_QUOTES.indexOf(c) >= 0) {
            return '\'';
        }
        if (COMMAS.indexOf(c) >= 0) {
            return ',';
        }
        if (SEMICOLONS.indexOf(c) >= 0) {
            return ';';
        }
        if (OPENING.indexOf(c) >= 0) {
            return '(';
        }
        if (CLOSING.indexOf(c) >= 0) {
            return ')';
        }
        int digit = Math.max(LOWERED.indexOf(c), RAISED.indexOf(c));
        if (digit >= 0) {
            return (char) ('0' + digit);
        }
        return switch (c) {
            case '﹕', '︰', '∶' -> ':';
            case '﹡', '∗', '⁎' -> '*';
            case '♯' -> '#';
            case '¬' -> '-';
            case ZERO_WIDTH_SPACE, BYTE_ORDER_MARK -> ' ';
            default -> c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST ? (char) (c - FULL_WIDTH_FIRST + '!') : c;
        };
    }

    /** An invisible mark before a sign, as copied text has them, must not make a word of it. */
    private static void uncoverSigns(char[] signs, BitSet quoted) {
        for (int i = signs.length - 2; i >= 0; i--) {
            boolean mark = !quoted.get(i) && Character.getType(signs[i]) == Character.FORMAT;
            if (mark && (signs[i + 1] == ' ' || "-!\"'=(".indexOf(signs[i + 1]) >= 0) && beginsWord(signs, i)) {
                signs[i] = ' ';
            }
        }
    }

    /** Two single marks, as TeX writes double ones. */
    private static void quoteTwice(char[] signs, BitSet quoted) {
        for (int i = 0; i + 1 < signs.length; i++) {
            if (!quoted.get(i) && isSingle(signs[i]) && isSingle(signs[i + 1])) {
                signs[i] = '"';
                signs[i + 1] = ' ';
            }
        }
    }

    /** Single marks around words; one within a word, or at its end alone, is an apostrophe. */
    private static void quoteOnce(char[] signs, BitSet quoted) {
        for (int i = 0; i < signs.length; i++) {
            if (!quoted.get(i) && isSingle(signs[i]) && beginsWord(signs, i)) {
                int close = closing(signs, i);
                if (close > 0) {
                    signs[i] = '"';
                    signs[close] = '"';
                    i = close;
                }
            }
        }
    }

    private static int closing(char[] signs, int open) {
        for (int i = open + 2; i < signs.length && signs[i] != '"'; i++) {
            boolean last = i + 1 == signs.length || isSpace(signs[i + 1]) || BEHIND_WORD.indexOf(signs[i + 1]) >= 0;
            if (isSingle(signs[i]) && last) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isSingle(char c) {
        return c == '\'' || c == '`';
    }

    private static boolean beginsWord(char[] signs, int i) {
        return i == 0
                || isSpace(signs[i - 1])
                || BEFORE_WORD.indexOf(signs[i - 1]) >= 0
                || Character.getType(signs[i - 1]) == Character.FORMAT;
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
