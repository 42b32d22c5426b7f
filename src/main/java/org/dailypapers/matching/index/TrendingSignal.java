package org.dailypapers.matching.index;

import jakarta.enterprise.context.ApplicationScoped;

/** How much a paper is talked about, as its edition's closing found it: 1 to 2. */
@ApplicationScoped
class TrendingSignal implements RankingSignal {

    @Override
    public String name() {
        return "trending";
    }

    @Override
    public double score(Candidate candidate) {
        return candidate.trending();
    }
}
