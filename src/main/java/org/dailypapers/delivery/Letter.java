package org.dailypapers.delivery;

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

    /**
     * Whether the bytes can stand on the wire as they are: whole lines that end with CRLF, none of which begins with a dot,
     * which would be doubled (RFC 5321 §4.5.2).
     */
    boolean leavesAsItIs() {
        byte before = '\n';
        byte last = 0;
        for (byte b : bytes) {
            if (b == '.' && before == '\n' || (b == '\n') != (before == '\r')) {
                return false;
            }
            last = before;
            before = b;
        }
        return before == '\n' && last == '\r';
    }

    private static void check(String whose, String address) {
        if (!MAILBOX.matcher(address).matches()) {
            throw new IllegalArgumentException("The " + whose
                    + " of a letter is no single address without controls and blanks; it takes local-part@domain");
        }
    }
}
