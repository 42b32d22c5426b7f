package org.dailypapers.matching.index;

import java.util.Comparator;
import java.util.List;
import org.dailypapers.paper.Entry;
import org.dailypapers.paper.Paper;
import org.jspecify.annotations.Nullable;

/**
 * A paper that letters may hold, with its standing in the editions in question.
 *
 * @param trending the best score it has there, from 1; 1 where none is known
 * @param rank its best rank, from 1; none while its edition is open
 * @param gained the votes it gained where it is rising, else 0
 */
public record Candidate(
        Paper paper, double trending, @Nullable Integer rank, int gained) {

    /** The order of trending; what is equal in it is ordered by rank, then by the paper's id, the same way for ever. */
    static final Comparator<Candidate> BY_TRENDING = Comparator.<Candidate>comparingDouble(c -> -c.trending())
            .thenComparingInt(c -> c.rank() == null ? Integer.MAX_VALUE : c.rank())
            .thenComparing(c -> c.paper().publicId);

    /** What a paper takes beside its texts and the places of its words, in bytes. */
    private static final int PAPER = 1_500;

    /** What a character of a text takes: itself, and its part in the places of a word, as a stem and as it is written. */
    private static final int CHARACTER = 5;

    /** What an author's name takes with its readings. */
    private static final int NAME = 250;

    /** What it takes in memory with all that is indexed of it, roughly, in bytes. */
    long weight() {
        return PAPER
                + CHARACTER * (long) (paper.title.length() + paper.summary.length())
                + NAME * (long) (paper.authors.size() + paper.keywords.size());
    }

    static Candidate of(List<Entry> entries) {
        return new Candidate(
                entries.getFirst().paper,
                entries.stream()
                        .mapToDouble(e -> e.score == null ? 1 : e.score)
                        .max()
                        .orElse(1),
                entries.stream()
                        .map(e -> e.rank)
                        .filter(r -> r != null)
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                entries.stream()
                        .mapToInt(e -> e.gained == null ? 0 : e.gained)
                        .max()
                        .orElse(0));
    }

    /** Whether it may complete a letter whose reader asked for trending papers: it has votes or is rising. */
    public boolean voted() {
        return gained > 0 || paper.votes != null && paper.votes > 0;
    }
}
