package org.dailypapers.matching;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.dailypapers.interest.KnownInterest;
import org.dailypapers.matching.index.EditionIndex;
import org.dailypapers.matching.index.Ranking;
import org.dailypapers.matching.word.Abbreviations;
import org.dailypapers.matching.word.Analysis;
import org.dailypapers.paper.Entry;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Topics;
import org.dailypapers.source.PaperRecord;

/**
 * How many papers of a letter are of the category that its profile was made for.
 *
 * <p>A profile is the words and pairs of words that tell some papers of a category from all papers; the letter is
 * chosen from the papers of all categories but those that a profile was made from.
 */
final class CategoryQuality {

    private static final int CATEGORIES = 27;
    private static final int EXAMPLES = 20;
    private static final int LINES = 12;
    private static final int SIZE = 20;
    private static final long[] SEEDS = {1, 2, 3, 4, 5};
    private static final String TEXT = "text";

    private final PrintStream out;
    private final List<Entry> entries;
    private final List<String> categories;
    private final Map<String, Integer> holding = new HashMap<>();

    CategoryQuality(List<PaperRecord> records, PrintStream out) {
        this.out = out;
        entries = QualityBench.entries(records, true);
        Map<String, Long> papers = entries.stream()
                .map(e -> primary(e.paper))
                .collect(groupingBy(c -> c, TreeMap::new, Collectors.counting()));
        categories = papers.keySet().stream()
                .sorted(comparing((String c) -> -papers.get(c)).thenComparing(c -> c))
                .limit(CATEGORIES)
                .toList();
        entries.forEach(e -> terms(e.paper).keySet().forEach(t -> holding.merge(t, 1, Integer::sum)));
    }

    /** The shares of a category's papers among those chosen, by us, by BM25 and by chance. */
    private record Share(double ours, double bm25, double chance) {
        static Share mean(Stream<Share> shares) {
            List<Share> all = shares.toList();
            return new Share(
                    all.stream().mapToDouble(Share::ours).average().orElseThrow(),
                    all.stream().mapToDouble(Share::bm25).average().orElseThrow(),
                    all.stream().mapToDouble(Share::chance).average().orElseThrow());
        }
    }

    void print() {
        out.printf(
                "%nCategories: %,d papers, the %d best filled primary categories; %d lines made from %d papers%n",
                entries.size(), CATEGORIES, LINES, EXAMPLES);
        List<Map<String, Share>> trials =
                Arrays.stream(SEEDS).mapToObj(this::trial).toList();
        out.printf("%nPrecision at %d for each category, mean over the seeds %s%n", SIZE, Arrays.toString(SEEDS));
        heading("category");
        for (String category : categories) {
            row(category, Share.mean(trials.stream().map(t -> t.get(category))));
        }
        out.printf("%nPrecision at %d for each seed, mean over the categories%n", SIZE);
        heading("seed");
        for (int i = 0; i < SEEDS.length; i++) {
            row(Long.toString(SEEDS[i]), Share.mean(trials.get(i).values().stream()));
        }
        row("mean", Share.mean(trials.stream().flatMap(t -> t.values().stream())));
    }

    private void heading(String of) {
        out.printf("  %-20s %6s %6s %6s%n", of, "ours", "BM25", "chance");
    }

    private void row(String name, Share share) {
        out.printf(Locale.ROOT, "  %-20s %6.3f %6.3f %6.3f%n", name, share.ours, share.bm25, share.chance);
    }

    private Map<String, Share> trial(long seed) {
        var examples = new TreeMap<String, List<Paper>>();
        categories.forEach(c -> examples.put(c, examples(c, new Random(seed))));
        Set<Paper> taken =
                examples.values().stream().flatMap(List::stream).collect(Collectors.toCollection(HashSet::new));
        List<Entry> rest =
                entries.stream().filter(e -> !taken.contains(e.paper)).toList();
        var shares = new TreeMap<String, Share>();
        var index = new EditionIndex(rest, Topics.read(""), Abbreviations.builtIn(), Ranking.byTrending());
        try (Bm25 bm25 = new Bm25(rest)) {
            examples.forEach((category, papers) -> {
                List<String> telling = telling(papers);
                shares.put(
                        category,
                        new Share(
                                share(category, ours(index, telling)),
                                share(category, bm25.best(telling)),
                                share(category, rest.stream().map(e -> e.paper).toList())));
            });
        }
        return shares;
    }

