package org.dailypapers.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dailypapers.paper.Paper;

/**
 * Which papers are nearly the same one, such as a preprint and its second posting under another name.
 *
 * <p>Two papers are twins if their titles have the same words in the same order, three at least, or if half of the
 * runs of five words of the abstract that has fewer of them stand in the other one too, where it has {@value #FEWEST}
 * at least. Words are runs of letters and digits without regard to case.
 */
final class Twins {

    /** Below that many runs of five words an abstract is too short to tell. */
    static final int FEWEST = 20;

    private static final int RUN = 5;
    private static final int FEWEST_TITLE_WORDS = 3;
    private static final HashSet<Integer> NOBODY = new HashSet<>();

    private final int[][] twins;

    private Twins(int[][] twins) {
        this.twins = twins;
    }

    /** @param papers numbered by their place */
    static Twins among(List<Paper> papers) {
        var twins = new HashMap<Integer, HashSet<Integer>>();
        byTitle(papers).values().forEach(same -> pair(same, twins));
        int[] runs = new int[papers.size()];
        shared(papers, runs).forEach((pair, shared) -> {
            int a = (int) (pair >> Integer.SIZE);
            int b = pair.intValue();
            int fewer = Math.min(runs[a], runs[b]);
            if (fewer >= FEWEST && 2 * shared >= fewer) {
                pair(List.of(a, b), twins);
            }
        });
        int[][] sorted = new int[papers.size()][];
        for (int paper = 0; paper < sorted.length; paper++) {
            sorted[paper] = twins.getOrDefault(paper, NOBODY).stream()
                    .mapToInt(t -> t)
                    .sorted()
                    .toArray();
        }
        return new Twins(sorted);
    }

    /** The twins of the paper with that number, ascending. */
    int[] of(int paper) {
        return twins[paper];
    }

    private static void pair(List<Integer> same, Map<Integer, HashSet<Integer>> twins) {
        for (int a : same) {
            for (int b : same) {
                if (a != b) {
                    twins.computeIfAbsent(a, p -> new HashSet<>()).add(b);
                }
            }
        }
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

    /** For each pair of papers that have runs in common how many; counts each paper's runs in passing. */
    private static Map<Long, Integer> shared(List<Paper> papers, int[] counts) {
        long[] all = new long[0];
        int n = 0;
        for (int i = 0; i < papers.size(); i++) {
            int[] runs = runs(papers.get(i).summary);
            counts[i] = runs.length;
            all = n + runs.length > all.length ? Arrays.copyOf(all, 2 * (n + runs.length)) : all;
            for (int run : runs) {
                all[n++] = (long) run << Integer.SIZE | i;
            }
        }
        Arrays.sort(all, 0, n);
        var shared = new HashMap<Long, Integer>();
        for (int from = 0; from < n; ) {
            int to = from + 1;
            while (to < n && all[to] >> Integer.SIZE == all[from] >> Integer.SIZE) {
                to++;
            }
            for (int a = from; a < to; a++) {
                for (int b = a + 1; b < to; b++) {
                    shared.merge((long) (int) all[a] << Integer.SIZE | (int) all[b], 1, Integer::sum);
                }
            }
            from = to;
        }
        return shared;
    }

    /** The distinct runs of five words, as hashes. */
    private static int[] runs(String text) {
        List<String> words = words(text);
        int[] runs = new int[Math.max(0, words.size() - RUN + 1)];
        for (int i = 0; i < runs.length; i++) {
            runs[i] = words.subList(i, i + RUN).hashCode();
        }
        return Arrays.stream(runs).distinct().toArray();
    }

    static List<String> words(String text) {
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
