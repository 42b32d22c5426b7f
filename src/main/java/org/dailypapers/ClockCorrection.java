package org.dailypapers;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.dailypapers.desk.ClockWatch;
import org.dailypapers.digest.DigestComposer;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Editions;
import org.dailypapers.reputation.Alarm;
import org.dailypapers.reputation.Alarms;
import org.dailypapers.subscriber.SubscriberUpkeep;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Looks at the clock, and mends what it did while it was ahead. */
@ApplicationScoped
class ClockCorrection {

    private static final Logger LOG = Logger.getLogger(ClockCorrection.class);

    /** Longer than a message rests between two tries. */
    private static final Duration LONGEST_REST = Duration.ofDays(1);

    private final ClockWatch watch;
    private final EditionCalendar calendar;
    private final Editions editions;
    private final SubscriberUpkeep upkeep;
    private final DigestComposer composer;
    private final Outbox outbox;
    private final Alarms alarms;
    private @Nullable LocalDate warned;
    private boolean looked;

    ClockCorrection(
            ClockWatch watch,
            EditionCalendar calendar,
            Editions editions,
            SubscriberUpkeep upkeep,
            DigestComposer composer,
            Outbox outbox,
            Alarms alarms) {
        this.watch = watch;
        this.calendar = calendar;
        this.editions = editions;
        this.upkeep = upkeep;
        this.composer = composer;
        this.outbox = outbox;
        this.alarms = alarms;
    }

    /** What a clock that was ahead has left in days to come is brought back once the clock is right. */
    void look() {
        boolean jumped = watch.look().isPresent();
        if (editions.longSilent() || !looked && editions.longWithoutPapers()) {
            watch.doubt();
        }
        // Before what shows that they are wrong is gone. A clock that is behind tells nothing of what people said.
        int dates = editions.ahead().isEmpty() || editions.closedEarly() ? 0 : upkeep.bringBack();
        List<LocalDate> withdrawn = editions.withdrawFuture();
        if (!withdrawn.isEmpty()) {
            LOG.warnf("Withdrawn, for their days are still to come: the editions of %s", withdrawn);
        }
        if (!looked || jumped || !withdrawn.isEmpty()) {
            int readers = composer.bringBack();
            int messages = outbox.bringBack(jumped ? Duration.ZERO : LONGEST_REST);
            if (readers + dates + messages > 0) {
                LOG.warnf(
                        "Brought back from days to come: %d readers, %d dates of what people said, %d messages",
                        readers, dates, messages);
            }
        }
        looked = true;
        LocalDate today = calendar.today();
        editions.newestLived()
                .filter(closed -> closed.isAfter(today.plusDays(1)))
                .filter(closed -> !today.equals(warned))
                .ifPresent(closed -> {
                    warned = today;
                    alarms.raise(
                            Alarm.CLOCK,
                            "The edition of " + closed + " has closed, though today is " + today
                                    + ": set the clock, or nothing new is sent before that day");
                });
    }
}
