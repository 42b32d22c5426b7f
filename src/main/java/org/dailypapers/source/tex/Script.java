package org.dailypapers.source.tex;

import java.util.Set;

/** Superscripts and subscripts, as characters of their own where Unicode has them. */
enum Script {
    RAISED('^', "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾", "ikn xyz", "ⁱᵏⁿ ˣʸᶻ"),
    LOWERED('_', "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", "aehklmnopstxijr", "ₐₑₕₖₗₘₙₒₚₛₜₓᵢⱼᵣ");

    private static final String SIGNS = "0123456789+-=()";
    private static final Set<String> ORDINALS = Set.of("st", "nd", "rd", "th");
    private static final String RAISED_ALREADY = "*°′″†‡±∓";
    private static final Set<String> SUN = Set.of("⊙", "☉");

    private final char mark;
    private final String signs;
    private final String letters;
    private final String lettersThere;

    Script(char mark, String signs, String letters, String lettersThere) {
        this.mark = mark;
        this.signs = signs;
        this.letters = letters;
        this.lettersThere = lettersThere;
    }

    /** The text in its place: {@code 10⁻³}, {@code H₂O}, {@code M⊙}; behind TeX's mark where it has no such form. */
    String of(String text) {
        if (standsBySelf(text)) {
            return text;
        }
        if (text.equals("(")) {
            return mark + text;
        }
        String there = there(text);
        return there.isEmpty() ? mark + argument(text) : there;
    }

    private boolean standsBySelf(String text) {
        return this == LOWERED
                ? SUN.contains(text)
                : ORDINALS.contains(text) || text.chars().allMatch(c -> RAISED_ALREADY.indexOf(c) >= 0);
    }

    /** Empty where a character has no such form, and where the text begins with a letter: GL_n is found as it is written. */
    private String there(String text) {
        var there = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int sign = SIGNS.indexOf(c);
            int letter = i == 0 ? -1 : letters.indexOf(c);
            if (sign >= 0) {
                there.append(signs.charAt(sign));
            } else if (letter >= 0) {
                there.append(lettersThere.charAt(letter));
            } else if (c == '.' && this == LOWERED && Character.isDigit(text.charAt(0))) {
                there.append(c);
            } else {
                return "";
            }
        }
        return there.toString();
    }

    /** In braces where it is more than one word. */
    private static String argument(String text) {
        boolean word = text.codePoints().allMatch(Character::isLetterOrDigit);
        return word || text.codePointCount(0, text.length()) == 1 ? text : "{" + text + "}";
    }
}
