package org.dailypapers.interest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads a line of the language of interests.
 *
 * <pre>
 * line   = ["!"] either ["^" number]
 * either = all { "OR" all }
 * all    = part { part }
 * part   = ["-"] [field ":"] ( word | word "*" | '"' phrase '"' | "(" either ")" )
 * field  = "title" | "author" | "org" | "category" | "topic"
 * </pre>
 */
public final class InterestParser {

    /** The longest line, in UTF-16 units. */
    public static final int LONGEST = 300;

    /** The most words, phrases and prefixes in a line. */
    public static final int MOST_TERMS = 32;

    static final int MOST_PREFIXES = 4;
    static final int SHORTEST_PREFIX = 2;
    static final int DEEPEST = 8;

    private static final Map<String, Query.Field> FIELDS = Map.of(
            "title", Query.Field.TITLE,
            "author", Query.Field.AUTHOR,
            "org", Query.Field.ORGANIZATION,
            "category", Query.Field.CATEGORY);

    private static final Set<String> NAMES = Set.of("title", "author", "org", "category", "topic");

    private final String line;
    private int at;
    private int terms;
    private int prefixes;

    private InterestParser(String line) {
        this.line = line;
    }

    /** The interest that a line asks for, or why it cannot be read. Time and stack are bounded by the line's cap. */
    public static Parsed parse(String typed) {
        String line = typed.strip();
        if (line.length() > LONGEST) {
            return new InterestError(
                    line.substring(0, LONGEST),
                    LONGEST,
                    "An interest has at most " + LONGEST + " characters; split it into several lines");
        }
        int odd = unreadable(line);
        if (odd >= 0) {
            return new InterestError(
                    line, odd, "There is a character here that no text holds; delete it and type the line anew");
        }
        String straight = line.replace('“', '"').replace('”', '"').replace('„', '"');
        try {
            return new InterestParser(straight).interest(line);
        } catch (Fault fault) {
            return new InterestError(line, Math.min(fault.position, line.length()), fault.getMessage());
        }
    }

    /**
     * The interest of a line known to be good.
     *
     * @throws IllegalArgumentException where it is not
     */
    public static Interest known(String line) {
        return switch (parse(line)) {
            case Interest interest -> interest;
            case InterestError error -> throw new IllegalArgumentException(line + ": " + error.message());
        };
    }

    private static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int position;

