package org.dailypapers.letter.wire;

import java.util.Arrays;

/** A byte array that grows: the bytes of one letter as they are written. */
public final class WireBytes {

    /** The bytes; only the first {@link #size} count. */
    public byte[] bytes;

    public int size;

    public WireBytes(int capacity) {
        bytes = new byte[Math.max(capacity, 64)];
    }

    /** Makes room for so many more bytes. */
    public void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), (int)
                    Math.min(bytes.length * 2L, Integer.MAX_VALUE - 8)));
        }
    }

    public void ascii(char c) {
        reserve(1);
        bytes[size++] = (byte) c;
    }

    /** Appends text that is known to be ASCII. */
    public void ascii(String text) {
        int length = text.length();
        reserve(length);
        for (int i = 0; i < length; i++) {
            bytes[size + i] = (byte) text.charAt(i);
        }
        size += length;
    }

    public void append(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    public void endLine() {
        reserve(2);
        bytes[size++] = '\r';
        bytes[size++] = '\n';
    }

    /** The bytes so far, to be changed no more. */
    public byte[] toByteArray() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }
}
