package org.dailypapers.matching;

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
import org.dailypapers.paper.Paper;

/** The words of a paper that met an interest, as they stand in its title, abstract or names. */
final class MatchedWords {

    private static final int MOST = 4;

    /** What an author's name takes, in characters of prose. */
    private static final int NAME = 20;

    private final Text text;
    private final Translation translation;
    private final Set<String> found = new LinkedHashSet<>();
    private final Set<String> folded = new LinkedHashSet<>();

    private MatchedWords(Text text, Translation translation) {
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

    /** At most {@value #MOST} of them, in the order of the query. */
    static List<String> in(Paper paper, Query query, Translation translation) {
        return in(new Text(paper), query, translation);
    }

    /** The same of a paper that is asked more than once. */
    static List<String> in(Text text, Query query, Translation translation) {
        var words = new MatchedWords(text, translation);
        words.visit(query);
        return words.found.stream().limit(MOST).toList();
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
            case Query.Word word -> !surfaces(word.field(), word).isEmpty();
            case Query.Phrase phrase -> !surfaces(phrase.field(), phrase).isEmpty();
            case Query.Exact exact -> !surfaces(exact.field(), exact).isEmpty();
            case Query.Prefix prefix -> !surfaces(prefix.field(), prefix).isEmpty();
        };
    }

    private void find(Query.Field field, Query leaf) {
        surfaces(field, leaf).stream()
                .limit(1)
                .filter(s -> folded.add(s.toLowerCase(Locale.ROOT)))
                .forEach(found::add);
    }

    private List<String> surfaces(Query.Field field, Query leaf) {
        Set<String> names = Translation.names(leaf);
        if (!names.isEmpty()) {
            return text.paper.authors.stream()
                    .filter(a -> !Collections.disjoint(PersonNames.indexed(a), names))
                    .toList();
        }
        var surfaces = new ArrayList<String>();
        for (Query form : translation.forms(leaf)) {
            for (IndexField place : IndexField.of(form, field)) {
                List<Predicate<String>> wanted = wanted(form, place);
                for (Analyzed words : text.in(place)) {
                    run(words, wanted, surfaces);
                }
            }
        }
        return surfaces;
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

    private static void run(Analyzed text, List<Predicate<String>> wanted, List<String> surfaces) {
        List<Analysis.Term> terms = text.terms();
        for (int i = 0; !wanted.isEmpty() && i + wanted.size() <= terms.size(); i++) {
            boolean all = true;
            for (int j = 0; all && j < wanted.size(); j++) {
                all = wanted.get(j).test(terms.get(i + j).text());
            }
            if (all) {
                surfaces.add(text.text()
                        .substring(
                                terms.get(i).start(),
                                terms.get(i + wanted.size() - 1).end()));
                return;
            }
        }
    }
}
