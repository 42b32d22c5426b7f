package org.dailypapers.matching;

import java.util.List;
import org.dailypapers.matching.index.Candidate;
import org.jspecify.annotations.Nullable;

/**
 * A paper for a reader, and why.
 *
 * @param candidate the paper and its standing
 * @param interest the line that gives it most; null where it completes the letter as a trending one
 * @param also the other lines that it meets, the one that gives most first
 * @param words of title or abstract that met the interest, as they stand there
 * @param score relevance × trending × weight; for a trending one its trending factor alone
 */
public record Match(
        Candidate candidate, @Nullable String interest, List<String> also, List<String> words, double score) {
    public Match {
        also = List.copyOf(also);
        words = List.copyOf(words);
    }
}
