package org.dailypapers.site;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.preference.Frequency;

/** What may be enough for a reader who is about to leave. */
public enum Less {
    WEEKLY("Once a week instead"),
    SMALLER("Five papers at most"),
    PAUSE("A pause of 30 days");

    /** The papers of a smaller letter. */
    static final int SMALL = 5;

    private static final int REST_DAYS = 30;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);

    private final String words;

    Less(String words) {
        this.words = words;
    }

    /** As its button says. */
    public String words() {
        return words;
    }

    /** As its form says. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a form asks for: exactly what the page's own buttons send, for whatever else comes is a wish to leave. */
    static Optional<Less> of(String body) {
        return Arrays.stream(values())
                .filter(less -> body.equals("action=" + less.id()))
                .findFirst();
    }

    /** What would be less than this reader has. */
    static List<Less> offered(Subscriber reader, Clock clock) {
        return Arrays.stream(values())
                .filter(less -> switch (less) {
                    case WEEKLY -> reader.preferences().frequency() != Frequency.WEEKLY;
                    case SMALLER -> reader.preferences().size() > SMALL;
                    case PAUSE -> !reader.pausedOn(today(reader, clock));
                })
                .toList();
    }

    /** The day on which letters go on after a pause from now on. */
    static LocalDate until(Subscriber reader, Clock clock) {
        return today(reader, clock).plusDays(REST_DAYS);
    }

    private static LocalDate today(Subscriber reader, Clock clock) {
        return LocalDate.ofInstant(clock.instant(), ZoneId.of(reader.zone));
    }

    /** What the page says once it is so. */
    String done(Subscriber reader) {
        return switch (this) {
            case WEEKLY ->
                "From now on one letter a week, on "
                        + reader.preferences().weekday().getDisplayName(TextStyle.FULL, Locale.ENGLISH)
                        + "s, with the best of its days.";
            case SMALLER -> "From now on a letter has " + SMALL + " papers at most.";
            case PAUSE ->
                "No letters until " + (reader.pauseUntil == null ? "then" : DAY.format(reader.pauseUntil))
                        + "; then they go on by themselves.";
        };
    }
}
