package org.dailypapers.matching.likeness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dailypapers.matching.likeness.TermVectors.Text;

/** Which terms of some papers are worth to be known, and how many papers hold each; bounded in memory. */
final class TermCounts {

    /** The commonest terms that are kept: some ten megabytes with their vectors. */
    private static final int MOST_TERMS = 60_000;

    /** What stands in more than so many of all papers tells nothing; of few papers that cannot be known. */
    private static final double TOO_COMMON = 0.3;

    private static final int FEW = 100;

    /** From so many papers on a term must stand in two, or it could only tell a paper from all others. */
    private static final int MANY = 500;

    /** Nine of ten pairs of words stand in one paper alone: they are told by counts of their hashes, not by themselves. */
    private static final int HASHES = 1 << 21;

    private final Map<String, Integer> holding = new HashMap<>();
    private final int least;
    private final double most;

    TermCounts(List<Text> papers) {
        least = papers.size() >= MANY ? 2 : 1;
        most = papers.size() >= FEW ? TOO_COMMON * papers.size() : papers.size();
        byte[] hashes = new byte[HASHES];
        for (Text paper : papers) {
            for (String term : Terms.of(paper.title(), paper.summary()).keySet()) {
                int hash = hash(term);
                hashes[hash] = (byte) Math.min(least, hashes[hash] + 1);
            }
        }
        for (Text paper : papers) {
            for (String term : Terms.of(paper.title(), paper.summary()).keySet()) {
                if (hashes[hash(term)] >= least) {
                    holding.merge(term, 1, Integer::sum);
                }
            }
        }
    }

    private static int hash(String term) {
        int hash = term.hashCode() * 0x9E3779B9;
        return (hash ^ hash >>> 15) & HASHES - 1;
    }

    /** Those that are kept, the commonest first. */
    String[] kept() {
        var kept = new ArrayList<String>();
        holding.forEach((term, n) -> {
            if (n >= least && n <= most) {
                kept.add(term);
            }
        });
        kept.sort(Comparator.comparingInt((String term) -> -holding(term)).thenComparing(Comparator.naturalOrder()));
        return kept.stream().limit(MOST_TERMS).toArray(String[]::new);
    }

    /** How many papers hold the term. */
    int holding(String term) {
        return holding.getOrDefault(term, 0);
    }
}
