package org.dailypapers.digest;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.dailypapers.digest.ComposeRun.Composed;
import org.dailypapers.digest.rules.DigestRules;
import org.dailypapers.matching.FirstLetter;
import org.dailypapers.matching.likeness.LearnedCatalogue;
import org.dailypapers.paper.Editions;
import org.dailypapers.storage.Sql;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.SubscriberRows;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Composes digests: what is due, or an edition by hand; or tells what composing would do. */
@ApplicationScoped
public class DigestComposer {

    private static final Logger LOG = Logger.getLogger(DigestComposer.class);

    private final ComposeRun run;
    private final Sql sql;
    private final Editions editions;
    private final FirstLetter firstLetter;
    private final LearnedCatalogue likeness;
    private final Clock clock;

    DigestComposer(
            ComposeRun run,
            Sql sql,
            Editions editions,
            FirstLetter firstLetter,
            LearnedCatalogue likeness,
            Clock clock) {
        this.likeness = likeness;
        this.run = run;
        this.sql = sql;
        this.editions = editions;
        this.firstLetter = firstLetter;
        this.clock = clock;
    }

    /** Composes what is due for every reader. */
    public Composed composeDue() {
        return compose(null, null, n -> {});
    }

    /** Composes what is due, for one reader where {@code only} names one; nothing while an edition whose time has come is still to be closed. */
    public Composed composeDue(@Nullable Long only) {
        return compose(null, only, n -> {});
    }

    /**
     * Composes one closed edition for every confirmed reader, or the one named, without a digest that covers it,
     * whatever their clock.
     *
     * @param only a subscriber's id; none for all
     * @param progress told how many readers were considered so far
     */
    public Composed composeByHand(LocalDate edition, @Nullable Long only, IntConsumer progress) {
        return compose(edition, only, progress);
    }

    private Composed compose(@Nullable LocalDate edition, @Nullable Long only, IntConsumer progress) {
        if (!possible(edition)) {
            return Composed.NOTHING;
        }
        ComposeTask task = task(edition);
        return only == null ? run.all(task, progress) : run.one(task, only, progress);
    }

    /**
     * Tells what composing now would queue, and composes nothing.
     *
     * @param edition composed by hand; none for what is due
     * @param only a subscriber's id; none for all
     */
    public void dryRun(@Nullable LocalDate edition, @Nullable Long only, Consumer<ComposeRun.Proposal> told) {
        if (possible(edition)) {
            run.propose(task(edition), only, told);
        }
    }

    private ComposeTask task(@Nullable LocalDate edition) {
        // Whoever composes by hand waits; the next tick of the schedule comes soon.
        boolean learned = edition == null ? likeness.settled() : likeness.await();
        if (!learned) {
            LOG.warn("What papers have in common is not learned yet; readers who ask for the like of a paper wait");
        }
        return new ComposeTask(edition, clock.instant(), learned);
    }

    private boolean possible(@Nullable LocalDate edition) {
        return firstLetter.mailable()
                && !(edition == null && QuarkusTransaction.requiringNew().call(editions::overdue));
    }

    /**
     * Brings back the readers whom a clock that was ahead has carried into days to come: what they have covered, the date
     * of their last letter, and when they are due.
     *
     * @return how many there were
     */
    public int bringBack() {
        return sql.inTransaction("Readers could not be brought back", this::bringBack);
    }

    private int bringBack(Connection connection) throws SQLException {
        Instant now = clock.instant();
        LocalDate closed = ReaderEvents.newestClosed(editions);
        Digests.endBy(connection, closed);
        // Nobody's local date is more than a day ahead of UTC.
        LocalDate latest = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1);
        List<Reader> ahead = Readers.lockAhead(connection, closed, latest);
        Map<Long, Subscriber> subscribers = SubscriberRows.read(
                connection, ahead.stream().map(reader -> reader.subscriberId).toList());
        var moved = new ArrayList<Readers.Moved>();
        for (Reader reader : ahead) {
            moved.add(new Readers.Moved(reader, reader.covered));
            var standing = reader.standing(Objects.requireNonNull(subscribers.get(reader.subscriberId)), null);
            reader.stand(DigestRules.broughtBack(standing, closed, now));
        }
        Readers.write(connection, moved);
        return ahead.size();
    }

    /** How many readers are due now. */
    public long due() {
        return sql.inTransaction(
                "Readers could not be counted", connection -> Readers.countDue(connection, clock.instant()));
    }

    /** How many readers there are. */
    public long readers() {
        return sql.inTransaction("Readers could not be counted", Readers::count);
    }
}
