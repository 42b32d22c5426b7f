package org.dailypapers.command;

import jakarta.inject.Singleton;
import java.util.concurrent.CancellationException;
import org.dailypapers.command.verb.ServiceState;
import org.dailypapers.edition.Intake;
import org.dailypapers.paper.Papers;
import org.dailypapers.storage.DatabaseFailure;
import org.jboss.logging.Logger;

/** The papers that a new instance begins with. */
@Singleton
class FirstPapers {

    private static final Logger LOG = Logger.getLogger(FirstPapers.class);
    private static final int LONGEST_WAIT_SECONDS = 60;

    private final Intake intake;
    private final Papers papers;
    private final ServiceState state;

    FirstPapers(Intake intake, Papers papers, ServiceState state) {
        this.intake = intake;
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
            intake.live(true);
            // Another process that starts at the same time may be bringing them in.
            for (int i = 0;
                    i < LONGEST_WAIT_SECONDS && !state.stopping() && papers.count() == 0 && intake.asking();
                    i++) {
                Thread.sleep(1_000);
            }
            if (!state.stopping() && papers.count() == 0 && !intake.asking()) {
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
