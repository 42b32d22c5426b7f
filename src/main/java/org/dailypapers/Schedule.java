package org.dailypapers;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.dailypapers.delivery.SampledFigure;
import org.dailypapers.desk.ClockWatch;
import org.dailypapers.desk.ReplicaKeys;
import org.dailypapers.desk.Ticks;
import org.dailypapers.digest.ComposeRun;
import org.dailypapers.digest.DigestComposer;
import org.dailypapers.digest.DigestRetention;
import org.dailypapers.edition.EditionClosing;
import org.dailypapers.edition.Intake;
import org.dailypapers.matching.Forecasts;
import org.dailypapers.matching.search.PaperSearch;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Editions;
import org.dailypapers.reputation.Alarm;
import org.dailypapers.reputation.Alarms;
import org.dailypapers.reputation.Bounces;
import org.dailypapers.reputation.DatabaseTrouble;
import org.dailypapers.reputation.RefusalHistory;
import org.dailypapers.source.IngestReport;
import org.dailypapers.source.SourceStanding;
import org.dailypapers.storage.DatabaseFailure;
import org.dailypapers.subscriber.SubscriberUpkeep;
import org.jboss.logging.Logger;

/**
 * Tells the day: papers come in, editions close, digests are composed; what is delivered meanwhile is {@code delivery}'s.
 *
 * <p>It ticks by elapsed time; what is due is asked of the clock.
 */
@ApplicationScoped
public class Schedule {

    private static final Logger LOG = Logger.getLogger(Schedule.class);

    /** Longer than a message rests between two tries. */
    private static final Duration LONGEST_REST = Duration.ofDays(1);

    /** In UTC, the hour from which on the night's clean-up is due. */
    private static final int CLEAN_UP_HOUR = 3;

    private final Intake intake;
    private final Editions editions;
    private final EditionClosing closing;
    private final DigestComposer composer;
    private final Outbox outbox;
    private final RefusalHistory refusals;
    private final Bounces bounces;
    private final DigestRetention retention;
    private final Forecasts forecasts;
    private final PaperSearch search;
    private final SubscriberUpkeep upkeep;
    private final Alarms alarms;
    private final DatabaseTrouble trouble;
    private final ClockWatch watch;
    private final ReplicaKeys keys;
    private final EditionCalendar calendar;
    private final Map<String, LocalDate> warnedOf = new HashMap<>();
    private LocalDate cleanedUp;
    private boolean ticked;
    private volatile boolean stopping;

    Schedule(
            Intake intake,
            Editions editions,
            EditionClosing closing,
            DigestComposer composer,
            Outbox outbox,
            RefusalHistory refusals,
            Bounces bounces,
            DigestRetention retention,
            Forecasts forecasts,
            PaperSearch search,
            SubscriberUpkeep upkeep,
            Alarms alarms,
            DatabaseTrouble trouble,
            ClockWatch watch,
            ReplicaKeys keys,
            EditionCalendar calendar,
            MeterRegistry metrics) {
        this.intake = intake;
        this.editions = editions;
        this.closing = closing;
        this.composer = composer;
        this.outbox = outbox;
        this.refusals = refusals;
        this.bounces = bounces;
        this.retention = retention;
        this.forecasts = forecasts;
        this.search = search;
        this.upkeep = upkeep;
        this.alarms = alarms;
        this.trouble = trouble;
        this.watch = watch;
        this.keys = keys;
        this.calendar = calendar;
        Gauge.builder("dailypapers.digests.due", new SampledFigure(composer::due)::getAsDouble)
                .register(metrics);
    }

