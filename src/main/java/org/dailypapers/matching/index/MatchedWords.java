package org.dailypapers.matching.index;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.dailypapers.interest.Query;
import org.dailypapers.matching.name.PersonNames;
import org.dailypapers.matching.word.Analysis;
import org.dailypapers.paper.Paper;

/** What met an interest in a paper: words as they stand in its title, abstract or names, and where that is. */
public final class MatchedWords {

    private static final int MOST = 4;

    /** The most places of one word that are told. */
    private static final int MOST_PLACES = 20;

    /** What an author's name takes, in characters of prose. */
    private static final int NAME = 20;

    private final Text text;
    private final Translation translation;
    private final List<String> stems;
    private final Set<String> found = new LinkedHashSet<>();
    private final Set<String> folded = new LinkedHashSet<>();
    private final Set<Met.Span> spans = new LinkedHashSet<>();

    private MatchedWords(Text text, Translation translation, List<String> stems) {
        this.stems = stems;
        this.text = text;
        this.translation = translation;
    }

    /** A paper's texts and their words, analysed once for all that are looked for in it. */
    static final class Text {

        private final Paper paper;
        private final Map<IndexField, List<Analyzed>> analyzed = new ConcurrentHashMap<>();

        Text(Paper paper) {
            this.paper = paper;
        }

        /** How much of it there is to analyse: characters, and for each name what its readings take. */
        int size() {
            return paper.title.length()
                    + paper.summary.length()
                    + NAME * (paper.authors.size() + paper.keywords.size());
        }

        private List<Analyzed> in(IndexField place) {
            List<Analyzed> known = analyzed.get(place);
            return known == null ? analyzed.computeIfAbsent(place, p -> analyze(paper, p)) : known;
        }
    }

    private record Analyzed(String text, List<Analysis.Term> terms) {}

    /** A word or several that stand together, as they are written there. */
    private record Surface(String words, Met.Span span) {}

    /** At most {@value #MOST} of them, in the order of the query. */
    public static List<String> in(Paper paper, Query query, Translation translation) {
        return in(paper, query, translation, List.of());
    }

    /** @param stems what makes it like a paper that the query names */
    static List<String> in(Paper paper, Query query, Translation translation, List<String> stems) {
        return met(new Text(paper), query, translation, stems).words();
    }

    /** These and where they stand, of a paper that is asked more than once. */
    static Met met(Text text, Query query, Translation translation, List<String> stems) {
        var words = new MatchedWords(text, translation, stems);
        words.visit(query);
        return new Met(
                words.found.stream().limit(MOST).toList(), words.spans.stream().toList());
    }

    private void visit(Query query) {
        switch (query) {
            case Query.All all -> all.parts().forEach(this::visit);
            case Query.Any any -> any.parts().stream().filter(this::holds).forEach(this::visit);
            case Query.InTopic topic -> {
                for (Query line : translation.lines(topic.slug())) {
                    if (found.size() < MOST && holds(line)) {
                        visit(line);
                    }
                }
            }
            case Query.Not not -> {}
            case Query.Like like -> stems.forEach(words -> findStems(List.of(words.split(" "))));
            case Query.Word word -> find(word.field(), word);
            case Query.Phrase phrase -> find(phrase.field(), phrase);
            case Query.Exact exact -> find(exact.field(), exact);
            case Query.Prefix prefix -> find(prefix.field(), prefix);
        }
    }

    private boolean holds(Query query) {
        return switch (query) {
            case Query.All all -> all.parts().stream().allMatch(this::holds);
            case Query.Any any -> any.parts().stream().anyMatch(this::holds);
            case Query.Not not -> !holds(not.inner());
            case Query.InTopic topic -> translation.lines(topic.slug()).stream().anyMatch(this::holds);
            case Query.Like like -> true;
            case Query.Word word -> !surfaces(word.field(), word, 1).isEmpty();
            case Query.Phrase phrase -> !surfaces(phrase.field(), phrase, 1).isEmpty();
            case Query.Exact exact -> !surfaces(exact.field(), exact, 1).isEmpty();
            case Query.Prefix prefix -> !surfaces(prefix.field(), prefix, 1).isEmpty();
        };
    }

