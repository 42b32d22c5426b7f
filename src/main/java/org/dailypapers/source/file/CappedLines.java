package org.dailypapers.source.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The lines of a stream, of which no more than a number of bytes is ever in memory. */
final class CappedLines {
    private final InputStream in;
    private final int most;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;

    CappedLines(InputStream in, int most) {
        this.in = in;
        this.most = most;
    }

    /**
     * One line.
     *
     * @param bytes without its end; cut to the cap
     * @param tooLong whether it was cut
     */
    record Line(byte[] bytes, boolean tooLong) {

        boolean isBlank() {
            for (byte each : bytes) {
                if (each < 0 || each > ' ') {
                    return false;
                }
            }
            return !tooLong;
        }

        /** Whether its first visible byte opens a JSON object. */
        boolean opensObject() {
            int first = 0;
            while (first < bytes.length && bytes[first] >= 0 && bytes[first] <= ' ') {
                first++;
            }
            return first < bytes.length && bytes[first] == '{';
        }

        /** Its text; empty where it is not UTF-8. */
        Optional<String> text() {
            try {
                // A new decoder reports what is malformed instead of replacing it.
                return Optional.of(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString());
            } catch (CharacterCodingException malformed) {
                return Optional.empty();
            }
        }
    }

    /** The next line; empty at the end. */
    Optional<Line> next() throws IOException {
        if (!filled()) {
            return Optional.empty();
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        boolean tooLong = false;
        boolean ended = false;
        while (!ended && filled()) {
            int stop = at;
            while (stop < end && buffer[stop] != '\n') {
                stop++;
            }
            int room = Math.min(stop - at, most - line.size());
            line.write(buffer, at, room);
            tooLong |= room < stop - at;
            ended = stop < end;
            at = ended ? stop + 1 : stop;
        }
        return Optional.of(new Line(line.toByteArray(), tooLong));
    }

    private boolean filled() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(in.read(buffer), 0);
        }
        return at < end;
    }
}
