package org.dailypapers.matching;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.dailypapers.interest.Query;
import org.dailypapers.paper.Paper;

/** The words of a paper that met an interest, as they stand in its title, abstract or names. */
final class MatchedWords {

    private static final int MOST = 4;

    private final Paper paper;
    private final Translation translation;
    private final Set<String> found = new LinkedHashSet<>();
    private final Set<String> folded = new LinkedHashSet<>();
    private final Map<IndexField, List<Analyzed>> analyzed = new EnumMap<>(IndexField.class);

    private record Analyzed(String text, List<Analysis.Term> terms) {}

    private MatchedWords(Paper paper, Translation translation) {
        this.paper = paper;
        this.translation = translation;
    }

    /** At most {@value #MOST} of them, in the order of the query. */
    static List<String> in(Paper paper, Query query, Translation translation) {
        var words = new MatchedWords(paper, translation);
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
            return paper.authors.stream()
                    .filter(a -> !Collections.disjoint(PersonNames.indexed(a), names))
                    .toList();
        }
        var surfaces = new ArrayList<String>();
        for (Query form : translation.forms(leaf)) {
            for (IndexField place : IndexField.of(field)) {
                List<Predicate<String>> wanted = wanted(form, place);
                for (Analyzed text : analyzed.computeIfAbsent(place, this::analyze)) {
                    run(text, wanted, surfaces);
                }
            }
        }
        return surfaces;
    }

    private List<Analyzed> analyze(IndexField place) {
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
