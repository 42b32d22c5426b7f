package org.dailypapers.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.PaperId;
import org.dailypapers.paper.Papers;
import org.jspecify.annotations.Nullable;

/**
 * The papers that some records may be about, read from the database together: a question for each kind of name rather than
 * some for each record. Those that the records make or change meanwhile are among them.
 */
final class PossiblePapers {

    private static final Comparator<Paper> BY_ID = Comparator.comparing(paper -> paper.id);

    private final Papers papers;
    private final Names publicIds = new Names(paper -> paper.publicId);
    private final Names dois = new Names(paper -> paper.doi);
    private final Names preprintDois = new Names(paper -> paper.preprintDoi);
    private final Names ownIds = new Names(paper -> paper.ownId);
    private final Names titles = new Names(paper -> paper.titleKey);

    PossiblePapers(Papers papers, List<PaperRecord> records) {
        this.papers = papers;
        Set<String> named = distinct(records, record -> Stream.of(record.id().value()));
        Set<String> byDoi = distinct(
                records, record -> Stream.of(record.doi(), record.preprint()).filter(Objects::nonNull));
        Set<String> byOwn = distinct(records, record -> record.ownId().map(PaperId::value).stream());
        Set<String> byTitle = distinct(
                records, record -> Stream.of(PaperId.ofTitle(record.title()).value()));
        Stream.of(
                        papers.named("publicId", named),
                        papers.named("doi", byDoi),
                        papers.named("preprintDoi", byDoi),
                        papers.named("ownId", byOwn),
                        papers.titledAlone(byTitle))
                .flatMap(List::stream)
                .distinct()
                .forEach(this::add);
    }

    private static Set<String> distinct(List<PaperRecord> records, Function<PaperRecord, Stream<String>> names) {
        var distinct = new LinkedHashSet<String>();
        records.stream().flatMap(names).forEach(distinct::add);
        return distinct;
    }

    /** Takes in a paper under the names that it has now. */
    void add(Paper paper) {
        Stream.of(publicIds, dois, preprintDois, ownIds, titles).forEach(names -> names.add(paper));
    }

    Optional<Paper> withPublicId(String id) {
        return publicIds.of(id).findFirst();
    }

    /** The papers that have that DOI, their preprint's too, oldest row first. */
    List<Paper> withDoi(String doi) {
        List<Paper> found = dois.of(doi).sorted(BY_ID).toList();
        return found.isEmpty() ? preprintDois.of(doi).sorted(BY_ID).toList() : found;
    }

    /** The papers that a source calls so, oldest row first. */
    List<Paper> withOwnId(PaperId id) {
        return ownIds.of(id.value()).sorted(BY_ID).toList();
    }

    /** The papers of that title that have no identity, newest first. */
    Stream<Paper> titledAlone(String key) {
        return titles.of(key)
                .filter(paper -> new PaperId(paper.publicId).isTitle())
                .sorted(Comparator.<Paper, java.time.LocalDate>comparing(paper -> paper.firstEdition)
                        .reversed()
                        .thenComparing(BY_ID));
    }

    /** The newest paper of that title, whatever its identity: few records ask for it, so it is looked up for each. */
    Optional<Paper> newestTitled(String key) {
        return papers.withTitleKey(key).stream().findFirst();
    }

    /** Papers by one of their names; one that has been given up since does not count. */
    private static final class Names {
        private final Function<Paper, @Nullable String> name;
        private final Map<String, List<Paper>> papers = new HashMap<>();

        Names(Function<Paper, @Nullable String> name) {
            this.name = name;
        }

        void add(Paper paper) {
            String named = name.apply(paper);
            if (named != null) {
                List<Paper> known = papers.computeIfAbsent(named, n -> new ArrayList<>(1));
                if (!known.contains(paper)) {
                    known.add(paper);
                }
            }
        }

        Stream<Paper> of(String named) {
            return papers.getOrDefault(named, List.of()).stream().filter(paper -> named.equals(name.apply(paper)));
        }
    }
}
