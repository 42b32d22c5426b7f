package org.dailypapers.matching;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.lucene.document.Document;
import org.apache.lucene.monitor.Monitor;
import org.apache.lucene.monitor.MonitorConfiguration;
import org.apache.lucene.monitor.MonitorQuery;
import org.apache.lucene.monitor.QueryMatch;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.interest.Query;
import org.dailypapers.matching.index.EditionIndex;
import org.dailypapers.matching.index.Hits;
import org.dailypapers.matching.index.IndexField;
import org.dailypapers.matching.index.Ranking;
import org.dailypapers.matching.index.Translation;
import org.dailypapers.matching.word.Abbreviations;
import org.dailypapers.paper.Entry;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Topics;

/**
 * Every reader's list of ten for 10,000, 100,000 and 1,000,000 readers, beside Lucene Monitor with one query a reader
 * and beside plain search for each keyword in each paper; all in one process, interleaved.
 */
final class MatchBench {

    private static final int PAPERS = 1_000;
    private static final int LINES = 50_000;
    private static final int SIZE = 10;
    private static final int ROUNDS = 5;
    private static final int[] READERS = {10_000, 100_000, 1_000_000};

    /** Plain search takes milliseconds a reader: so many tell. */
    private static final int NAIVE_READERS = 100;

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private MatchBench() {}

    /** What a run took: of wall clock and of all the process's threads, in seconds. */
    private record Cost(double time, double cpu) {
        static Cost of(Runnable run) {
            long cpu = SYSTEM.getProcessCpuTime();
            long time = System.nanoTime();
            run.run();
            return new Cost((System.nanoTime() - time) / 1e9, (SYSTEM.getProcessCpuTime() - cpu) / 1e9);
        }

        static Cost median(List<Cost> costs) {
            return new Cost(
                    median(costs.stream().mapToDouble(Cost::time).toArray()),
                    median(costs.stream().mapToDouble(Cost::cpu).toArray()));
        }

        private static double median(double[] values) {
            Arrays.sort(values);
            return values[values.length / 2];
        }
    }

    /** Which lines each reader has, packed: those of reader r from {@code start[r]} to {@code start[r + 1]}. */
    private record Readers(int[] start, int[] lines) {
        static Readers drawn(int count, int distinct) {
            var random = new Random(4);
            var zipf = new BenchCorpus.Zipf(distinct);
            int[] start = new int[count + 1];
            for (int r = 0; r < count; r++) {
                start[r + 1] = start[r] + 5 + random.nextInt(6);
            }
            int[] lines = new int[start[count]];
            for (int r = 0; r < count; r++) {
                for (int i = start[r]; i < start[r + 1]; i++) {
                    do {
                        lines[i] = zipf.next(random);
                    } while (contains(lines, start[r], i, lines[i]));
                }
            }
            return new Readers(start, lines);
        }

        private static boolean contains(int[] lines, int from, int to, int line) {
            for (int i = from; i < to; i++) {
                if (lines[i] == line) {
                    return true;
                }
            }
            return false;
        }

        int count() {
            return start.length - 1;
        }

        List<Integer> of(int reader) {
            return IntStream.range(start[reader], start[reader + 1])
                    .mapToObj(i -> lines[i])
                    .toList();
        }
    }

    public static void main(String[] arguments) throws IOException {
        BenchCorpus corpus = BenchCorpus.of(PAPERS, LINES);
        List<String> lines = corpus.lines();
        List<Entry> entries = corpus.entries();
        System.out.printf(
                Locale.ROOT,
                "%d papers (%s), %d distinct interests, 5-10 a reader, lists of %d; %d rounds, medians; seeds 2, 3, 4%n",
                entries.size(),
                corpus.name(),
                lines.size(),
                SIZE,
                ROUNDS);

        Map<Integer, List<Cost>> asking = new LinkedHashMap<>();
        Map<Integer, List<Cost>> listing = new LinkedHashMap<>();
        Map<Integer, Double> heap = new LinkedHashMap<>();
        var monitor = new ArrayList<Cost>();
        var naive = new ArrayList<Cost>();
        for (int round = -1; round < ROUNDS; round++) {
            for (int count : READERS) {
                long before = heapInUse();
                Readers readers = Readers.drawn(count, lines.size());
                var index = new EditionIndex(entries, Topics.read(""), Abbreviations.builtIn(), Ranking.byTrending());
                Hits[] hits = new Hits[lines.size()];
                Cost asked = Cost.of(() -> ask(index, lines, readers, hits));
                long[] sum = {0, 0};
                Cost listed = Cost.of(() -> list(index, readers, hits, sum));
                if (round < 0) {
                    heap.put(count, (double) (heapInUse() - before) / count);
                    System.out.printf(
                            Locale.ROOT,
                            "%,d readers: %.0f finds a reader, %.1f papers in a list, heap %.0f bytes a reader%n",
                            count,
                            (double) pairs(readers, hits) / count,
                            (double) sum[0] / count,
                            heap.get(count));
                } else {
                    asking.computeIfAbsent(count, c -> new ArrayList<>()).add(asked);
                    listing.computeIfAbsent(count, c -> new ArrayList<>()).add(listed);
                }
            }
            Readers few = Readers.drawn(READERS[0], lines.size());
            Cost byMonitor = monitor(entries, lines, few);
            Cost byPlainSearch = Cost.of(() -> plainSearch(corpus, lines, few));
            if (round >= 0) {
                monitor.add(byMonitor);
                naive.add(byPlainSearch);
            }
        }
        print(asking, listing, Cost.median(monitor), Cost.median(naive));
    }

