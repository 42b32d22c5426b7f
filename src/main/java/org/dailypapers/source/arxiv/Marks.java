package org.dailypapers.source.arxiv;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Up to where each set was harvested.
 *
 * @param sets by their names in OAI-PMH
 */
record Marks(Map<String, Mark> sets) {

    /**
     * Of one set.
     *
     * @param from the date from which to ask the next time
     * @param harvested when the last harvest began
     */
    record Mark(LocalDate from, Instant harvested) {}

    Marks {
        sets = Map.copyOf(sets);
    }

    /** Reads what {@link #toString} writes; what cannot be read is left out, and harvested again. */
    static Marks read(Optional<String> written) {
        var sets = new TreeMap<String, Mark>();
        for (String line : written.orElse("").split(";")) {
            String[] parts = line.split(" ");
            try {
                if (parts.length == 3) {
                    sets.put(parts[0], new Mark(LocalDate.parse(parts[1]), Instant.parse(parts[2])));
                }
            } catch (DateTimeException unreadable) {
                sets.remove(parts[0]);
            }
        }
        return new Marks(sets);
    }

    Optional<Mark> of(ArxivCategory category) {
        return Optional.ofNullable(sets.get(category.set()));
    }

    Marks with(ArxivCategory category, Mark mark) {
        var all = new TreeMap<>(sets);
        all.put(category.set(), mark);
        return new Marks(all);
    }

    @Override
    public String toString() {
        return new TreeMap<>(sets)
                .entrySet().stream()
                        .map(set -> set.getKey()
                                + ' '
                                + set.getValue().from()
                                + ' '
                                + set.getValue().harvested())
                        .collect(Collectors.joining(";"));
    }
}
