package org.dailypapers.paper;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Scores the papers of an edition, or of several, by what people and repositories say of them. */
@ApplicationScoped
public class Trending {

    /** What fills a scale at least, so that five votes on a quiet day are not the summit. */
    static final int FEWEST_VOTES = 100;

    static final int FEWEST_COMMENTS = 10;
    static final int FEWEST_STARS = 1_000;
    static final int FEWEST_GROWTH = 100;

    private final TrendingSettings weights;

    Trending(TrendingSettings weights) {
        this.weights = weights;
    }

    /**
     * What is counted of a paper.
     *
     * @param votes with those gained since the closing before where it is rising; null where unknown, as the others
     * @param comments of its readers
     * @param stars of its repository
     * @param growth stars that the repository gained in a day or since the closing before
     */
    public record Counts(
            @Nullable Integer votes,
            @Nullable Integer comments,
            @Nullable Integer stars,
            @Nullable Integer growth) {

        /**
         * Those of a paper.
         *
         * @param gained votes since the closing before, 0 where it is not rising
         */
        public static Counts of(Paper paper, int gained) {
            return of(paper.votes, gained, paper.comments, paper.stars, paper.starsGained, paper.starsAtClosing);
        }

        static Counts of(
                @Nullable Integer votes,
                int gained,
                @Nullable Integer comments,
                @Nullable Integer stars,
                @Nullable Integer starsGained,
                @Nullable Integer starsBefore) {
            Integer growth = starsGained;
            if (growth == null && stars != null && starsBefore != null) {
                growth = stars - starsBefore;
            }
            return new Counts(votes == null ? null : votes + gained, comments, stars, growth);
        }
    }

    /** Scores papers that stand together; each part is measured by the most that one of them has. */
    public Scale scale(Collection<Counts> counts) {
        return new Scale(
                weights,
                most(counts, Counts::votes, FEWEST_VOTES),
                most(counts, Counts::comments, FEWEST_COMMENTS),
                most(counts, Counts::stars, FEWEST_STARS),
                most(counts, Counts::growth, FEWEST_GROWTH));
    }

    private static int most(Collection<Counts> counts, Function<Counts, @Nullable Integer> part, int fewest) {
        int most = fewest;
        for (Counts each : counts) {
            Integer count = part.apply(each);
            most = count == null ? most : Math.max(most, count);
        }
        return most;
    }

    /** The measure of each part, for papers that stand together. */
    public static final class Scale {
        private final TrendingSettings weights;
        private final int votes;
        private final int comments;
        private final int stars;
        private final int growth;

        private Scale(TrendingSettings weights, int votes, int comments, int stars, int growth) {
            this.weights = weights;
            this.votes = votes;
            this.comments = comments;
            this.stars = stars;
            this.growth = growth;
        }

        /** The score of one of them. */
        public TrendingScore score(Counts counts) {
            return new TrendingScore(
                    share(weights.votes(), counts.votes(), votes),
                    share(weights.comments(), counts.comments(), comments),
                    share(weights.stars(), counts.stars(), stars),
                    share(weights.growth(), counts.growth(), growth));
        }

        private static @Nullable Double share(double weight, @Nullable Integer count, int most) {
            return count == null ? null : weight * Math.log1p(Math.max(0, count)) / Math.log1p(most);
        }
    }
}
