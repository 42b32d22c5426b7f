package org.dailypapers.source;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.PaperId;

/**
 * Lays a record over a paper: the source that made the row, or one of higher authority, replaces; any other adds what
 * was lacking. Whoever brings a better identity replaces too, and whoever has a worse one than the row only adds: of two
 * papers that one DOI or title may mean, none gets the other's words. An older version adds only, too.
 */
final class Merge {

    private final Paper paper;
    private final boolean replaces;
    private boolean changed;

    private Merge(Paper paper, boolean replaces) {
        this.paper = paper;
        this.replaces = replaces;
    }

    /** Whether anything changed. */
    static boolean into(Paper paper, PaperRecord record, boolean replaces) {
        if (record.announced() == PaperRecord.Announced.REMOVED) {
            boolean news = !paper.withdrawn;
            paper.withdrawn = true;
            return news;
        }
        var known = new PaperId(paper.publicId);
        boolean better = record.id().outranks(known);
        boolean older = record.version() != null && paper.version != null && record.version() < paper.version;
        return new Merge(paper, !older && (better || replaces && !known.outranks(record.id()))).lay(record);
    }

    private boolean lay(PaperRecord record) {
        identify(record);
        text(paper.title, record.title(), v -> {
            paper.title = v;
            paper.titleWritten = record.written().title();
            paper.titleKey = PaperId.ofTitle(v).value();
        });
        text(paper.summary, record.summary(), v -> {
            paper.summary = v;
            paper.summaryWritten = record.written().summary();
        });
        list(paper.authors, record.authors(), v -> paper.authors = v);
        list(paper.keywords, record.keywords(), v -> paper.keywords = v);
        categories(record.categories());
        value(known(paper.authorCount), known(record.authorCount()), v -> paper.authorCount = v);
        value(paper.organization, record.organization(), v -> paper.organization = v);
        dois(record);
        value(paper.version, record.version(), v -> paper.version = v);
        value(paper.code, record.code(), v -> paper.code = v);
        value(paper.stars, record.stars(), v -> paper.stars = v);
        value(paper.project, record.project(), v -> paper.project = v);
        value(paper.url, record.url(), v -> paper.url = v);
        value(paper.note, record.note(), v -> paper.note = v);
        value(paper.published, record.published(), v -> paper.published = v);
        value(paper.votes, record.votes(), v -> paper.votes = v);
        value(paper.comments, record.comments(), v -> paper.comments = v);
        if (record.withdrawn() != paper.withdrawn && (record.withdrawn() || replaces)) {
            paper.withdrawn = record.withdrawn();
            changed = true;
        }
        return changed;
    }

    /** Whoever knows the journal's version counts, whatever the authority of who does not yet. */
    private void dois(PaperRecord record) {
        String preprint = record.preprint();
        if (preprint != null && (paper.doi == null || paper.doi.equals(preprint))) {
            paper.doi = record.doi();
            changed = true;
        } else if (record.doi() != null && !record.doi().equals(paper.preprintDoi)) {
            value(paper.doi, record.doi(), v -> paper.doi = v);
        }
        value(paper.preprintDoi, preprint, v -> paper.preprintDoi = v);
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
            paper.publicId = record.id().value();
            changed = true;
        }
    }

    private void text(String current, String found, Consumer<String> set) {
        if (!found.isEmpty() && !found.equals(current) && (replaces || current.isEmpty())) {
            set.accept(found);
            changed = true;
        }
    }

    private void list(List<String> current, List<String> found, Consumer<List<String>> set) {
        if (!found.isEmpty() && !found.equals(current) && (replaces || current.isEmpty())) {
            set.accept(found);
            changed = true;
        }
    }

    private void categories(List<String> found) {
        var all = new LinkedHashSet<>(paper.categories);
        if (all.addAll(found)) {
            paper.categories = new ArrayList<>(all);
            changed = true;
        }
    }

    /** No paper is without authors: 0 says that their number is not known. */
    private static Integer known(int authorCount) {
        return authorCount == 0 ? null : authorCount;
    }

    private <T> void value(T current, T found, Consumer<T> set) {
        if (found != null && !Objects.equals(found, current) && (replaces || current == null)) {
            set.accept(found);
            changed = true;
        }
    }
}
