package org.dailypapers.matching.word;

import java.io.CharArrayReader;
import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.standard.StandardTokenizerImpl;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/**
 * Words by Unicode's rules (UAX 29), and with them the signs without which some would be others.
 *
 * <p>A single letter keeps what makes it a name: C++, C#, A*. Behind a longer word two plus signs are a word of their
 * own, so that {@code unet} finds UNet++ and {@code unet++} nothing else. The dot of .NET and the ampersand between
 * short words, as in R&amp;D, stay too. An underscore parts words, a raised or lowered digit is a digit.
 */
final class WordTokenizer extends Tokenizer {

    /** Around an ampersand: AT&T, but search&rescue is two words. */
    private static final int LONGEST_BESIDE_AMPERSAND = 3;

    private static final String LOWERED = "₀₁₂₃₄₅₆₇₈₉";
    private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private final StandardTokenizerImpl scanner = new StandardTokenizerImpl(new CharArrayReader(new char[0]));
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final OffsetAttribute offset = addAttribute(OffsetAttribute.class);
    private char[] text = new char[1024];
    private int length;

    /** Where the words end that were given. */
    private int given;

    /** Where two plus signs stand that are the next word; -1 where they do not. */
    private int plusSigns;

    @Override
    public void reset() throws IOException {
        super.reset();
        length = 0;
        for (int read = 0; read >= 0; read = input.read(text, length, text.length - length)) {
            length += read;
            if (length == text.length) {
                text = Arrays.copyOf(text, 2 * length);
            }
        }
        for (int i = 0; i < length; i++) {
            text[i] = plain(text[i]);
        }
        scanner.yyreset(new CharArrayReader(text, 0, length));
        given = 0;
        plusSigns = -1;
    }

    private static char plain(char c) {
        if (c < 0x80) {
            return c == '_' ? ' ' : c;
        }
        if (c == '♯') {
            return '#';
        }
        if (c == '’') {
            return '\'';
        }
        if (c >= '⁰' && c <= '₉' || c == '¹' || c == '²' || c == '³') {
            int digit = Math.max(LOWERED.indexOf(c), RAISED.indexOf(c));
            return digit < 0 ? c : (char) ('0' + digit);
        }
        return c;
    }

    @Override
    public boolean incrementToken() throws IOException {
        clearAttributes();
        if (plusSigns >= 0) {
            int start = plusSigns;
            plusSigns = -1;
            return give(start, start + 2);
        }
        while (scanner.getNextToken() != StandardTokenizerImpl.YYEOF) {
            int start = scanner.yychar();
            if (start >= given) {
                return word(start, start + scanner.yylength());
            }
        }
        return false;
    }

    private boolean word(int start, int end) {
        boolean letter = end - start == 1 && isAsciiLetter(text[start]);
        if (arePlusSigns(end)) {
            if (!letter) {
                plusSigns = end;
            }
            return give(start, letter ? end + 2 : end);
        }
        if (letter && at(end) == '#' && !Character.isLetter(at(end + 1))) {
            return give(start, end + 1);
        }
        int star = letter ? behindStar(start, end) : -1;
        if (star >= 0) {
            boolean given = give(start, star);
            term.setLength(1).append('*');
            return given;
        }
        if (letter && areInitials(end)) {
            char second = text[end + 3];
            boolean given = give(start, end + 4);
            term.setLength(1).append('&').append(second);
            return given;
        }
        return isNet(start, end) ? give(start - 1, end) : give(start, behindAmpersands(start, end));
    }

    private boolean give(int start, int end) {
        term.copyBuffer(text, start, end - start);
        offset.setOffset(correctOffset(start), correctOffset(end));
        given = end;
        return true;
    }

    private boolean arePlusSigns(int i) {
        return at(i) == '+' && at(i + 1) == '+' && at(i + 2) != '+';
    }

    /** Where the star behind a letter ends, also one that TeX raises; -1 where it is none, or emphasis. */
    private int behindStar(int start, int end) {
        int i = at(end) == '$' ? end + 1 : end;
        boolean raised = at(i) == '^';
        i += raised ? 1 : 0;
        boolean braces = raised && at(i) == '{';
        i += braces ? 1 : 0;
        if (at(i) == '*') {
            i++;
        } else if (raised && (isCommand(i, "\\ast") || isCommand(i, "\\star"))) {
            i += text[i + 1] == 'a' ? "\\ast".length() : "\\star".length();
        } else {
            return -1;
        }
        if (raised) {
            return !braces ? i : at(i) == '}' ? i + 1 : -1;
        }
        boolean product = at(i) == '*' || Character.isLetterOrDigit(at(i));
        return i == end + 1 && !product && at(start - 1) != '*' ? i : -1;
    }

    private boolean isCommand(int i, String command) {
        return i + command.length() <= length
                && command.contentEquals(new String(text, i, command.length()))
                && !isAsciiLetter(at(i + command.length()));
    }

    private boolean isNet(int start, int end) {
        return end - start == 3
                && at(start - 1) == '.'
                && at(start - 2) != '.'
                && !Character.isLetterOrDigit(at(start - 2))
                && "net".equalsIgnoreCase(new String(text, start, 3));
    }

    /** Whether an ampersand between spaces joins one more letter: R & D. */
    private boolean areInitials(int end) {
        return at(end) == ' '
                && at(end + 1) == '&'
                && at(end + 2) == ' '
                && isAsciiLetter(at(end + 3))
                && !Character.isLetterOrDigit(at(end + 4));
    }

    /** The end of the short words that ampersands join to this one; its own where there are none. */
    private int behindAmpersands(int start, int end) {
        int joined = end;
        for (int from = start; at(joined) == '&' && areFewLetters(from, joined); ) {
            from = joined + 1;
            int to = from;
            while (Character.isLetter(at(to))) {
                to++;
            }
            if (!areFewLetters(from, to) || Character.isDigit(at(to))) {
                break;
            }
            joined = to;
        }
        return joined;
    }

    private boolean areFewLetters(int start, int end) {
        if (end == start || end - start > LONGEST_BESIDE_AMPERSAND) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (!Character.isLetter(text[i])) {
                return false;
            }
        }
        return true;
    }

    private char at(int i) {
        return i >= 0 && i < length ? text[i] : ' ';
    }

    private static boolean isAsciiLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    @Override
    public void end() throws IOException {
        super.end();
        offset.setOffset(correctOffset(length), correctOffset(length));
    }
}
