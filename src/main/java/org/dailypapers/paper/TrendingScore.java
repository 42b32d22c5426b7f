package org.dailypapers.paper;

import org.jspecify.annotations.Nullable;

/**
 * How much a paper is talked about, as a factor from 1 to {@value #HIGHEST}.
 *
 * <p>{@code 1 + ln(1 + heat) / ln(1 + 500)}, at most 2, with {@code heat = votes + 2·comments + gained}. A paper
 * that no voting source knows has the neutral factor 1: it is not known to be cold. See docs/trending.md.
 */
public final class TrendingScore {

    /** The factor of a paper with {@value #FULL_HEAT} votes or more. */
    public static final double HIGHEST = 2;

    static final int FULL_HEAT = 500;
    private static final int OF_A_COMMENT = 2;
    private static final double SCALE = Math.log1p(FULL_HEAT);

    private TrendingScore() {}

    /**
     * @param votes null where unknown
     * @param comments null where unknown
     * @param gained votes since the closing before, 0 where it is not rising
     */
    public static double of(@Nullable Integer votes, @Nullable Integer comments, int gained) {
        double heat = (votes == null ? 0 : votes) + OF_A_COMMENT * (comments == null ? 0.0 : comments) + gained;
        return Math.min(HIGHEST, 1 + Math.log1p(Math.max(0, heat)) / SCALE);
    }

    /** The heat that counts, as an expression of a query; what is null in it counts as none. */
    static String heat(String votes, String comments, String gained) {
        return "least(%d, coalesce(%s, 0) + %d * coalesce(%s, 0) + coalesce(%s, 0))"
                .formatted(FULL_HEAT, votes, OF_A_COMMENT, comments, gained);
    }
}
