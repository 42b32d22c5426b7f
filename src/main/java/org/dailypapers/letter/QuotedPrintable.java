package org.dailypapers.letter;

import org.dailypapers.letter.wire.WireBytes;

/** Text as quoted-printable lines of UTF-8 (RFC 2045 §6.7), kept as readable as that allows. */
final class QuotedPrintable {

    // RFC 2045 §6.7 (5): 76 with the = of a soft break
    private static final int WIDTH = 75;
    // How much of a line may be given up to break it after a space.
    private static final int DEAREST_SPACE = 25;
    // A full line, its end, and the longest character (four octets)
    private static final int RESERVE = 128;

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};
    private static final boolean[] LITERAL = new boolean[128];

    static {
        for (char c = '!'; c <= '~'; c++) {
            LITERAL[c] = c != '=';
        }
    }

    private final char[] text;
    private final WireBytes out;
    private int next;
    private byte[] line;
    private int at;
    private int lineStart;
    private int afterSpace;

    private QuotedPrintable(String text, WireBytes out) {
        this.text = text.toCharArray();
        this.out = out;
        at = out.size;
        startLine(at);
    }

    /**
     * Appends the text in lines of at most 76 octets with CRLF between. CR, LF and CRLF are one line end each; lone
     * surrogates become U+FFFD; no character is split over two lines. No line begins with a dot, so that nothing is left
     * to be doubled when it is sent (RFC 5321 §4.5.2); no white space but single spaces within lines, so that nothing is
     * left to be relaxed when it is signed (RFC 6376 §3.4.4).
     */
    static void encode(String text, WireBytes out) {
        QuotedPrintable encoder = new QuotedPrintable(text, out);
        while (encoder.next < encoder.text.length) {
            encoder.copyLiterals();
            if (encoder.next < encoder.text.length) {
                encoder.encodeNext();
            }
        }
        out.size = encoder.at;
    }

    private void copyLiterals() {
        char[] from = text;
        byte[] to = line;
        int i = next;
        int p = at;
        int end = Math.min(from.length, i + WIDTH - (p - lineStart));
        while (i < end) {
            char c = from[i];
            if (c >= 128 || !LITERAL[c] || c == '.' && p == lineStart) {
                if (c != ' ' || !mayStay(i)) {
                    break;
                }
                afterSpace = p + 1;
            }
            to[p++] = (byte) c;
            i++;
        }
        next = i;
        at = p;
    }

    private void encodeNext() {
        char c = text[next];
        if (c == '\r' || c == '\n') {
            next += c == '\r' && next + 1 < text.length && text[next + 1] == '\n' ? 2 : 1;
            line[at++] = '\r';
            line[at++] = '\n';
            startLine(at);
        } else if (c < 128 && (LITERAL[c] || c == ' ' && mayStay(next))) {
            makeRoom(1);
            if (c == '.' && at == lineStart) {
                escape();
                return;
            }
            line[at++] = (byte) c;
            next++;
            if (c == ' ') {
                afterSpace = at;
            }
        } else {
            escape();
        }
    }

    private void escape() {
        char c = text[next];
        if (c < 0x80) {
            makeRoom(3);
            escape(c);
        } else if (c < 0x800) {
            makeRoom(6);
            escape(0xC0 | c >> 6);
            escape(0x80 | c & 0x3F);
        } else if (Character.isHighSurrogate(c) && next + 1 < text.length && Character.isLowSurrogate(text[next + 1])) {
            int codePoint = Character.toCodePoint(c, text[++next]);
            makeRoom(12);
            escape(0xF0 | codePoint >> 18);
            escape(0x80 | codePoint >> 12 & 0x3F);
            escape(0x80 | codePoint >> 6 & 0x3F);
            escape(0x80 | codePoint & 0x3F);
        } else {
            char whole = Character.isSurrogate(c) ? '\uFFFD' : c;
            makeRoom(9);
            escape(0xE0 | whole >> 12);
            escape(0x80 | whole >> 6 & 0x3F);
            escape(0x80 | whole & 0x3F);
        }
        next++;
    }

    private void escape(int octet) {
        line[at++] = '=';
        line[at++] = HEX[octet >> 4];
        line[at++] = HEX[octet & 15];
    }

    /** Whether a space can stand as it is: neither behind another nor before a line's end. */
    private boolean mayStay(int space) {
        return !endsLine(space + 1) && (space == 0 || text[space - 1] != ' ');
    }

    private boolean endsLine(int index) {
        return index >= text.length || text[index] == '\r' || text[index] == '\n';
    }

    private void makeRoom(int width) {
        int column = at - lineStart;
        if (column + width <= WIDTH || column + width == WIDTH + 1 && width == 1 && endsLine(next + 1)) {
            return;
        }
        boolean worthIt = at - afterSpace <= DEAREST_SPACE && (at == afterSpace || line[afterSpace] != '.');
        int cut = worthIt ? afterSpace : at;
        System.arraycopy(line, cut, line, cut + 3, at - cut);
        line[cut] = '=';
        line[cut + 1] = '\r';
        line[cut + 2] = '\n';
        at += 3;
        startLine(cut + 3);
    }

    private void startLine(int start) {
        lineStart = start;
        afterSpace = start;
        out.size = at;
        out.reserve(RESERVE);
        line = out.bytes;
    }
}
