package org.dailypapers.matching.search;

import java.time.LocalDate;
import org.dailypapers.interest.Interest;
import org.jspecify.annotations.Nullable;

/**
 * What is searched for.
 *
 * @param from the first day, as lists show it; null where any may be
 * @param to the last day; null where any may be
 * @param source that brought the paper first; null where any may be
 */
public record SearchQuestion(
        Interest interest,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable String source) {

    /** Whatever an interest finds. */
    public static SearchQuestion of(Interest interest) {
        return new SearchQuestion(interest, null, null, null);
    }
}
