package org.dailypapers.delivery;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
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

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

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
        int i = 0;
        for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
            if (((long) EIGHT.get(bytes, i) & HIGH_BITS) != 0) {
                return true;
            }
        }
        for (; i < bytes.length; i++) {
            if (bytes[i] < 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * The bytes as they stand on the wire, with the dots at the beginning of lines doubled and the final dot's line after
     * them (RFC 5321 §4.5.2); empty where not every line is whole and ends with CRLF.
     */
    Optional<byte[]> stuffed() {
        // A string of single bytes is searched many bytes at once; a loop over 40 kB costs ten times as much.
        String all = new String(bytes, StandardCharsets.ISO_8859_1);
        if (!all.endsWith("\r\n")) {
            return Optional.empty();
        }
        int dots = all.charAt(0) == '.' ? 1 : 0;
        for (int end = all.indexOf('\n'); end >= 0; end = all.indexOf('\n', end + 1)) {
            if (end == 0 || all.charAt(end - 1) != '\r') {
                return Optional.empty();
            }
            dots += end + 1 < bytes.length && all.charAt(end + 1) == '.' ? 1 : 0;
        }
        for (int end = all.indexOf('\r'); end >= 0; end = all.indexOf('\r', end + 1)) {
            if (all.charAt(end + 1) != '\n') {
                return Optional.empty();
            }
        }
        return Optional.of(doubled(all, dots));
    }

    private byte[] doubled(String all, int dots) {
        var wire = new byte[bytes.length + dots + 3];
        int from = 0;
        int at = 0;
        if (all.charAt(0) == '.') {
            wire[at++] = '.';
        }
        for (int end = all.indexOf("\n."); end >= 0; end = all.indexOf("\n.", end + 2)) {
            int length = end + 1 - from;
            System.arraycopy(bytes, from, wire, at, length);
            from += length;
            at += length;
            wire[at++] = '.';
        }
        System.arraycopy(bytes, from, wire, at, bytes.length - from);
        wire[wire.length - 3] = '.';
        wire[wire.length - 2] = '\r';
        wire[wire.length - 1] = '\n';
        return wire;
    }

    private static void check(String whose, String address) {
        if (!MAILBOX.matcher(address).matches()) {
            throw new IllegalArgumentException("The " + whose
                    + " of a letter is no single address without controls and blanks; it takes local-part@domain");
        }
    }
}
