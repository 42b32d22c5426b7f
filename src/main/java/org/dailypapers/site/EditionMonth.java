package org.dailypapers.site;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.dailypapers.language.Language;
import org.jspecify.annotations.Nullable;

/**
 * A month as a calendar, whose days lead to their editions.
 *
 * @param before address of an edition of an earlier month; null where there is none
 * @param after address of an edition of a later month; null where there is none
 */
public record EditionMonth(
        String name, @Nullable String before, @Nullable String after, List<Weekday> weekdays, List<List<Day>> weeks) {

    private static final int WEEK = 7;

    /**
     * A column of it.
     *
     * @param head its name in little room
     */
    public record Weekday(String name, String head) {}

    /**
     * A day of it.
     *
     * @param number 0 where the day is another month's
     * @param label its date in words
     * @param address of its edition; null where that has no papers
     */
    public record Day(int number, String label, @Nullable String address, boolean shown) {}

    /** The month of the date that is shown. */
    static EditionMonth of(
            Language language,
            LocalDate shown,
            Set<LocalDate> withPapers,
            @Nullable LocalDate before,
            @Nullable LocalDate after) {
        YearMonth month = YearMonth.from(shown);
        LocalDate first = month.atDay(1);
        var weeks = new ArrayList<List<Day>>();
        LocalDate monday = first.minusDays(first.getDayOfWeek().getValue() - 1L);
        while (!monday.isAfter(month.atEndOfMonth())) {
            var week = new ArrayList<Day>();
            for (int i = 0; i < WEEK; i++) {
                LocalDate date = monday.plusDays(i);
                week.add(new Day(
                        YearMonth.from(date).equals(month) ? date.getDayOfMonth() : 0,
                        language.withWeekday(date),
                        withPapers.contains(date) ? address(date) : null,
                        date.equals(shown)));
            }
            weeks.add(week);
            monday = monday.plusDays(WEEK);
        }
        return new EditionMonth(
                language.month(month),
                before == null ? null : address(before),
                after == null ? null : address(after),
                Arrays.stream(DayOfWeek.values())
                        .map(day -> new Weekday(language.weekday(day), language.shortWeekday(day)))
                        .toList(),
                weeks);
    }

    private static String address(LocalDate date) {
        return "/papers?date=" + date;
    }
}