    private static void print(
            Map<Integer, List<Cost>> asking, Map<Integer, List<Cost>> listing, Cost monitor, Cost naive) {
        System.out.printf("%n%-34s %12s %12s %14s%n", "", "seconds", "CPU seconds", "µs CPU a list");
        asking.forEach((count, costs) -> {
            Cost asked = Cost.median(costs);
            Cost listed = Cost.median(listing.get(count));
            row("%,d readers: asking".formatted(count), asked, 0);
            row("%,d readers: every list".formatted(count), listed, count);
            row("%,d readers: together".formatted(count), sum(asked, listed), count);
        });
        row("Lucene Monitor, %,d readers".formatted(READERS[0]), monitor, READERS[0]);
        row("plain search, %,d readers".formatted(NAIVE_READERS), naive, NAIVE_READERS);
        int most = READERS[READERS.length - 1];
        Cost few = Cost.median(listing.get(READERS[0]));
        Cost all = Cost.median(listing.get(most));
        Cost together = sum(Cost.median(asking.get(READERS[0])), few);
        System.out.printf(
                Locale.ROOT,
                "%nTime of a list, 1,000,000 to 10,000 readers: %.2f · against Monitor at 10,000: %.0f × (CPU), %.0f × (time)"
                        + " · against plain search, a reader: %.0f ×%n",
                // One thread works, and the clock is finer than that of CPU time, which ticks a hundred times a second.
                all.time() / most / (few.time() / READERS[0]),
                monitor.cpu() / together.cpu(),
                monitor.time() / together.time(),
                naive.cpu() / NAIVE_READERS / (together.cpu() / READERS[0]));
    }

    private static void row(String name, Cost cost, int readers) {
        System.out.printf(
                Locale.ROOT,
                "%-34s %12.3f %12.3f %14s%n",
                name,
                cost.time(),
                cost.cpu(),
                readers == 0 ? "" : "%.2f".formatted(cost.cpu() * 1e6 / readers));
    }

    private static Cost sum(Cost a, Cost b) {
        return new Cost(a.time() + b.time(), a.cpu() + b.cpu());
    }

    private static void ask(EditionIndex index, List<String> lines, Readers readers, Hits[] hits) {
        for (int line : readers.lines()) {
            if (hits[line] == null) {
                hits[line] = index.ask(lines.get(line)).orElseThrow();
            }
        }
    }

    private static void list(EditionIndex index, Readers readers, Hits[] hits, long[] sum) {
        var picker = new Picker(index);
        var asked = new ArrayList<Hits>();
        for (int reader = 0; reader < readers.count(); reader++) {
            asked.clear();
            for (int i = readers.start()[reader]; i < readers.start()[reader + 1]; i++) {
                asked.add(hits[readers.lines()[i]]);
            }
            sum[0] += picker.pick(SIZE, false, 0, id -> false, asked);
            sum[1] += picker.count() > 0 ? picker.candidate(0).paper().id : 0;
        }
    }

    private static long pairs(Readers readers, Hits[] hits) {
        return Arrays.stream(readers.lines()).mapToLong(l -> hits[l].size()).sum();
    }

    /** Matches all papers at once; that the queries are registered before is not counted. */
    private static Cost monitor(List<Entry> entries, List<String> lines, Readers readers) throws IOException {
        var translation = new Translation(Topics.read(""), Abbreviations.builtIn());
        try (var monitor = new Monitor(IndexField.indexing(), new MonitorConfiguration())) {
            var queries = new ArrayList<MonitorQuery>();
            for (int reader = 0; reader < readers.count(); reader++) {
                var any = new BooleanQuery.Builder();
                for (int line : readers.of(reader)) {
                    any.add(translation.ranked(query(lines.get(line))), Occur.SHOULD);
                }
                queries.add(new MonitorQuery("r" + reader, any.build()));
                if (queries.size() == 1_000 || reader == readers.count() - 1) {
                    monitor.register(queries);
                    queries.clear();
                }
            }
            Document[] documents = entries.stream().map(e -> document(e.paper)).toArray(Document[]::new);
            return Cost.of(() -> {
                try {
                    monitor.match(documents, QueryMatch.SIMPLE_MATCHER);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
        }
    }

    private static Document document(Paper paper) {
        Document document = IndexField.document(paper);
        document.removeField("id");
        return document;
    }

    private static Query query(String line) {
        return ((Interest) InterestParser.parse(line)).query();
    }

    /** Every keyword looked for in every paper. */
    private static void plainSearch(BenchCorpus corpus, List<String> lines, Readers readers) {
        List<String> texts = corpus.papers().stream()
                .map(p -> (p.title() + " " + p.summary()).toLowerCase(Locale.ROOT))
                .toList();
        long found = 0;
        for (int reader = 0; reader < NAIVE_READERS; reader++) {
            for (int line : readers.of(reader)) {
                String keyword = lines.get(line).split(" -")[0].replace("\"", "");
                found += texts.stream().filter(t -> t.contains(keyword)).count();
            }
        }
        if (found == 0) {
            throw new IllegalStateException("plain search found nothing");
        }
    }

    private static long heapInUse() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
