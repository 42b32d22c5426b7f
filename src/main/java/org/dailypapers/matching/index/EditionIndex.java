package org.dailypapers.matching.index;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.lucene.analysis.Analyzer;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestError;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.interest.Query;
import org.dailypapers.matching.likeness.LikedPapers;
import org.dailypapers.matching.word.Abbreviations;
import org.dailypapers.matching.word.Analysis;
import org.dailypapers.paper.Entry;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Topics;
import org.jspecify.annotations.Nullable;

/**
 * The papers of some editions, in memory, each interest asked of them once.
 *
 * <p>The relevance of a word, phrase or prefix in a paper is {@code finds × kind × rarity}. Finds are
 * {@code 4/3·f/(1 + f)} where f adds up where it stands, and its other forms, each time by the weight of the
 * {@link IndexField}: once in the title makes 1. Kind is 1.15 for several words that stand together, else 1. Rarity is
 * {@code 0.2 + 0.8·ln(1 + N/n)/ln(1 + N)} where n of N papers hold it. Of all that must occur the mean counts, of
 * alternatives the best. See docs/ranking.md.
 */
public final class EditionIndex {

    private static final double[] KEYWORDS_ALONE = IndexField.weights(List.of(IndexField.KEYWORDS));
    private static final double[] EXACT_KEYWORDS_ALONE = IndexField.weights(List.of(IndexField.EXACT_KEYWORDS));
    private static final double TOGETHER = 1.15;
    private static final double COMMON = 0.2;
    private static final double FULL = 4.0 / 3;

    /** For an index of which anybody may ask anything: about two megabytes. */
    private static final long FEW = 250_000;

    /** For composing, which asks what many readers share: about fifty megabytes at most. */
    private static final long MANY = 5_000_000;

    /** What an answer takes beside its finds, in finds. */
    private static final int OVERHEAD = 12;

    private final List<Candidate> candidates;
    private final double[] factor;
    private final long[] paperIds;
    private final int[] votes;

    /** Those of the papers of which no keyword is known, where there are others. */
    private final BitSet keywordless = new BitSet();

    private final Twins twins;
    private final Translation translation;
    private final Likeness likeness;
    private final WordIndex prose;
    private final WordIndex names;
    private volatile @Nullable WordIndex exact;
    private final Map<String, Optional<Hits>> asked = new ConcurrentHashMap<>();
    private final Map<Query, Found> leaves = new ConcurrentHashMap<>();
    private final AtomicLong kept = new AtomicLong();
    private long mostKept = MANY;

    /** The same where no line names a paper. */
    public EditionIndex(Collection<Entry> entries, Topics topics, Abbreviations abbreviations, Ranking ranking) {
        this(entries, topics, abbreviations, ranking, LikedPapers.NONE);
    }

    /** Indexes the papers of the entries; a withdrawn or hidden paper and one that is no longer fresh are left out. */
    public EditionIndex(
            Collection<Entry> entries, Topics topics, Abbreviations abbreviations, Ranking ranking, LikedPapers liked) {
        var byPaper = new LinkedHashMap<Long, List<Entry>>();
        entries.stream().filter(e -> e.fresh() && e.paper.maySend()).forEach(e -> byPaper.computeIfAbsent(
                        e.paper.id, id -> new ArrayList<>())
                .add(e));
        candidates = byPaper.values().stream()
                .map(Candidate::of)
                .sorted(Candidate.BY_TRENDING)
                .toList();
        factor = candidates.stream().mapToDouble(ranking::factor).toArray();
        List<Paper> papers = candidates.stream().map(Candidate::paper).toList();
        paperIds = papers.stream().mapToLong(p -> p.id).toArray();
        votes = papers.stream().mapToInt(p -> p.votes == null ? 0 : p.votes).toArray();
        for (int document = 0; document < papers.size(); document++) {
            keywordless.set(document, papers.get(document).keywords.isEmpty());
        }
        if (keywordless.cardinality() == papers.size()) {
            keywordless.clear();
        }
        twins = Twins.among(papers);
        translation = new Translation(topics, abbreviations);
        likeness = new Likeness(papers, liked);
        prose = index(Analysis.PROSE, papers);
        names = index(Analysis.NAMES, papers);
    }

    private static WordIndex index(Analyzer analyzer, List<Paper> papers) {
        int names =
                Share.ofEach(papers.stream().mapToLong(p -> p.authors.size()).toArray(), EditionIndexes.MOST_NAMES);
        var builder = new WordIndex.Builder();
        for (int document = 0; document < papers.size(); document++) {
            for (IndexField field : IndexField.analysedBy(analyzer)) {
                List<String> values = field.values(papers.get(document));
                for (String value : field.ofAuthors() ? values.subList(0, Math.min(names, values.size())) : values) {
                    builder.add(document, field, field.words(value));
                }
            }
        }
        return builder.build();
    }

