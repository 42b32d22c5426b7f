package org.dailypapers.letter.address;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An address with the name that is shown for it (RFC 5322 §3.4).
 *
 * @param displayName the name, any text without controls; null where there is none (a blank one becomes null)
 * @param address {@code local-part@domain}, either side may be internationalised (RFC 6532 §3.2); not null
 */
public record Mailbox(@Nullable String displayName, String address) {

    /** Throws IllegalArgumentException, without the address in its message, where the address cannot be one. */
    public Mailbox {
        Objects.requireNonNull(address, "address");
        AddressSyntax.check(address);
        if (displayName != null) {
            ControlCharacters.refuse("display name of a mailbox", displayName);
            displayName = displayName.isBlank() ? null : displayName;
        }
    }

    /**
     * The mailbox that a setting names, as {@code Daily Papers <papers@localhost>}, {@code "Papers, Daily"
     * <papers@localhost>} or the bare address. Throws IllegalArgumentException where it names none.
     */
    public static Mailbox parse(String setting) {
        String text = setting.strip();
        if (!text.endsWith(">")) {
            return new Mailbox(null, text);
        }
        int open = text.lastIndexOf('<');
        if (open < 0) {
            throw notAMailbox("it has a > without a <");
        }
        String address = text.substring(open + 1, text.length() - 1).strip();
        return new Mailbox(readName(text.substring(0, open).strip()), address);
    }

    private static String readName(String written) {
        if (written.startsWith("\"")) {
            return unquote(written);
        }
        if (written.indexOf('"') >= 0 || written.indexOf('<') >= 0 || written.indexOf('>') >= 0) {
            throw notAMailbox("its name holds one of \" < > without quotes around the name");
        }
        return written;
    }

    // RFC 5322 §3.2.4
    private static String unquote(String written) {
        StringBuilder name = new StringBuilder(written.length());
        for (int i = 1; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '"') {
                if (i + 1 < written.length()) {
                    throw notAMailbox("something follows the closing quote of its name");
                }
                return name.toString();
            }
            if (c == '\\' && i + 1 < written.length()) {
                c = written.charAt(++i);
            }
            name.append(c);
        }
        throw notAMailbox("the quote before its name is never closed");
    }

    private static IllegalArgumentException notAMailbox(String why) {
        return new IllegalArgumentException(
                "Not a mailbox: " + why + "; write it as Daily Papers <papers@example.org>");
    }

    /** The address as it stands in header and envelope: its domain as A-labels (RFC 5890 §2.3.2.1) where it has them. */
    public String wireAddress() {
        return AddressSyntax.wireForm(address);
    }

    /** Whether the address stays outside of ASCII on the wire and asks for SMTPUTF8 (RFC 6531). */
    public boolean needsSmtpUtf8() {
        return !AddressSyntax.isAscii(wireAddress());
    }

    /** The domain only: a log holds no address. */
    @Override
    public String toString() {
        return "Mailbox[…" + address.substring(address.lastIndexOf('@')) + "]";
    }
}
