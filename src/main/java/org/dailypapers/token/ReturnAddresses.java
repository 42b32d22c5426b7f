package org.dailypapers.token;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Makes and reads the local parts of the addresses of ours that machines write to: one for each message, to which its
 * bounces come back, and one for each subscriber, by which they leave.
 *
 * <p>Such a local part is base32 (RFC 4648 §6, in lower case, for mail systems may fold it) of: key id (2 bytes), purpose
 * (1), the number of the message or the subscriber (8), and the first 16 bytes of the HMAC-SHA256 of what stands before: 44 characters. It never
 * expires; who forges one changes nothing.
 */
public final class ReturnAddresses {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int SIGNED = 2 + 1 + 8;
    private static final int SIGNATURE = 16;
    private static final int TEXT = ((SIGNED + SIGNATURE) * 8 + 4) / 5;

    private final SigningKeys keys;

    public ReturnAddresses(SigningKeys keys) {
        this.keys = keys;
    }

    /** The local part for a message, the same each time as long as the key is the same. */
    public String localPart(long message) {
        return localPart(TokenPurpose.RETURN, message);
    }

    /** The local part by which a subscriber leaves, the same each time as long as the key is the same. */
    public String leaving(long subscriber) {
        return localPart(TokenPurpose.LEAVE_BY_MAIL, subscriber);
    }

    private String localPart(TokenPurpose purpose, long number) {
        byte[] signed = ByteBuffer.allocate(SIGNED)
                .put(keys.currentId())
                .put(purpose.code())
                .putLong(number)
                .array();
        byte[] all = Arrays.copyOf(signed, SIGNED + SIGNATURE);
        System.arraycopy(keys.sign(signed), 0, all, SIGNED, SIGNATURE);
        return write(all);
    }

    /** The message that a local part belongs to; empty where it is none of ours. */
    public OptionalLong message(String localPart) {
        return number(TokenPurpose.RETURN, localPart);
    }

    /** The message that an address belongs to, whatever its domain and whatever mail systems wrote around it. */
    public OptionalLong messageOf(String address) {
        return number(TokenPurpose.RETURN, bare(address));
    }

    /** The subscriber who leaves by an address, likewise. */
    public OptionalLong subscriberOf(String address) {
        return number(TokenPurpose.LEAVE_BY_MAIL, bare(address));
    }

    /** The local part without the marks of BATV ({@code prvs=tag=local}), of SRS before it and of a detail behind it. */
    private static String bare(String address) {
        String local = address.substring(0, Math.max(0, address.lastIndexOf('@')));
        int plus = local.indexOf('+');
        local = plus < 0 ? local : local.substring(0, plus);
        return local.substring(local.lastIndexOf('=') + 1);
    }

    private OptionalLong number(TokenPurpose purpose, String localPart) {
        String text = localPart.toLowerCase(Locale.ROOT);
        if (text.length() != TEXT || !text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)) {
            return OptionalLong.empty();
        }
        byte[] all = read(text);
        // The last character carries spare bits: only the one canonical spelling counts.
        if (!write(all).equals(text)) {
            return OptionalLong.empty();
        }
        byte[] signed = Arrays.copyOf(all, SIGNED);
        byte[] signature = Arrays.copyOfRange(all, SIGNED, all.length);
        boolean ours = keys.verifies(Arrays.copyOf(all, 2), signed, signature) && all[2] == purpose.code();
        return ours ? OptionalLong.of(ByteBuffer.wrap(signed, 3, 8).getLong()) : OptionalLong.empty();
    }

    private static String write(byte[] bytes) {
        var text = new StringBuilder(TEXT);
        int bits = 0;
        int held = 0;
        for (byte b : bytes) {
            bits = bits << 8 | b & 0xff;
            held += 8;
            while (held >= 5) {
                held -= 5;
                text.append(ALPHABET.charAt(bits >> held & 31));
            }
        }
        return held == 0
                ? text.toString()
                : text.append(ALPHABET.charAt(bits << 5 - held & 31)).toString();
    }

    private static byte[] read(String text) {
        var bytes = ByteBuffer.allocate(SIGNED + SIGNATURE);
        int bits = 0;
        int held = 0;
        for (int i = 0; i < text.length(); i++) {
            bits = bits << 5 | ALPHABET.indexOf(text.charAt(i));
            held += 5;
            if (held >= 8) {
                held -= 8;
                bytes.put((byte) (bits >> held));
            }
        }
        return bytes.array();
    }
}
