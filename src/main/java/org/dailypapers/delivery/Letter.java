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

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long FIRST = 0x80;
    private static final long RETURNS = 0x0D0D_0D0D_0D0D_0D0DL;
    private static final long FEEDS = 0x0A0A_0A0A_0A0A_0A0AL;
    private static final long DOTS = 0x2E2E_2E2E_2E2E_2E2EL;
    private static final long BLANKS = 0x2020_2020_2020_2020L;

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
        // Without a way out in the middle, for nearly every letter is read to its end.
        long seen = 0;
        int i = 0;
        for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
            seen |= (long) EIGHT.get(bytes, i);
        }
        for (; i < bytes.length; i++) {
            seen |= bytes[i];
        }
        return (seen & HIGH_BITS) != 0;
    }

    /**
     * The bytes as they stand on the wire, with the dots at the beginning of lines doubled and the final dot's line after
     * them (RFC 5321 §4.5.2); empty where not every line is whole and ends with CRLF.
     */
    Optional<byte[]> stuffed() {
        int dots = 0;
        // Of eight bytes those meant are marked by their highest bit. Before the first stands the last of the eight
        // before.
        long afterReturn = 0;
        long beginsLine = FIRST;
        int i = 0;
        for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
            long eight = (long) EIGHT.get(bytes, i);
            if ((afterReturn | beginsLine | eight - BLANKS & ~eight & HIGH_BITS) == 0) {
                // In the middle of a line: no control among them.
                continue;
            }
            long returns = zeros(eight ^ RETURNS);
            long feeds = zeros(eight ^ FEEDS);
            if (feeds != (returns << Byte.SIZE | afterReturn)) {
                return Optional.empty();
            }
            dots += Long.bitCount(zeros(eight ^ DOTS) & (feeds << Byte.SIZE | beginsLine));
            afterReturn = returns >>> Long.SIZE - Byte.SIZE;
            beginsLine = feeds >>> Long.SIZE - Byte.SIZE;
        }
        for (; i < bytes.length; i++) {
            if (bytes[i] == '\n' != (afterReturn != 0)) {
                return Optional.empty();
            }
            dots += bytes[i] == '.' && beginsLine != 0 ? 1 : 0;
            afterReturn = bytes[i] == '\r' ? FIRST : 0;
            beginsLine = bytes[i] == '\n' ? FIRST : 0;
        }
        return bytes.length > 0 && beginsLine != 0 ? Optional.of(doubled(dots)) : Optional.empty();
    }

    /** The bytes that are zero, each marked by its highest bit. */
    private static long zeros(long eight) {
        return ~((eight & ~HIGH_BITS) + ~HIGH_BITS | eight) & HIGH_BITS;
    }

    private byte[] doubled(int dots) {
        // A string of single bytes is searched many bytes at once.
        String all = dots == 0 ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
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
