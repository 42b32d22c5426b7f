package org.dailypapers.matching;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestError;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.interest.Query;
import org.dailypapers.paper.Entry;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Topics;

/**
 * The papers of some editions, in memory, each interest asked of them once.
 *
 * <p>The relevance of a word, phrase or prefix in a paper is {@code place × kind × rarity}: place by {@link IndexField},
 * the best one counting; kind 1.3 for several words that stand together, else 1; rarity
 * {@code 0.5 + 0.5·ln(1 + N/n)/ln(1 + N)} where n of N papers hold it. Of all that must occur the mean counts, of
 * alternatives the best; an abbreviation and its long form are alternatives.
 */
public final class EditionIndex implements AutoCloseable {

    private static final double TOGETHER = 1.3;
    private static final int KEPT_NUMBERS = 250_000;

    private final List<Candidate> candidates;
    private final Translation translation;
    private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
    private final DirectoryReader reader;
    private final IndexSearcher searcher;
    private final Map<String, Hits> asked = new ConcurrentHashMap<>();
    private final Map<Query, double[]> leaves = new ConcurrentHashMap<>();
    private int mostKept = Integer.MAX_VALUE;

    /** Indexes the papers of the entries; a withdrawn paper and one that is no longer fresh are left out. */
    public EditionIndex(Collection<Entry> entries, Topics topics) {
        this(entries, topics, Abbreviations.builtIn());
    }

