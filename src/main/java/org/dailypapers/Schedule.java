package org.dailypapers;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.dailypapers.delivery.Outbox;
import org.dailypapers.delivery.RefusalHistory;
import org.dailypapers.digest.DigestComposer;
import org.dailypapers.matching.Forecasts;
import org.dailypapers.paper.Editions;
import org.dailypapers.source.IngestReport;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.trending.EditionClosing;
import org.dailypapers.trending.Intake;
import org.jboss.logging.Logger;

/** Tells the day: papers come in, editions close, digests are composed; what is delivered meanwhile is {@code delivery}'s. */
@ApplicationScoped
public class Schedule {

    private static final Logger LOG = Logger.getLogger(Schedule.class);
    private static final Duration BETWEEN_INGESTS = Duration.ofHours(1);

    private final Intake intake;
    private final Editions editions;
    private final EditionClosing closing;
    private final DigestComposer composer;
    private final Outbox outbox;
    private final RefusalHistory refusals;
    private final Forecasts forecasts;
    private final Subscriptions subscriptions;
    private final Clock clock;
    private Instant ingested = Instant.EPOCH;

    Schedule(
            Intake intake,
            Editions editions,
            EditionClosing closing,
            DigestComposer composer,
            Outbox outbox,
            RefusalHistory refusals,
            Forecasts forecasts,
            Subscriptions subscriptions,
            Clock clock,
            MeterRegistry metrics) {
        this.intake = intake;
        this.editions = editions;
        this.closing = closing;
        this.composer = composer;
        this.outbox = outbox;
        this.refusals = refusals;
        this.forecasts = forecasts;
        this.subscriptions = subscriptions;
        this.clock = clock;
        metrics.gauge("dailypapers.digests.due", composer, DigestComposer::due);
    }

    /** Every minute; each step does only what is due. */
    @Scheduled(
            identity = "day",
            every = "{daily-papers.tick:60s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void tick() {
        step("open", editions::ensureToday);
        // The absolute time between: a clock that was set back must not silence the sources.
        Duration since = Duration.between(ingested, clock.instant()).abs();
        if (editions.overdue() || since.compareTo(BETWEEN_INGESTS) >= 0) {
            step("ingest", this::ingest);
        }
        step("close", this::close);
        step("expire", outbox::expireOverdue);
        step("compose", this::compose);
        step("forecast", forecasts::prepare);
    }

    /** A step that fails is named in the log and the others are taken all the same. */
    private static void step(String name, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "The step \"%s\" of the day failed; it is tried again in a minute", name);
        }
    }

    void ingest() {
        ingested = clock.instant();
        IngestReport report = intake.live();
        if (report.read() > 0) {
            LOG.infof("Papers: %s", report);
        }
    }

    void close() {
        List<LocalDate> closed = closing.closeDue();
        if (!closed.isEmpty()) {
            editions.ensureToday();
        }
    }

    void compose() {
        DigestComposer.Composed composed = composer.composeDue();
        if (composed.considered() > 0) {
            LOG.infof("Digests: %d readers due, %d letters queued", composed.considered(), composed.queued());
        }
    }

    /** Once a night: what nobody confirmed and what has long ended is forgotten. */
    @Scheduled(identity = "clean-up", cron = "0 17 3 * * ?", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void cleanUp() {
        int people = subscriptions.forgetUnconfirmed();
        int messages = outbox.prune();
        refusals.prune();
        if (people + messages > 0) {
            LOG.infof("Cleaned up: %d unconfirmed requests, %d ended messages", people, messages);
        }
    }
}
