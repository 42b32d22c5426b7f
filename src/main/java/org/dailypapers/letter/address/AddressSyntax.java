package org.dailypapers.letter.address;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/** The syntax of addresses: RFC 5322 §3.4.1 without its obsolete forms, and without ASCII's bound by RFC 6532 §3.2. */
public final class AddressSyntax {

    // RFC 5321 §4.5.3.1.1 and §4.5.3.1.2, in octets
    private static final int LONGEST_LOCAL_PART = 64;
    private static final int LONGEST_DOMAIN = 255;

    // RFC 1035 §2.3.4
    private static final int LONGEST_LABEL = 63;

    // RFC 5890 §2.3.1
    private static final String A_LABEL = "xn--";

    private AddressSyntax() {}

    static void check(String address) {
        int at = address.lastIndexOf('@');
        if (at < 0) {
            throw notAnAddress("it has no @");
        }
        TypedAddress.unseen(address, 0x80).ifPresent(c -> {
            throw notAnAddress("it holds the invisible character U+%04X".formatted(c));
        });
        checkLocalPart(address.substring(0, at));
        checkDomain(address.substring(at + 1));
    }

    static String wireForm(String address) {
        if (isAscii(address)) {
            return address;
        }
        int domain = address.lastIndexOf('@') + 1;
        return address.substring(0, domain) + aLabels(address.substring(domain));
    }

    public static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** Whether the text is atoms with single dots between (RFC 5322 §3.2.3), in ASCII or, where told, beyond. */
    public static boolean isDotAtom(String text, boolean beyondAscii) {
        boolean dot = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && dot) {
                return false;
            }
            dot = c == '.';
            if (!dot && !isAtext(c) && !(beyondAscii && isLetterBeyondAscii(text, i))) {
                return false;
            }
        }
        return !dot;
    }

    public static boolean isAtext(char c) {
        return isAlphanumeric(c) || c < 0x80 && "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0;
    }

    private static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static boolean isLetterBeyondAscii(String text, int index) {
        char c = text.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
        }
        return c >= 0xA0 && !Character.isSpaceChar(c);
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void checkLocalPart(String local) {
        if (octets(local) > LONGEST_LOCAL_PART) {
            throw notAnAddress("the part before its @ is longer than " + LONGEST_LOCAL_PART + " octets");
        }
        if (!isDotAtom(local, true) && !isQuoted(local)) {
            throw notAnAddress("the part before its @ is neither words with single dots between nor \"quoted\"");
        }
    }

    // RFC 5321 §4.1.2
    private static boolean isQuoted(String local) {
        int last = local.length() - 1;
        if (last < 2 || local.charAt(0) != '"' || local.charAt(last) != '"') {
            return false;
        }
        for (int i = 1; i < last; i++) {
            char c = local.charAt(i);
            if (c == '"' || c == '\\' && ++i == last) {
                return false;
            }
            c = local.charAt(i);
            if ((c < ' ' || c > '~') && !isLetterBeyondAscii(local, i)) {
                return false;
            }
        }
        return true;
    }

    private static void checkDomain(String domain) {
        if (!(isAscii(domain) ? isHostName(domain) || isLiteral(domain) : isInternational(domain))) {
            throw notAnAddress("the part after its @ is no domain");
        }
        String wire = aLabels(domain);
        if (octets(wire) > LONGEST_DOMAIN) {
            throw notAnAddress("the part after its @ is longer than " + LONGEST_DOMAIN + " octets");
        }
        if (isLiteral(domain)) {
            return;
        }
        for (String label : wire.split("\\.")) {
            if (label.length() > LONGEST_LABEL) {
                throw notAnAddress("the part after its @ has a word of more than " + LONGEST_LABEL + " characters");
            }
            if (label.regionMatches(true, 0, A_LABEL, 0, A_LABEL.length()) && !isALabel(label)) {
                throw notAnAddress("the part after its @ has a word that begins with xn-- and stands for nothing");
            }
        }
    }

    /** Whether the label, which begins as one, is the ASCII form of another (RFC 5890 §2.3.2.1). */
    private static boolean isALabel(String label) {
        return Punycode.decode(label.substring(A_LABEL.length()))
                .filter(decoded -> !isAscii(decoded)
                        && decoded.equals(Normalizer.normalize(decoded.toLowerCase(Locale.ROOT), Normalizer.Form.NFC))
                        && decoded.codePoints().allMatch(AddressSyntax::isVisible)
                        && isHostName(Normalizer.normalize(decoded, Normalizer.Form.NFKC)))
                .isPresent();
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.FORMAT -> codePoint == 0x200C || codePoint == 0x200D;
            default -> true;
        };
    }

    /** Whether the text is labels of letters, digits and inner hyphens with single dots between, in ASCII or beyond. */
    public static boolean isHostName(String domain) {
        char before = '.';
        for (int i = 0; i < domain.length(); i++) {
            char c = domain.charAt(i);
            boolean edge = before == '.' || i + 1 == domain.length() || domain.charAt(i + 1) == '.';
            if (c == '.' ? before == '.' : !isAlphanumeric(c) && c < 0x80 && (c != '-' || edge)) {
                return false;
            }
            before = c;
        }
        return before != '.';
    }

    private static boolean isLiteral(String domain) {
        int last = domain.length() - 1;
        if (last < 2 || domain.charAt(0) != '[' || domain.charAt(last) != ']') {
            return false;
        }
        for (int i = 1; i < last; i++) {
            char c = domain.charAt(i);
            if (!isAlphanumeric(c) && c != '.' && c != ':' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isInternational(String domain) {
        return isHostName(domain) && (!aLabels(domain).equals(domain) || isWrittenInLetters(domain));
    }

    // RFC 5892 §2: letters, digits and marks, and the joiners; nothing that a mapping turns into ASCII's specials.
    private static boolean isWrittenInLetters(String domain) {
        return domain.codePoints().allMatch(AddressSyntax::isLetterOfDomain)
                && isHostName(Normalizer.normalize(domain, Normalizer.Form.NFKC));
    }

    private static boolean isLetterOfDomain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> Character.isLetterOrDigit(codePoint) || "-.\u200C\u200D".indexOf(codePoint) >= 0;
        };
    }

    // java.net.IDN is IDNA 2003, which maps ß, ς and the joiners away, to another domain than IDNA 2008 (RFC 5894
    // §7.2):
    // such a domain stays as it is, and so does one that IDNA 2003 refuses.
    public static String aLabels(String domain) {
        if (isAscii(domain) || domain.codePoints().anyMatch(c -> "ß\u1E9Eς\u200C\u200D".indexOf(c) >= 0)) {
            return domain;
        }
        try {
            String ascii = IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED | IDN.USE_STD3_ASCII_RULES);
            return isAscii(ascii) && isHostName(ascii) ? ascii : domain;
        } catch (IllegalArgumentException e) {
            return domain;
        }
    }

    private static IllegalArgumentException notAnAddress(String why) {
        return new IllegalArgumentException("Not an address: " + why + "; write it as local-part@domain");
    }

    /** Whether two domains are probably one organisation's: their last two labels are the same. */
    public static boolean inOneOrganisation(String one, String other) {
        return lastTwoLabels(one).equals(lastTwoLabels(other));
    }

    private static String lastTwoLabels(String domain) {
        return domain.substring(domain.lastIndexOf('.', domain.lastIndexOf('.') - 1) + 1);
    }
}
