package org.dailypapers.matching.search;

import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.util.BytesRef;
import org.dailypapers.paper.Paper;

/**
 * How what a search found is spread over sources, categories and years; of each the values that most have, the years
 * newest first.
 */
public record Facets(List<Count> sources, List<Count> categories, List<Count> years) {

    private static final int MOST = 12;
    private static final String SOURCE = "facet.source";
    private static final String CATEGORY = "facet.category";

    public Facets {
        sources = List.copyOf(sources);
        categories = List.copyOf(categories);
        years = List.copyOf(years);
    }

    /** A value, and how many of the papers have it. */
    public record Count(String value, int papers) {}

    /** Adds to a paper's document what is counted of it. */
    static void add(Paper paper, Document document) {
        document.add(new SortedDocValuesField(SOURCE, new BytesRef(paper.origin)));
        paper.categories.stream()
                .distinct()
                .forEach(category -> document.add(new SortedSetDocValuesField(CATEGORY, new BytesRef(category))));
    }

    /** Counts what the query finds. */
    static Facets of(IndexSearcher searcher, Query query) throws IOException {
        return searcher.search(query, new CollectorManager<Counter, Facets>() {
            @Override
            public Counter newCollector() {
                return new Counter();
            }

            @Override
            public Facets reduce(Collection<Counter> counters) throws IOException {
                var sum = new Counter();
                for (Counter each : counters) {
                    each.finish();
                    each.sources.forEach((value, n) -> sum.sources.merge(value, n, Integer::sum));
                    each.categories.forEach((value, n) -> sum.categories.merge(value, n, Integer::sum));
                    each.years.forEach((value, n) -> sum.years.merge(value, n, Integer::sum));
                }
                return new Facets(most(sum.sources), most(sum.categories), years(sum.years));
            }
        });
    }

    private static List<Count> most(Map<String, Integer> counted) {
        return counted.entrySet().stream()
                .map(e -> new Count(e.getKey(), e.getValue()))
                .sorted(Comparator.comparingInt(Count::papers).reversed().thenComparing(Count::value))
                .limit(MOST)
                .toList();
    }

    private static List<Count> years(Map<Integer, Integer> counted) {
        return counted.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByKey().reversed())
                .limit(MOST)
                .map(e -> new Count(Integer.toString(e.getKey()), e.getValue()))
                .toList();
    }

    /** Counts by the numbers that values have in a segment, and by the values themselves at its end. */
    private static final class Counter extends SimpleCollector {

        private static final int LAST_YEAR = 9_999;

        private final Map<String, Integer> sources = new HashMap<>();
        private final Map<String, Integer> categories = new HashMap<>();
        private final Map<Integer, Integer> years = new HashMap<>();

        private SortedDocValues source = DocValues.emptySorted();
        private SortedSetDocValues category = DocValues.emptySortedSet();
        private NumericDocValues year = DocValues.emptyNumeric();
        private int[] ofSource = new int[0];
        private int[] ofCategory = new int[0];
        private final int[] ofYear = new int[LAST_YEAR + 1];

        @Override
        protected void doSetNextReader(LeafReaderContext segment) throws IOException {
            finish();
            source = DocValues.getSorted(segment.reader(), SOURCE);
            category = DocValues.getSortedSet(segment.reader(), CATEGORY);
            year = DocValues.getNumeric(segment.reader(), SearchIndex.YEAR);
            ofSource = new int[source.getValueCount()];
            ofCategory = new int[Math.toIntExact(category.getValueCount())];
        }

        @Override
        public void collect(int document) throws IOException {
            if (source.advanceExact(document)) {
                ofSource[source.ordValue()]++;
            }
            if (category.advanceExact(document)) {
                for (int i = 0; i < category.docValueCount(); i++) {
                    ofCategory[(int) category.nextOrd()]++;
                }
            }
            if (year.advanceExact(document)) {
                ofYear[(int) Math.clamp(year.longValue(), 0, LAST_YEAR)]++;
            }
        }

        @Override
        public void finish() throws IOException {
            for (int ord = 0; ord < ofSource.length; ord++) {
                if (ofSource[ord] > 0) {
                    sources.merge(source.lookupOrd(ord).utf8ToString(), ofSource[ord], Integer::sum);
                }
            }
            for (int ord = 0; ord < ofCategory.length; ord++) {
                if (ofCategory[ord] > 0) {
                    categories.merge(category.lookupOrd(ord).utf8ToString(), ofCategory[ord], Integer::sum);
                }
            }
            ofSource = new int[0];
            ofCategory = new int[0];
            for (int each = 0; each < ofYear.length; each++) {
                if (ofYear[each] > 0) {
                    years.merge(each, ofYear[each], Integer::sum);
                    ofYear[each] = 0;
                }
            }
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }
}
