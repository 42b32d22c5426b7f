package org.dailypapers.letter.address;

import java.util.Optional;

/**
 * Who the letters are from.
 *
 * @param from as it stands in the header
 * @param postalAddress of whoever runs the service, for the footer
 */
public record Sender(Mailbox from, Optional<String> postalAddress) {

    /** The domain that From belongs to; it names Message-IDs. */
    public String domain() {
        String address = from.wireAddress();
        return address.substring(address.lastIndexOf('@') + 1);
    }
}
