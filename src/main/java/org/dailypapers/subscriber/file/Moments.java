package org.dailypapers.subscriber.file;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Moments as programs write them into lists. */
final class Moments {

    private static final Pattern MOMENT = Pattern.compile("(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
            + "(?:(?: +|[Tt])(?<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,9})?)?)"
            + " *(?<zone>[Zz]|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?(?: UTC)?)?");

    /** How programs write that there is none. */
    private static final Pattern NEVER = Pattern.compile("(?:0000-|0001-01-01|1970-01-01[ T]00:00:00).*|null|none|-");

    private Moments() {}

    /**
     * A date, or a date and a time with a blank or a T between, with seconds and zone or without; without, it is UTC.
     */
    static Optional<OffsetDateTime> read(String text) {
        Matcher parts = MOMENT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            LocalDate date = LocalDate.parse(parts.group("date"));
            LocalTime time = parts.group("time") == null ? LocalTime.MIDNIGHT : LocalTime.parse(parts.group("time"));
            String zone = parts.group("zone");
            ZoneOffset offset =
                    zone == null || Character.isLetter(zone.charAt(0)) ? ZoneOffset.UTC : ZoneOffset.of(zone);
            return Optional.of(OffsetDateTime.of(date, time, offset));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether a cell for a moment says that there was none. */
    static boolean isNever(String cell) {
        return cell.isEmpty() || NEVER.matcher(cell).matches();
    }
}
