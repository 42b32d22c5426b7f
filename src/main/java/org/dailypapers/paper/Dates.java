package org.dailypapers.paper;

import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How letters and pages write a date. */
public final class Dates {

    /** Saturday, 31 January 2026. */
    public static final DateTimeFormatter WITH_WEEKDAY = pattern("EEEE, d MMMM uuuu");

    /** 31 January 2026. */
    public static final DateTimeFormatter LONG = pattern("d MMMM uuuu");

    /** 31 Jan 2026. */
    public static final DateTimeFormatter SHORT = pattern("d MMM uuuu");

    private Dates() {}

    private static DateTimeFormatter pattern(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }
}
