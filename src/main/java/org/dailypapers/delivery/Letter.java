package org.dailypapers.delivery;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A letter ready for the wire.
 *
 * @param sender the envelope's (RFC 5321 §3.3)
 * @param recipient the envelope's one recipient
 * @param bytes the message, lines ended by CRLF, not dot-stuffed
 * @param needsSmtpUtf8 whether an address in it is not ASCII (RFC 6531)
 */
public record Letter(String sender, String recipient, byte[] bytes, boolean needsSmtpUtf8) {

    private static final String NEVER = "\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}";
    private static final String WORD = "[^" + NEVER + "\\p{Zs}\"\\\\<>()\\[\\],:;@]++";
    private static final String QUOTED = "\"(?:[^" + NEVER + "\"\\\\]|\\\\[^" + NEVER + "])++\"";
    private static final String LITERAL = "\\[[0-9A-Za-z.:-]++\\]";

    // RFC 5321 §4.1.2, RFC 6531 §3.3: outside of quotes nothing ends the path, adds a parameter or names another
    // mailbox.
    private static final Pattern MAILBOX =
            Pattern.compile("(?:" + WORD + "|" + QUOTED + ")@(?:" + WORD + "|" + LITERAL + ")");

    /**
     * Throws IllegalArgumentException, without the address in its message, where sender or recipient is not one mailbox
     * that can stand in a command.
     */
    public Letter {
        check("sender", sender);
        check("recipient", recipient);
    }

    /** Whether there are bytes outside of ASCII. */
    boolean eightBit() {
        int all = 0;
        for (byte b : bytes) {
            all |= b;
        }
        return all < 0;
    }

    /**
     * The bytes as they stand on the wire, with the dots at the beginning of lines doubled (RFC 5321 §4.5.2); empty where
     * not every line is whole and ends with CRLF.
     */
    Optional<byte[]> stuffed() {
        int dots = 0;
        byte last = 0;
        byte before = '\n';
        for (byte b : bytes) {
            if ((b == '\n') != (before == '\r')) {
                return Optional.empty();
            }
            dots += b == '.' && before == '\n' ? 1 : 0;
            last = before;
            before = b;
        }
        return before == '\n' && last == '\r' ? Optional.of(doubled(dots)) : Optional.empty();
    }

    private byte[] doubled(int dots) {
        if (dots == 0) {
            return bytes;
        }
        var stuffed = new byte[bytes.length + dots];
        int n = 0;
        byte before = '\n';
        for (byte b : bytes) {
            if (b == '.' && before == '\n') {
                stuffed[n++] = '.';
            }
            stuffed[n++] = b;
            before = b;
        }
        return stuffed;
    }

    private static void check(String whose, String address) {
        if (!MAILBOX.matcher(address).matches()) {
            throw new IllegalArgumentException("The " + whose
                    + " of a letter is no single address without controls and blanks; it takes local-part@domain");
        }
    }
}