    /** Forgets what resembles papers that lines name, where the catalogue has changed: they may have come, changed or gone. */
    EditionIndex asOf(long revision) {
        if (likeness.renew(revision)) {
            leaves.keySet().removeIf(Query.Like.class::isInstance);
            asked.values().removeIf(hits -> hits.filter(h -> h.interest().comparesPapers())
                    .isPresent());
        }
        return this;
    }

    /** Keeps few answers: for an index of which anybody may ask anything. */
    EditionIndex forAnybody() {
        mostKept = FEW;
        return this;
    }

    /** What it takes in memory beside its answers, roughly, in bytes. */
    long weight() {
        return candidates.stream().mapToLong(Candidate::weight).sum();
    }

    /** How many answers are kept. */
    int kept() {
        return leaves.size() + asked.size();
    }

    /** Forgets all answers where they became too many; most of what comes next is asked again soon. */
    private void makeRoom(int finds) {
        if (kept.addAndGet(finds + OVERHEAD) > mostKept) {
            leaves.clear();
            asked.clear();
            kept.set(0);
        }
    }

    /** The papers in it by trending; the place is the document's number, so that of equal scores the lower one counts. */
    public List<Candidate> candidates() {
        return candidates;
    }

    public int size() {
        return candidates.size();
    }

    /** What that line of the language finds, best first; empty where it cannot be read. */
    public Optional<Hits> ask(String line) {
        Optional<Hits> known = asked.get(line);
        if (known == null) {
            known = switch (InterestParser.parse(line)) {
                case Interest interest -> Optional.of(Hits.of(interest, whole(interest.query()), factor));
                case InterestError error -> Optional.empty();
            };
            makeRoom(known.map(Hits::size).orElse(0));
            asked.put(line, known);
        }
        return known;
    }

    /** What each of these interests finds. */
    public List<Hits> ask(List<Interest> interests) {
        return interests.stream().flatMap(i -> ask(i.line()).stream()).toList();
    }

    /** What the line finds, in the order of the documents; nothing where it cannot be read. */
    public Found find(String line) {
        return switch (InterestParser.parse(line)) {
            case Interest interest -> find(interest.query());
            case InterestError error -> Found.NOTHING;
        };
    }

    /** A line's answer is kept by the line: where it is one word or phrase, it need not be kept by that too. */
    private Found whole(Query query) {
        if (query instanceof Query.Word word) {
            return leaf(word, word.field());
        }
        if (query instanceof Query.Like like) {
            Found near = likeness.near(like.id());
            return like.less() ? near.map(r -> r * Likeness.LESS) : near;
        }
        return query instanceof Query.Phrase phrase ? leaf(phrase, phrase.field()) : find(query);
    }

    private Found find(Query query) {
        return switch (query) {
            case Query.All all -> all(all.parts());
            case Query.Any any -> any(any.parts());
            case Query.Not not -> everything().without(find(not.inner()));
            case Query.InTopic topic -> kept(topic, t -> any(translation.lines(topic.slug())));
            case Query.Like like -> kept(like, l -> likeness.near(like.id()));
            case Query.Word word -> kept(word, w -> leaf(word, word.field()));
            case Query.Phrase phrase -> kept(phrase, p -> leaf(phrase, phrase.field()));
            case Query.Exact exact -> kept(exact, e -> leaf(exact, exact.field()));
            case Query.Prefix prefix -> kept(prefix, p -> leaf(prefix, prefix.field()));
        };
    }

    private Found everything() {
        return Found.all(IntStream.range(0, size()).toArray(), 1);
    }

    private Found kept(Query query, Function<Query, Found> evaluation) {
        Found known = leaves.get(query);
        if (known == null) {
            known = evaluation.apply(query);
            makeRoom(known.size());
            leaves.put(query, known);
        }
        return known;
    }

    private Found any(List<Query> parts) {
        return Found.any(parts.stream().map(this::find).toList());
    }

    private Found all(List<Query> parts) {
        Found all = null;
        int positive = 0;
        for (Query part : parts) {
            if (!(part instanceof Query.Not)) {
                Found found = find(part);
                all = all == null ? found : all.and(found);
                positive++;
            }
        }
        all = all == null ? everything() : all.divided(positive);
        for (Query part : parts) {
            if (part instanceof Query.Not(Query inner)) {
                all = all.without(find(inner));
            }
        }
        return all;
    }

