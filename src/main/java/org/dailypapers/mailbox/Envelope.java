package org.dailypapers.mailbox;

import java.util.List;

/**
 * The SMTP envelope of a caught letter (RFC 5321 §2.3.1).
 *
 * @param from the reverse-path without brackets; empty for the null reverse-path {@code <>}
 * @param recipients the forward-paths without brackets, in the order in which they were accepted
 */
public record Envelope(String from, List<String> recipients) {

    /**
     * An envelope whose addresses hold no control characters.
     *
     * @throws IllegalArgumentException where one does
     */
    public Envelope {
        recipients = List.copyOf(recipients);
        if (holdsControl(from) || recipients.stream().anyMatch(Envelope::holdsControl)) {
            throw new IllegalArgumentException("an envelope address holds a control character; send it without");
        }
    }

    static boolean holdsControl(String address) {
        return address.codePoints().anyMatch(Character::isISOControl);
    }
}
