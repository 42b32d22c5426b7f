package org.dailypapers.source.tex;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dailypapers.source.tex.Commands.Kind;
import org.dailypapers.source.tex.Letters.Piece;
import org.jspecify.annotations.Nullable;

/**
 * A line of prose with TeX in it, as it is read in print. What is not understood stays as it was written, a formula as a
 * whole; two dollar signs enclose a formula only where what is between them looks like one and not like sums of money.
 */
public final class TexText {

    private static final int LONGEST_FORMULA = 400;
    private static final int LONGEST_GROUP = 5_000;
    private static final int LONGEST_ADDRESS = 300;
    private static final int DEEPEST = 10;

    /** Without one of these there is nothing to do. */
    private static final Pattern TEX = Pattern.compile("[\\\\$~^]");

    private static final Pattern ROOM_BEFORE = Pattern.compile("\\\\[,;: ]|~");
    private static final Pattern ROOM_BEHIND = Pattern.compile("(?:\\\\[,;: ]|~)$");
    private static final Pattern OWN_SIGNS = Pattern.compile("\\\\[%&#_$ ]");
    private static final Pattern SAID =
            Pattern.compile("\\\\(?:text\\w*|math\\w+|mbox|hbox|operatorname\\*?) ?\\{[^{}]*}|\\\\[A-Za-z]+");
    private static final Pattern PROSE = Pattern.compile("(?<![A-Za-z])[A-Za-z]{3,}[,.;:]? +[A-Za-z]{2,}(?![A-Za-z])");
    /** Short names with signs between them: (P, w), n = 2, a + b. */
    private static final Pattern VARIABLES =
            Pattern.compile("(?!\\d+ [A-Za-z])(?:[A-Za-z]{1,2}(?![A-Za-z])|[^A-Za-z])*+");

    /** Nothing to count with, or something that what follows is to be compared with: J=. */
    private static final Pattern SIGNS = Pattern.compile("[^\\p{L}\\p{N}]+|[A-Za-z]{1,2} ?[=<>]");

    private static final Pattern COMMAND = Pattern.compile("\\\\([A-Za-z]{2,})");
    private static final Pattern POWER_OF_TEN =
            Pattern.compile("\\^(?:\\{([-+−]?\\d{1,3})}|([-+−]?\\d{1,3}))(?![\\d.]\\d)");
    private static final Pattern CITATION = Pattern.compile("cite[a-z]*|ref|eqref|autoref|cref|Cref");
    private static final Set<String> ADDRESSES = Set.of("url", "path", "nolinkurl");

    private final String text;
    private final int depth;
    private final Letters letters;
    private final StringBuilder plain;
    private int at;

    private TexText(String text, int depth) {
        this.text = text;
        this.depth = depth;
        letters = new Letters(text);
        plain = new StringBuilder(text.length());
    }

    /** The line in plain text; it may have gained runs of spaces. */
    public static String plain(String line) {
        return plain(line, 0);
    }

    /** Whether every command of a formula is known here, and its braces are balanced. */
    public static boolean understands(String formula) {
        return formula.indexOf('%') < 0
                && !formula.contains("^^")
                && Formula.plain(formula).isPresent();
    }

    private static String plain(String line, int depth) {
        return depth > DEEPEST || !TEX.matcher(line).find() ? line : new TexText(line, depth).read();
    }

    private String inner(String argument) {
        return plain(argument.strip(), depth + 1);
    }