    private List<Paper> examples(String category, Random random) {
        List<Paper> papers = entries.stream()
                .map(e -> e.paper)
                .filter(p -> primary(p).equals(category))
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(papers, random);
        return papers.subList(0, EXAMPLES);
    }

    private static double share(String category, List<Paper> chosen) {
        long right = chosen.stream().filter(p -> primary(p).equals(category)).count();
        return (double) right / chosen.size();
    }

    private static String primary(Paper paper) {
        return paper.categories.isEmpty() ? "" : paper.categories.getFirst();
    }

    private static List<Paper> ours(EditionIndex index, List<String> telling) {
        var profile = new Profile(
                telling.stream().map(t -> KnownInterest.of('"' + t + '"')).toList(), SIZE, false, 0);
        return Matcher.match(index, profile, id -> false).stream()
                .map(m -> m.candidate().paper())
                .toList();
    }

    /** The words and pairs that most of the papers have and few others, as one of the papers writes them. */
    List<String> telling(List<Paper> papers) {
        var count = new HashMap<String, Integer>();
        var written = new TreeMap<String, String>();
        for (Paper paper : papers) {
            terms(paper).forEach((term, surface) -> {
                count.merge(term, 1, Integer::sum);
                written.putIfAbsent(term, surface);
            });
        }
        return written.keySet().stream()
                .sorted(comparing((String t) -> -count.get(t) * Math.log((double) entries.size() / holding.get(t)))
                        .thenComparing(t -> t))
                .limit(LINES)
                .map(written::get)
                .toList();
    }

    /** A paper's words, and pairs of words that only a space or hyphen parts, by their stems. */
    private static Map<String, String> terms(Paper paper) {
        var terms = new HashMap<String, String>();
        for (String text : List.of(paper.title, paper.summary)) {
            Analysis.Term last = null;
            for (Analysis.Term term : Analysis.terms(Analysis.PROSE, text)) {
                boolean tells = term.text().length() > 1
                        && term.text().codePoints().anyMatch(Character::isLetter)
                        && !EnglishAnalyzer.ENGLISH_STOP_WORDS_SET.contains(term.text());
                if (tells) {
                    terms.putIfAbsent(term.text(), text.substring(term.start(), term.end()));
                    if (last != null && text.substring(last.end(), term.start()).matches("[ -]")) {
                        terms.putIfAbsent(last.text() + " " + term.text(), text.substring(last.start(), term.end()));
                    }
                }
                last = tells ? term : null;
            }
        }
        return terms;
    }

    /** The same papers and terms ranked by BM25, the terms as alternatives whose scores add up. */
    private static final class Bm25 implements AutoCloseable {

        private final List<Entry> entries;
        private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
        private final DirectoryReader reader;
        private final IndexSearcher searcher;

        Bm25(List<Entry> entries) {
            this.entries = entries;
            var config = new IndexWriterConfig(Analysis.PROSE).setMergePolicy(NoMergePolicy.INSTANCE);
            try (var writer = new IndexWriter(directory, config)) {
                for (Entry entry : entries) {
                    var document = new Document();
                    document.add(new TextField(TEXT, entry.paper.title + "\n" + entry.paper.summary, Store.NO));
                    writer.addDocument(document);
                }
                writer.commit();
                reader = DirectoryReader.open(writer);
            } catch (IOException e) {
                throw new UncheckedIOException("An index in memory cannot fail", e);
            }
            searcher = new IndexSearcher(reader);
            searcher.setSimilarity(new BM25Similarity());
        }

        List<Paper> best(List<String> telling) {
            var any = new BooleanQuery.Builder();
            for (String term : telling) {
                String[] words = Analysis.words(Analysis.PROSE, term).toArray(String[]::new);
                any.add(new PhraseQuery(TEXT, words), Occur.SHOULD);
            }
            try {
                var best = new ArrayList<Paper>();
                for (ScoreDoc hit : searcher.search(any.build(), SIZE).scoreDocs) {
                    best.add(entries.get(hit.doc).paper);
                }
                return best;
            } catch (IOException e) {
                throw new UncheckedIOException("An index in memory cannot fail", e);
            }
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
}
