package org.dailypapers.letter;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Text of any script as encoded words in UTF-8 (RFC 2047), each of whole characters. */
final class EncodedWords {

    // RFC 2047 §2
    static final int LONGEST = 75;

    /** The room that any one character fits into: four octets as Q. */
    static final int SHORTEST = 24;

    private static final int FRAME = "=?UTF-8?Q?".length() + "?=".length();
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private EncodedWords() {}

    /**
     * The text as encoded words with single spaces between, in whichever of Q and B is shorter. Lone surrogates become
     * U+FFFD.
     *
     * @param firstRoom how long the first word may be, at least {@link #SHORTEST}
     * @param phrase true where the words stand in a phrase, in which fewer characters stand for themselves
     */
    static String of(String text, int firstRoom, boolean phrase) {
        byte[] octets = wellFormed(text).getBytes(StandardCharsets.UTF_8);
        boolean base64 = (octets.length + 2) / 3 * 4 < qLength(octets, 0, octets.length, phrase);
        StringBuilder words = new StringBuilder(octets.length * 2 + 32);
        int room = Math.min(firstRoom, LONGEST) - FRAME;
        for (int from = 0; from < octets.length; room = LONGEST - FRAME) {
            int to = base64 ? base64End(octets, from, room) : qEnd(octets, from, room, phrase);
            words.append(from == 0 ? "" : " ").append(base64 ? "=?UTF-8?B?" : "=?UTF-8?Q?");
            if (base64) {
                appendBase64(words, octets, from, to);
            } else {
                appendQ(words, octets, from, to, phrase);
            }
            words.append("?=");
            from = to;
        }
        return words.toString();
    }

    /** The text with every lone surrogate replaced by U+FFFD. */
    static String wellFormed(String text) {
        StringBuilder replaced = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            if (replaced == null) {
                replaced = new StringBuilder(text);
            }
            replaced.setCharAt(i, '\uFFFD');
        }
        return replaced == null ? text : replaced.toString();
    }

    private static int base64End(byte[] octets, int from, int room) {
        int to = Math.min(octets.length, from + room / 4 * 3);
        while (to < octets.length && isContinuation(octets[to])) {
            to--;
        }
        return to;
    }

    private static int qEnd(byte[] octets, int from, int room, boolean phrase) {
        int to = from;
        for (int left = room; to < octets.length; ) {
            int next = to + 1;
            while (next < octets.length && isContinuation(octets[next])) {
                next++;
            }
            left -= qLength(octets, to, next, phrase);
            if (left < 0) {
                break;
            }
            to = next;
        }
        return to;
    }

    private static int qLength(byte[] octets, int from, int to, boolean phrase) {
        int length = 0;
        for (int i = from; i < to; i++) {
            length += octets[i] == ' ' || isLiteral(octets[i], phrase) ? 1 : 3;
        }
        return length;
    }

    private static boolean isContinuation(byte octet) {
        return (octet & 0xC0) == 0x80;
    }

    // RFC 2047 §4.2 for text, §5 (3) for a phrase
    private static boolean isLiteral(byte octet, boolean phrase) {
        if (octet >= 'a' && octet <= 'z' || octet >= 'A' && octet <= 'Z' || octet >= '0' && octet <= '9') {
            return true;
        }
        return phrase
                ? "!*+-/".indexOf(octet) >= 0
                : octet > ' ' && octet <= '~' && octet != '=' && octet != '?' && octet != '_';
    }

    private static void appendBase64(StringBuilder words, byte[] octets, int from, int to) {
        byte[] chunk = new byte[to - from];
        System.arraycopy(octets, from, chunk, 0, chunk.length);
        words.append(Base64.getEncoder().encodeToString(chunk));
    }

    private static void appendQ(StringBuilder words, byte[] octets, int from, int to, boolean phrase) {
        for (int i = from; i < to; i++) {
            byte octet = octets[i];
            if (octet == ' ') {
                words.append('_');
            } else if (isLiteral(octet, phrase)) {
                words.append((char) octet);
            } else {
                words.append('=').append(HEX[octet >> 4 & 15]).append(HEX[octet & 15]);
            }
        }
    }
}
