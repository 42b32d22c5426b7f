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
    private static final long RETURNS = 0x0D0D_0D0D_0D0D_0D0DL;

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
        int lines = 0;
        int dots = 0;
        int start = 0;
        while (start < bytes.length) {
            int end = all.indexOf('\n', start);
            if (end <= start || bytes[end - 1] != '\r') {
                return Optional.empty();
            }
            dots += bytes[start] == '.' ? 1 : 0;
            lines++;
            start = end + 1;
        }
        return lines > 0 && lines == returns() ? Optional.of(doubled(all, dots)) : Optional.empty();
    }

    /** How often CR stands in it; eight bytes at a time, of which each that is CR leaves its highest bit. */
    private int returns() {
        int returns = 0;
        int i = 0;
        for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
            long others = (long) EIGHT.get(bytes, i) ^ RETURNS;
            returns += Long.bitCount(~((others & ~HIGH_BITS) + ~HIGH_BITS | others) & HIGH_BITS);
        }
        for (; i < bytes.length; i++) {
            returns += bytes[i] == '\r' ? 1 : 0;
        }
        return returns;
    }

    private byte[] doubled(String all, int dots) {
        var wire = new byte[bytes.length + dots + 3];
        int from = 0;
        int at = 0;
        for (int left = dots; left > 0; left--) {
            int dot = from == 0 && bytes[0] == '.' && left == dots ? 0 : all.indexOf("\n.", from) + 1;
            System.arraycopy(bytes, from, wire, at, dot - from);
            at += dot - from;
            from = dot;
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