        Fault(int position, String reason) {
            super(reason, null, false, false);
            this.position = position;
        }
    }

    private Interest interest(String typed) {
        skipSpace();
        boolean muted = at < line.length() && line.charAt(at) == '!';
        if (muted) {
            at++;
        }
        Query query = either(0, Query.Field.ANYWHERE);
        double weight = weight();
        if (at < line.length()) {
            throw new Fault(at, "There is no bracket open that this one could close");
        }
        if (!finds(query)) {
            throw new Fault(0, "A line must also say what to find, not only what to leave out");
        }
        return new Interest(typed, query, muted, weight);
    }

    private double weight() {
        if (at >= line.length() || line.charAt(at) != '^') {
            return 1;
        }
        int start = ++at;
        String number = line.substring(start).strip();
        at = line.length();
        double weight = number.matches("[0-9]{1,2}(\\.[0-9]{1,3})?") ? Double.parseDouble(number) : Double.NaN;
        if (weight >= 0.1 && weight <= 10) {
            return weight;
        }
        throw new Fault(start, "A weight stands at the end of the line and is a number from 0.1 to 10, such as ^2");
    }

    private Query either(int depth, Query.Field field) {
        if (depth > DEEPEST) {
            throw new Fault(at, "Brackets may be " + DEEPEST + " deep at most");
        }
        List<Query> alternatives = new ArrayList<>();
        alternatives.add(all(depth, field));
        while (orAhead()) {
            at += 2;
            alternatives.add(all(depth, field));
        }
        return alternatives.size() == 1 ? alternatives.getFirst() : new Query.Any(alternatives);
    }

    private Query all(int depth, Query.Field field) {
        List<Query> parts = new ArrayList<>();
        int start = at;
        while (true) {
            skipSpace();
            if (at >= line.length() || line.charAt(at) == ')' || line.charAt(at) == '^' || orAhead()) {
                break;
            }
            parts.add(part(depth, field));
        }
        if (parts.isEmpty()) {
            throw new Fault(
                    Math.min(start, line.length()),
                    line.isBlank() ? "An interest needs at least one word" : "A word or a phrase is missing here");
        }
        return parts.size() == 1 ? parts.getFirst() : new Query.All(parts);
    }

    private Query part(int depth, Query.Field outer) {
        int start = at;
        boolean excluded = line.charAt(at) == '-';
        if (excluded) {
            at++;
            if (at >= line.length() || isSpace(line.charAt(at))) {
                throw new Fault(start, "A minus sign needs the word that it leaves out, without a space between");
            }
        }
        Optional<String> name = fieldName();
        Query found;
        if (name.isPresent() && name.get().equals("topic")) {
            if (outer != Query.Field.ANYWHERE) {
                throw new Fault(start, "A topic cannot stand inside a field");
            }
            found = topic();
        } else {
            found = primary(depth, name.map(n -> field(n, start)).orElse(outer), outer);
        }
        return excluded ? new Query.Not(found) : found;
    }

    private Query.Field field(String name, int start) {
        Query.Field field = FIELDS.get(name);
        if (field == null) {
            String near = Spelling.nearest(name, NAMES)
                    .map(n -> "; did you mean " + n + ":?")
                    .orElse("; there are title:, author:, org:, category: and topic:. In quotes a colon is plain text");
            throw new Fault(start, "There is no field \"" + name + ":\"" + near);
        }
        return field;
    }

    /** The name before a colon, consumed together with it, where a word goes on right after it. */
    private Optional<String> fieldName() {
        int end = at;
        while (end < line.length() && isAsciiLetter(line.charAt(end))) {
            end++;
        }
        if (end == at || end >= line.length() || line.charAt(end) != ':') {
            return Optional.empty();
        }
        String name = line.substring(at, end).toLowerCase(Locale.ROOT);
        if (end + 1 == line.length() && !NAMES.contains(name)) {
            return Optional.empty();
        }
        at = end + 1;
        if (at < line.length() && isSpace(line.charAt(at))) {
            throw new Fault(at, "The word stands right after the colon, without a space");
        }
        return Optional.of(name);
    }

    private Query topic() {
        int start = at;
        while (at < line.length() && (Character.isLetterOrDigit(line.charAt(at)) || line.charAt(at) == '-')) {
            at++;
        }
        if (at == start) {
            throw new Fault(start, "The name of a topic is missing, such as topic:language-models");
        }
        count(start);
        return new Query.InTopic(line.substring(start, at).toLowerCase(Locale.ROOT));
    }

    private Query primary(int depth, Query.Field field, Query.Field outer) {
        if (at >= line.length() || line.charAt(at) == ')' || line.charAt(at) == '^') {
            throw new Fault(at, "A word or a phrase is missing here");
        }
        if (field != outer && outer != Query.Field.ANYWHERE) {
            throw new Fault(at, "A field cannot stand inside another one");
        }
        char first = line.charAt(at);
        if (first == '(') {
            int open = at++;
            Query inner = either(depth + 1, field);
            if (at >= line.length() || line.charAt(at) != ')') {
                throw new Fault(open, "This bracket is not closed");
            }
            at++;
            return inner;
        }
        return first == '"' ? phrase(field) : word(field);
    }

    private Query phrase(Query.Field field) {
        int open = at++;
        int end = line.indexOf('"', at);
        if (end < 0) {
            throw new Fault(open, "This quotation mark is not closed");
        }
        String text = line.substring(at, end).strip();
        at = end + 1;
        if (!hasContent(text)) {
            throw new Fault(open, "There is no word between these quotation marks");
        }
        count(open);
        return new Query.Phrase(field, text);
    }

    private Query word(Query.Field field) {
        int start = at;
        while (at < line.length() && !endsWord(line.charAt(at))) {
            at++;
        }
        String text = line.substring(start, at);
        count(start);
        int star = text.indexOf('*');
        if (star >= 0) {
            String stem = text.substring(0, star);
            if (star < text.length() - 1 || !startsWord(stem, field)) {
                throw new Fault(
                        start, "A star stands at the end of a word's first letters, two at least, such as agent*");
            }
            if (++prefixes > MOST_PREFIXES) {
                throw new Fault(start, "A line may hold " + MOST_PREFIXES + " words with a star at most");
            }
            return new Query.Prefix(field, stem);
        }
        if (!hasContent(text)) {
            throw new Fault(start, "There is no letter or digit in \"" + text + "\"");
        }
        return new Query.Word(field, text);
    }

    private void count(int position) {
        if (++terms > MOST_TERMS) {
            throw new Fault(position, "A line may hold " + MOST_TERMS + " words at most; split it into several lines");
        }
    }

    private boolean orAhead() {
        skipSpace();
        return line.startsWith("OR", at) && (at + 2 == line.length() || endsWord(line.charAt(at + 2)));
    }

    private void skipSpace() {
        while (at < line.length() && isSpace(line.charAt(at))) {
            at++;
        }
    }

    private static boolean endsWord(char c) {
        return isSpace(c) || c == '(' || c == ')' || c == '"' || c == '^';
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** Whether enough letters stand before the star: of a category any, else those of the last part of the word. */
    private static boolean startsWord(String stem, Query.Field field) {
        int letters = 0;
        for (int i = stem.length(); i > 0; i -= Character.charCount(stem.codePointBefore(i))) {
            if (Character.isLetterOrDigit(stem.codePointBefore(i))) {
                letters++;
            } else if (field != Query.Field.CATEGORY) {
                break;
            }
        }
        return letters >= SHORTEST_PREFIX;
    }

    /** The place of the first control character or half of a pair of surrogates; -1 where there is none. */
    private static int unreadable(String line) {
        for (int i = 0; i < line.length(); i += Character.charCount(line.codePointAt(i))) {
            int c = line.codePointAt(i);
            if (Character.getType(c) == Character.SURROGATE
                    || Character.isISOControl(c) && !Character.isWhitespace(c)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isAsciiLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean hasContent(String text) {
        return text.codePoints().anyMatch(Character::isLetterOrDigit);
    }

    /** Whether something is asked for that can be looked up, in every alternative. */
    private static boolean finds(Query query) {
        return switch (query) {
            case Query.Not not -> false;
            case Query.All all -> all.parts().stream().anyMatch(InterestParser::finds);
            case Query.Any any -> any.parts().stream().allMatch(InterestParser::finds);
            case Query.Word word -> true;
            case Query.Phrase phrase -> true;
            case Query.Prefix prefix -> true;
            case Query.InTopic topic -> true;
        };
    }

    /** Every line that is not blank, as it was typed. */
    public static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(l -> !l.isEmpty()).collect(Collectors.toList());
    }
}
