package org.dailypapers.letter;

import java.nio.charset.StandardCharsets;
import org.dailypapers.letter.address.AddressSyntax;
import org.dailypapers.letter.address.ControlCharacters;
import org.dailypapers.letter.address.Mailbox;
import org.dailypapers.letter.wire.Header;
import org.dailypapers.letter.wire.WireBytes;

/**
 * The one place that writes header fields: checked, encoded and folded. Every method throws IllegalArgumentException,
 * naming the field, for a control character or whatever else cannot stand there.
 */
public final class HeaderWriter {

    // RFC 5322 §2.1.1
    private static final int LINE = 78;
    private static final int LONGEST_LINE = 998;
    // RFC 2047 §2: a line that holds an encoded word
    private static final int ENCODED_LINE = 76;
    // So that the first encoded word has its room after any name.
    private static final int LONGEST_NAME = ENCODED_LINE - ": ".length() - EncodedWords.SHORTEST;
    private static final int LONGEST_WORD = 900;

    private HeaderWriter() {}

    static void field(WireBytes out, Header header) {
        if (header.structured()) {
            structured(out, header.name(), header.value());
        } else {
            text(out, header.name(), header.value());
        }
    }

    /** Writes a field of free text (RFC 5322 §3.2.5): what ASCII cannot say, or would say otherwise, becomes encoded words. */
    public static void text(WireBytes out, String name, String value) {
        check(name, value);
        fold(out, name, encodedWhereNeeded(name, value), false);
    }

    /** Writes a field that has a syntax, which is the caller's duty; only printable ASCII. Long tokens are not broken. */
    public static void structured(WireBytes out, String name, String value) {
        check(name, value);
        if (!AddressSyntax.isAscii(value)) {
            throw new IllegalArgumentException("The header " + name + " holds more than ASCII: encode it first");
        }
        fold(out, name, value.strip(), true);
    }

    /** Writes a field of one mailbox (RFC 5322 §3.4). */
    public static void mailbox(WireBytes out, String name, Mailbox mailbox) {
        String address = mailbox.wireAddress();
        String value =
                mailbox.displayName() == null ? address : phrase(name, mailbox.displayName()) + " <" + address + ">";
        check(name, value);
        fold(out, name, value, true);
    }

    /** The text as a phrase that begins a field (RFC 5322 §3.2.5): atoms, a quoted string or encoded words. */
    static String phrase(String name, String text) {
        check(name, text);
        int room = firstRoom(name);
        if (text.length() <= room && firstToEncode(text) == text.length()) {
            String plain = isAtoms(text) ? text : quoted(text);
            if (plain.length() <= room) {
                return plain;
            }
        }
        return EncodedWords.of(text, firstRoom(name), true);
    }

    private static void check(String name, String value) {
        checkName(name);
        ControlCharacters.refuse("header " + name, value);
    }

    // RFC 5322 §3.6.8
    private static void checkName(String name) {
        boolean good = !name.isEmpty() && name.length() <= LONGEST_NAME;
        for (int i = 0; i < name.length() && good; i++) {
            char c = name.charAt(i);
            good = c > ' ' && c <= '~' && c != ':';
        }
        if (!good) {
            throw new IllegalArgumentException("Not a header's name: it takes 1 to " + LONGEST_NAME
                    + " printable ASCII characters without space and colon");
        }
    }

    private static boolean isAtoms(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != ' ' && !AddressSyntax.isAtext(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    // RFC 5322 §3.2.4
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 8).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }

    /** The value with the words from the first to the last that need it encoded, and those around them as they are. */
    private static String encodedWhereNeeded(String name, String value) {
        int first = firstToEncode(value);
        if (first == value.length()) {
            return value;
        }
        int last = lastToEncode(value);
        int begin = first == 0 ? 0 : value.lastIndexOf(' ', first - 1) + 1;
        int end = value.indexOf(' ', last + 1);
        if (end < 0) {
            end = value.length();
        }
        int room = begin == 0 ? firstRoom(name) : EncodedWords.LONGEST;
        return value.substring(0, begin)
                + EncodedWords.of(value.substring(begin, end), room, false)
                + value.substring(end);
    }

    private static int firstToEncode(String value) {
        int wordStart = 0;
        for (int i = 0; i < value.length(); i++) {
            wordStart = value.charAt(i) == ' ' ? i + 1 : wordStart;
            if (mustBeEncoded(value, i) || i - wordStart >= LONGEST_WORD) {
                return i;
            }
        }
        return value.length();
    }

    private static int lastToEncode(String value) {
        int wordEnd = value.length();
        for (int i = value.length() - 1; i >= 0; i--) {
            wordEnd = value.charAt(i) == ' ' ? i : wordEnd;
            if (mustBeEncoded(value, i) || wordEnd - i > LONGEST_WORD) {
                return i;
            }
        }
        return -1;
    }

    // Beyond ASCII, a space that a reader may drop, what looks like an encoded word, and a backslash before a place to
    // fold, which some readers take for an escaped line end.
    private static boolean mustBeEncoded(String value, int i) {
        char c = value.charAt(i);
        char next = i + 1 < value.length() ? value.charAt(i + 1) : ' ';
        return switch (c) {
            case ' ' -> next == ' ' || i == 0 || value.charAt(i - 1) == ' ';
            case '=' -> next == '?';
            case '\\' -> next == ' ';
            default -> c >= 0x80;
        };
    }

    private static int firstRoom(String name) {
        return ENCODED_LINE - name.length() - ": ".length();
    }

    /** Writes the field, broken at spaces, and after commas where structured, but not within quotes or angle brackets. */
    private static void fold(WireBytes out, String name, String value, boolean structured) {
        out.ascii(name);
        out.ascii(':');
        int column = name.length() + 1;
        int limit = value.contains("=?") ? ENCODED_LINE : LINE;
        boolean quoted = false;
        boolean angled = false;
        int from = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!quoted && !angled && i > 0 && mayBreakBefore(value, i, structured)) {
                column = piece(out, name, value, from, i, column, limit);
                from = i;
            }
            if (structured) {
                if (quoted && c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = !quoted;
                } else if (!quoted && (c == '<' || c == '>')) {
                    angled = c == '<';
                }
            }
        }
        if (from < value.length()) {
            piece(out, name, value, from, value.length(), column, limit);
        }
        out.endLine();
    }

    private static boolean mayBreakBefore(String value, int i, boolean structured) {
        char before = value.charAt(i - 1);
        return value.charAt(i) == ' ' ? before != ' ' : structured && before == ',';
    }

    private static int piece(WireBytes out, String name, String value, int from, int to, int column, int limit) {
        boolean first = from == 0;
        boolean spaced = value.charAt(from) == ' ';
        String piece = value.substring(from, to);
        byte[] octets = piece.getBytes(StandardCharsets.UTF_8);
        int end = column + octets.length + (first ? 1 : 0);
        if (end > limit && !first) {
            out.endLine();
            end = octets.length + (spaced ? 0 : 1);
            first = !spaced;
        }
        if (end > LONGEST_LINE) {
            throw new IllegalArgumentException("The header " + name + " has a word too long for a line of "
                    + LONGEST_LINE + " octets: shorten it");
        }
        if (first) {
            out.ascii(' ');
        }
        out.append(octets);
        return end;
    }
}
