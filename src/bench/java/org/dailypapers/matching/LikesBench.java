package org.dailypapers.matching;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import org.dailypapers.interest.Interest;
import org.dailypapers.matching.index.EditionIndex;
import org.dailypapers.matching.index.Hits;
import org.dailypapers.matching.index.Ranking;
import org.dailypapers.matching.word.Abbreviations;
import org.dailypapers.paper.Entry;
import org.dailypapers.paper.Topics;

/** A million lists of ten from 20 liked papers and 5 lines each, beside lists from 5 to 10 lines alone; in turns. */
final class LikesBench {

    private static final int PAPERS = 1_000;
    private static final int CATALOGUE = 10_000;
    private static final int LINES = 50_000;
    private static final int LIKES = 20;
    private static final int READERS = 1_000_000;
    private static final int SIZE = 10;
    private static final int ROUNDS = 3;

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private LikesBench() {}

    public static void main(String[] arguments) throws IOException {
        BenchCorpus corpus = BenchCorpus.of(PAPERS, LINES);
        List<Entry> catalogue = BenchCorpus.of(CATALOGUE, 1_000).entries();
        NamedPapers liked = NamedPapers.of(catalogue);
        List<String> likes =
                catalogue.stream().map(e -> Interest.likeLine(e.paper.publicId)).toList();
        System.out.printf(
                Locale.ROOT,
                "%d papers, %,d lines, %,d papers to like; lists of %d for %,d readers; %d rounds, medians; seed 4%n",
                corpus.entries().size(),
                LINES,
                likes.size(),
                SIZE,
                READERS,
                ROUNDS);
        var without = new ArrayList<Double>();
        var with = new ArrayList<Double>();
        for (int round = -1; round < ROUNDS; round++) {
            double plain = cpu(corpus, liked, likes, false);
            double learned = cpu(corpus, liked, likes, true);
            if (round >= 0) {
                without.add(plain);
                with.add(learned);
            }
        }
        System.out.printf(Locale.ROOT, "5-10 lines:          %.2f s of CPU%n", median(without));
        System.out.printf(Locale.ROOT, "5 lines + 20 likes:  %.2f s of CPU%n", median(with));
        System.out.printf(Locale.ROOT, "with to without likes: %.2f%n", median(with) / median(without));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** Of asking and making all lists, in seconds. */
    private static double cpu(BenchCorpus corpus, NamedPapers liked, List<String> likes, boolean learned) {
        var index = new EditionIndex(
                corpus.entries(), Topics.read(""), Abbreviations.builtIn(), Ranking.byTrending(), liked);
        index.ask(likes.getFirst());
        Hits[] lines = new Hits[corpus.lines().size()];
        Hits[] papers = new Hits[likes.size()];
        int[][] readers = drawn(learned, lines.length, papers.length);
        var picker = new Picker(index);
        var asked = new ArrayList<Hits>();
        long finds = 0;
        long chosen = 0;
        long start = SYSTEM.getProcessCpuTime();
        for (int[] reader : readers) {
            asked.clear();
            for (int number : reader) {
                // Likes are numbered behind the lines.
                Hits[] known = number < lines.length ? lines : papers;
                int at = number < lines.length ? number : number - lines.length;
                if (known[at] == null) {
                    known[at] = index.ask(known == lines ? corpus.lines().get(at) : likes.get(at))
                            .orElseThrow();
                }
                asked.add(known[at]);
                finds += known[at].size();
            }
            chosen += picker.pick(SIZE, false, 0, id -> false, asked);
        }
        double cpu = (SYSTEM.getProcessCpuTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "  %s: %.0f finds a reader, %.1f papers a list%n",
                learned ? "likes" : "lines",
                (double) finds / READERS,
                (double) chosen / READERS);
        return cpu;
    }

    private static int[][] drawn(boolean learned, int lines, int likes) {
        var random = new Random(4);
        var ofLines = new BenchCorpus.Zipf(lines);
        var ofLikes = new BenchCorpus.Zipf(likes);
        int[][] readers = new int[READERS][];
        for (int reader = 0; reader < READERS; reader++) {
            int typed = learned ? 5 : 5 + random.nextInt(6);
            var numbers = new TreeSet<Integer>();
            while (numbers.size() < typed) {
                numbers.add(ofLines.next(random));
            }
            while (learned && numbers.size() < typed + LIKES) {
                numbers.add(lines + ofLikes.next(random));
            }
            readers[reader] = numbers.stream().mapToInt(n -> n).toArray();
        }
        return readers;
    }
}
