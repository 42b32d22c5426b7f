package org.dailypapers;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CancellationException;
import org.dailypapers.desk.ReplicaKeys;
import org.dailypapers.desk.Ticks;
import org.dailypapers.matching.Forecasts;
import org.dailypapers.matching.search.PaperSearch;
import org.dailypapers.reputation.DatabaseTrouble;
import org.dailypapers.storage.DatabaseFailure;
import org.jboss.logging.Logger;

/**
 * Tells the day: papers come in, editions close, digests are composed; what is delivered meanwhile is {@code delivery}'s.
 *
 * <p>It ticks by elapsed time; what is due is asked of the clock.
 */
@ApplicationScoped
public class Schedule {

    private static final Logger LOG = Logger.getLogger(Schedule.class);

    private final ClockCorrection clock;
    private final PaperSearch search;
    private final EditionDay edition;
    private final DigestDay digests;
    private final Forecasts forecasts;
    private final CleanUp cleanUp;
    private final ReplicaKeys keys;
    private final DatabaseTrouble trouble;
    private volatile boolean stopping;

    Schedule(
            ClockCorrection clock,
            PaperSearch search,
            EditionDay edition,
            DigestDay digests,
            Forecasts forecasts,
            CleanUp cleanUp,
            ReplicaKeys keys,
            DatabaseTrouble trouble) {
        this.clock = clock;
        this.search = search;
        this.edition = edition;
        this.digests = digests;
        this.forecasts = forecasts;
        this.cleanUp = cleanUp;
        this.keys = keys;
        this.trouble = trouble;
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
        step("clock", clock::look);
        step("search", search::keepUp);
        step("open", edition::open);
        step("ingest", edition::ingest);
        step("close", edition::close);
        step("expire", digests::expire);
        step("compose", digests::compose);
        step("forecast", forecasts::prepare);
        step("alarm", edition::warnOfSources);
        step("clean-up", cleanUp::onceANight);
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
}
