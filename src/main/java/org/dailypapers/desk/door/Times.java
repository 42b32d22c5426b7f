package org.dailypapers.desk.door;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times as the desk shows them, in UTC. */
public final class Times {

    private static final DateTimeFormatter SHORT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Times() {}

    /** To the minute; "never" where there is none. */
    public static String of(@Nullable Instant instant) {
        return instant == null ? "never" : SHORT.format(instant);
    }

    /** In the largest unit that fits. */
    public static String words(Duration length) {
        if (length.toDays() >= 2) {
            return length.toDays() + " days";
        }
        if (length.toHours() >= 2) {
            return length.toHours() + " hours";
        }
        if (length.toMinutes() >= 2) {
            return length.toMinutes() + " minutes";
        }
        return Math.max(0, length.toSeconds()) + " seconds";
    }

    /** How long ago, such as "5 minutes ago". */
    public static String ago(@Nullable Instant instant, Instant now) {
        return instant == null ? "never" : words(Duration.between(instant, now)) + " ago";
    }

    /** With blanks between thousands. */
    public static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count).replace(',', '\u202f');
    }
}
