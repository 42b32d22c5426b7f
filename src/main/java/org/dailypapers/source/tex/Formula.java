package org.dailypapers.source.tex;

import java.text.Normalizer;
import java.util.Optional;
import org.dailypapers.source.tex.Commands.Kind;

/** A formula in plain text, where all of it has a plain form: {@code $\alpha_1\in\mathbb{R}$} is α₁ ∈ ℝ. */
final class Formula {

    private static final int DEEPEST = 20;
    private static final String NEGATION = "\u0338";
    private static final String DOUBLE_STRUCK = "CHNPQRZ";
    private static final String DOUBLE_STRUCK_LETTERS = "ℂℍℕℙℚℝℤ";
    private static final int LONGEST_OWN_NAME = 5;

    private final String tex;
    private int at;
    private int depth;

    /** Thrown where a part has no plain form; the formula stays as it is written. */
    private static final class NoPlainForm extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoPlainForm() {
            super(null, null, false, false);
        }
    }

    private Formula(String tex) {
        this.tex = tex;
    }

    /** The plain form of what stands between the dollar signs; empty where some of it has none. */
    static Optional<String> plain(String tex) {
        try {
            var formula = new Formula(tex);
            String plain = formula.row(false).strip();
            return formula.at < tex.length() ? Optional.empty() : Optional.of(plain);
        } catch (NoPlainForm none) {
            return Optional.empty();
        }
    }

    /** All up to the end, or to the brace that closes the group. */
    private String row(boolean group) {
        if (++depth > DEEPEST) {
            throw new NoPlainForm();
        }
        var row = new Row();
        while (at < tex.length()) {
            char c = tex.charAt(at);
            if (c == '}') {
                if (!group) {
                    throw new NoPlainForm();
                }
                at++;
                depth--;
                return row.toString();
            }
            atom(row, c);
        }
        if (group) {
            throw new NoPlainForm();
        }
        depth--;
        return row.toString();
    }

    private void atom(Row row, char c) {
        switch (c) {
            case '\\' -> command(row);
            case '{' -> {
                at++;
                row.ordinary(row(true));
            }
            case '^', '_' -> {
                at++;
                row.script(script(c == '^' ? Script.RAISED : Script.LOWERED));
            }
            case ' ', '~' -> {
                at++;
                row.space();
            }
            case '\'' -> {
                at++;
                row.script("′");
            }
            case '&', '#', '$' -> throw new NoPlainForm();
            default -> {
                int end = tex.offsetByCodePoints(at, 1);
                row.ordinary(tex.substring(at, end));
                at = end;
            }
        }
    }

    private String script(Script script) {
        String text = argument();
        String there = script.of(text);
        boolean runsOn = there.length() == text.length() + 1 && letterOrDigitFollows();
        return runsOn && text.length() > 1 ? there.charAt(0) + "{" + text + "}" : there;
    }

    private boolean letterOrDigitFollows() {
        return at < tex.length() && Character.isLetterOrDigit(tex.charAt(at));
    }

    /** A group, a command with its own arguments, or one character. */
    private String argument() {
        skipSpaces();
        if (at == tex.length()) {
            throw new NoPlainForm();
        }
        char c = tex.charAt(at);
        if (c == '{') {
            at++;
            return row(true).strip();
        }
        if (c == '\\') {
            var row = new Row();
            command(row);
            return row.toString().strip();
        }
        if (c == '}' || c == '^' || c == '_') {
            throw new NoPlainForm();
        }
        at = tex.offsetByCodePoints(at, 1);
        return tex.substring(at - Character.charCount(tex.codePointBefore(at)), at);
    }

    private void command(Row row) {
        String name = name();
        if (name.length() == 1 && !isLetter(name.charAt(0))) {
            sign(row, name.charAt(0));
            return;
        }
        if (named(row, name) || withArguments(row, name)) {
            return;
        }
        // Authors name groups and functors by macros of their own: \GL, \Aut.
        if (name.length() <= LONGEST_OWN_NAME && Character.isUpperCase(name.charAt(0))) {
            row.ordinary(name);
            return;
        }
        throw new NoPlainForm();
    }

    private String name() {
        int start = ++at;
        while (at < tex.length() && isLetter(tex.charAt(at))) {
            at++;
        }
        if (at == start) {
            if (at == tex.length()) {
                throw new NoPlainForm();
            }
            return tex.substring(start, ++at);
        }
        String name = tex.substring(start, at);
        if (at + 1 < tex.length() && tex.charAt(at) == ' ' && isOrdinary(tex.charAt(at + 1))) {
            // The space ends the command and is no room.
            at++;
        }
        return name;
    }

    private static boolean isOrdinary(char c) {
        return Character.isLetterOrDigit(c) || "\\{(^_'".indexOf(c) >= 0;
    }

    private void sign(Row row, char sign) {
        switch (sign) {
            case ',', ';', ':', ' ', '>', '/' -> row.space();
            case '!', '-' -> {}
            case '|' -> row.ordinary("‖");
            case '{', '}', '%', '_', '#', '$', '&' -> row.ordinary(String.valueOf(sign));
            default -> throw new NoPlainForm();
        }
    }

    private boolean named(Row row, String name) {
        String letter = Commands.text(Kind.LETTER, name);
        String relation = Commands.text(Kind.RELATION, name);
        String operator = Commands.text(Kind.OPERATOR, name);
        String function = Commands.text(Kind.FUNCTION, name);
        if (letter != null) {
            row.ordinary(letter);
        } else if (relation != null) {
            row.relation(relation);
        } else if (operator != null) {
            row.operator(operator);
        } else if (function != null) {
            row.function(function);
        } else if (Commands.is(Kind.SPACE, name)) {
            row.space();
        } else if (Commands.is(Kind.LAYOUT, name)) {
            layout(name);
        } else if (Commands.is(Kind.SWITCH, name)) {
            skipSpaces();
        } else {
            return false;
        }
        return true;
    }

    /** A dot behind {@code \left} or {@code \right} stands for no bracket. */
    private void layout(String name) {
        if ((name.equals("left") || name.equals("right")) && at < tex.length() && tex.charAt(at) == '.') {
            at++;
        }
    }

    private boolean withArguments(Row row, String name) {
        switch (name) {
            case "mathbb", "Bbb" -> row.ordinary(doubleStruck(argument()));
            case "operatorname" -> {
                if (at < tex.length() && tex.charAt(at) == '*') {
                    at++;
                }
                row.function(argument());
            }
            case "frac", "tfrac", "dfrac", "sfrac", "nicefrac" -> row.fraction(argument(), argument(), this::runsOn);
            case "sqrt" -> row.ordinary(root());
            case "binom", "tbinom", "dbinom" -> row.ordinary("(" + argument() + " choose " + argument() + ")");
            case "pmod" -> row.spaced("(mod " + argument() + ")");
            case "not" -> row.relation(composed(argument() + NEGATION));
            case "textsuperscript" -> row.script(Script.RAISED.of(argument()));
            case "textsubscript" -> row.script(Script.LOWERED.of(argument()));
            case "textcolor" -> {
                argument();
                row.ordinary(argument());
            }
            case "color" -> argument();
            default -> {
                return styled(row, name);
            }
        }
        return true;
    }

    private boolean styled(Row row, String name) {
        String accent = Commands.text(Kind.ACCENT, name);
        String spread = Commands.text(Kind.SPREAD, name);
        if (accent != null) {
            row.ordinary(accented(argument(), accent));
        } else if (spread != null) {
            row.ordinary(argument().replaceAll("(\\p{L}|\\p{N})", "$1" + spread));
        } else if (Commands.is(Kind.STYLE, name)) {
            row.ordinary(name.startsWith("math") ? argument() : words());
        } else {
            return false;
        }
        return true;
    }

    /** An argument of prose, whose spaces count. */
    private String words() {
        skipSpaces();
        if (at == tex.length() || tex.charAt(at) != '{') {
            return argument();
        }
        at++;
        String room = at < tex.length() && tex.charAt(at) == ' ' ? " " : "";
        return room + row(true);
    }

    private static String accented(String base, String mark) {
        if (base.isEmpty()) {
            throw new NoPlainForm();
        }
        int first = base.offsetByCodePoints(0, 1);
        String letter = base.substring(0, first).replace('ı', 'i').replace('ȷ', 'j');
        return composed(letter + mark) + base.substring(first);
    }

    private static String composed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private String root() {
        String degree = "";
        if (at < tex.length() && tex.charAt(at) == '[') {
            int end = tex.indexOf(']', at);
            if (end < 0) {
                throw new NoPlainForm();
            }
            degree = plain(tex.substring(at + 1, end)).map(Script.RAISED::of).orElseThrow(NoPlainForm::new);
            at = end + 1;
        }
        String of = argument();
        return degree + "√" + (isSimple(of) ? of : "(" + of + ")");
    }

    /** Whether no bracket is needed around it. */
    static boolean isSimple(String text) {
        return text.codePoints().allMatch(Character::isLetterOrDigit)
                || text.codePointCount(0, text.length()) == 1
                || text.startsWith("(") && text.indexOf(')') == text.length() - 1;
    }

    private static String doubleStruck(String text) {
        int letter = text.length() == 1 ? DOUBLE_STRUCK.indexOf(text) : -1;
        return letter < 0 ? text : DOUBLE_STRUCK_LETTERS.substring(letter, letter + 1);
    }

    private boolean runsOn() {
        int next = at;
        while (next < tex.length() && tex.charAt(next) == ' ') {
            next++;
        }
        return next < tex.length()
                && (Character.isLetterOrDigit(tex.charAt(next)) || "\\({".indexOf(tex.charAt(next)) >= 0);
    }

    private void skipSpaces() {
        while (at < tex.length() && tex.charAt(at) == ' ') {
            at++;
        }
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
