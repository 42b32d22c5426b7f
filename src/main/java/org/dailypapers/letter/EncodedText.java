package org.dailypapers.letter;

import java.util.ArrayList;
import java.util.List;
import org.dailypapers.letter.wire.WireBytes;

/**
 * Text as the quoted-printable lines that it has on the wire (RFC 2045 §6.7), so that what many letters hold is encoded
 * once.
 */
public final class EncodedText {

    private final List<byte[]> pieces;
    private final int size;

    private EncodedText(List<byte[]> pieces) {
        this.pieces = pieces;
        this.size = pieces.stream().mapToInt(piece -> piece.length).sum();
    }

    /** The text encoded; lone surrogates become U+FFFD. */
    public static EncodedText of(String text) {
        var out = new WireBytes(text.length() + text.length() / 8 + 128);
        QuotedPrintable.encode(text, out);
        return new EncodedText(List.of(out.toByteArray()));
    }

    /**
     * One text after the other, as if they had been one. Throws IllegalArgumentException where a text that another one
     * follows does not end with a line's end: the lines of the next would come out too long.
     */
    public static EncodedText joined(List<EncodedText> texts) {
        var pieces = new ArrayList<byte[]>();
        for (EncodedText text : texts) {
            if (text.size == 0) {
                continue;
            }
            if (!pieces.isEmpty() && !endsLine(pieces.getLast())) {
                throw new IllegalArgumentException("A text that another one follows must end with a line's end");
            }
            pieces.addAll(text.pieces);
        }
        return new EncodedText(pieces);
    }

    /** Encoded, a line's end in the text is CRLF; a soft one is never the last. */
    private static boolean endsLine(byte[] piece) {
        return piece[piece.length - 1] == '\n';
    }

    /** Its octets on the wire. */
    public int size() {
        return size;
    }

    void appendTo(WireBytes out) {
        pieces.forEach(out::append);
    }
}