    @ActivateRequestContext
    void tick(@Observes Ticks.Tick tick) {
        tick();
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    /** One tick; each step does only what is due. */
    public void tick() {
        step("clock", this::lookAtTheClock);
        step("search", search::keepUp);
        step("open", editions::ensureToday);
        step("ingest", this::ingest);
        step("close", this::close);
        step("expire", outbox::expireOverdue);
        step("compose", this::compose);
        step("forecast", forecasts::prepare);
        step("alarm", this::warnOfSources);
        step("clean-up", this::cleanUpOnceANight);
        step("keys", keys::note);
    }

    /** A step that fails, for whatever reason, is named in the log and the others are taken all the same. */
    private void step(String name, Runnable step) {
        if (stopping) {
            return;
        }
        try {
            step.run();
        } catch (CancellationException e) {
            LOG.debugf(e, "The step \"%s\" is broken off, for the process stops", name);
        } catch (Exception | Error e) {
            if (DatabaseFailure.isBehind(e)) {
                trouble.met("The step \"" + name + "\" of the day failed and is tried again", e);
                return;
            }
            LOG.errorf(e, "The step \"%s\" of the day failed; it is tried again with the next tick", name);
        }
    }

    /** What a clock that was ahead has left in days to come is brought back once the clock is right. */
    private void lookAtTheClock() {
        boolean jumped = watch.look().isPresent();
        if (editions.longSilent() || !ticked && editions.longWithoutPapers()) {
            watch.doubt();
        }
        // Before what shows that they are wrong is gone. A clock that is behind tells nothing of what people said.
        int dates = editions.ahead().isEmpty() || editions.closedEarly() ? 0 : upkeep.bringBack();
        List<LocalDate> withdrawn = editions.withdrawFuture();
        if (!withdrawn.isEmpty()) {
            LOG.warnf("Withdrawn, for their days are still to come: the editions of %s", withdrawn);
        }
        if (!ticked || jumped || !withdrawn.isEmpty()) {
            int readers = composer.bringBack();
            int messages = outbox.bringBack(jumped ? Duration.ZERO : LONGEST_REST);
            if (readers + dates + messages > 0) {
                LOG.warnf(
                        "Brought back from days to come: %d readers, %d dates of what people said, %d messages",
                        readers, dates, messages);
            }
        }
        ticked = true;
        LocalDate today = calendar.today();
        editions.newestLived()
                .filter(closed -> closed.isAfter(today.plusDays(1)))
                .filter(closed -> firstTimeToday("clock"))
                .ifPresent(closed -> alarms.raise(
                        Alarm.CLOCK,
                        "The edition of " + closed + " has closed, though today is " + today
                                + ": set the clock, or nothing new is sent before that day"));
    }

    private boolean firstTimeToday(String what) {
        LocalDate today = calendar.today();
        return !today.equals(warnedOf.put(what, today));
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

    void compose() {
        ComposeRun.Composed composed = composer.composeDue();
        if (composed.considered() > 0) {
            LOG.infof("Digests: %d readers due, %d letters queued", composed.considered(), composed.queued());
        }
    }

    private void warnOfSources() {
        for (SourceStanding source : intake.standings()) {
            intake.worry(source)
                    .filter(worry -> firstTimeToday(source.name + ' ' + source.trouble))
                    .ifPresent(worry -> alarms.raise(Alarm.SOURCE, worry));
        }
    }

    /** By a clock that is months ahead all that waits would be old. */
    private void cleanUpOnceANight() {
        var now = calendar.now().atOffset(ZoneOffset.UTC);
        if (now.getHour() >= CLEAN_UP_HOUR && !now.toLocalDate().equals(cleanedUp) && watch.trusted()) {
            cleanUp();
            cleanedUp = now.toLocalDate();
        }
    }

    /** What nobody confirmed and what has long ended is forgotten. */
    void cleanUp() {
        int people = upkeep.forgetUnconfirmed();
        int messages = outbox.prune();
        long digests = retention.prune();
        refusals.prune();
        bounces.prune();
        intake.forgetRejected();
        if (people + messages + digests > 0) {
            LOG.infof(
                    "Cleaned up: %d unconfirmed requests, %d ended messages, %d old digests",
                    people, messages, digests);
        }
    }
}
