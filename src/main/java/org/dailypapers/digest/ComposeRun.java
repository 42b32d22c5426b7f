package org.dailypapers.digest;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.dailypapers.digest.rules.DigestRules;
import org.dailypapers.digest.rules.ReaderStanding;
import org.dailypapers.digest.rules.Turn;
import org.dailypapers.matching.index.EditionIndexes;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.outbox.Priority;
import org.dailypapers.paper.Editions;
import org.dailypapers.storage.DatabaseFailure;
import org.dailypapers.storage.Sql;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the readers' turns, in chunks and with several threads.
 *
 * <p>A digest, its message and the reader's new standing are one transaction; {@code covered} moves by compare-and-set,
 * so composing twice or on several machines is harmless.
 */
@ApplicationScoped
public class ComposeRun {

    private static final Logger LOG = Logger.getLogger(ComposeRun.class);
    private static final int CHUNK = 2_000;

    /** While one waits for the database another one matches. */
    private static final int THREADS = 2;

    private static final Duration REST_AFTER_FAILURE = Duration.ofHours(1);
    private static final String FAILURE = "Digests could not be composed";

    private final Sql sql;
    private final Editions editions;
    private final EditionIndexes indexes;
    private final Outbox outbox;
    private final DigestQueue queue;
    private volatile boolean stopping;

