package org.dailypapers.subscriber.preference;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/** On which days a reader wants a letter. */
public enum Frequency {
    DAILY("Every day"),
    WEEKDAYS("Monday to Friday"),
    WEEKLY("Once a week");

    private final String words;

    Frequency(String words) {
        this.words = words;
    }

    /** What it is called on pages. */
    public String words() {
        return words;
    }

    /** Its name on forms and in files. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Frequency> of(String id) {
        for (Frequency frequency : values()) {
            if (frequency.id().equals(id.strip().toLowerCase(Locale.ROOT))) {
                return Optional.of(frequency);
            }
        }
        return Optional.empty();
    }

    /** Whether that date is one of its days. */
    public boolean includes(LocalDate date, DayOfWeek weekday) {
        return switch (this) {
            case DAILY -> true;
            case WEEKDAYS -> date.getDayOfWeek().getValue() <= DayOfWeek.FRIDAY.getValue();
            case WEEKLY -> date.getDayOfWeek() == weekday;
        };
    }
}