    private Found leaf(Query leaf, Query.Field field) {
        Set<String> asked = Translation.names(leaf);
        if (!asked.isEmpty()) {
            return named(asked);
        }
        if (leaf instanceof Query.Exact) {
            return exactly(leaf, IndexField.of(leaf, field));
        }
        IndexField place = IndexField.of(field).getFirst();
        WordIndex index = place.analyzer == Analysis.PROSE ? prose : names;
        List<String> words = Translation.words(leaf, place);
        Found times = times(leaf, place, words, index, IndexField.weights(field));
        if (field == Query.Field.ANYWHERE && !keywordless.isEmpty()) {
            times = averaged(times, times(leaf, place, words, index, KEYWORDS_ALONE));
        }
        return relevance(times, words.size() > 1);
    }

    private Found times(Query leaf, IndexField place, List<String> words, WordIndex index, double[] weights) {
        Found times =
                leaf instanceof Query.Prefix ? index.holdingPrefix(words, weights) : index.holding(words, weights);
        if (leaf instanceof Query.Prefix prefix) {
            for (List<String> beginning : Translation.otherBeginnings(prefix, place, words)) {
                times = times.plus(index.holdingPrefix(beginning, weights));
            }
        }
        for (List<String> form : translation.otherForms(leaf, words)) {
            times = times.plus(index.holding(form, weights));
        }
        return times;
    }

    /**
     * The same where a paper without keywords, which may get some later, counts as if it held what is asked in as many as
     * the others do that hold it in title or abstract.
     */
    private Found averaged(Found times, Found ofKeywords) {
        double sum = 0;
        int holding = 0;
        for (int i = 0, j = 0; i < times.size(); i++) {
            int document = times.documents()[i];
            while (j < ofKeywords.size() && ofKeywords.documents()[j] < document) {
                j++;
            }
            double own = j < ofKeywords.size() && ofKeywords.documents()[j] == document
                    ? ofKeywords.relevance()[j]
                    : 0;
            if (!keywordless.get(document) && times.relevance()[i] > own) {
                sum += own;
                holding++;
            }
        }
        if (sum == 0) {
            return times;
        }
        double[] filled = times.relevance().clone();
        for (int i = 0; i < filled.length; i++) {
            filled[i] += keywordless.get(times.documents()[i]) ? sum / holding : 0;
        }
        return new Found(times.documents(), filled);
    }

    private Found exactly(Query leaf, List<IndexField> places) {
        List<String> words = Translation.words(leaf, places.getFirst());
        Found times = exact().holding(words, IndexField.weights(places));
        if (places.contains(IndexField.EXACT_KEYWORDS) && !keywordless.isEmpty()) {
            times = averaged(times, exact().holding(words, EXACT_KEYWORDS_ALONE));
        }
        return relevance(times, words.size() > 1);
    }

    /** Made at the first question, as few ask for it. */
    private WordIndex exact() {
        WordIndex made = exact;
        if (made == null) {
            synchronized (this) {
                made = exact;
                if (made == null) {
                    made = index(
                            Analysis.EXACT,
                            candidates.stream().map(Candidate::paper).toList());
                    exact = made;
                }
            }
        }
        return made;
    }

    /** Papers of an author whose name may be the asked one. */
    private Found named(Set<String> asked) {
        double[] weights = IndexField.weights(List.of(IndexField.NAME));
        Found found = Found.any(
                asked.stream().map(n -> names.holding(List.of(n), weights)).toList());
        return relevance(Found.all(found.documents(), IndexField.NAME.weight), true);
    }

    private Found relevance(Found times, boolean together) {
        double factor = FULL * rarity(times.size()) * (together ? TOGETHER : 1);
        return times.map(f -> factor * f / (1 + f));
    }

    private double rarity(int holding) {
        double n = size();
        return holding == 0 ? 1 : COMMON + (1 - COMMON) * Math.log1p(n / holding) / Math.log1p(n);
    }

    /** The words of the paper that the interest finds, as they stand there; see {@link MatchedWords}. */
    public List<String> words(Paper paper, Interest interest) {
        return MatchedWords.in(paper, interest.query(), translation, shared(paper, interest));
    }

    /** The stems that make the paper like one that the interest names; none where it names no paper. */
    public List<String> shared(Paper paper, Interest interest) {
        return interest.likes() ? likeness.shared(interest.query(), paper) : List.of();
    }

    /** The id of a document's paper. */
    public long paperId(int document) {
        return paperIds[document];
    }

    /** A document's votes, 0 where they are not known. */
    public int votes(int document) {
        return votes[document];
    }

    /** Documents that are nearly the same paper as that one. */
    public int[] twins(int document) {
        return twins.of(document);
    }
}
