package org.dailypapers.command;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.dailypapers.command.verb.ServiceState;
import org.dailypapers.edition.Intake;
import org.dailypapers.edition.LiveIntake;
import org.dailypapers.paper.Papers;
import org.dailypapers.storage.DatabaseFailure;
import org.jboss.logging.Logger;

/** The papers that a new instance begins with. */
@Singleton
class FirstPapers {

    private static final Logger LOG = Logger.getLogger(FirstPapers.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LONGEST_WAIT_SECONDS = 30;

    private final Intake intake;
    private final LiveIntake live;
    private final Papers papers;
    private final ServiceState state;
    private final Clock clock;

    FirstPapers(Intake intake, LiveIntake live, Papers papers, ServiceState state, Clock clock) {
        this.intake = intake;
        this.live = live;
        this.clock = clock;
        this.papers = papers;
        this.state = state;
    }

    /**
     * Live papers if a source answers within seconds, else the bundled sample. Whatever fails here is tried again by the
     * day's ticks, or does without.
     */
    void bringIn() {
        try {
            intake.finish();
            if (papers.count() > 0) {
                return;
            }
            LOG.info("No papers yet: asking the sources");
            live.ask(clock.instant(), PATIENCE);
            // Where there are some, the rest may come while the service serves; another process may be bringing them in
            // too.
            for (int i = 0;
                    i < LONGEST_WAIT_SECONDS && !state.stopping() && papers.count() == 0 && intake.asking();
                    i++) {
                Thread.sleep(1_000);
            }
            if (!state.stopping() && papers.count() == 0) {
                LOG.infof("No source answered: the sample will do until one does (%s)", intake.sample());
            }
        } catch (CancellationException e) {
            LOG.debug("The process stops before the first papers are in", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            String line = "The first papers could not be taken in; the sources are asked again within the hour";
            if (DatabaseFailure.isBehind(e)) {
                LOG.errorf("%s: %s", line, DatabaseFailure.said(e));
            } else {
                LOG.error(line, e);
            }
        }
    }
}
