package org.dailypapers.source.file;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A date line of the page: {@code Apr 25, 2024}, {@code Sep 15} of the page's own year, or {@code Mar 21, 2024 2},
 * where the last number is comments.
 *
 * @param month from 1
 * @param year null where the line names none
 * @param comments null where the line names none
 */
record PageDate(int month, int day, Integer year, Integer comments) {
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    private static final int FIRST_YEAR = 1900;
    static final String PATTERN = "(" + String.join("|", MONTHS) + ") (\\d{1,2})(?:, (\\d{4}))?(?: (\\d{1,9}))?";
    private static final Pattern LINE = Pattern.compile(PATTERN);

    /** The date that a line of the page is; empty where it is none. */
    static Optional<PageDate> of(String line) {
        Matcher date = LINE.matcher(line);
        return date.matches()
                ? Optional.of(new PageDate(
                        MONTHS.indexOf(date.group(1)) + 1,
                        Integer.parseInt(date.group(2)),
                        number(date.group(3)),
                        number(date.group(4))))
                : Optional.empty();
    }

    /**
     * The day, in the page's year where the line names none.
     *
     * @throws IllegalArgumentException where there is no such day
     */
    LocalDate in(int pageYear) {
        if (year != null && year < FIRST_YEAR) {
            throw new IllegalArgumentException("no such day: the year " + year);
        }
        try {
            return LocalDate.of(year != null ? year : pageYear, month, day);
        } catch (DateTimeException none) {
            throw new IllegalArgumentException("no such day: " + none.getMessage(), none);
        }
    }

    private static Integer number(String digits) {
        return digits == null ? null : Integer.valueOf(digits);
    }
}
