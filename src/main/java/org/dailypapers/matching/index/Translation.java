package org.dailypapers.matching.index;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestError;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.interest.Query;
import org.dailypapers.matching.likeness.LikedPapers;
import org.dailypapers.matching.name.PersonNames;
import org.dailypapers.matching.word.Abbreviations;
import org.dailypapers.matching.word.Analysis;
import org.dailypapers.matching.word.IrregularForms;
import org.dailypapers.matching.word.Spellings;
import org.dailypapers.paper.Topics;

/** Puts the language of interests into Lucene's terms. */
public final class Translation {

    /** Where an index holds a paper's id. */
    public static final String PAPER = "id";

    /** What resembles a paper, as a search for it finds. */
    private static final int MOST_NEAR = 500;

    private final Topics topics;
    private final Abbreviations abbreviations;
    private final LikedPapers liked;

    public Translation(Topics topics, Abbreviations abbreviations) {
        this(topics, abbreviations, LikedPapers.NONE);
    }

    /** @param liked the papers that a line may name */
    public Translation(Topics topics, Abbreviations abbreviations, LikedPapers liked) {
        this.topics = topics;
        this.abbreviations = abbreviations;
        this.liked = liked;
    }

    /** The query as one that Lucene ranks: a find in the title counts more than one in the abstract. */
    public org.apache.lucene.search.Query ranked(Query query) {
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
            case Query.Like like -> like.less() ? new MatchNoDocsQuery() : near(like);
            case Query.Word word -> everywhere(word, word.field());
            case Query.Phrase phrase -> everywhere(phrase, phrase.field());
            case Query.Exact exact -> everywhere(exact, exact.field());
            case Query.Prefix prefix -> everywhere(prefix, prefix.field());
        };
    }

    private org.apache.lucene.search.Query near(Query.Like like) {
        var near = new BooleanQuery.Builder();
        for (LikedPapers.Near paper : liked.near(like.id(), MOST_NEAR)) {
            var one = new ConstantScoreQuery(new TermQuery(new Term(PAPER, Long.toString(paper.paper()))));
            near.add(new BoostQuery(one, paper.cosine()), Occur.SHOULD);
        }
        return near.build();
    }

    private org.apache.lucene.search.Query everywhere(Query leaf, Query.Field field) {
        List<org.apache.lucene.search.Query> places = new ArrayList<>();
        for (Query form : forms(leaf)) {
            places(form, field).forEach(p -> places.add(new BoostQuery(p.query(), (float) p.weight())));
        }
        return places.isEmpty() ? new MatchNoDocsQuery() : new DisjunctionMaxQuery(places, 0.1f);
    }

    /** A leaf and, in prose, what else is written for it: the abbreviation of its words, or their long form. */
    List<Query> forms(Query leaf) {
        return switch (leaf) {
            case Query.Word word -> forms(word, word.field(), word.text());
            case Query.Phrase phrase -> forms(phrase, phrase.field(), phrase.text());
            case Query.Exact exact -> List.of(exact);
            case Query.Prefix prefix -> forms(prefix);
            case Query.All all -> List.of(all);
            case Query.Any any -> List.of(any);
            case Query.Not not -> List.of(not);
            case Query.InTopic topic -> List.of(topic);
            case Query.Like like -> List.of(like);
        };
    }

    /**
     * The stems of a leaf's other forms: other spellings, its abbreviation or long form; none where it names people or
     * places.
     *
     * @param words the leaf's own stems
     */
    Set<List<String>> otherForms(Query leaf, List<String> words) {
        return switch (leaf) {
            case Query.Word(Query.Field field, String text) -> prose(field) ? otherForms(text, words) : Set.of();
            case Query.Phrase(Query.Field field, String text) -> prose(field) ? otherForms(text, words) : Set.of();
            case Query.Exact exact -> Set.of();
            case Query.Prefix(Query.Field field, String text) -> prose(field) ? wordsBeginning(text) : Set.of();
            case Query.All all -> Set.of();
            case Query.Any any -> Set.of();
            case Query.Not not -> Set.of();
            case Query.InTopic topic -> Set.of();
            case Query.Like like -> Set.of();
        };
    }

    private Set<List<String>> otherForms(String text, List<String> words) {
        var forms = new LinkedHashSet<List<String>>();
        for (String spelling : Spellings.of(text)) {
            List<String> spelled = spelling.equals(text) ? words : Analysis.words(Analysis.PROSE, spelling);
            forms.add(spelled);
            forms.addAll(abbreviations.others(spelled));
        }
        forms.remove(words);
        return forms;
    }

    private List<Query> forms(Query.Prefix prefix) {
        if (!prose(prefix.field())) {
            return List.of(prefix);
        }
        List<Query> forms = new ArrayList<>();
        Spellings.of(prefix.text()).forEach(s -> forms.add(new Query.Prefix(prefix.field(), s)));
        wordsBeginning(prefix.text()).forEach(w -> forms.add(new Query.Word(prefix.field(), w.getFirst())));
        return forms;
    }

    /** The other spellings of a beginning, as words of that field of which the last one is a beginning. */
    static Set<List<String>> otherBeginnings(Query.Prefix prefix, IndexField place, List<String> words) {
        var beginnings = new LinkedHashSet<List<String>>();
        if (prose(prefix.field())) {
            Spellings.of(prefix.text()).forEach(s -> beginnings.add(prefix(s, place)));
        }
        beginnings.remove(words);
        return beginnings;
    }

    /** The words of which an irregular form begins so, where they themselves do not: spectrum for spectra*. */
    private static Set<List<String>> wordsBeginning(String prefix) {
        List<String> plain = Analysis.words(Analysis.NAMES, prefix);
        return plain.size() != 1
                ? Set.of()
                : IrregularForms.builtIn().wordsWithForm(plain.getFirst()).stream()
                        .map(w -> Analysis.words(Analysis.PROSE, w))
                        .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static boolean prose(Query.Field field) {
        return field == Query.Field.ANYWHERE || field == Query.Field.TITLE;
    }

    private List<Query> forms(Query leaf, Query.Field field, String text) {
        if (!prose(field)) {
            return List.of(leaf);
        }
        var others = new LinkedHashSet<String>();
        for (String spelling : Spellings.of(text)) {
            others.add(spelling);
            others.addAll(abbreviations.others(spelling));
        }
        others.remove(text);
        List<Query> forms = new ArrayList<>(List.of(leaf));
        others.forEach(other -> forms.add(new Query.Phrase(field, other)));
        return forms;
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

    /** The terms of an asked author's name; none where the leaf asks for words. */
    static Set<String> names(Query leaf) {
        return leaf instanceof Query.Phrase(Query.Field field, String text) && field == Query.Field.AUTHOR
                ? PersonNames.asked(text)
                : Set.of();
    }

    /** A query of one field, and how much a find there counts. */
    record Placed(org.apache.lucene.search.Query query, double weight) {}

    /** The fields where a word, phrase or prefix can stand. */
    static List<Placed> places(Query leaf, Query.Field field) {
        Set<String> names = names(leaf);
        if (!names.isEmpty()) {
            List<BytesRef> terms = names.stream().map(BytesRef::new).toList();
            return List.of(new Placed(new TermInSetQuery(IndexField.NAME.id, terms), IndexField.NAME.weight));
        }
        var places = new ArrayList<Placed>();
        Analyzer analyzer = null;
        List<String> words = List.of();
        for (IndexField place : IndexField.of(leaf, field)) {
            if (place.analyzer != analyzer) {
                analyzer = place.analyzer;
                words = words(leaf, place);
            }
            if (!words.isEmpty()) {
                places.add(new Placed(leaf(words, leaf instanceof Query.Prefix, place), place.weight));
            }
        }
        return places;
    }

    private static org.apache.lucene.search.Query leaf(List<String> words, boolean prefix, IndexField place) {
        if (prefix) {
            return words.size() == 1
                    ? new PrefixQuery(new Term(place.id, words.getFirst()))
                    : new PrefixPhrase(place.id, words);
        }
        return words.size() == 1
                ? new TermQuery(new Term(place.id, words.getFirst()))
                : new PhraseQuery(place.id, words.toArray(String[]::new));
    }

    /** The words of a word, phrase or prefix as that field holds them; of a prefix the last one is its beginning. */
    static List<String> words(Query leaf, IndexField place) {
        return switch (leaf) {
            case Query.Word word -> place.words(word.text());
            case Query.Phrase phrase -> place.words(phrase.text());
            case Query.Exact exact -> place.words(exact.text());
            case Query.Prefix prefix -> prefix(prefix.text(), place);
            case Query.All all -> throw new IllegalArgumentException("not a leaf: " + all);
            case Query.Any any -> throw new IllegalArgumentException("not a leaf: " + any);
            case Query.Not not -> throw new IllegalArgumentException("not a leaf: " + not);
            case Query.InTopic topic -> throw new IllegalArgumentException("not a leaf: " + topic);
            case Query.Like like -> throw new IllegalArgumentException("not a leaf: " + like);
        };
    }

    private static List<String> prefix(String text, IndexField place) {
        List<String> words = new ArrayList<>(place.words(text));
        if (!words.isEmpty()) {
            // Not stemmed: agent* is to find agentic, whatever the stem of either.
            words.set(words.size() - 1, place.plainWords(text).getLast());
        }
        return words;
    }
}
