package org.dailypapers.source;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.PaperChange;
import org.dailypapers.paper.PaperId;

/**
 * Lays a record over a paper, field by field: the source that brought a field, or one of higher authority, replaces it; any
 * other adds what was lacking. Whoever brings a better identity replaces too, and whoever has a worse one than the row only
 * adds: of two papers that one DOI or title may mean, none gets the other's words. An older version adds only, too.
 */
final class Merge {

    /** Of all sources together. */
    private static final int MOST_CATEGORIES = 64;

    private final Paper paper;
    private final String source;
    private final BiPredicate<String, String> outranks;
    private final Consumer<PaperChange> changes;
    private final boolean better;
    private final boolean addsOnly;
    private boolean changed;

    private Merge(
            Paper paper,
            PaperRecord record,
            String source,
            BiPredicate<String, String> outranks,
            Consumer<PaperChange> changes) {
        var known = new PaperId(paper.publicId);
        boolean older = record.version() != null && paper.version != null && record.version() < paper.version;
        this.paper = paper;
        this.source = source;
        this.outranks = outranks;
        this.changes = changes;
        this.better = !older && record.id().outranks(known);
        this.addsOnly = older || known.outranks(record.id());
    }

    /**
     * Whether anything changed.
     *
     * @param outranks whether the first of two sources has the higher authority
     * @param changes told of each value that was replaced
     */
    static boolean into(
            Paper paper,
            PaperRecord record,
            String source,
            BiPredicate<String, String> outranks,
            Consumer<PaperChange> changes) {
        if (record.announced() == PaperRecord.Announced.REMOVED) {
            if (!paper.withdrawn) {
                changes.accept(PaperChange.of(paper, source, "withdrawn", "false"));
                paper.withdrawn = true;
                return true;
            }
            return false;
        }
        return new Merge(paper, record, source, outranks, changes).lay(record);
    }

    private boolean lay(PaperRecord record) {
        identify(record);
        value("title", emptyAsNull(paper.title), record.title(), v -> {
            paper.title = v;
            paper.titleWritten = record.written().title();
            paper.titleKey = PaperId.ofTitle(v).value();
        });
        value("abstract", emptyAsNull(paper.summary), emptyAsNull(record.summary()), v -> {
            paper.summary = v;
            paper.summaryWritten = record.written().summary();
        });
        value("authors", emptyAsNull(paper.authors), emptyAsNull(record.authors()), v -> paper.authors = v);
        quietly("keywords", emptyAsNull(paper.keywords), emptyAsNull(record.keywords()), v -> paper.keywords = v);
        categories(record.categories());
        quietly("authorCount", known(paper.authorCount), known(record.authorCount()), v -> paper.authorCount = v);
        value("organization", paper.organization, record.organization(), v -> paper.organization = v);
        dois(record);
        value("version", paper.version, record.version(), v -> paper.version = v);
        value("code", paper.code, record.code(), v -> paper.code = v);
        stars(record);
        value("project", paper.project, record.project(), v -> paper.project = v);
        value("url", paper.url, record.url(), v -> paper.url = v);
        value("note", paper.note, record.note(), v -> paper.note = v);
        quietly("picture", paper.picture, record.picture(), v -> paper.picture = v);
        quietly("published", paper.published, record.published(), v -> paper.published = v);
        quietly("votes", paper.votes, record.votes(), v -> paper.votes = v);
        quietly("comments", paper.comments, record.comments(), v -> paper.comments = v);
        withdrawal(record.withdrawn());
        return changed;
    }

    /** Anybody may say that a paper was taken back. That none is said means nothing: most answers do not tell. */
    private void withdrawal(boolean withdrawn) {
        if (withdrawn && !paper.withdrawn) {
            note("withdrawn", false);
            paper.withdrawn = true;
            brought("withdrawn");
            changed = true;
        }
    }

    /** Whoever knows the journal's version counts, whatever the authority of who does not yet. */
    private void dois(PaperRecord record) {
        String preprint = record.preprint();
        if (preprint != null && (paper.doi == null || paper.doi.equals(preprint))) {
            paper.doi = record.doi();
            brought("doi");
            changed = true;
        } else if (record.doi() != null && !record.doi().equals(paper.preprintDoi)) {
            value("doi", paper.doi, record.doi(), v -> paper.doi = v);
        }
        value("preprint", paper.preprintDoi, preprint, v -> paper.preprintDoi = v);
    }

    /** Stars are of one repository. They grow, so that of two counts the larger one is the later, whoever counted. */
    private void stars(PaperRecord record) {
        if (record.code() != null && !repository(record.code()).equals(repository(paper.code))) {
            return;
        }
        if (record.stars() != null && paper.stars != null && record.stars() > paper.stars) {
            paper.stars = record.stars();
            brought("stars");
            changed = true;
        }
        if (paper.stars == null) {
            quietly("stars", null, record.stars(), v -> paper.stars = v);
        }
        if (record.starsGained() != null && !record.starsGained().equals(paper.starsGained)) {
            paper.starsGained = record.starsGained();
            changed = true;
        }
    }

    private static String repository(String address) {
        return String.valueOf(address)
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^https?://(?:www\\.)?", "")
                .replaceFirst("(?:\\.git)?/?$", "");
    }

    private void identify(PaperRecord record) {
        var known = new PaperId(paper.publicId);
        if (known.isOwn()) {
            paper.ownId = known.value();
        } else if (paper.ownId == null) {
            paper.ownId = record.ownId().map(PaperId::value).orElse(null);
        }
        if (record.id().outranks(known)) {
            if (known.isDoi() && paper.doi == null) {
                paper.doi = known.value().substring("doi:".length());
            }
            note("identity", paper.publicId);
            paper.publicId = record.id().value();
            changed = true;
        }
    }

    private void categories(List<String> found) {
        var all = new LinkedHashSet<>(paper.categories);
        if (all.size() < MOST_CATEGORIES && all.addAll(found)) {
            paper.categories = all.stream().limit(MOST_CATEGORIES).toList();
            changed = true;
        }
    }

    /** A field whose changes are kept. */
    private <T> void value(String field, T current, T found, Consumer<T> set) {
        if (quietly(field, current, found, set) && current != null) {
            note(field, current);
        }
    }

    /** A field that changes all the time; whether it did. */
    private <T> boolean quietly(String field, T current, T found, Consumer<T> set) {
        if (found == null || Objects.equals(found, current) || current != null && !replaces(field)) {
            return false;
        }
        set.accept(found);
        brought(field);
        changed = true;
        return true;
    }

    private boolean replaces(String field) {
        String by = paper.broughtBy(field);
        return better || !addsOnly && (source.equals(by) || outranks.test(source, by));
    }

    private void brought(String field) {
        if (!paper.broughtBy(field).equals(source)) {
            var brought = new ArrayList<>(paper.brought);
            brought.removeIf(pair -> pair.startsWith(field + "="));
            if (!source.equals(paper.origin)) {
                brought.add(field + "=" + source);
            }
            paper.brought = brought;
        }
    }

    private void note(String field, Object was) {
        changes.accept(
                PaperChange.of(paper, source, field, was instanceof List<?> list ? joined(list) : was.toString()));
    }

    private static String joined(List<?> list) {
        return String.join(", ", list.stream().map(Object::toString).toList());
    }

    private static String emptyAsNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static List<String> emptyAsNull(List<String> texts) {
        return texts.isEmpty() ? null : texts;
    }

    /** No paper is without authors: 0 says that their number is not known. */
    private static Integer known(int authorCount) {
        return authorCount == 0 ? null : authorCount;
    }
}
