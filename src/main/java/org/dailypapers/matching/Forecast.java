package org.dailypapers.matching;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a profile would have brought over the last editions.
 *
 * @param days for each closed edition with papers, oldest first, how many papers its interests found
 * @param perDay their mean; 0 where there are no editions
 * @param lines for each interest how many papers it found in all, and a hint where there is something to mend or to tell
 * @param best the first papers of the letter that would follow a confirmation
 */
public record Forecast(List<Day> days, double perDay, List<InterestCount> lines, List<Match> best) {

    public Forecast {
        days = List.copyOf(days);
        lines = List.copyOf(lines);
        best = List.copyOf(best);
    }

    /** One edition. */
    public record Day(LocalDate edition, int papers) {}

    /**
     * One interest.
     *
     * @param hint one sentence for who typed it, where there is something to say
     */
    public record InterestCount(
            String interest, int papers, @Nullable String hint) {}
}
