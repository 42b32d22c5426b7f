package org.dailypapers.source.arxiv;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A category of arXiv's, such as {@code cs.LG} or {@code hep-th}, or all those of an archive, {@code math.*}.
 *
 * @param archive as {@code cs}
 * @param subject as {@code LG}; null where all of the archive is meant
 */
public record ArxivCategory(String archive, String subject) {
    private static final Pattern WRITTEN = Pattern.compile("([a-z]+(?:-[a-z]+)?)(?:\\.([A-Za-z]+(?:-[a-z]+)?|\\*))?");

    private static final Set<String> GROUPS = Set.of("cs", "econ", "eess", "math", "q-bio", "q-fin", "stat");
    private static final Set<String> OF_PHYSICS = Set.of(
            "astro-ph",
            "cond-mat",
            "gr-qc",
            "hep-ex",
            "hep-lat",
            "hep-ph",
            "hep-th",
            "math-ph",
            "nlin",
            "nucl-ex",
            "nucl-th",
            "physics",
            "quant-ph");

    /** Archives that are one category. */
    private static final Set<String> UNDIVIDED =
            Set.of("gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math-ph", "nucl-ex", "nucl-th", "quant-ph");

    /**
     * The category that is written so.
     *
     * @throws IllegalArgumentException where it is none, with what would be in one line
     */
    public static ArxivCategory parse(String text) {
        Matcher parts = WRITTEN.matcher(text.strip());
        if (!parts.matches() || !GROUPS.contains(parts.group(1)) && !OF_PHYSICS.contains(parts.group(1))) {
            throw new IllegalArgumentException(
                    text + " is no category of arXiv; write them like cs.LG, or math.* for all of an archive.");
        }
        return new ArxivCategory(parts.group(1), "*".equals(parts.group(2)) ? null : parts.group(2));
    }

    /** The category that a set of OAI-PMH is, {@code cs:cs:LG}; empty for one of a whole group or archive. */
    static Optional<String> ofSet(String set) {
        String[] parts = set.split(":");
        if (parts.length == 3) {
            return Optional.of(parts[1].equals(parts[2]) ? parts[1] : parts[1] + '.' + parts[2]);
        }
        return parts.length == 2 && UNDIVIDED.contains(parts[1]) ? Optional.of(parts[1]) : Optional.empty();
    }

    /** What the addresses of the feeds call it: {@code cs.LG}, {@code math}. */
    String feed() {
        return subject == null ? archive : archive + '.' + subject;
    }

    /** The set of OAI-PMH: {@code cs:cs:LG}, {@code math:math}, {@code physics:hep-th}. */
    String set() {
        String group = OF_PHYSICS.contains(archive) ? "physics" : archive;
        return group + ':' + archive + (subject == null ? "" : ':' + subject);
    }

    /** What a search for it is: {@code cat:cs.LG}, {@code cat:math.*}. */
    String search() {
        return "cat:" + this;
    }

    @Override
    public String toString() {
        return subject == null && !UNDIVIDED.contains(archive) ? archive + ".*" : feed();
    }
}
