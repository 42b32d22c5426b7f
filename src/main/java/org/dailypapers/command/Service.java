package org.dailypapers.command;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dailypapers.command.verb.Commands;
import org.dailypapers.command.verb.ServiceState;
import org.dailypapers.desk.ReplicaKeys;
import org.dailypapers.desk.Ticks;
import org.dailypapers.source.Sources;
import org.jboss.logging.Logger;

/** The service, from start to an orderly stop: stop claiming, finish the exchange at hand, leave. */
@Singleton
public class Service implements QuarkusApplication {

    private static final Logger LOG = Logger.getLogger(Service.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Sources sources;
    private final SoleProcess process;
    private final Sending sending;
    private final FirstPapers papers;
    private final Ticks ticks;
    private final ReplicaKeys keys;
    private final ServiceState state;
    private final Greeting greeting;

    /** Over when nothing more is being started. */
    private final CountDownLatch starting = new CountDownLatch(1);

    Service(
            Sources sources,
            SoleProcess process,
            Sending sending,
            FirstPapers papers,
            Ticks ticks,
            ReplicaKeys keys,
            ServiceState state,
            Greeting greeting) {
        this.sources = sources;
        this.process = process;
        this.sending = sending;
        this.papers = papers;
        this.ticks = ticks;
        this.keys = keys;
        this.state = state;
        this.greeting = greeting;
    }

    @Override
    public int run(String... arguments) throws IOException {
        state.serve();
        try {
            start();
        } finally {
            starting.countDown();
        }
        Quarkus.waitForExit();
        return Commands.OK;
    }

    /** Step by step, for the process may be asked to stop at any moment. */
    private void start() throws IOException {
        Commands.refuseUnknownSources(sources);
        if (state.stopping()) {
            return;
        }
        process.enter();
        if (state.stopping()) {
            return;
        }
        sending.start();
        papers.bringIn();
        if (state.stopping()) {
            return;
        }
        ticks.start();
        state.ready();
        greeting.say();
    }

    /** After all others who were told to stop, while the database is still open. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) ShutdownEvent event) throws IOException {
        state.stop();
        if (!state.serving()) {
            return;
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        sending.stopClaiming();
        boolean ended = started(end);
        // What was being started may have begun to claim meanwhile.
        sending.stopClaiming();
        sending.stopReturns(until(end));
        ended &= ticks.stop(until(end));
        sending.stop(until(end));
        leave();
        process.leave();
        LOG.info("Stopped");
        if (!ended) {
            Main.halt();
        }
    }

    private boolean started(long end) {
        try {
            return starting.await(until(end).toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Duration until(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** Where the database is gone, the others forget this process by themselves. */
    private void leave() {
        try {
            keys.leave();
        } catch (RuntimeException e) {
            LOG.debugf(e, "The list of processes could not be told");
        }
    }
}
