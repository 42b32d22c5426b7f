package org.dailypapers.letter;

/** The canonicalisation "relaxed" (RFC 6376 §3.4.2, §3.4.4): what relays may change of a message is taken out of it. */
final class Relaxed {

    private Relaxed() {}

    /**
     * Writes a body in relaxed form; only CRLF ends a line.
     *
     * @param from where the body begins in the message, which ends it
     * @param to with room for two bytes more than the body has
     * @return how many bytes were written
     */
    static int body(byte[] message, int from, byte[] to) {
        int at = 0;
        int lineStart = 0;
        int kept = 0;
        for (int i = from; i < message.length; i++) {
            byte b = message[i];
            if (b > ' ' || b < 0) {
                to[at++] = b;
            } else if (isWhite(b)) {
                if (at == lineStart || to[at - 1] != ' ') {
                    to[at++] = ' ';
                }
            } else if (b == '\r' && i + 1 < message.length && message[i + 1] == '\n') {
                at = withoutTrailingSpace(to, lineStart, at);
                boolean empty = at == lineStart;
                at = endLine(to, at);
                lineStart = at;
                kept = empty ? kept : at;
                i++;
            } else {
                to[at++] = b;
            }
        }
        at = withoutTrailingSpace(to, lineStart, at);
        return at == lineStart ? kept : endLine(to, at);
    }

    private static int withoutTrailingSpace(byte[] line, int from, int to) {
        return to > from && line[to - 1] == ' ' ? to - 1 : to;
    }

    private static int endLine(byte[] to, int at) {
        to[at] = '\r';
        to[at + 1] = '\n';
        return at + 2;
    }

    /** Appends a field in relaxed form without its line end: {@code name:value}, unfolded, in single spaces. */
    static void field(byte[] message, int from, int to, WireBytes out) {
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
