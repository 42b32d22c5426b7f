package org.dailypapers.edition;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.dailypapers.source.IngestReport;
import org.dailypapers.source.PaperSource;
import org.dailypapers.source.Sources;
import org.dailypapers.storage.DatabaseFailure;
import org.jboss.logging.Logger;

/**
 * Asks the sources apart from the day, each on a thread of its own while it is asked: one that hangs holds up neither the
 * others nor the closing of an edition.
 */
@ApplicationScoped
public class LiveIntake {

    private static final Logger LOG = Logger.getLogger(LiveIntake.class);

    /** Each may hold a connection to the database while it stores. */
    private static final int MOST_AT_ONCE = 8;

    private static final Duration TO_END = Duration.ofSeconds(10);

    private final Intake intake;
    private final Sources sources;
    private final Map<String, CompletableFuture<?>> asked = new HashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(
            MOST_AT_ONCE, Thread.ofPlatform().daemon().name("source-", 1).factory());
    private boolean stopping;

    LiveIntake(Intake intake, Sources sources) {
        this.intake = intake;
        this.sources = sources;
    }

    /**
     * Has each source asked whose turn it is, unless this process still does so.
     *
     * @param notSince one that answered need not rest where it was last asked before this moment
     * @param patience returns so late even if those that are asked now have not ended
     */
    public void ask(Instant notSince, Duration patience) {
        try {
            begin(notSince).get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
            LOG.debug("Sources are still being asked", e);
        }
    }

    private synchronized CompletableFuture<?> begin(Instant notSince) {
        asked.values().removeIf(CompletableFuture::isDone);
        if (stopping) {
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.allOf(sources.enabled().stream()
                .filter(source -> !asked.containsKey(source.name()))
                .map(source -> asked.computeIfAbsent(
                        source.name(), name -> CompletableFuture.runAsync(() -> turn(source, notSince), threads)))
                .toArray(CompletableFuture[]::new));
    }

    private void turn(PaperSource source, Instant notSince) {
        try {
            IngestReport report = intake.live(source, notSince);
            if (report.read() > 0) {
                LOG.infof("Papers from %s: %s", source.name(), report);
            }
        } catch (CancellationException e) {
            LOG.debugf(e, "Asking %s is broken off, for the process stops", source.name());
        } catch (Exception | Error e) {
            if (DatabaseFailure.isBehind(e)) {
                LOG.warnf("%s could not be asked, for the database failed: %s", source.name(), DatabaseFailure.said(e));
            } else {
                LOG.errorf(e, "Asking %s failed; it is asked again later", source.name());
            }
        }
    }

    /** After the sources were told to break off, before the database is closed. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER - 1) ShutdownEvent event) {
        beginNothing();
        try {
            if (!threads.awaitTermination(TO_END.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("A source is still being asked; what it answers now is asked for again after the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void beginNothing() {
        stopping = true;
        threads.shutdown();
    }
}