    private String read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean read =
                    switch (c) {
                        case '$' -> mathematics(text.startsWith("$$", at) ? "$$" : "$");
                        case '\\' -> letter() || bare() || command();
                        case '{' -> bare() || group();
                        case '~' -> tie();
                        case '^' -> powerOfTen();
                        default -> bare();
                    };
            if (!read) {
                // Two behind a backslash, so that an escaped one begins nothing.
                copyTo(Math.min(c == '\\' ? at + 2 : text.offsetByCodePoints(at, 1), text.length()));
            }
        }
        return plain.toString();
    }

    private boolean copyTo(int end) {
        plain.append(text, at, end);
        at = end;
        return true;
    }

    private boolean put(String more, int end) {
        plain.append(more);
        at = end;
        return true;
    }

    private boolean mathematics(String sign) {
        int from = at + sign.length();
        int end = closing(sign, from);
        if (end < 0 || !isFormula(text.substring(from, end), charAt(end + sign.length()))) {
            return false;
        }
        return formula(text.substring(from, end), end + sign.length());
    }

    /** Puts the formula's plain form; itself and what encloses it where it has none. */
    private boolean formula(String tex, int end) {
        Optional<String> form = Formula.plain(tex);
        if (form.isEmpty()) {
            return copyTo(end);
        }
        boolean before = ROOM_BEFORE.matcher(tex).lookingAt();
        boolean behind = ROOM_BEHIND.matcher(tex).find();
        return put((before ? " " : "") + form.get() + (behind ? " " : ""), end);
    }

    private int closing(String sign, int from) {
        int most = Math.min(text.length(), from + LONGEST_FORMULA);
        for (int end = from; end < most; end++) {
            if (text.charAt(end) == '\\') {
                end++;
            } else if (text.startsWith(sign, end)) {
                return end;
            }
        }
        return -1;
    }

    /** Whether that is mathematics and not what stands between two prices. */
    private static boolean isFormula(String between, char next) {
        String bare = OWN_SIGNS.matcher(between).replaceAll("");
        if (bare.isBlank() || PROSE.matcher(SAID.matcher(bare).replaceAll("")).find()) {
            return false;
        }
        if (bare.chars().anyMatch(c -> "\\^_".indexOf(c) >= 0)) {
            return true;
        }
        String inner = between.strip();
        if (inner.isEmpty() || SIGNS.matcher(inner).matches()) {
            return !inner.isEmpty();
        }
        boolean digitFollows = Character.isDigit(next);
        boolean tight = inner.length() == between.length();
        return !digitFollows
                && (tight && inner.indexOf(' ') < 0 || VARIABLES.matcher(inner).matches());
    }

    /** A formula without dollar signs: a word of the line with a sign's command in it, such as {@code M_{\odot}}. */
    private boolean bare() {
        if (at > 0 && " (".indexOf(text.charAt(at - 1)) < 0) {
            return false;
        }
        int end = text.indexOf(' ', at);
        end = end < 0 ? text.length() : end;
        if (end - at > LONGEST_FORMULA) {
            return false;
        }
        String word = text.substring(at, end);
        boolean sign = COMMAND.matcher(word)
                .results()
                .map(command -> command.group(1))
                .anyMatch(name -> Commands.is(Kind.LETTER, name)
                        || Commands.is(Kind.RELATION, name)
                        || Commands.is(Kind.OPERATOR, name));
        Optional<String> form = sign ? Formula.plain(word) : Optional.empty();
        return form.isPresent() && put(form.get(), end);
    }

    private boolean letter() {
        Piece letter = letters.at(at);
        if (letter == null) {
            letter = letters.quotation(at);
        }
        return letter != null && put(letter.plain(), letter.end());
    }

    private boolean command() {
        char sign = charAt(at + 1);
        return switch (sign) {
            case '%', '&', '_', '#', '$', '{', '}' -> put(String.valueOf(sign), at + 2);
            case ' ', ',', ';', ':' -> isRoom() && put(" ", at + 2);
            case '(' -> enclosed("\\)");
            case '[' -> enclosed("\\]");
            case '\\' -> (charAt(at + 2) == ' ' || at + 2 == text.length()) && at > 0 && put(" ", at + 2);
            default -> named();
        };
    }

    /** Whether the space there parts something: not in a path, nor at the end of a line. */
    private boolean isRoom() {
        return at > 0 && at + 2 < text.length() && charAt(at + 1) != ':';
    }

    private boolean enclosed(String sign) {
        int end = closing(sign);
        String between = end < 0 ? "" : text.substring(at + 2, end);
        return end >= 0 && isFormula(between, ' ') && formula(between, end + 2);
    }

    private int closing(String sign) {
        return indexOf(sign, at + 2, LONGEST_FORMULA);
    }

    /** Where that begins, at most so many characters on; -1 where it does not. */
    private int indexOf(String sign, int from, int most) {
        return text.indexOf(sign, from, Math.max(from, Math.min(text.length(), from + most)));
    }

    private boolean named() {
        Matcher command = COMMAND.matcher(text).region(at, text.length());
        if (!command.lookingAt()) {
            return false;
        }
        String name = command.group(1);
        int end = command.end();
        if (name.equals("begin")) {
            return environment(end);
        }
        List<String> arguments = new ArrayList<>();
        int behind = arguments(end, arguments);
        String form = form(name, arguments);
        if (form != null) {
            return put(form, behind);
        }
        String sign = Commands.text(Kind.LETTER, name);
        sign = sign == null ? Commands.text(Kind.RELATION, name) : sign;
        sign = sign == null ? Commands.text(Kind.OPERATOR, name) : sign;
        if (sign != null) {
            return put(sign, text.startsWith("{}", end) ? end + 2 : end);
        }
        boolean behindWord = at > 0 && ":\\".indexOf(text.charAt(at - 1)) >= 0;
        return Commands.is(Kind.LAYOUT, name) && !behindWord && put("", end);
    }

    /** The groups that follow at once, two at most; where the last one ends. */
    private int arguments(int from, List<String> arguments) {
        int behind = from;
        while (arguments.size() < 2 && charAt(behind) == '{') {
            int close = closingBrace(behind);
            if (close < 0) {
                break;
            }
            arguments.add(text.substring(behind + 1, close));
            behind = close + 1;
        }
        return behind;
    }

    private @Nullable String form(String name, List<String> arguments) {
        if (arguments.size() == 2) {
            String first = arguments.getFirst();
            String second = arguments.getLast();
            switch (name) {
                case "href" -> {
                    String words = inner(second);
                    return words.equals(first.strip()) ? words : words + " (" + first.strip() + ")";
                }
                case "textcolor", "texorpdfstring", "colorbox" -> {
                    return inner(second);
                }
                case "ion" -> {
                    return inner(first) + " " + second.strip().toUpperCase(Locale.ROOT);
                }
                default -> {
                    if (!isOfOneArgument(name)) {
                        return null;
                    }
                    return of(name, first) + "{" + second + "}";
                }
            }
        }
        return arguments.isEmpty() || !isOfOneArgument(name) ? null : of(name, arguments.getFirst());
    }

    private static boolean isOfOneArgument(String name) {
        return Commands.is(Kind.STYLE, name)
                || ADDRESSES.contains(name)
                || CITATION.matcher(name).matches()
                || Set.of("footnote", "num", "textsuperscript", "textsubscript").contains(name);
    }

    private String of(String name, String argument) {
        String words = ADDRESSES.contains(name) ? argument : inner(argument);
        return switch (name) {
            case "footnote" -> " (" + words + ")";
            case "textsuperscript" -> Script.RAISED.of(words);
            case "textsubscript" -> Script.LOWERED.of(words);
            default -> CITATION.matcher(name).matches() ? "[" + words + "]" : words;
        };
    }

    /** From {@code \begin{x}} to {@code \end{x}}: as it is written. */
    private boolean environment(int from) {
        int close = closingBrace(from);
        if (charAt(from) != '{' || close < 0) {
            return false;
        }
        String end = "\\end" + text.substring(from, close + 1);
        int last = indexOf(end, close, LONGEST_GROUP);
        return last >= 0 && copyTo(last + end.length());
    }

    /** A letter in braces, or words with a switch of the font before them: {@code {\it Gaia}}. */
    private boolean group() {
        Piece letter = letters.grouped(at);
        if (letter != null) {
            return put(letter.plain(), letter.end());
        }
        if (charAt(at + 2) == '}' && charAt(at + 1) > 0x7f && Character.isLetter(charAt(at + 1))) {
            return put(text.substring(at + 1, at + 2), at + 3);
        }
        Matcher command = COMMAND.matcher(text).region(at + 1, text.length());
        int close = command.lookingAt() ? closingBrace(at) : -1;
        if (close < 0) {
            return false;
        }
        String name = command.group(1);
        if (Commands.is(Kind.SWITCH, name)) {
            return put(inner(text.substring(command.end(), close)), close + 1);
        }
        boolean alone = command.end() == close && Commands.is(Kind.LETTER, name);
        return alone && formula(text.substring(at + 1, close), close + 1);
    }

    /** Where the group ends that begins at that brace; -1 where it does not, or far away. */
    private int closingBrace(int brace) {
        if (charAt(brace) != '{') {
            return -1;
        }
        int open = 0;
        int most = Math.min(text.length(), brace + LONGEST_GROUP);
        for (int i = brace; i < most; i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '{') {
                open++;
            } else if (c == '}' && --open == 0) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The space that may not break, as in {@code Fig.~3}: not about, as in z~3; not from one number to another, not a home
     * folder.
     */
    private boolean tie() {
        char before = at == 0 ? ' ' : text.charAt(at - 1);
        char next = charAt(at + 1);
        boolean between = (Character.isLetterOrDigit(before) || ".,;:)]}$".indexOf(before) >= 0)
                && (Character.isLetterOrDigit(next) || "\\$([".indexOf(next) >= 0);
        boolean variable = Character.isLetter(before) && (at == 1 || !Character.isLetterOrDigit(charAt(at - 2)));
        boolean about = Character.isDigit(next) && (Character.isDigit(before) || variable);
        return between && !about && !isInAddress() && put(" ", at + 1);
    }

    private boolean isInAddress() {
        for (int i = at - 1; i >= Math.max(0, at - LONGEST_ADDRESS) && text.charAt(i) != ' '; i--) {
            if (text.charAt(i) == '/') {
                return true;
            }
        }
        return false;
    }

    private boolean powerOfTen() {
        boolean ten = at >= 2
                && text.startsWith("10", at - 2)
                && (at == 2 || !Character.isLetterOrDigit(text.charAt(at - 3)) && text.charAt(at - 3) != '.');
        Matcher power = POWER_OF_TEN.matcher(text).region(at, text.length()).useTransparentBounds(true);
        if (!ten || !power.lookingAt()) {
            return false;
        }
        String digits = power.group(1) == null ? power.group(2) : power.group(1);
        return put(Script.RAISED.of(digits.replace('−', '-')), power.end());
    }

    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : '\0';
    }
}
