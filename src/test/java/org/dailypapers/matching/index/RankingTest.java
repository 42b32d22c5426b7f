package org.dailypapers.matching.index;

import static org.dailypapers.matching.Listed.paper;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.dailypapers.interest.KnownInterest;
import org.dailypapers.matching.Listed;
import org.dailypapers.matching.Matcher;
import org.dailypapers.matching.Profile;
import org.dailypapers.matching.word.Abbreviations;
import org.dailypapers.paper.Entry;
import org.dailypapers.paper.Topics;
import org.junit.jupiter.api.Test;

class RankingTest {

    private static final List<Entry> ENTRIES = Listed.entries(
            paper("Agents, one").score(1.5),
            paper("Agents, two").from("A lab"),
            paper("Agents, three").score(1.9));

    private static final RankingSignal FROM_A_LAB = new RankingSignal() {
        @Override
        public String name() {
            return "from-a-lab";
        }

        @Override
        public double score(Candidate candidate) {
            return candidate.paper().organization == null ? 1 : 4;
        }
    };

    @Test
    void aSignalTakesPartByBeingThere() {
        assertEquals(List.of(3L, 1L, 2L), order(Map.of("from-a-lab", 0.0)));
        assertEquals(List.of(2L, 3L, 1L), order(Map.of("from-a-lab", 1.0)));
    }

    @Test
    void theWeightOfASignalIsAnExponent() {
        assertEquals(List.of(3L, 2L, 1L), order(Map.of("from-a-lab", 0.4)), "4^0.4 lies between 1.5 and 1.9");
        assertEquals(List.of(2L, 3L, 1L), order(Map.of("trending", 2.0, "from-a-lab", 1.0)));
        assertEquals(List.of(3L, 1L, 2L), order(Map.of("trending", 4.0, "from-a-lab", 0.5)));
    }

    @Test
    void withoutSignalsRelevanceAloneCountsAndTrendingBreaksTies() {
        assertEquals(List.of(3L, 1L, 2L), order(Map.of("trending", 0.0, "from-a-lab", 0.0)));
    }

    private static List<Long> order(Map<String, Double> weights) {
        var ranking = new Ranking(List.of(new TrendingSignal(), FROM_A_LAB), name -> weights.getOrDefault(name, 1.0));
        var index = new EditionIndex(ENTRIES, Topics.read(""), Abbreviations.builtIn(), ranking);
        var profile = new Profile(List.of(KnownInterest.of("agent")), 10, false, 0);
        return Matcher.match(index, profile, id -> false).stream()
                .map(m -> m.candidate().paper().id)
                .toList();
    }
}
