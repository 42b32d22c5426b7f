package org.dailypapers.smtp;

import java.util.regex.Pattern;

/**
 * A letter ready for the wire.
 *
 * @param sender the envelope's (RFC 5321 §3.3)
 * @param recipient the envelope's one recipient
 * @param bytes the message, lines ended by CRLF, not dot-stuffed
 * @param needsSmtpUtf8 whether an address in it is not ASCII (RFC 6531)
 * @param transparent whether whoever wrote the bytes vouches that they can be sent as they stand: every line ended by
 *     CRLF, none beginning with a dot (RFC 5321 §4.5.2), ASCII but for an address that needs SMTPUTF8
 */
public record Letter(String sender, String recipient, byte[] bytes, boolean needsSmtpUtf8, boolean transparent) {

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
        // Whatever the writer says: without the extension Angus cuts such an address to eight bits, and it is another.
        needsSmtpUtf8 = needsSmtpUtf8 || !isAscii(sender) || !isAscii(recipient);
        assert !transparent || canStand(bytes, needsSmtpUtf8)
                : "The lines of a transparent letter are not whole, or begin with dots";
    }

    /** A letter to be sent as it stands. */
    public static Letter transparent(String sender, String recipient, byte[] bytes, boolean needsSmtpUtf8) {
        return new Letter(sender, recipient, bytes, needsSmtpUtf8, true);
    }

    /** The same letter from another sender. */
    public Letter from(String other) {
        return new Letter(other, recipient, bytes, needsSmtpUtf8, transparent);
    }

    /** Whether there are bytes outside of ASCII. */
    boolean eightBit() {
        return (needsSmtpUtf8 || !transparent) && hasEightBit(bytes);
    }

    private static boolean hasEightBit(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAscii(String address) {
        for (int i = 0; i < address.length(); i++) {
            if (address.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static boolean canStand(byte[] bytes, boolean needsSmtpUtf8) {
        boolean begins = true;
        for (int i = 0; i < bytes.length; i++) {
            boolean feed = bytes[i] == '\n';
            if (feed != (i > 0 && bytes[i - 1] == '\r') || begins && bytes[i] == '.') {
                return false;
            }
            begins = feed;
        }
        return bytes.length > 0 && begins && (needsSmtpUtf8 || !hasEightBit(bytes));
    }

    private static void check(String whose, String address) {
        if (!MAILBOX.matcher(address).matches()) {
            throw new IllegalArgumentException("The " + whose
                    + " of a letter is no single address without controls and blanks; it takes local-part@domain");
        }
    }
}