    /** The same with other abbreviations than the built-in ones. */
    public EditionIndex(Collection<Entry> entries, Topics topics, Abbreviations abbreviations) {
        var byPaper = new LinkedHashMap<Long, List<Entry>>();
        entries.stream().filter(e -> e.fresh() && !e.paper.withdrawn).forEach(e -> byPaper.computeIfAbsent(
                        e.paper.id, id -> new ArrayList<>())
                .add(e));
        candidates = byPaper.values().stream().map(Candidate::of).toList();
        translation = new Translation(topics, abbreviations);
        try {
            index(candidates.stream().map(Candidate::paper).toList());
            reader = DirectoryReader.open(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("An index in memory cannot fail", e);
        }
        searcher = new IndexSearcher(reader);
        searcher.setQueryCache(null);
    }

    private void index(List<Paper> papers) throws IOException {
        var config = new IndexWriterConfig(IndexField.indexing()).setMergePolicy(NoMergePolicy.INSTANCE);
        try (var writer = new IndexWriter(directory, config)) {
            for (Paper paper : papers) {
                Document document = IndexField.document(paper);
                writer.addDocument(document);
            }
        }
    }

    /**
     * Keeps only so many answers that they take about two megabytes: for an index of which anybody may ask anything.
     * Composing asks a known number of interests, each of them for many readers, and keeps them all.
     */
    EditionIndex forAnybody() {
        mostKept = Math.max(64, KEPT_NUMBERS / Math.max(1, size()));
        return this;
    }

    /** How many answers are kept. */
    int kept() {
        return leaves.size() + asked.size();
    }

    /** Forgets all answers where they became too many; most of what comes next is asked again soon. */
    private void forgetWhenFull() {
        if (leaves.size() > mostKept) {
            leaves.clear();
        }
        if (asked.size() > mostKept) {
            asked.clear();
        }
    }

    /** The papers in it; the position is the document's number. */
    List<Candidate> candidates() {
        return candidates;
    }

    public int size() {
        return candidates.size();
    }

    /** What that line of the language finds; nothing where it cannot be read. */
    Hits ask(String line) {
        forgetWhenFull();
        return asked.computeIfAbsent(line, l -> switch (InterestParser.parse(l)) {
            case Interest interest -> hits(interest.query());
            case InterestError error -> Hits.NONE;
        });
    }

    private Hits hits(Query query) {
        double[] relevance = evaluate(query);
        int[] documents = new int[relevance.length];
        double[] scores = new double[relevance.length];
        int n = 0;
        for (int document = 0; document < relevance.length; document++) {
            if (relevance[document] > 0) {
                documents[n] = document;
                scores[n++] = relevance[document];
            }
        }
        return new Hits(Arrays.copyOf(documents, n), Arrays.copyOf(scores, n));
    }

    /** The relevance for each document, 0 where it is not found. */
    private double[] evaluate(Query query) {
        return switch (query) {
            case Query.All all -> all(all.parts());
            case Query.Any any -> best(any.parts().stream().map(this::evaluate).toList());
            case Query.Not not -> inverted(evaluate(not.inner()));
            case Query.InTopic topic -> topic(topic);
            case Query.Word word -> forms(word, word.field());
            case Query.Phrase phrase -> forms(phrase, phrase.field());
            case Query.Prefix prefix -> leaf(prefix, prefix.field());
        };
    }

    private double[] forms(Query leaf, Query.Field field) {
        List<Query> forms = translation.forms(leaf);
        return forms.size() == 1
                ? leaf(leaf, field)
                : best(forms.stream().map(form -> leaf(form, field)).toList());
    }

    private double[] topic(Query.InTopic topic) {
        double[] known = leaves.get(topic);
        if (known == null) {
            known = best(
                    translation.lines(topic.slug()).stream().map(this::evaluate).toList());
            leaves.put(topic, known);
        }
        return known;
    }

    private double[] all(List<Query> parts) {
        double[] sum = new double[size()];
        boolean[] missing = new boolean[size()];
        int positive = 0;
        for (Query part : parts) {
            double[] found = evaluate(part);
            boolean counts = !(part instanceof Query.Not);
            positive += counts ? 1 : 0;
            for (int d = 0; d < found.length; d++) {
                missing[d] |= found[d] == 0;
                sum[d] += counts ? found[d] : 0;
            }
        }
        for (int d = 0; d < sum.length; d++) {
            sum[d] = missing[d] ? 0 : positive == 0 ? 1 : sum[d] / positive;
        }
        return sum;
    }

    private double[] best(List<double[]> alternatives) {
        double[] best = new double[size()];
        for (double[] found : alternatives) {
            for (int d = 0; d < found.length; d++) {
                best[d] = Math.max(best[d], found[d]);
            }
        }
        return best;
    }

    private static double[] inverted(double[] found) {
        double[] rest = new double[found.length];
        for (int d = 0; d < found.length; d++) {
            rest[d] = found[d] == 0 ? 1 : 0;
        }
        return rest;
    }

    private double[] leaf(Query leaf, Query.Field field) {
        return leaves.computeIfAbsent(leaf, l -> {
            double[] place = new double[size()];
            for (IndexField where : IndexField.of(field)) {
                collect(Translation.leaf(leaf, where), d -> place[d] = Math.max(place[d], where.weight));
            }
            long holding = Arrays.stream(place).filter(p -> p > 0).count();
            double factor = rarity(holding) * (together(leaf, field) ? TOGETHER : 1);
            for (int d = 0; d < place.length; d++) {
                place[d] *= factor;
            }
            return place;
        });
    }

    private double rarity(long holding) {
        double n = size();
        return holding == 0 ? 1 : 0.5 + 0.5 * Math.log1p(n / holding) / Math.log1p(n);
    }

    private static boolean together(Query leaf, Query.Field field) {
        return Translation.words(leaf, IndexField.of(field).getFirst()).size() > 1;
    }

    private void collect(org.apache.lucene.search.Query query, IntConsumer found) {
        try {
            Weight weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
            for (LeafReaderContext segment : reader.leaves()) {
                Scorer scorer = weight.scorer(segment);
                if (scorer == null) {
                    continue;
                }
                DocIdSetIterator documents = scorer.iterator();
                for (int d = documents.nextDoc(); d != DocIdSetIterator.NO_MORE_DOCS; d = documents.nextDoc()) {
                    found.accept(segment.docBase + d);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("An index in memory cannot fail", e);
        }
    }

    /** The words of the paper that the line finds, as they stand there; see {@link MatchedWords}. */
    List<String> words(Paper paper, String line) {
        return switch (InterestParser.parse(line)) {
            case Interest interest -> MatchedWords.in(paper, interest.query(), translation);
            case InterestError error -> List.of();
        };
    }

    Optional<Candidate> candidate(long paperId) {
        return candidates.stream().filter(c -> c.paper().id == paperId).findFirst();
    }

    @Override
    public void close() {
        try {
            reader.close();
            directory.close();
        } catch (IOException e) {
            throw new UncheckedIOException("An index in memory cannot fail", e);
        }
    }
}
