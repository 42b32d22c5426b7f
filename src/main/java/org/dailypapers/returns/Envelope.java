package org.dailypapers.returns;

import java.util.List;

/**
 * How a mail came, as far as it is known.
 *
 * @param fromNobody whether its sender was {@code <>}, as that of reports and automatic answers is (RFC 5321 §4.5.5)
 * @param to whom it was for
 */
public record Envelope(boolean fromNobody, List<String> to) {

    /** Of a mail that lies somewhere. */
    public static final Envelope UNKNOWN = new Envelope(false, List.of());

    public Envelope {
        to = List.copyOf(to);
    }
}
