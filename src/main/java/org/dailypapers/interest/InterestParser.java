package org.dailypapers.interest;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dailypapers.language.Said;

/**
 * Reads a line of the language of interests.
 *
 * <pre>
 * line   = ["!"] either ["^" number]
 * either = all { ("OR" | "or" | "|") all }
 * all    = part { ["AND" | "and" | "&" | ","] part }
 * part   = ["-" | "NOT" | "ANDNOT"] [field ":"] ( word | word "*" | ["="] word | '"' ["="] phrase '"' | "(" either ")" )
 *        | ("like" | "less") ":" ( id | '"' id '"' )
 * field  = "title" | "author" | "org" | "category" | "topic"
 * </pre>
 *
 * <p>Signs of other scripts and of typesetting are read as {@link PlainSigns} has them.
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

    private static final Set<String> NAMES = Set.of("title", "author", "org", "category", "topic", "like", "less");

    /** A number of a name, such as 4 of GPT 4, 2.5 or 4o; a year is none, nor is 3D. */
    private static final Pattern NUMBER = Pattern.compile("\\d{1,3}(?:\\.\\d+)*[ovOV]?");

    private static final Pattern WITH_NUMBER = Pattern.compile("\\p{L}[\\p{L}\\p{N}.+#-]*");

    /** The name of an algorithm or a space, such as A* or C*-algebra, of which the star is part. */
    private static final Pattern STARRED = Pattern.compile("[a-zA-Z]\\*(?:-[^*]*)?");

    /** R&D, also with spaces. */
    private static final Pattern INITIALS = Pattern.compile("\\p{L} & \\p{L}");

    /** In small letters "not" is a word of titles, but not behind these. */
    private static final List<String> EXCLUDING =
            List.of("but not", "and not", "But not", "And not", "AND not", "BUT NOT", "But NOT", "but NOT");

    private static final Said WORD_MISSING = Said.of("wordMissing", "A word or a phrase is missing here");

    private static final Said COMMA = Said.of(
            "noteComma",
            "is read with each comma as “and”: papers must hold what stands on both sides; for either of them write OR, or a"
                    + " line for each");
    private static final Said SMALL_NOT = Said.of(
            "noteSmallNot",
            "looks for the word “not” too; to leave something out write NOT in capitals, or a minus sign before the word");

    private final String typed;
    private final String line;
    private final Set<Said> notes = new LinkedHashSet<>();
    private int at;
    private int terms;
    private int prefixes;

    /** Where less: stands; -1 where it does not. */
    private int lessening = -1;

    /** The line with plain signs is as long as the one that was typed. */
    private InterestParser(String typed) {
        this.typed = typed;
        line = PlainSigns.of(typed);
    }

    /** The interest that a line asks for, or why it cannot be read. Time and stack are bounded by the line's cap. */
    public static Parsed parse(String typed) {
        String line = typed.strip();
        if (line.length() > LONGEST) {
            return new InterestError(
                    line.substring(0, LONGEST),
                    LONGEST,
                    Said.of(
                            "interestTooLong",
                            "An interest has at most " + LONGEST + " characters; split it into several lines",
                            LONGEST));
        }
        int odd = unreadable(line);
        if (odd >= 0) {
            return new InterestError(
                    line,
                    odd,
                    Said.of(
                            "unreadableCharacter",
                            "There is a character here that no text holds; delete it and type the line anew"));
        }
        try {
            return new InterestParser(line).interest();
        } catch (Fault fault) {
            return new InterestError(line, Math.min(fault.position, line.length()), fault.reason);
        }
    }

    /**
     * How signs and words of a line were read that people mean differently, such as a comma: a sentence each, to follow
     * the line; none where there is nothing to tell, or the line cannot be read.
     */
    public static List<Said> notes(String typed) {
        if (!(parse(typed) instanceof Interest interest)) {
            return List.of();
        }
        var parser = new InterestParser(interest.line());
        parser.interest();
        return List.copyOf(parser.notes);
    }

    private static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int position;
        private final transient Said reason;

        Fault(int position, Said reason) {
            super(reason.english(), null, false, false);
            this.position = position;
            this.reason = reason;
        }
    }

    private Interest interest() {
        skipSpace();
        boolean muted = at < line.length() && line.charAt(at) == '!';
        if (muted) {
            at++;
        }
        Query query = either(0, Query.Field.ANYWHERE);
        if (lessening >= 0 && (muted || !(query instanceof Query.Like))) {
            throw new Fault(
                    lessening,
                    Said.of(
                            "lessAlone",
                            "less: stands alone on its line; to keep out what resembles a paper write -like:"));
        }
        double weight = weight();
        if (at < line.length()) {
            throw new Fault(at, Said.of("bracketUnopened", "There is no bracket open that this one could close"));
        }
        if (!finds(query)) {
            throw new Fault(
                    0, Said.of("onlyExcluding", "A line must also say what to find, not only what to leave out"));
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
        throw new Fault(
                start,
                Said.of(
                        "weightFault",
                        "A weight stands at the end of the line and is a number from 0.1 to 10, such as ^2"));
    }

    private Query either(int depth, Query.Field field) {
        if (depth > DEEPEST) {
            throw new Fault(at, Said.of("bracketsTooDeep", "Brackets may be " + DEEPEST + " deep at most", DEEPEST));
        }
        List<Query> alternatives = new ArrayList<>();
        alternatives.add(all(depth, field));
        while (at < line.length() && or() > 0) {
            at += or();
            alternatives.add(all(depth, field));
        }
        return alternatives.size() == 1 ? alternatives.getFirst() : new Query.Any(alternatives);
    }

    private Query all(int depth, Query.Field field) {
        List<Query> parts = new ArrayList<>();
        var apart = new BitSet();
        int start = at;
        while (true) {
            int end = at;
            int joined = joiners(!parts.isEmpty());
            apart.set(parts.size(), !line.substring(end, at).isBlank());
            if (atEnd() || or() > 0) {
                if (joined >= 0) {
                    throw new Fault(Math.min(joined, line.length()), WORD_MISSING);
                }
                break;
            }
            parts.add(part(depth, field));
        }
        if (parts.isEmpty()) {
            throw new Fault(
                    Math.min(start, line.length()),
                    line.isBlank() ? Said.of("interestEmpty", "An interest needs at least one word") : WORD_MISSING);
        }
        List<Query> held = numbersHeld(parts, apart);
        return held.size() == 1 ? held.getFirst() : new Query.All(held);
    }

    private boolean atEnd() {
        return at >= line.length() || line.charAt(at) == ')' || line.charAt(at) == '^';
    }

    /**
     * Goes over what says no more than that the next part must be found too: AND, an ampersand, commas.
     *
     * @return where something is missing if nothing follows; -1 where that is no fault
     */
    private int joiners(boolean between) {
        int needed = -1;
        while (true) {
            skipSpace();
            if (at < line.length() && (line.charAt(at) == ',' || line.charAt(at) == ';')) {
                at++;
                skipSpace();
                if (between && !atEnd()) {
                    notes.add(COMMA);
                }
            } else if ((word("AND") || sign("&&") || sign("&")) && !word("AND not")) {
                if (!between) {
                    throw new Fault(at, WORD_MISSING);
                }
                at += word("AND") || sign("&&") ? word("AND") ? 3 : 2 : 1;
                needed = at;
            } else if (between && (word("and") || word("And")) && goesOn(at + 3) && exclusion() == 0) {
                at += 3;
            } else {
                return needed;
            }
        }
    }

    /** How long the sign or word is here that parts alternatives; 0 where none stands. */
    private int or() {
        skipSpace();
        if (at < line.length() && line.charAt(at) == '|') {
            return line.startsWith("||", at) ? 2 : 1;
        }
        if (word("OR")) {
            return 2;
        }
        return (word("or") || word("Or")) && followsPart() && goesOn(at + 2)
                ? 2
                : word("and/or") && followsPart() && goesOn(at + 6) ? 6 : 0;
    }

    /** Whether something was read before this place that an alternative may stand beside. */
    private boolean followsPart() {
        String before = line.substring(0, at).stripTrailing();
        return !before.isEmpty() && "(|!,;".indexOf(before.charAt(before.length() - 1)) < 0;
    }

    private boolean behindComma() {
        String before = line.substring(0, at).stripTrailing();
        return before.length() > 1 && before.endsWith(",") && before.charAt(before.length() - 2) != '(';
    }

    /** Whether a part may begin behind that place: else a small "or" or "and" is a word like any other. */
    private boolean goesOn(int place) {
        int next = place;
        while (next < line.length() && isSpace(line.charAt(next))) {
            next++;
        }
        return next < line.length() && ")^|,;".indexOf(line.charAt(next)) < 0;
    }

    /** Whether that word stands here by itself. */
    private boolean word(String word) {
        int end = at + word.length();
        return line.startsWith(word, at) && (end == line.length() || endsWord(end));
    }

    /** Whether that sign stands here by itself. */
    private boolean sign(String sign) {
        int end = at + sign.length();
        return line.startsWith(sign, at) && (end == line.length() || isSpace(line.charAt(end)));
    }

    /** The length of what leaves the next part out, in signs or words; 0 where nothing does. */
    private int exclusion() {
        char first = line.charAt(at);
        if (first == '-' || first == '!') {
            return 1;
        }
        for (String word : List.of("ANDNOT", "NOT")) {
            if (word(word)) {
                return word.length();
            }
        }
        if (!followsPart()) {
            return word("not") && behindComma() && goesOn(at + 3) ? 3 : 0;
        }
        for (String words : EXCLUDING) {
            if (word(words) && goesOn(at + words.length())) {
                return words.length();
            }
        }
        return 0;
    }

    private Query part(int depth, Query.Field outer) {
        int start = at;
        int exclusion = exclusion();
        if (exclusion > 0) {
            exclude(exclusion);
        }
        Optional<String> name = fieldName();
        Query found;
        if (name.isPresent() && name.get().equals("topic")) {
            if (outer != Query.Field.ANYWHERE) {
                throw new Fault(start, Said.of("topicInField", "A topic cannot stand inside a field"));
            }
            found = topic();
        } else if (name.isPresent() && (name.get().equals("like") || name.get().equals("less"))) {
            if (outer != Query.Field.ANYWHERE) {
                throw new Fault(start, Said.of("likeInField", "A paper's id cannot stand inside a field"));
            }
            lessening = name.get().equals("less") ? start : lessening;
            found = like(name.get().equals("less"));
        } else {
            found = primary(depth, name.map(n -> field(n, start)).orElse(outer), outer);
        }
        return exclusion > 0 ? new Query.Not(found) : found;
    }

    private void exclude(int length) {
        int start = at;
        boolean sign = length == 1;
        at += length;
        if (sign && (at >= line.length() || isSpace(line.charAt(at)))) {
            throw new Fault(
                    start,
                    line.charAt(start) == '!'
                            ? Said.of(
                                    "exclamationFault",
                                    "An exclamation mark stands before the whole line, or right before a word that it leaves out")
                            : Said.of(
                                    "minusFault",
                                    "A minus sign needs the word that it leaves out, without a space between"));
        }
        skipSpace();
        if (!sign && atEnd()) {
            throw new Fault(Math.min(at, line.length()), Said.of("notFault", "NOT needs the word that it leaves out"));
        }
    }

    private Query.Field field(String name, int start) {
        Query.Field field = FIELDS.get(name);
        if (field == null) {
            String none = "There is no field \"" + name + ":\"";
            throw new Fault(
                    start,
                    Spelling.nearest(name, NAMES)
                            .map(n -> Said.of("noFieldNear", none + "; did you mean " + n + ":?", name, n))
                            .orElseGet(() -> Said.of(
                                    "noField",
                                    none
                                            + "; there are title:, author:, org:, category:, topic:, like: and less:. In"
                                            + " quotes a colon is plain text",
                                    name)));
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
            throw new Fault(at, Said.of("spaceAfterColon", "The word stands right after the colon, without a space"));
        }
        return Optional.of(name);
    }

    private Query topic() {
        int start = at;
        while (at < line.length() && (Character.isLetterOrDigit(line.charAt(at)) || line.charAt(at) == '-')) {
            at++;
        }
        if (at == start) {
            throw new Fault(
                    start, Said.of("topicMissing", "The name of a topic is missing, such as topic:language-models"));
        }
        count(start);
        return new Query.InTopic(line.substring(start, at).toLowerCase(Locale.ROOT));
    }

    private Query like(boolean less) {
        int start = at;
        String id;
        if (at < line.length() && line.charAt(at) == '"') {
            int end = line.indexOf('"', at + 1);
            if (end < 0) {
                throw new Fault(start, Said.of("quoteUnclosed", "This quotation mark is not closed"));
            }
            id = typed.substring(at + 1, end).strip();
            at = end + 1;
        } else {
            while (at < line.length() && !endsWord(at)) {
                at++;
            }
            id = line.substring(start, at);
        }
        if (id.chars().noneMatch(Character::isDigit)) {
            throw new Fault(start, Said.of("likeId", "Here stands a paper's id, such as like:2511.12345"));
        }
        count(start);
        return new Query.Like(id, less);
    }

    private Query primary(int depth, Query.Field field, Query.Field outer) {
        if (atEnd()) {
            throw new Fault(at, WORD_MISSING);
        }
        if (field != outer && outer != Query.Field.ANYWHERE) {
            throw new Fault(at, Said.of("fieldInField", "A field cannot stand inside another one"));
        }
        char first = line.charAt(at);
        if (first == '(') {
            int open = at++;
            Query inner = either(depth + 1, field);
            if (at >= line.length() || line.charAt(at) != ')') {
                throw new Fault(open, Said.of("bracketUnclosed", "This bracket is not closed"));
            }
            at++;
            return inner;
        }
        if (first == '=') {
            return exact(field);
        }
        return first == '"' ? phrase(field) : word(field);
    }

    private Query exact(Query.Field field) {
        int start = at++;
        if (at < line.length() && line.charAt(at) == '"') {
            return phrase(field) instanceof Query.Phrase phrase
                    ? exact(field, phrase.text(), start)
                    : exact(field, "", start);
        }
        while (at < line.length() && !endsWord(at)) {
            at++;
        }
        count(start);
        String word = line.substring(start + 1, at);
        if (word.indexOf('*') >= 0 && !STARRED.matcher(word).matches()) {
            throw new Fault(
                    start,
                    Said.of(
                            "exactWithStar",
                            "The exact writing knows no beginnings; take the equals sign or the star away"));
        }
        return exact(field, word, start);
    }

    private static Query exact(Query.Field field, String text, int start) {
        if (!hasContent(text)) {
            throw new Fault(
                    start,
                    Said.of(
                            "exactMissing",
                            "An equals sign needs the word that is to be found as it is written, such as =WHO"));
        }
        if (field == Query.Field.AUTHOR || field == Query.Field.CATEGORY) {
            throw new Fault(
                    start,
                    Said.of("exactField", "Names and categories are compared as they are; take the equals sign away"));
        }
        return new Query.Exact(field, Normalizer.normalize(text, Normalizer.Form.NFC));
    }

    private Query phrase(Query.Field field) {
        int open = at++;
        int end = line.indexOf('"', at);
        if (end < 0) {
            throw new Fault(open, Said.of("quoteUnclosed", "This quotation mark is not closed"));
        }
        // The second of two single marks is not of the phrase.
        int start = isSpace(line.charAt(at)) && at < end ? at + 1 : at;
        String text = typed.substring(start, end).strip();
        at = end + 1;
        if (!hasContent(text)) {
            throw new Fault(open, Said.of("quoteEmpty", "There is no word between these quotation marks"));
        }
        count(open);
        // Names and categories are compared as they are, with whatever stands before them in a list.
        boolean exact =
                "=＝".indexOf(text.charAt(0)) >= 0 && field != Query.Field.AUTHOR && field != Query.Field.CATEGORY;
        return exact ? exact(field, text.substring(1).strip(), open) : new Query.Phrase(field, text);
    }

    private Query word(Query.Field field) {
        int start = at;
        while (at < line.length() && !endsWord(at)) {
            at++;
        }
        Matcher ampersand = INITIALS.matcher(line).region(start, line.length());
        if (ampersand.lookingAt() && (ampersand.end() == line.length() || endsWord(ampersand.end()))) {
            at = ampersand.end();
        }
        String text = line.substring(start, at);
        count(start);
        if (text.equals("not")) {
            notes.add(SMALL_NOT);
        }
        int star = text.indexOf('*');
        if (star >= 0
                && !(field != Query.Field.CATEGORY && STARRED.matcher(text).matches())) {
            String stem = text.substring(0, star);
            if (star < text.length() - 1 || !startsWord(stem, field)) {
                throw new Fault(
                        start,
                        Said.of(
                                "starFault",
                                "A star stands at the end of a word's first letters, two at least, such as agent*"));
            }
            if (++prefixes > MOST_PREFIXES) {
                throw new Fault(
                        start,
                        Said.of(
                                "prefixesAtMost",
                                "A line may hold " + MOST_PREFIXES + " words with a star at most",
                                MOST_PREFIXES));
            }
            return new Query.Prefix(field, stem);
        }
        if (!hasContent(text)) {
            throw new Fault(start, Said.of("noContent", "There is no letter or digit in \"" + text + "\"", text));
        }
        return new Query.Word(field, text);
    }

    /**
     * The parts, of which a number is to stand beside one of the words that it was typed beside: GPT 4 is GPT-4. Other
     * words may stand anywhere.
     *
     * @param apart the places of parts before which more than a space was typed
     */
    private static List<Query> numbersHeld(List<Query> parts, BitSet apart) {
        List<Query> held = new ArrayList<>(parts);
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Query.Word number
                    && NUMBER.matcher(number.text()).matches()) {
                Query before = i > 0 && !apart.get(i) ? parts.get(i - 1) : null;
                Query after = i + 1 < parts.size() && !apart.get(i + 1) ? parts.get(i + 1) : null;
                Query.Word taker = before instanceof Query.Word word && takesNumber(word) ? word : null;
                Query.Word next =
                        after instanceof Query.Word word && takesNumber(word) && word.field() == number.field()
                                ? word
                                : null;
                if (before instanceof Query.Not(Query.Word left) && takesNumber(left)) {
                    held.set(i - 1, new Query.Not(joined(left, number.text())));
                    held.set(i, null);
                } else if (taker != null && next != null) {
                    held.set(i - 1, held.get(i - 1) == before ? null : held.get(i - 1));
                    held.set(i, either(taker, number.text(), next));
                    held.set(i + 1, null);
                } else if (taker != null) {
                    held.set(i - 1, held.get(i - 1) == before ? null : held.get(i - 1));
                    held.set(i, joined(taker, number.text()));
                } else if (next != null) {
                    held.set(i, joined(number, next.text()));
                    held.set(i + 1, null);
                }
            }
        }
        held.removeIf(Objects::isNull);
        return held;
    }

    /** LLM 4 bit: the number is of the word before it or of the one behind it. */
    private static Query either(Query.Word before, String number, Query.Word after) {
        return new Query.Any(List.of(
                new Query.All(List.of(joined(before, number), after)),
                new Query.All(List.of(before, new Query.Word(after.field(), number + " " + after.text())))));
    }

    private static Query.Word joined(Query.Word word, String next) {
        return new Query.Word(word.field(), word.text() + " " + next);
    }

    private static boolean takesNumber(Query.Word word) {
        return (word.field() == Query.Field.ANYWHERE || word.field() == Query.Field.TITLE)
                && WITH_NUMBER.matcher(word.text()).matches();
    }

    private void count(int position) {
        if (++terms > MOST_TERMS) {
            throw new Fault(
                    position,
                    Said.of(
                            "wordsAtMost",
                            "A line may hold " + MOST_TERMS + " words at most; split it into several lines",
                            MOST_TERMS));
        }
    }

    private void skipSpace() {
        while (at < line.length() && isSpace(line.charAt(at))) {
            at++;
        }
    }

    /** Whether a word ends before that place: a comma within a number, or a quotation mark in a word, ends none. */
    private boolean endsWord(int place) {
        char c = line.charAt(place);
        if (c == ',') {
            return !(place > 0
                    && Character.isDigit(line.charAt(place - 1))
                    && place + 1 < line.length()
                    && Character.isDigit(line.charAt(place + 1)));
        }
        return isSpace(c) || c == '(' || c == ')' || c == '"' || c == '^' || c == ';' || c == '|';
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
            case Query.Exact exact -> true;
            case Query.Prefix prefix -> true;
            case Query.InTopic topic -> true;
            case Query.Like like -> true;
        };
    }

    /** Every line that is not blank, as it was typed. */
    public static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(l -> !l.isEmpty()).collect(Collectors.toList());
    }
}
