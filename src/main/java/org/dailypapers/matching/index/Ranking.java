package org.dailypapers.matching.index;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.config.Config;

/** What papers are ranked by beside their relevance: the product of all signals, each to the power of its weight. */
@ApplicationScoped
public class Ranking {

    private static final String SETTING = "daily-papers.ranking.";

    private final List<Weighted> signals;

    private record Weighted(RankingSignal signal, double weight) {}

    @Inject
    Ranking(@Any Instance<RankingSignal> signals, Config config) {
        this(signals.stream().toList(), name -> weight(name, config));
    }

    /** @param weight of the signal of that name */
    Ranking(List<RankingSignal> signals, ToDoubleFunction<String> weight) {
        this.signals = signals.stream()
                .map(s -> new Weighted(s, weight.applyAsDouble(s.name())))
                .filter(s -> s.weight() != 0)
                .sorted(Comparator.comparing(s -> s.signal().name()))
                .toList();
    }

    /** The built-in signal alone. */
    public static Ranking byTrending() {
        return new Ranking(List.of(new TrendingSignal()), name -> 1);
    }

    private static double weight(String name, Config config) {
        try {
            return config.getOptionalValue(SETTING + name, String.class)
                    .map(new RankingSettings.Weight()::convert)
                    .orElse(1.0);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(SETTING + name + ": " + e.getMessage(), e);
        }
    }

    /** The factor by which the paper's relevance is multiplied; above 0. */
    double factor(Candidate candidate) {
        double factor = 1;
        for (Weighted weighted : signals) {
            double score = weighted.signal().score(candidate);
            factor *= weighted.weight() == 1 ? score : Math.pow(score, weighted.weight());
        }
        return factor;
    }
}
