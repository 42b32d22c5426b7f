package org.dailypapers.letter.wire;

import java.nio.charset.StandardCharsets;

/** The canonicalisation "relaxed" (RFC 6376 §3.4.2, §3.4.4): what relays may change of a message is taken out of it. */
public final class Relaxed {

    private Relaxed() {}

    /**
     * Writes a body in relaxed form; only CRLF ends a line.
     *
     * @param from where the body begins in the message, which ends it
     * @param to with room for two bytes more than the body has
     * @return how many bytes were written
     */
    public static int body(byte[] message, int from, byte[] to) {
        int size = message.length - from;
        // The JVM searches a string of single bytes many bytes at once, and little is to be changed in most letters.
        String body = new String(message, from, size, StandardCharsets.ISO_8859_1);
        int tab = -1;
        int pair = -1;
        int trailing = -1;
        int at = 0;
        for (int done = 0; done < size; ) {
            tab = next(body, "\t", tab, done);
            pair = next(body, "  ", pair, done);
            trailing = next(body, " \r", trailing, done);
            int white = Math.min(tab, Math.min(pair, trailing));
            System.arraycopy(message, from + done, to, at, white - done);
            at += white - done;
            done = white;
            while (done < size && isWhite(message[from + done])) {
                done++;
            }
            if (done > white) {
                // Before a tab a single space has been copied already.
                at = withoutTrailingSpace(to, at);
                if (!body.startsWith("\r\n", done)) {
                    to[at++] = ' ';
                }
            }
        }
        return ended(to, at);
    }

    /** Where the text stands next; the end of the body where it does not. */
    private static int next(String body, String text, int known, int from) {
        if (known >= from) {
            return known;
        }
        int found = body.indexOf(text, from);
        return found < 0 ? body.length() : found;
    }

    private static int ended(byte[] body, int size) {
        int at = end(body, 0, withoutTrailingSpace(body, size));
        if (at == 0 || endsLine(body, 0, at)) {
            return at;
        }
        body[at] = '\r';
        body[at + 1] = '\n';
        return at + 2;
    }

    /** Where a body that ends the message, and its last line with CRLF, ends without its last empty lines. */
    public static int end(byte[] message, int from) {
        return end(message, from, message.length);
    }

    // RFC 6376 §3.4.4
    private static int end(byte[] body, int from, int size) {
        int at = size;
        while (endsLine(body, from, at) && (at == from + 2 || endsLine(body, from, at - 2))) {
            at -= 2;
        }
        return at;
    }

    private static boolean endsLine(byte[] body, int from, int at) {
        return at - from > 1 && body[at - 2] == '\r' && body[at - 1] == '\n';
    }

    private static int withoutTrailingSpace(byte[] body, int at) {
        return at > 0 && body[at - 1] == ' ' ? at - 1 : at;
    }

    /** Appends a field in relaxed form without its line end: {@code name:value}, unfolded, in single spaces. */
    public static void field(byte[] message, int from, int to, WireBytes out) {
        out.reserve(to - from);
        byte[] bytes = out.bytes;
        int at = out.size;
        int value = -1;
        boolean space = false;
        for (int i = from; i < to; i++) {
            byte b = message[i];
            if (isWhite(b)) {
                space = true;
            } else if (b == '\r' && i + 1 < to && message[i + 1] == '\n') {
                i++;
            } else if (value < 0) {
                bytes[at++] = lowerCase(b);
                value = b == ':' ? at : value;
                space = false;
            } else {
                if (space && at > value) {
                    bytes[at++] = ' ';
                }
                bytes[at++] = b;
                space = false;
            }
        }
        out.size = at;
    }

    static byte lowerCase(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + ('a' - 'A')) : b;
    }

    private static boolean isWhite(byte b) {
        return b == ' ' || b == '\t';
    }
}
