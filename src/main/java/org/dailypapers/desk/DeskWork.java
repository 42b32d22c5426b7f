package org.dailypapers.desk;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.dailypapers.storage.DatabaseFailure;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What an operator set going at the desk and that may last: one piece of work at a time, and how the last ones ended. */
@ApplicationScoped
public class DeskWork {

    private static final Logger LOG = Logger.getLogger(DeskWork.class);
    private static final int KEPT = 5;

    private final Clock clock;
    private final Deque<Ended> ended = new ArrayDeque<>();
    private @Nullable Running running;

    DeskWork(Clock clock) {
        this.clock = clock;
    }

    /** A piece of work: it tells how far it is, and returns what became of it, in a sentence. */
    @FunctionalInterface
    public interface Work {
        /** Does it. */
        String done(Consumer<String> progress) throws Exception;
    }

    /** What is under way. */
    public record Running(String name, Instant since, String progress) {}

    /** What is over. */
    public record Ended(String name, Instant at, String result) {}

    /** Begins it; false where another piece of work is under way. */
    public synchronized boolean begin(String name, Work work) {
        if (running != null) {
            return false;
        }
        Thread.ofPlatform().daemon().name("desk-work").start(() -> run(name, work));
        // After it was begun: a machine without room for one more thread has nothing under way.
        running = new Running(name, clock.instant(), "");
        return true;
    }

    private void run(String name, Work work) {
        String result = "That failed.";
        try {
            result = inARequest(name, work);
        } finally {
            end(name, result);
        }
    }

    private String inARequest(String name, Work work) {
        ManagedContext request = Arc.container().requestContext();
        request.activate();
        try {
            return work.done(progress -> tell(name, progress));
        } catch (Exception | Error e) {
            if (!DatabaseFailure.isBehind(e)) {
                LOG.warnf(e, "%s, asked for at the desk, failed", name);
            }
            return "That failed: " + (e.getMessage() == null ? e : e.getMessage());
        } finally {
            request.terminate();
        }
    }

    private synchronized void tell(String name, String progress) {
        if (running != null) {
            running = new Running(name, running.since(), progress);
        }
    }

    private synchronized void end(String name, String result) {
        running = null;
        ended.addFirst(new Ended(name, clock.instant(), result));
        if (ended.size() > KEPT) {
            ended.removeLast();
        }
    }

    /** What is under way in this process. */
    public synchronized Optional<Running> running() {
        return Optional.ofNullable(running);
    }

    /** How the last ones ended, newest first. */
    public synchronized List<Ended> ended() {
        return List.copyOf(ended);
    }
}
