package org.dailypapers;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dailypapers.edition.EditionClosing;
import org.dailypapers.edition.Intake;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Editions;
import org.dailypapers.reputation.Alarm;
import org.dailypapers.reputation.Alarms;
import org.dailypapers.source.IngestReport;
import org.dailypapers.source.SourceStanding;
import org.jboss.logging.Logger;

/** The day of an edition: it opens, papers come in, it closes. */
@ApplicationScoped
class EditionDay {

    private static final Logger LOG = Logger.getLogger(EditionDay.class);

    private final Editions editions;
    private final Intake intake;
    private final EditionClosing closing;
    private final EditionCalendar calendar;
    private final Alarms alarms;
    private final Map<String, LocalDate> warnedOf = new HashMap<>();

    EditionDay(Editions editions, Intake intake, EditionClosing closing, EditionCalendar calendar, Alarms alarms) {
        this.editions = editions;
        this.intake = intake;
        this.closing = closing;
        this.calendar = calendar;
        this.alarms = alarms;
    }

    void open() {
        editions.ensureToday();
    }

    void ingest() {
        IngestReport report = intake.live(editions.overdue());
        if (report.read() > 0) {
            LOG.infof("Papers: %s", report);
        }
    }

    void close() {
        if (intake.asking()) {
            return; // What another process is bringing in belongs to the edition that closes.
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
