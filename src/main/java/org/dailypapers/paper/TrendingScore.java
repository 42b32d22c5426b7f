package org.dailypapers.paper;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How much a paper is talked about, by what each part gave: its weight times how far it is up the edition's scale, null
 * where nobody has counted. See docs/trending.md.
 *
 * @param votes from 0
 * @param comments from 0
 * @param stars from 0
 * @param growth from 0
 */
public record TrendingScore(
        @Nullable Double votes,
        @Nullable Double comments,
        @Nullable Double stars,
        @Nullable Double growth) {

    /** The factor of a paper that is talked about as much as any; the lowest is 1. */
    public static final double HIGHEST = 2;

    /** A factor from 1 to 2; 1 where nobody has counted anything: such a paper is not known to be cold. */
    public double factor() {
        double sum = Stream.of(votes, comments, stars, growth)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sum();
        return Math.min(HIGHEST, 1 + sum);
    }
}
