package org.dailypapers.source.arxiv;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.Set;

/**
 * When arXiv announces papers: at 20:00 US Eastern, Sunday to Thursday, but for its holidays. What is announced in an
 * evening is the batch of the day after.
 *
 * @param holidays the dates on whose evenings nothing is announced
 */
public record ArxivCalendar(Set<LocalDate> holidays) {
    private static final ZoneId EASTERN = ZoneId.of("America/New_York");

    /** Harvests have an evening's changes from 22:30 on. */
    private static final LocalTime CHANGES = LocalTime.of(22, 45);

    /** Feeds turn at midnight, and not on the minute. */
    private static final int FEEDS_HOUR = 3;

    private static final int LONGEST_HELD_DAYS = 14;

    public ArxivCalendar {
        holidays = Set.copyOf(holidays);
    }

    /**
     * Reads a list of holidays: lines of a date and words about it; those that begin with # say nothing.
     *
     * @throws IllegalArgumentException where a line does not begin with a date, with its number
     */
    public static ArxivCalendar read(String text) {
        var holidays = new HashSet<LocalDate>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            try {
                holidays.add(LocalDate.parse(line.strip().split("\\s", 2)[0]));
            } catch (DateTimeException wrong) {
                throw new IllegalArgumentException(
                        "line " + number + ": it does not begin with a date such as 2026-12-25: " + line.strip(),
                        wrong);
            }
        }
        return new ArxivCalendar(holidays);
    }

    /** Whether no batch has that date. */
    public boolean quiet(LocalDate batch) {
        return !announces(batch.minusDays(1));
    }

    private boolean announces(LocalDate evening) {
        return evening.getDayOfWeek() != DayOfWeek.FRIDAY
                && evening.getDayOfWeek() != DayOfWeek.SATURDAY
                && !holidays.contains(evening);
    }

    /** The date of the newest batch that the feeds may hold: they turn at midnight in the east. */
    LocalDate newest(Instant now) {
        LocalDate batch = LocalDate.ofInstant(now, EASTERN);
        while (quiet(batch)) {
            batch = batch.minusDays(1);
        }
        return batch;
    }

    /** Whether the feeds hold a batch at that moment if all is well; at weekends and on holidays they are empty. */
    boolean feedsHoldABatch(Instant now) {
        ZonedDateTime there = now.atZone(EASTERN);
        return there.getHour() >= FEEDS_HOUR && !quiet(there.toLocalDate());
    }

    /** When the newest changes became ready to be harvested. */
    Instant newestChanges(Instant now) {
        ZonedDateTime tonight = now.atZone(EASTERN).with(CHANGES);
        return (tonight.toInstant().isAfter(now) ? tonight.minusDays(1) : tonight).toInstant();
    }

    /** Whether a paper of that age may be announced only now: moderation, weekends and holidays hold some back. */
    static boolean mayBeNew(LocalDate submitted, LocalDate changed) {
        return !submitted.isBefore(changed.minusDays(LONGEST_HELD_DAYS));
    }
}
