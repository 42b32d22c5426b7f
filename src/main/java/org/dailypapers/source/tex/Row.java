package org.dailypapers.source.tex;

import java.util.function.BooleanSupplier;

/** A formula, or a group of one, as far as it was read, with room where a reader expects it. */
final class Row {
    private final StringBuilder text = new StringBuilder();
    private boolean spaceDue;
    private boolean behindFunction;

    void ordinary(String more) {
        String bare = more.strip();
        spaceDue |= more.startsWith(" ");
        if (bare.isEmpty()) {
            return;
        }
        boolean word = Character.isLetterOrDigit(bare.codePointAt(0));
        append(bare, spaceDue && !isClosing(bare) || behindFunction && word);
        behindFunction = false;
        spaceDue = more.endsWith(" ");
    }

    private void append(String more, boolean space) {
        if (space && !text.isEmpty() && text.charAt(text.length() - 1) != ' ') {
            text.append(' ');
        }
        spaceDue = false;
        text.append(more);
    }

    private static boolean isClosing(String more) {
        return ",;.)]⟩⌋⌉".contains(more);
    }

    void script(String more) {
        append(more, false);
    }

    void spaced(String more) {
        append(more, true);
        behindFunction = false;
    }

    void space() {
        spaceDue = true;
    }

    /** At the start of a formula or bracket it belongs to what follows: ~5, ≥3. */
    void relation(String more) {
        boolean first = text.isEmpty() || "([".indexOf(text.charAt(text.length() - 1)) >= 0;
        append(more, !first);
        spaceDue = !first;
        behindFunction = false;
    }

    void operator(String more) {
        boolean spaced = spaceDue;
        append(more, spaced);
        spaceDue = spaced;
        behindFunction = false;
    }

    void function(String more) {
        boolean behindWord = !text.isEmpty() && isWord(text.codePointBefore(text.length()));
        append(more, spaceDue || behindWord);
        behindFunction = true;
    }

    private static boolean isWord(int character) {
        return Character.isLetterOrDigit(character)
                || character == ')'
                || Character.getType(character) == Character.OTHER_NUMBER;
    }

    void fraction(String above, String below, BooleanSupplier runsOn) {
        String whole = bracketed(above) + "/" + bracketed(below);
        boolean behindDigit = !text.isEmpty() && Character.isLetterOrDigit(text.codePointBefore(text.length()));
        append(runsOn.getAsBoolean() ? "(" + whole + ")" : whole, spaceDue || behindFunction || behindDigit);
        behindFunction = false;
    }

    private static String bracketed(String text) {
        boolean sum = text.chars().skip(1).anyMatch(c -> "+-/ ±×·=".indexOf(c) >= 0);
        return sum && !Formula.isSimple(text) ? "(" + text + ")" : text;
    }

    @Override
    public String toString() {
        return spaceDue ? text + " " : text.toString();
    }
}
