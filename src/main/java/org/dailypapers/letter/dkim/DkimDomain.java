package org.dailypapers.letter.dkim;

import java.util.Locale;
import org.dailypapers.letter.address.AddressSyntax;

/**
 * The domain that answers for a signature (RFC 6376 §2.5).
 *
 * @param name in lower case, its labels in ASCII, two of them at least
 */
record DkimDomain(String name) {

    /** Whether DMARC counts a signature of this domain for a letter From another (RFC 9989 §4.4, relaxed). */
    enum Alignment {
        /** The domains are equal, or one is below the other. */
        CERTAIN,
        /** They share a parent; whether it is their organisation or a public suffix, such as co.uk, is not known here. */
        IN_ONE_ORGANISATION,
        NONE
    }

    /** The domain that a setting names; throws IllegalArgumentException where it names none. */
    static DkimDomain parse(String setting) {
        // RFC 6376 §3.5 d=: internationalised names as A-labels
        String name = AddressSyntax.aLabels(setting.strip()).toLowerCase(Locale.ROOT);
        if (!AddressSyntax.isAscii(name)
                || !AddressSyntax.isHostName(name)
                || name.indexOf('.') < 0
                || name.length() > 253) {
            throw new IllegalArgumentException(setting + " is no domain; write it like example.org");
        }
        return new DkimDomain(name);
    }

    Alignment alignmentWith(String fromDomain) {
        String from = fromDomain.toLowerCase(Locale.ROOT);
        if (from.equals(name) || from.endsWith("." + name) || name.endsWith("." + from)) {
            return Alignment.CERTAIN;
        }
        return AddressSyntax.inOneOrganisation(from, name) ? Alignment.IN_ONE_ORGANISATION : Alignment.NONE;
    }
}