    ComposeRun(Sql sql, Editions editions, EditionIndexes indexes, Outbox outbox, DigestQueue queue) {
        this.sql = sql;
        this.editions = editions;
        this.indexes = indexes;
        this.outbox = outbox;
        this.queue = queue;
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    /**
     * What was done for some readers.
     *
     * @param considered how many they were
     * @param queued digests that went to the outbox
     */
    public record Composed(int considered, int queued) {

        static final Composed NOTHING = new Composed(0, 0);

        Composed plus(Composed more) {
            return new Composed(considered + more.considered, queued + more.queued);
        }
    }

    /**
     * A digest that would be composed now.
     *
     * @param papers at least one, best first
     */
    public record Proposal(String address, List<Chosen> papers) {}

    /** @param progress told how many readers were considered so far */
    Composed all(ComposeTask task, IntConsumer progress) {
        var position = new Position(progress);
        var threads = new ArrayList<FutureTask<Composed>>();
        for (int i = 0; i < THREADS; i++) {
            var thread = new FutureTask<>(() -> new Worker(task).all(position));
            threads.add(thread);
            Thread.ofPlatform().daemon().name("compose-" + (i + 1)).start(thread);
        }
        return sum(threads);
    }

    /** Carries out the turn of one reader alone. */
    Composed one(ComposeTask task, long subscriberId, IntConsumer progress) {
        Composed one = new Worker(task).chunk(connection -> task.lock(connection, subscriberId - 1, subscriberId, 1));
        progress.accept(one.considered());
        return one;
    }

    /** What all of them did, when the last one has ended. */
    private static Composed sum(List<FutureTask<Composed>> threads) {
        Composed sum = Composed.NOTHING;
        RuntimeException failure = null;
        for (FutureTask<Composed> thread : threads) {
            try {
                sum = sum.plus(thread.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Composing was interrupted", e);
            } catch (ExecutionException e) {
                failure = e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return sum;
    }

    /** Tells what carrying out the turns would queue, and for whom, in the order of the readers; it carries out none. */
    void propose(ComposeTask task, @Nullable Long only, Consumer<Proposal> told) {
        var selection = new PaperSelection(indexes);
        long after = only == null ? Long.MIN_VALUE : only - 1;
        long upTo = only == null ? Long.MAX_VALUE : only;
        var proposals = new ArrayList<Proposal>();
        List<Reader> readers;
        do {
            long from = after;
            readers = sql.inTransaction(FAILURE, connection -> {
                List<Reader> page = task.read(connection, from, upTo, CHUNK);
                var chunk = new ReaderChunk(task, connection, page, editions, outbox, selection);
                page.forEach(reader -> propose(chunk, reader, proposals));
                return page;
            });
            proposals.forEach(told);
            proposals.clear();
            after = readers.isEmpty() ? after : readers.getLast().subscriberId;
        } while (!readers.isEmpty());
    }

    private static void propose(ReaderChunk chunk, Reader reader, List<Proposal> proposals) {
        ReaderStanding standing = chunk.standing(reader);
        if (!chunk.waits(reader) && chunk.turn(reader, standing) instanceof Turn.Compose turn) {
            List<Chosen> papers = chunk.choose(reader, standing, turn);
            if (!papers.isEmpty()) {
                proposals.add(new Proposal(chunk.subscriber(reader).email, papers));
            }
        }
    }

    /** How far the threads of this process have come among the readers' keys. */
    private static final class Position {
        private final IntConsumer progress;
        private long after = Long.MIN_VALUE;
        private int done;

        Position(IntConsumer progress) {
            this.progress = progress;
        }

        /** Locks the next readers in the transaction at hand; no other thread of this process gets them again. */
        synchronized List<Reader> next(Connection connection, ComposeTask task) throws SQLException {
            List<Reader> readers = task.lock(connection, after, Long.MAX_VALUE, CHUNK);
            after = readers.isEmpty() ? after : readers.getLast().subscriberId;
            return readers;
        }

        synchronized void done(int readers) {
            done += readers;
            if (readers > 0) {
                progress.accept(done);
            }
        }
    }

    /** Carries out turns in one thread. */
    private final class Worker {
        private final ComposeTask task;
        private final PaperSelection selection = new PaperSelection(indexes);

        Worker(ComposeTask task) {
            this.task = task;
        }

        Composed all(Position position) {
            Composed all = Composed.NOTHING;
            Composed some;
            do {
                if (stopping) {
                    throw new CancellationException("The process stops; what was composed so far is queued");
                }
                some = chunk(connection -> position.next(connection, task));
                all = all.plus(some);
                position.done(some.considered());
            } while (some.considered() > 0);
            return all;
        }

        /** One transaction for all of them; where it fails each has one of its own, so that one reader harms no other. */
        Composed chunk(Sql.Work<List<Reader>> next) {
            var ids = new ArrayList<Long>();
            try {
                return sql.inTransaction(FAILURE, connection -> {
                    List<Reader> readers = next.on(connection);
                    readers.forEach(reader -> ids.add(reader.subscriberId));
                    return carryOut(connection, readers);
                });
            } catch (RuntimeException e) {
                if (ids.isEmpty() || DatabaseFailure.isBehind(e)) {
                    throw e; // No reader is to blame; the next tick takes them again.
                }
                LOG.debug("A chunk of readers failed; taking them one by one", e);
            }
            int queued = 0;
            for (long id : ids) {
                queued += alone(id);
            }
            return new Composed(ids.size(), queued);
        }

        private int alone(long id) {
            try {
                return sql.inTransaction(
                                FAILURE, connection -> carryOut(connection, task.lock(connection, id - 1, id, 1)))
                        .queued();
            } catch (RuntimeException e) {
                DatabaseFailure.throwIfBehind(e);
                LOG.errorf(e, "The digest of subscriber %d could not be composed", id);
                if (task.scheduled()) {
                    sql.inTransaction(
                            FAILURE,
                            connection ->
                                    Readers.postpone(connection, id, task.now().plus(REST_AFTER_FAILURE)));
                }
                return 0;
            }
        }

        /** Carries out the turns of readers whose rows the transaction at hand has locked. */
        private Composed carryOut(Connection connection, List<Reader> readers) throws SQLException {
            if (readers.isEmpty()) {
                return Composed.NOTHING;
            }
            var chunk = new ReaderChunk(task, connection, readers, editions, outbox, selection);
            var moved = new ArrayList<Readers.Moved>();
            var digests = new ArrayList<DigestQueue.Composed>();
            for (Reader reader : readers) {
                carryOut(connection, chunk, reader, moved, digests);
            }
            queue.add(connection, Priority.BULK, digests);
            Readers.write(connection, moved);
            return new Composed(readers.size(), digests.size());
        }

        private void carryOut(
                Connection connection,
                ReaderChunk chunk,
                Reader reader,
                List<Readers.Moved> moved,
                List<DigestQueue.Composed> digests)
                throws SQLException {
            if (chunk.waits(reader)) {
                return;
            }
            ReaderStanding standing = chunk.standing(reader);
            Turn turn = chunk.turn(reader, standing);
            if (DigestRules.replacesWaiting(standing, turn)) {
                if (!chunk.waiting().expire(reader)) {
                    return; // A worker has just begun to send it.
                }
                Readers.refresh(connection, reader);
                standing = chunk.standing(reader);
                turn = chunk.turn(reader, standing);
            }
            if (turn instanceof Turn.LeaveAlone) {
                return;
            }
            ReaderStanding after = DigestRules.after(standing, turn, task.now());
            moved.add(new Readers.Moved(reader, reader.covered));
            reader.stand(after);
            if (turn instanceof Turn.Compose compose) {
                List<Chosen> papers = chunk.choose(reader, standing, compose);
                if (!papers.isEmpty()) {
                    reader.remember(papers, compose.to());
                    digests.add(new DigestQueue.Composed(
                            Digest.of(reader, compose, papers, standing, task.now()), reader, after));
                }
            }
        }
    }
}
