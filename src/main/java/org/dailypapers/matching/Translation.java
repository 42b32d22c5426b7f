package org.dailypapers.matching;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.TermQuery;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestError;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.interest.Query;
import org.dailypapers.paper.Topics;

/** Puts the language of interests into Lucene's terms. */
final class Translation {

    private final Topics topics;

    Translation(Topics topics) {
        this.topics = topics;
    }

    /** The query as one that Lucene ranks: a find in the title counts more than one in the abstract. */
    org.apache.lucene.search.Query ranked(Query query) {
        return switch (query) {
            case Query.All all -> {
                var both = new BooleanQuery.Builder();
                boolean finds = false;
                for (Query part : all.parts()) {
                    if (part instanceof Query.Not(Query inner)) {
                        both.add(ranked(inner), Occur.MUST_NOT);
                    } else {
                        both.add(ranked(part), Occur.MUST);
                        finds = true;
                    }
                }
                yield finds
                        ? both.build()
                        : both.add(new MatchAllDocsQuery(), Occur.FILTER).build();
            }
            case Query.Any any ->
                new DisjunctionMaxQuery(any.parts().stream().map(this::ranked).toList(), 0.1f);
            case Query.Not not ->
                new BooleanQuery.Builder()
                        .add(new MatchAllDocsQuery(), Occur.FILTER)
                        .add(ranked(not.inner()), Occur.MUST_NOT)
                        .build();
            case Query.InTopic topic -> ranked(new Query.Any(lines(topic.slug())));
            case Query.Word word -> everywhere(word, word.field());
            case Query.Phrase phrase -> everywhere(phrase, phrase.field());
            case Query.Prefix prefix -> everywhere(prefix, prefix.field());
        };
    }

    private org.apache.lucene.search.Query everywhere(Query leaf, Query.Field field) {
        List<org.apache.lucene.search.Query> places = new ArrayList<>();
        for (IndexField place : IndexField.of(field)) {
            places.add(new BoostQuery(leaf(leaf, place), (float) place.weight));
        }
        return new DisjunctionMaxQuery(places, 0.1f);
    }

    /** What a topic finds, line by line; nothing where there is no such topic. */
    List<Query> lines(String slug) {
        return topics.find(slug)
                .map(t -> t.lines().stream())
                .orElseGet(java.util.stream.Stream::of)
                .<Query>mapMulti((line, into) -> {
                    switch (InterestParser.parse(line)) {
                        case Interest interest -> into.accept(interest.query());
                        case InterestError error -> {}
                    }
                })
                .toList();
    }

    /** A word, phrase or prefix in one field. */
    static org.apache.lucene.search.Query leaf(Query leaf, IndexField place) {
        return switch (leaf) {
            case Query.Word word -> together(word.text(), place);
            case Query.Phrase phrase -> together(phrase.text(), place);
            case Query.Prefix prefix -> prefix(prefix.text(), place);
            case Query.All all -> throw new IllegalArgumentException("not a leaf: " + all);
            case Query.Any any -> throw new IllegalArgumentException("not a leaf: " + any);
            case Query.Not not -> throw new IllegalArgumentException("not a leaf: " + not);
            case Query.InTopic topic -> throw new IllegalArgumentException("not a leaf: " + topic);
        };
    }

    private static org.apache.lucene.search.Query together(String text, IndexField place) {
        List<String> words = words(text, place);
        if (words.isEmpty()) {
            return new MatchNoDocsQuery();
        }
        return words.size() == 1
                ? new TermQuery(new Term(place.id, words.getFirst()))
                : new PhraseQuery(place.id, words.toArray(String[]::new));
    }

    /** The words of a text as that field holds them. */
    static List<String> words(String text, IndexField place) {
        return Analysis.words(place.analyzer, place == IndexField.CATEGORY ? IndexField.category(text) : text);
    }

    private static org.apache.lucene.search.Query prefix(String text, IndexField place) {
        // Not stemmed: agent* is to find agentic, whatever the stem of either.
        List<String> words = Analysis.words(
                Analysis.NAMES,
                place == IndexField.CATEGORY ? IndexField.category(text) : text.toLowerCase(Locale.ROOT));
        if (words.isEmpty()) {
            return new MatchNoDocsQuery();
        }
        return new PrefixQuery(new Term(place.id, words.getLast()));
    }
}
