package org.dailypapers.letter.address;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;

/** The text of an address as a person typed or pasted it, with what nobody sees in it. */
public final class TypedAddress {

    /** Scripts in which a joiner between two letters spells another word (RFC 5892 appendix A.1 and A.2). */
    private static final Set<UnicodeScript> JOINED = EnumSet.of(
            UnicodeScript.ARABIC,
            UnicodeScript.SYRIAC,
            UnicodeScript.NKO,
            UnicodeScript.MONGOLIAN,
            UnicodeScript.DEVANAGARI,
            UnicodeScript.BENGALI,
            UnicodeScript.GURMUKHI,
            UnicodeScript.GUJARATI,
            UnicodeScript.ORIYA,
            UnicodeScript.TAMIL,
            UnicodeScript.TELUGU,
            UnicodeScript.KANNADA,
            UnicodeScript.MALAYALAM,
            UnicodeScript.SINHALA,
            UnicodeScript.TIBETAN,
            UnicodeScript.MYANMAR,
            UnicodeScript.KHMER);

    private TypedAddress() {}

    /** The text without blanks at its ends and without invisible characters anywhere. */
    public static String cleaned(String text) {
        var visible = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (!isInvisible(text, i)) {
                visible.appendCodePoint(text.codePointAt(i));
            }
        }
        int start = 0;
        int end = visible.length();
        while (start < end && isBlank(visible.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(visible.charAt(end - 1))) {
            end--;
        }
        return visible.substring(start, end);
    }

    /** The first blank, control or invisible character from that code point on, which no address holds unquoted. */
    public static OptionalInt unseen(String text, int least) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (c >= least && (isBlank(c) || Character.isISOControl(c) || isInvisible(text, i))) {
                return OptionalInt.of(c);
            }
        }
        return OptionalInt.empty();
    }

    private static boolean isBlank(int c) {
        // U+2800 is a pattern of Braille without a dot.
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85 || c == 0x2800;
    }

    /** Whether the character there is one of Unicode's Default_Ignorable_Code_Point, and says nothing where it stands. */
    private static boolean isInvisible(String text, int index) {
        int c = text.codePointAt(index);
        if (c == 0x200C || c == 0x200D) {
            return !joins(text, index);
        }
        if (c >= 0xFE00 && c <= 0xFE0F) {
            return index == 0 || !isSymbol(text.codePointBefore(index));
        }
        return c == 0xAD
                || c == 0x34F
                || c == 0x61C
                || c == 0x115F
                || c == 0x1160
                || c == 0x17B4
                || c == 0x17B5
                || c >= 0x180B && c <= 0x180F
                || c >= 0x200B && c <= 0x200F
                || c >= 0x202A && c <= 0x202E
                || c >= 0x2060 && c <= 0x206F
                || c == 0x3164
                || c == 0xFEFF
                || c == 0xFFA0
                || c >= 0xFFF0 && c <= 0xFFFB
                || c >= 0x1BCA0 && c <= 0x1BCA3
                || c >= 0x1D173 && c <= 0x1D17A
                || c >= 0xE0000 && c <= 0xE0FFF;
    }

    /** Whether a joiner there stands between two letters of a script that joins, or two emoji. */
    private static boolean joins(String text, int index) {
        if (index == 0 || index + 1 == text.length()) {
            return false;
        }
        int before = text.codePointBefore(index);
        if (before >= 0xFE00 && before <= 0xFE0F && index > 1) {
            before = text.codePointBefore(index - 1);
        }
        int after = text.codePointAt(index + 1);
        return JOINED.contains(UnicodeScript.of(before)) && JOINED.contains(UnicodeScript.of(after))
                || isSymbol(before) && isSymbol(after);
    }

    private static boolean isSymbol(int c) {
        return c >= 0x80
                && switch (Character.getType(c)) {
                    case Character.OTHER_SYMBOL, Character.MODIFIER_SYMBOL -> true;
                    default -> false;
                };
    }
}
