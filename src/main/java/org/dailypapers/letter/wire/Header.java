package org.dailypapers.letter.wire;

import java.util.Objects;
import org.dailypapers.letter.HeaderWriter;

/**
 * A header field of a letter, not yet encoded: what it holds is checked by {@link HeaderWriter} when it is written.
 *
 * @param name the field's name, without its colon; not null
 * @param value the field's value in one line; any text where unstructured, printable ASCII where structured; not null
 * @param structured true where RFC 5322 §2.2.2 gives the value a syntax: it is never encoded, and folded only at
 *     white space or after a comma, outside of quotes and angle brackets
 */
public record Header(String name, String value, boolean structured) {

    public Header {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
    }

    /** A field of free text, which may hold any script. */
    public static Header text(String name, String value) {
        return new Header(name, value, false);
    }

    /** A field with a syntax of its own, in printable ASCII. */
    public static Header structured(String name, String value) {
        return new Header(name, value, true);
    }
}
