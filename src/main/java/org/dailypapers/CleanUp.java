package org.dailypapers;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.dailypapers.desk.ClockWatch;
import org.dailypapers.digest.DigestRetention;
import org.dailypapers.edition.Intake;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.reputation.Bounces;
import org.dailypapers.reputation.RefusalHistory;
import org.dailypapers.subscriber.SubscriberUpkeep;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Forgets, once a night, what nobody needs any more. */
@ApplicationScoped
class CleanUp {

    private static final Logger LOG = Logger.getLogger(CleanUp.class);

    /** In UTC, the hour from which on it is due. */
    private static final int HOUR = 3;

    private final SubscriberUpkeep upkeep;
    private final Outbox outbox;
    private final DigestRetention retention;
    private final RefusalHistory refusals;
    private final Bounces bounces;
    private final Intake intake;
    private final ClockWatch watch;
    private final EditionCalendar calendar;
    private @Nullable LocalDate done;

    CleanUp(
            SubscriberUpkeep upkeep,
            Outbox outbox,
            DigestRetention retention,
            RefusalHistory refusals,
            Bounces bounces,
            Intake intake,
            ClockWatch watch,
            EditionCalendar calendar) {
        this.upkeep = upkeep;
        this.outbox = outbox;
        this.retention = retention;
        this.refusals = refusals;
        this.bounces = bounces;
        this.intake = intake;
        this.watch = watch;
        this.calendar = calendar;
    }

    /** By a clock that is months ahead all that waits would be old. */
    void onceANight() {
        var now = calendar.now().atOffset(ZoneOffset.UTC);
        if (now.getHour() >= HOUR && !now.toLocalDate().equals(done) && watch.trusted()) {
            now();
            done = now.toLocalDate();
        }
    }

    /** What nobody confirmed and what has long ended is forgotten. */
    private void now() {
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
