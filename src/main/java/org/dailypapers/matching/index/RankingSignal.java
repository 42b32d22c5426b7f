package org.dailypapers.matching.index;

/**
 * Something that makes a paper more or less welcome whoever reads it; every bean of this type takes part.
 *
 * <p>Its weight is the setting {@code daily-papers.ranking.NAME}: an exponent, 1 where nothing is set, 0 to switch the
 * signal off.
 */
public interface RankingSignal {

    /** The name of its setting: lower-case words joined by hyphens. */
    String name();

    /** A factor above 0; 1 where nothing is known, so that a missing signal is neutral. */
    double score(Candidate candidate);
}
