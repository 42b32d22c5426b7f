package org.dailypapers.digest.rules;

import java.time.LocalDate;
import java.util.Collection;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** The closed editions that were lived through, not filled with the past. */
public final class ClosedEditions {

    private final NavigableSet<LocalDate> dates;

    public ClosedEditions(Collection<LocalDate> dates) {
        this.dates = new TreeSet<>(dates);
    }

    /** The newest one; empty where there is none. */
    Optional<LocalDate> newest() {
        return dates.isEmpty() ? Optional.empty() : Optional.of(dates.last());
    }

    /** Whether of the editions that a reader has not covered that one is the next. */
    boolean isNext(LocalDate edition, LocalDate covered) {
        return edition.equals(dates.higher(covered));
    }

    /**
     * The date after which the editions of a range count: of a long range the newest
     * {@value DigestRules#MOST_EDITIONS} do.
     */
    public LocalDate countedAfter(LocalDate from, LocalDate to) {
        return dates.headSet(to, true).descendingSet().stream()
                .skip(DigestRules.MOST_EDITIONS)
                .findFirst()
                .filter(last -> last.isAfter(from))
                .orElse(from);
    }
}
