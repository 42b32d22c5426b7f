package org.dailypapers.digest;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The papers that were in a reader's digests, by the day of their first edition.
 *
 * <p>Written as {@code day.id.id,day.id}, every number in base 36, an id as the difference to the one before: some
 * hundred bytes.
 */
final class Seen {

    /** A paper can come up again for so many editions after its first one: a range of 14, each with 14 before it. */
    static final int KEPT_EDITIONS = 28;

    private static final int RADIX = 36;

    private final TreeMap<Long, TreeSet<Long>> byDay = new TreeMap<>();

    private Seen() {}

    static Seen read(String text) {
        var seen = new Seen();
        for (String group : text.isEmpty() ? new String[0] : text.split(",")) {
            String[] numbers = group.split("\\.");
            var ids = new TreeSet<Long>();
            long id = 0;
            for (int i = 1; i < numbers.length; i++) {
                id += Long.parseLong(numbers[i], RADIX);
                ids.add(id);
            }
            seen.byDay.put(Long.parseLong(numbers[0], RADIX), ids);
        }
        return seen;
    }

    boolean has(long paper) {
        return byDay.values().stream().anyMatch(ids -> ids.contains(paper));
    }

    Seen add(Collection<Chosen> chosen) {
        chosen.forEach(
                c -> byDay.computeIfAbsent(c.first(), d -> new TreeSet<>()).add(c.paper()));
        return this;
    }

    Seen remove(Collection<Chosen> chosen) {
        Set<Long> ids = chosen.stream().map(Chosen::paper).collect(Collectors.toSet());
        byDay.values().forEach(day -> day.removeAll(ids));
        return this;
    }

    /** Forgets what can no longer come up in editions after that one. */
    Seen forget(LocalDate newest) {
        byDay.headMap(newest.toEpochDay() - KEPT_EDITIONS, false).clear();
        return this;
    }

    String write() {
        return byDay.entrySet().stream()
                .filter(day -> !day.getValue().isEmpty())
                .map(Seen::group)
                .collect(Collectors.joining(","));
    }

    private static String group(Map.Entry<Long, TreeSet<Long>> day) {
        var text = new StringBuilder(Long.toString(day.getKey(), RADIX));
        long before = 0;
        for (long id : day.getValue()) {
            text.append('.').append(Long.toString(id - before, RADIX));
            before = id;
        }
        return text.toString();
    }
}
