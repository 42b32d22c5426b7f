package org.dailypapers;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import org.dailypapers.delivery.SampledFigure;
import org.dailypapers.digest.ComposeRun;
import org.dailypapers.digest.DigestComposer;
import org.dailypapers.outbox.Outbox;
import org.jboss.logging.Logger;

/** The day's digests: those that nobody could deliver in time expire, those that are due are composed. */
@ApplicationScoped
class DigestDay {

    private static final Logger LOG = Logger.getLogger(DigestDay.class);

    private final Outbox outbox;
    private final DigestComposer composer;

    DigestDay(Outbox outbox, DigestComposer composer, MeterRegistry metrics) {
        this.outbox = outbox;
        this.composer = composer;
        Gauge.builder("dailypapers.digests.due", new SampledFigure(composer::due)::getAsDouble)
                .register(metrics);
    }

    void expire() {
        outbox.expireOverdue();
    }

    void compose() {
        ComposeRun.Composed composed = composer.composeDue();
        if (composed.considered() > 0) {
            LOG.infof("Digests: %d readers due, %d letters queued", composed.considered(), composed.queued());
        }
    }
}
