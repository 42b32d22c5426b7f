package org.dailypapers;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dailypapers.edition.EditionClosing;
import org.dailypapers.edition.Intake;
import org.dailypapers.edition.LiveIntake;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Editions;
import org.dailypapers.reputation.Alarm;
import org.dailypapers.reputation.Alarms;
import org.dailypapers.source.SourceStanding;

/** The day of an edition: it opens, papers come in, it closes. */
@ApplicationScoped
class EditionDay {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Editions editions;
    private final Intake intake;
    private final LiveIntake live;
    private final EditionClosing closing;
    private final EditionCalendar calendar;
    private final Alarms alarms;
    private final Map<String, LocalDate> warnedOf = new HashMap<>();

    EditionDay(
            Editions editions,
            Intake intake,
            LiveIntake live,
            EditionClosing closing,
            EditionCalendar calendar,
            Alarms alarms) {
        this.editions = editions;
        this.intake = intake;
        this.live = live;
        this.closing = closing;
        this.calendar = calendar;
        this.alarms = alarms;
    }

    void open() {
        editions.ensureToday();
    }

    void ingest() {
        // Most answer at once; a closing that is due waits for the others, in the ticks that follow.
        live.ask(editions.overdueSince().orElse(Instant.MIN), PATIENCE);
    }

    void close() {
        if (intake.asking()) {
            return; // What is being brought in belongs to the edition that closes.
        }
        List<LocalDate> closed = closing.closeDue();
        if (!closed.isEmpty()) {
            editions.ensureToday();
        }
    }

    /** Raises an alarm, once a day, for each source in trouble. */
    void warnOfSources() {
        for (SourceStanding source : intake.standings()) {
            intake.worry(source)
                    .filter(worry -> firstTimeToday(source.name + ' ' + source.trouble))
                    .ifPresent(worry -> alarms.raise(Alarm.SOURCE, worry));
        }
    }

    private boolean firstTimeToday(String trouble) {
        LocalDate today = calendar.today();
        return !today.equals(warnedOf.put(trouble, today));
    }
}
