package org.dailypapers.letter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The canonicalisation "relaxed" (RFC 6376 §3.4.2, §3.4.4): what relays may change of a message is taken out of it. */
final class Relaxed {

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long BLANKS = 0x2020_2020_2020_2020L;

    private Relaxed() {}

    /**
     * Whether a body is in relaxed form as it stands, as nearly every one is that we write; false where that takes a
     * closer look.
     *
     * @param from where the body begins in the message, which ends it
     */
    static boolean isBody(byte[] message, int from) {
        int end = message.length;
        if (end - from < 3 || message[end - 2] != '\r' || message[end - 1] != '\n' || message[end - 3] == '\n') {
            return false;
        }
        // Of eight bytes those that are blanks are marked by their highest bit. Before the first stands the last of the
        // eight before.
        long afterBlank = 0;
        int i = from;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            long eight = (long) EIGHT.get(message, i);
            long others = eight ^ BLANKS;
            long blanks = ~((others & ~HIGH_BITS) + ~HIGH_BITS | others) & HIGH_BITS;
            boolean control = (eight - BLANKS & ~eight & HIGH_BITS) != 0;
            if ((blanks & (blanks << Byte.SIZE | afterBlank)) != 0
                    || control && !isPlain(message, i, i + Long.BYTES, afterBlank != 0)) {
                return false;
            }
            afterBlank = blanks >>> Long.SIZE - Byte.SIZE;
        }
        return isPlain(message, i, end, afterBlank != 0);
    }

    /** Whether there is neither a tab nor a blank before another or before a line's end. */
    private static boolean isPlain(byte[] message, int from, int to, boolean afterBlank) {
        boolean blank = afterBlank;
        for (int i = from; i < to; i++) {
            byte b = message[i];
            if (b == '\t' || blank && (b == ' ' || b == '\r')) {
                return false;
            }
            blank = b == ' ';
        }
        return true;
    }

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
