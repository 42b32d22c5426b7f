package org.dailypapers.site;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.dailypapers.language.Language;
import org.dailypapers.language.ReaderMessages;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.preference.Frequency;

/** What may be enough for a reader who is about to leave. */
public enum Less {
    WEEKLY,
    SMALLER,
    PAUSE;

    /** The papers of a smaller letter. */
    static final int SMALL = 5;

    private static final int REST_DAYS = 30;

    /** As its button says. */
    String words(ReaderMessages say) {
        return switch (this) {
            case WEEKLY -> say.lessWeekly();
            case SMALLER -> say.lessSmaller(SMALL);
            case PAUSE -> say.lessPause(REST_DAYS);
        };
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
    String done(Language language, Subscriber reader) {
        ReaderMessages say = language.reader();
        return switch (this) {
            case WEEKLY -> say.nowWeekly(language.weekday(reader.preferences().weekday()));
            case SMALLER -> say.nowSmaller(SMALL);
            case PAUSE ->
                say.nowPaused(language.dayAndMonth(reader.pauseUntil == null ? LocalDate.EPOCH : reader.pauseUntil));
        };
    }
}
