package org.dailypapers.source.arxiv;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dailypapers.paper.PaperId;
import org.dailypapers.paper.Titles;

/** How arXiv writes names, categories, dates and DOIs, which is alike in its interfaces. */
final class ArxivFields {
    private static final String OAI = "oai:arXiv.org:";
    private static final int LONGEST_EXCERPT = 120;
    private static final int DATE = "2026-04-27".length();

    /** Classes of the MSC and the ACM, which stand beside them, begin with a digit or a capital. */
    private static final Pattern CATEGORY = Pattern.compile("[a-z]+(?:-[a-z]+)?(?:\\.[A-Za-z]{2,}(?:-[a-z]+)?)?");

    private static final Pattern NAME_SUFFIX = Pattern.compile("(?i)(?:[js]r\\.?|I{2,3}|IV|Ph\\.?D\\.?|M\\.?D\\.?)");
    private static final Pattern AND = Pattern.compile("\\s+and\\s+|\\s+&\\s+");

    /** Only where the comment or the abstract begins with it: others tell of an earlier version, or of another paper. */
    private static final Pattern WITHDRAWN = Pattern.compile("(?i)\\W*(?:(?:this|the)\\s+(?:\\w+\\s+)?"
            + "(?:paper|article|submission|manuscript|work|preprint|version|note)\\s+)?"
            + "(?:(?:has|have)\\s+been|is|was|being)?\\s*withdrawn\\b.*");

    private ArxivFields() {}

    /** The paper's id in an id, an address or an identifier of OAI's. */
    static PaperId id(String text) {
        if (text == null) {
            throw new IllegalArgumentException("id is missing");
        }
        String id = text.startsWith(OAI) ? text.substring(OAI.length()) : text;
        return PaperId.arxiv(id)
                .orElseThrow(() -> new IllegalArgumentException("id is not an arXiv id: " + excerpt(text)));
    }

    /** The beginning of a text, on one line. */
    static String excerpt(String text) {
        String line = Titles.oneLine(String.valueOf(text));
        return line.length() <= LONGEST_EXCERPT ? line : Titles.cut(line, LONGEST_EXCERPT) + "…";
    }

    /** Why a record cannot be used, with its id in front. */
    static String named(String id, IllegalArgumentException unusable) {
        return id == null ? unusable.getMessage() : excerpt(id) + ": " + unusable.getMessage();
    }

    /** Those of the terms that are categories of arXiv's, in order, each once. */
    static List<String> categories(Stream<String> terms) {
        return terms.filter(Objects::nonNull)
                .map(String::strip)
                .filter(term -> CATEGORY.matcher(term).matches())
                .distinct()
                .toList();
    }

    /** The first DOI of a field that may hold several. */
    static String doi(String text) {
        return text == null
                ? null
                : Stream.of(text.split("[\\s,;]+"))
                        .map(PaperId::doiName)
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElse(null);
    }

    /** The names in one string with commas between, without what stands in parentheses behind them. */
    static List<String> names(String joined) {
        List<String> names = new ArrayList<>();
        for (String part : outsideParentheses(joined).split(",")) {
            String name = part.strip();
            if (NAME_SUFFIX.matcher(name).matches() && !names.isEmpty()) {
                names.add(names.removeLast() + ", " + name);
            } else if (isName(name)) {
                names.add(name);
            }
        }
        return names;
    }

    /** The names in one string as authors write it: commas between, and "and" before the last. */
    static List<String> writtenNames(String joined) {
        return names(AND.matcher(joined).replaceAll(", "));
    }

    /** Whether it holds a letter: some lists have a colon among the names. */
    static boolean isName(String text) {
        return text != null && text.codePoints().anyMatch(Character::isLetter);
    }

    private static String outsideParentheses(String text) {
        var outside = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth = c == '(' ? depth + 1 : c == ')' ? Math.max(depth - 1, 0) : depth;
            if (depth == 0 && c != ')') {
                outside.append(c);
            }
        }
        return outside.toString();
    }

    /** The date that a date or a time begins with, as it is written; null where it is none. */
    static LocalDate date(String text) {
        try {
            return text == null || text.length() < DATE ? null : LocalDate.parse(text.substring(0, DATE));
        } catch (DateTimeException none) {
            return null;
        }
    }

    /** The instant of a time of ISO 8601, or of the midnight of a date, in UTC; null where it is none. */
    static Instant instant(String text) {
        LocalDate date = date(text);
        if (date == null || text.length() == DATE) {
            return date == null ? null : date.atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException none) {
            return null;
        }
    }

    /** A time as mail writes it (RFC 822), in the zone in which it is written; null where it is none. */
    static OffsetDateTime mailTime(String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
        } catch (DateTimeException none) {
            return null;
        }
    }

    /** Whether its comment or abstract says that it was taken back. */
    static boolean saysWithdrawn(String comment, String summary) {
        return Stream.of(comment, summary)
                .filter(Objects::nonNull)
                .anyMatch(text -> WITHDRAWN.matcher(Titles.oneLine(text)).matches());
    }
}
