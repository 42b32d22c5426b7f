package org.dailypapers.letter.address;

/** The characters that no header field may hold: C0 with CR, LF, NUL and TAB, DEL, and C1. */
public final class ControlCharacters {

    private ControlCharacters() {}

    /** Throws IllegalArgumentException, naming the place, such as a header, where the text holds a control character. */
    public static void refuse(String place, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                throw new IllegalArgumentException("The " + place + " holds the control character U+00"
                        + (c < 0x10 ? "0" : "") + Integer.toHexString(c) + " at index " + i + ": take it out");
            }
        }
    }
}
