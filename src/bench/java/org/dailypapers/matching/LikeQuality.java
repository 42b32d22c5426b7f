package org.dailypapers.matching;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.KnownInterest;
import org.dailypapers.matching.index.EditionIndex;
import org.dailypapers.matching.index.Ranking;
import org.dailypapers.matching.word.Abbreviations;
import org.dailypapers.paper.Entry;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Topics;
import org.dailypapers.source.PaperRecord;

/**
 * How many of the best 20 papers are of the group whose papers somebody likes; no name of a group is seen.
 *
 * <p>Of each group 20 papers are drawn; the first 1, 5 or all of them are liked, and the best of all papers that were not
 * drawn are counted. Likeness is learned from all papers.
 */
final class LikeQuality {

    private static final int GROUPS = 27;
    private static final int EXAMPLES = 20;
    private static final int[] LIKES = {1, 5, 20};
    private static final int DISLIKES = 5;
    private static final int SIZE = 20;
    private static final long[] SEEDS = {1, 2, 3, 4, 5};
    private static final int RESAMPLES = 2_000;

    private final PrintStream out;
    private final String name;
    private final List<Entry> entries;
    private final Function<Paper, Set<String>> groupsOf;
    private final List<String> groups;
    private final NamedPapers liked;
    private final Function<List<Paper>, List<String>> telling;

    /**
     * @param groupsOf the groups that a paper belongs to
     * @param telling twelve lines that tell some papers from all others
     */
    LikeQuality(
            String name,
            List<PaperRecord> records,
            Function<Paper, Set<String>> groupsOf,
            Function<List<Paper>, List<String>> telling,
            PrintStream out) {
        this.name = name;
        this.out = out;
        this.groupsOf = groupsOf;
        this.telling = telling;
        entries = QualityBench.entries(records, false);
        Map<String, Long> sizes = entries.stream()
                .flatMap(e -> groupsOf.apply(e.paper).stream())
                .collect(groupingBy(g -> g, TreeMap::new, Collectors.counting()));
        groups = sizes.keySet().stream()
                .sorted(comparing((String g) -> -sizes.get(g)).thenComparing(g -> g))
                .limit(GROUPS)
                .toList();
        liked = NamedPapers.of(entries);
    }

    void print() {
        out.printf(
                "%nLikes: %,d papers by %s, the %d best filled; precision at %d, mean of seeds %s and groups,"
                        + " in brackets 95 %% of %,d resamples of the groups%n",
                entries.size(), name, groups.size(), SIZE, Arrays.toString(SEEDS), RESAMPLES);
        var rows = new LinkedHashMap<String, Map<String, List<Double>>>();
        for (long seed : SEEDS) {
            trial(seed, rows);
        }
        rows.forEach((row, byGroup) -> out.printf(Locale.ROOT, "  %-44s %s%n", row, interval(byGroup)));
    }

    private static String interval(Map<String, List<Double>> byGroup) {
        List<Double> means = byGroup.values().stream()
                .map(v -> v.stream().mapToDouble(d -> d).average().orElse(0))
                .toList();
        var random = new Random(7);
        double[] resampled = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            resampled[i] = random.ints(means.size(), 0, means.size())
                    .mapToDouble(means::get)
                    .average()
                    .orElse(0);
        }
        Arrays.sort(resampled);
        return String.format(
                Locale.ROOT,
                "%.3f [%.3f, %.3f]",
                means.stream().mapToDouble(d -> d).average().orElse(0),
                resampled[RESAMPLES / 40],
                resampled[RESAMPLES - RESAMPLES / 40]);
    }

    private void trial(long seed, Map<String, Map<String, List<Double>>> rows) {
        var examples = new TreeMap<String, List<Paper>>();
        for (String group : groups) {
            List<Paper> papers = entries.stream()
                    .map(e -> e.paper)
                    .filter(p -> groupsOf.apply(p).contains(group))
                    .collect(Collectors.toCollection(ArrayList::new));
            Collections.shuffle(papers, new Random(seed));
            examples.put(group, papers.subList(0, Math.min(EXAMPLES, papers.size() / 2)));
        }
        Set<Paper> taken =
                examples.values().stream().flatMap(List::stream).collect(Collectors.toCollection(HashSet::new));
        List<Entry> rest =
                entries.stream().filter(e -> !taken.contains(e.paper)).toList();
        var index = new EditionIndex(rest, Topics.read(""), Abbreviations.builtIn(), Ranking.byTrending(), liked);
        examples.forEach((group, papers) -> {
            List<String> words =
                    telling.apply(papers).stream().map(t -> '"' + t + '"').toList();
            note(rows, "twelve words of the 20", group, best(index, words), group);
            for (int likes : LIKES) {
                List<String> lines = likes(papers.subList(0, Math.min(likes, papers.size())));
                note(rows, likes + " likes", group, best(index, lines), group);
                note(
                        rows,
                        likes + " likes + twelve words",
                        group,
                        best(
                                index,
                                Stream.concat(lines.stream(), words.stream()).toList()),
                        group);
            }
            List<String> lines = likes(papers);
            List<Paper> before = best(index, lines);
            String other = commonest(before, group, examples.keySet());
            if (other != null) {
                List<String> less = examples.get(other).stream()
                        .limit(DISLIKES)
                        .map(p -> Interest.lessLine(p.publicId))
                        .toList();
                List<Paper> after =
                        best(index, Stream.concat(lines.stream(), less.stream()).toList());
                note(rows, "20 likes + 5 dislikes of the next group", group, after, group);
                note(rows, "share of the next group before", group, before, other);
                note(rows, "share of the next group after", group, after, other);
            }
        });
    }

    /** The group that most of the others are of. */
    private String commonest(List<Paper> papers, String but, Set<String> among) {
        var count = new HashMap<String, Integer>();
        papers.stream()
                .filter(p -> !groupsOf.apply(p).contains(but))
                .flatMap(p -> groupsOf.apply(p).stream())
                .filter(among::contains)
                .forEach(g -> count.merge(g, 1, Integer::sum));
        return count.keySet().stream()
                .min(comparing((String g) -> -count.get(g)).thenComparing(g -> g))
                .orElse(null);
    }

    private static List<String> likes(List<Paper> papers) {
        return papers.stream().map(p -> Interest.likeLine(p.publicId)).toList();
    }

    private static List<Paper> best(EditionIndex index, List<String> lines) {
        var profile = new Profile(lines.stream().map(KnownInterest::of).toList(), SIZE, false, 0);
        return Matcher.match(index, profile, id -> false).stream()
                .map(m -> m.candidate().paper())
                .toList();
    }

    private void note(
            Map<String, Map<String, List<Double>>> rows, String row, String group, List<Paper> chosen, String counted) {
        double right =
                chosen.stream().filter(p -> groupsOf.apply(p).contains(counted)).count();
        rows.computeIfAbsent(row, r -> new TreeMap<>())
                .computeIfAbsent(group, g -> new ArrayList<>())
                .add(right / SIZE);
    }
}
