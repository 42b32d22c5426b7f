package org.dailypapers.matching.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.dailypapers.paper.Paper;

/**
 * Which papers are nearly the same one, such as a preprint and its second posting under another name.
 *
 * <p>Two papers are twins if their titles have the same words in the same order, three at least, or if half of the
 * runs of five words of the abstract that has fewer of them stand in the other one too, where it has {@value #FEWEST}
 * at least. Words are runs of letters and digits without regard to case. A title or a run that stands in more than
 * {@value #MOST_ALIKE} papers is a form of words, as “no abstract is available for this article” is, and tells nothing.
 *
 * <p>So each run of a paper is compared with at most {@value #MOST_ALIKE} others, whatever the papers hold, and only one
 * paper's comparisons are held at a time.
 */
public final class Twins {

    /** Below that many runs of five words an abstract is too short to tell. */
    static final int FEWEST = 20;

    /** The most papers that a title or a run may stand in to tell something. */
    static final int MOST_ALIKE = 20;

    /** Of a longer abstract the first ones count. */
    static final int MOST_RUNS = 1_000;

    private static final int RUN = 5;
    private static final int FEWEST_TITLE_WORDS = 3;
    private static final int[] NOBODY = new int[0];

    private final int[][] twins;
    private final long compared;

    private Twins(int[][] twins, long compared) {
        this.twins = twins;
        this.compared = compared;
    }

    /** @param papers numbered by their place */
    static Twins among(List<Paper> papers) {
        List<Set<Integer>> twins = new ArrayList<>(Collections.nCopies(papers.size(), null));
        byTitle(papers).values().stream()
                .filter(same -> same.size() <= MOST_ALIKE)
                .forEach(same -> pair(same, twins));
        long compared = bySummary(papers, twins);
        return new Twins(
                twins.stream()
                        .map(known -> known == null
                                ? NOBODY
                                : known.stream().mapToInt(t -> t).sorted().toArray())
                        .toArray(int[][]::new),
                compared);
    }

    /** The twins of the paper with that number, ascending. */
    int[] of(int paper) {
        return twins[paper];
    }

    /** How many times a run of one paper was compared with the same run of another. */
    long compared() {
        return compared;
    }

    private static void pair(List<Integer> same, List<Set<Integer>> twins) {
        for (int a : same) {
            for (int b : same) {
                if (a < b) {
                    pair(a, b, twins);
                }
            }
        }
    }

    private static void pair(int a, int b, List<Set<Integer>> twins) {
        of(a, twins).add(b);
        of(b, twins).add(a);
    }

    private static Set<Integer> of(int paper, List<Set<Integer>> twins) {
        if (twins.get(paper) == null) {
            twins.set(paper, new HashSet<>());
        }
        return twins.get(paper);
    }

    private static Map<String, List<Integer>> byTitle(List<Paper> papers) {
        var byTitle = new HashMap<String, List<Integer>>();
        for (int i = 0; i < papers.size(); i++) {
            List<String> words = words(papers.get(i).title);
            if (words.size() >= FEWEST_TITLE_WORDS) {
                byTitle.computeIfAbsent(String.join(" ", words), t -> new ArrayList<>())
                        .add(i);
            }
        }
        return byTitle;
    }

    /** Pairs the papers whose abstracts share enough; how many comparisons that took. */
    private static long bySummary(List<Paper> papers, List<Set<Integer>> twins) {
        long[] telling = telling(papers);
        int[] owner = new int[telling.length];
        int[] runs = new int[papers.size()];
        for (int place = 0; place < telling.length; place++) {
            owner[place] = (int) telling[place];
            runs[owner[place]]++;
        }
        int[][] places = places(owner, runs);
        int[] shared = new int[papers.size()];
        int[] met = new int[papers.size()];
        long compared = 0;
        for (int paper = 0; paper < papers.size(); paper++) {
            int others = 0;
            for (int place : places[paper]) {
                for (int next = place + 1; next < telling.length && run(telling[next]) == run(telling[place]); next++) {
                    int other = owner[next];
                    met[others] = other;
                    others += shared[other]++ == 0 ? 1 : 0;
                    compared++;
                }
            }
            for (int i = 0; i < others; i++) {
                int fewer = Math.min(runs[paper], runs[met[i]]);
                if (fewer >= FEWEST && 2 * shared[met[i]] >= fewer) {
                    pair(paper, met[i], twins);
                }
                shared[met[i]] = 0;
            }
        }
        return compared;
    }

    /** For each paper the places of its runs. */
    private static int[][] places(int[] owner, int[] runs) {
        int[][] places = new int[runs.length][];
        for (int paper = 0; paper < runs.length; paper++) {
            places[paper] = new int[runs[paper]];
        }
        int[] filled = new int[runs.length];
        for (int place = 0; place < owner.length; place++) {
            places[owner[place]][filled[owner[place]]++] = place;
        }
        return places;
    }

    /** Every run that tells something, above the number of its paper: those of one run stand together, ascending. */
    private static long[] telling(List<Paper> papers) {
        long[] all = new long[0];
        int n = 0;
        for (int i = 0; i < papers.size(); i++) {
            int[] runs = runs(papers.get(i).summary);
            all = n + runs.length > all.length ? Arrays.copyOf(all, 2 * (n + runs.length)) : all;
            for (int run : runs) {
                all[n++] = (long) run << Integer.SIZE | i;
            }
        }
        Arrays.sort(all, 0, n);
        int kept = 0;
        for (int from = 0; from < n; ) {
            int to = from + 1;
            while (to < n && run(all[to]) == run(all[from])) {
                to++;
            }
            if (to - from <= MOST_ALIKE) {
                System.arraycopy(all, from, all, kept, to - from);
                kept += to - from;
            }
            from = to;
        }
        return Arrays.copyOf(all, kept);
    }

    private static int run(long telling) {
        return (int) (telling >> Integer.SIZE);
    }

    /** The distinct runs of five words, as hashes. */
    private static int[] runs(String text) {
        List<String> words = words(text);
        int[] runs = new int[Math.clamp(words.size() - RUN + 1, 0, MOST_RUNS)];
        for (int i = 0; i < runs.length; i++) {
            runs[i] = words.subList(i, i + RUN).hashCode();
        }
        return Arrays.stream(runs).distinct().toArray();
    }

    public static List<String> words(String text) {
        var words = new ArrayList<String>();
        String lower = text.toLowerCase(Locale.ROOT);
        int start = -1;
        for (int i = 0; i <= lower.length(); i++) {
            boolean inside = i < lower.length() && Character.isLetterOrDigit(lower.charAt(i));
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                words.add(lower.substring(start, i));
                start = -1;
            }
        }
        return words;
    }
}
