package org.dailypapers.matching;

import java.util.List;

/**
 * A paper for a reader, and why.
 *
 * @param candidate the paper and its standing
 * @param interest the line that it meets; null where it completes the letter as a trending one
 * @param words of title or abstract that met the interest, as they stand there
 * @param score relevance × trending × weight; for a trending one its trending factor alone
 */
public record Match(Candidate candidate, String interest, List<String> words, double score) {
    public Match {
        words = List.copyOf(words);
    }
}
