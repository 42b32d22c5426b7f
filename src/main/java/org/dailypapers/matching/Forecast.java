package org.dailypapers.matching;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.dailypapers.language.Said;
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
     * @param hints what there is to tell who typed it, each to follow its line
     */
    public record InterestCount(String interest, int papers, List<Said> hints) {

        public InterestCount {
            hints = List.copyOf(hints);
        }

        /** All of them in one English sentence; null where there is nothing to tell. */
        public @Nullable String hint() {
            return hints.isEmpty() ? null : hints.stream().map(Said::english).collect(Collectors.joining("; it "));
        }
    }
}
