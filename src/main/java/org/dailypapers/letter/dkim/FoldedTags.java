package org.dailypapers.letter.dkim;

import java.util.Arrays;
import org.dailypapers.letter.wire.WireBytes;

/** A field of tags (RFC 6376 §3.2) as it is written: folded before column 79 wherever a tag allows white space. */
final class FoldedTags {

    // RFC 5322 §2.1.1
    private static final int LINE = 78;

    private final WireBytes out = new WireBytes(1024);
    private int column;

    FoldedTags(String name) {
        out.ascii(name);
        out.ascii(':');
        column = out.size;
    }

    /** Appends what cannot be broken, after a space or on a new line. */
    void word(String word) {
        if (column + 1 + word.length() > LINE) {
            out.endLine();
            column = 0;
        }
        out.ascii(' ');
        out.ascii(word);
        column += 1 + word.length();
    }

    /** Appends what cannot be broken, right behind what stands there or on a new line. */
    void piece(String piece) {
        if (column + piece.length() > LINE) {
            newLine();
        }
        out.ascii(piece);
        column += piece.length();
    }

    /** Appends base64, broken anywhere. */
    void base64(String value) {
        for (int at = 0; at < value.length(); ) {
            if (column >= LINE) {
                newLine();
            }
            int end = Math.min(value.length(), at + LINE - column);
            out.ascii(value.substring(at, end));
            column += end - at;
            at = end;
        }
    }

    private void newLine() {
        out.endLine();
        out.ascii(' ');
        column = 1;
    }

    /** What has been written so far. */
    byte[] toByteArray() {
        return out.toByteArray();
    }

    /** The whole field with its line end, and the message that it heads. */
    byte[] before(byte[] message) {
        out.endLine();
        byte[] whole = Arrays.copyOf(out.bytes, out.size + message.length);
        System.arraycopy(message, 0, whole, out.size, message.length);
        return whole;
    }
}