    private void find(Query.Field field, Query leaf) {
        find(surfaces(field, leaf, MOST_PLACES));
    }

    private void findStems(List<String> stems) {
        List<Predicate<String>> wanted = new ArrayList<>();
        stems.forEach(stem -> wanted.add(stem::equals));
        var surfaces = new ArrayList<Surface>();
        for (IndexField place : List.of(IndexField.TITLE, IndexField.SUMMARY)) {
            List<Analyzed> values = text.in(place);
            for (int value = 0; value < values.size(); value++) {
                run(values.get(value), where(place), value, wanted, surfaces, MOST_PLACES);
            }
        }
        find(surfaces);
    }

    private void find(List<Surface> surfaces) {
        surfaces.stream()
                .limit(1)
                .map(Surface::words)
                .filter(s -> folded.add(s.toLowerCase(Locale.ROOT)))
                .forEach(found::add);
        surfaces.forEach(s -> spans.add(s.span()));
    }

    /** Where the leaf's own form stands, then where its others do; no more than so many. */
    private List<Surface> surfaces(Query.Field field, Query leaf, int most) {
        var surfaces = new ArrayList<Surface>();
        Set<String> names = Translation.names(leaf);
        if (!names.isEmpty()) {
            List<String> authors = text.paper.authors;
            for (int i = 0; i < authors.size() && surfaces.size() < most; i++) {
                String author = authors.get(i);
                if (!Collections.disjoint(PersonNames.indexed(author), names)) {
                    surfaces.add(new Surface(author, new Met.Span(Met.Where.AUTHOR, i, 0, author.length())));
                }
            }
            return surfaces;
        }
        for (Query form : translation.forms(leaf)) {
            for (IndexField place : IndexField.of(form, field)) {
                List<Predicate<String>> wanted = wanted(form, place);
                List<Analyzed> values = text.in(place);
                for (int value = 0; value < values.size() && surfaces.size() < most; value++) {
                    run(values.get(value), where(place), value, wanted, surfaces, most);
                }
            }
        }
        return surfaces;
    }

    private static Met.Where where(IndexField place) {
        return switch (place) {
            case TITLE, EXACT_TITLE -> Met.Where.TITLE;
            case SUMMARY, EXACT_SUMMARY -> Met.Where.SUMMARY;
            case KEYWORDS, EXACT_KEYWORDS -> Met.Where.KEYWORD;
            case AUTHOR, NAME -> Met.Where.AUTHOR;
            case ORGANIZATION, EXACT_ORGANIZATION -> Met.Where.ORGANIZATION;
            case CATEGORY -> Met.Where.CATEGORY;
        };
    }

    private static List<Analyzed> analyze(Paper paper, IndexField place) {
        return place.values(paper).stream()
                .map(text -> new Analyzed(
                        text,
                        place == IndexField.CATEGORY
                                ? Analysis.terms(place.analyzer, IndexField.category(text)).stream()
                                        .map(t -> new Analysis.Term(t.text(), 0, text.length()))
                                        .toList()
                                : Analysis.terms(place.analyzer, text)))
                .toList();
    }

    private static List<Predicate<String>> wanted(Query leaf, IndexField place) {
        List<String> words = Translation.words(leaf, place);
        List<Predicate<String>> wanted = new ArrayList<>();
        words.forEach(w -> wanted.add(w::equals));
        if (leaf instanceof Query.Prefix && !words.isEmpty()) {
            wanted.set(words.size() - 1, t -> t.startsWith(words.getLast()));
        }
        return wanted;
    }

    private static void run(
            Analyzed text,
            Met.Where where,
            int value,
            List<Predicate<String>> wanted,
            List<Surface> surfaces,
            int most) {
        List<Analysis.Term> terms = text.terms();
        for (int i = 0; !wanted.isEmpty() && i + wanted.size() <= terms.size() && surfaces.size() < most; i++) {
            boolean all = true;
            for (int j = 0; all && j < wanted.size(); j++) {
                all = wanted.get(j).test(terms.get(i + j).text());
            }
            if (all) {
                int start = terms.get(i).start();
                int end = terms.get(i + wanted.size() - 1).end();
                surfaces.add(new Surface(text.text().substring(start, end), new Met.Span(where, value, start, end)));
            }
        }
    }
}
