package org.dailypapers.letter.wire;

import java.util.Arrays;

/** Where the header fields of a message, and its body, stand in its bytes. */
public final class HeaderFields {

    private final byte[] message;
    private int[] starts = new int[32];
    private int count;
    private final int body;

    /** Reads a message whose lines end with CRLF. */
    public HeaderFields(byte[] message) {
        this.message = message;
        int at = 0;
        while (at < message.length && !endsLine(at)) {
            add(at);
            do {
                at = nextLine(at);
            } while (at < message.length && (message[at] == ' ' || message[at] == '\t'));
        }
        add(at);
        count--;
        body = Math.min(at + 2, message.length);
    }

    private void add(int start) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count++] = start;
    }

    private int nextLine(int from) {
        int at = from;
        while (at < message.length && !endsLine(at)) {
            at++;
        }
        return Math.min(at + 2, message.length);
    }

    private boolean endsLine(int at) {
        return message[at] == '\r' && at + 1 < message.length && message[at + 1] == '\n';
    }

    /** Where the body begins. */
    public int body() {
        return body;
    }

    /** How many fields have the name, in any case. */
    public int occurrences(String name) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            found += isNamed(i, name) ? 1 : 0;
        }
        return found;
    }

    /**
     * Appends a field in relaxed form, nothing where there are not as many.
     *
     * @param fromBottom 1 for the last field of the name, 2 for the one above it (RFC 6376 §5.4.2)
     */
    public void relaxed(String name, int fromBottom, WireBytes out) {
        int left = fromBottom;
        for (int i = count - 1; i >= 0; i--) {
            if (isNamed(i, name) && --left == 0) {
                Relaxed.field(message, starts[i], starts[i + 1], out);
                return;
            }
        }
    }

    private boolean isNamed(int field, String name) {
        int at = starts[field];
        int end = starts[field + 1];
        for (int i = 0; i < name.length(); i++, at++) {
            if (at == end || Relaxed.lowerCase(message[at]) != Relaxed.lowerCase((byte) name.charAt(i))) {
                return false;
            }
        }
        while (at < end && (message[at] == ' ' || message[at] == '\t')) {
            at++;
        }
        return at < end && message[at] == ':';
    }
}
