package org.dailypapers.letter.address;

import java.util.Locale;
import java.util.Optional;

/**
 * Decodes labels of the ASCII form of internationalised domains (RFC 3492). {@code java.net.IDN} is IDNA 2003 and leaves
 * labels as they are both where they cannot be decoded and where IDNA 2008 alone knows them.
 */
final class Punycode {

    // RFC 3492 §5
    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;
    private static final int INITIAL_N = 0x80;

    private Punycode() {}

    /** What stands behind the prefix {@code xn--}, decoded; empty where it cannot be. RFC 3492 §6.2. */
    static Optional<String> decode(String encoded) {
        int delimiter = encoded.lastIndexOf('-');
        var decoded =
                new StringBuilder(encoded.substring(0, Math.max(delimiter, 0)).toLowerCase(Locale.ROOT));
        int count = decoded.length();
        int at = delimiter + 1;
        int n = INITIAL_N;
        long i = 0;
        int bias = INITIAL_BIAS;
        while (at < encoded.length()) {
            long old = i;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                int digit = at < encoded.length() ? digit(encoded.charAt(at++)) : BASE;
                i += digit * weight;
                if (digit == BASE || i > Integer.MAX_VALUE) {
                    return Optional.empty();
                }
                int threshold = k <= bias ? T_MIN : Math.min(k - bias, T_MAX);
                if (digit < threshold) {
                    break;
                }
                weight *= BASE - threshold;
            }
            count++;
            bias = adapt(i - old, count, old == 0);
            if (i / count > Character.MAX_CODE_POINT - n) {
                return Optional.empty();
            }
            n += (int) (i / count);
            i %= count;
            if (n >= Character.MIN_SURROGATE && n <= Character.MAX_SURROGATE) {
                return Optional.empty();
            }
            decoded.insert(decoded.offsetByCodePoints(0, (int) i), Character.toChars(n));
            i++;
        }
        return Optional.of(decoded.toString());
    }

    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0' + 26;
        }
        int letter = (c | 0x20) - 'a';
        return letter >= 0 && letter < 26 ? letter : BASE;
    }

    // RFC 3492 §6.1
    private static int adapt(long delta, int count, boolean first) {
        long rest = first ? delta / DAMP : delta / 2;
        rest += rest / count;
        int k = 0;
        while (rest > (BASE - T_MIN) * T_MAX / 2) {
            rest /= BASE - T_MIN;
            k += BASE;
        }
        return k + (int) ((BASE - T_MIN + 1) * rest / (rest + SKEW));
    }
}
