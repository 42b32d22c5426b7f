package org.dailypapers.source.http;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** The body of an answer as it came; it is unpacked while it is read, so a large one is never whole in memory. */
public final class Body {
    private final byte[] bytes;
    private final boolean packed;
    private final int largest;

    Body(byte[] bytes, boolean packed, int largest) {
        this.bytes = bytes;
        this.packed = packed;
        this.largest = largest;
    }

    /** Whether nothing came. */
    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /**
     * The text from its beginning.
     *
     * @throws IOException where it is not packed as the answer says; also while it is read, and where it unpacks to more
     *     than the source may send
     */
    public InputStream open() throws IOException {
        InputStream in = new ByteArrayInputStream(bytes);
        return packed && bytes.length > 0 ? new Capped(new GZIPInputStream(in, 1 << 16), largest) : in;
    }

    private static final class Capped extends FilterInputStream {
        private final int largest;
        private long left;

        Capped(InputStream in, int largest) {
            super(in);
            this.largest = largest;
            this.left = largest;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            left -= Math.max(count, 0);
            if (left < 0) {
                throw new IOException("the answer unpacks to more than " + (largest >> 20) + " MB");
            }
            return count;
        }
    }
}
