package org.dailypapers.source;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.dailypapers.source.SourceException.Trouble;

/**
 * Where each source stands, for all processes on one database: whoever takes a source's turn asks it, the others leave it
 * alone meanwhile.
 */
@ApplicationScoped
public class SourceStandings {

    /** Between two questions to a source that answers. */
    static final Duration BETWEEN = Duration.ofHours(1);

    /** After a failure that does not say when to come again. */
    static final Duration AFTER_FAILURE = Duration.ofMinutes(10);

    /** A turn is held so long without news from who took it; then that process is taken for dead. */
    static final Duration LEASE = Duration.ofMinutes(3);

    /** However often it did not want to be asked, or however long it wants to be left alone. */
    static final Duration LONGEST_SILENCE = Duration.ofHours(6);

    private static final Duration LONGEST_REST = Duration.ofDays(1);
    private static final int LONGEST_FAILURE = 500;

    private final EntityManager database;
    private final Clock clock;

    SourceStandings(EntityManager database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Takes the turn to ask a source; empty while another process has it or the source is left alone.
     *
     * @param notSince one that answered need not rest where it was last asked before this moment
     */
    public Optional<SourceStanding> take(String name, Instant notSince) {
        return take(name, standing -> standing.due(clock.instant(), notSince));
    }

    /** Takes the turn whatever the source's rest, for an operator who asks by hand; empty while another has it. */
    public Optional<SourceStanding> takeNow(String name) {
        return take(name, standing -> true);
    }

    /** Takes the turn for a single question; empty while another has it or the source wants to be left alone. */
    public Optional<SourceStanding> takeForOne(String name) {
        return take(name, standing -> !standing.unwelcome(clock.instant()));
    }

    private Optional<SourceStanding> take(String name, Predicate<SourceStanding> due) {
        return QuarkusTransaction.requiringNew().call(() -> {
            Instant now = clock.instant();
            SourceStanding standing = lock(name, now);
            if (standing.leased(now, LEASE) || !due.test(standing)) {
                return Optional.<SourceStanding>empty();
            }
            standing.bringBack(now);
            standing.askedAt = now;
            standing.leasedTill = now.plus(LEASE);
            return Optional.of(standing);
        });
    }

    private SourceStanding lock(String name, Instant now) {
        database.createNativeQuery(
                        "insert into source (name, since, rests) values (:name, :now, 0) on conflict do nothing")
                .setParameter("name", name)
                .setParameter("now", now)
                .executeUpdate();
        return database.find(SourceStanding.class, name, LockModeType.PESSIMISTIC_WRITE);
    }

    /** Whoever has the turn is still at it. */
    public void stillAsking(String name) {
        change(name, standing -> standing.leasedTill = clock.instant().plus(LEASE));
    }

    /**
     * The source answered to the end.
     *
     * @param readTo the newest listing that came; null where none did
     * @param fresh whether a paper came that was not known
     */
    public void answered(String name, LocalDate readTo, boolean fresh) {
        change(name, standing -> {
            moveTo(standing, readTo);
            standing.answeredAt = clock.instant();
            standing.freshAt = fresh || standing.freshAt == null ? standing.answeredAt : standing.freshAt;
            standing.failure = null;
            standing.trouble = null;
            standing.refusals = 0;
            standing.rests = BETWEEN.toSeconds();
            standing.leasedTill = null;
        });
    }

    /**
     * The source did not answer, or not to the end.
     *
     * @param readTo the newest listing that came before; null where none did
     */
    public void failed(String name, LocalDate readTo, SourceException failure) {
        change(name, standing -> {
            moveTo(standing, readTo);
            String why = String.valueOf(failure.getMessage());
            standing.failure = why.length() > LONGEST_FAILURE ? why.substring(0, LONGEST_FAILURE) : why;
            standing.trouble = failure.trouble();
            boolean unsaid = failure.trouble() == Trouble.BUSY && failure.rest().isEmpty();
            Duration rest = failure.rest().orElse(unsaid ? silence(standing.refusals) : AFTER_FAILURE);
            standing.refusals += unsaid ? 1 : 0;
            // From now on, not from the question: some refuse after minutes.
            standing.askedAt = clock.instant();
            standing.rests = shorter(rest, LONGEST_REST).toSeconds();
            standing.leasedTill = null;
        });
    }

    /** Ten minutes, then twice as long each time. */
    private static Duration silence(int refusals) {
        return shorter(AFTER_FAILURE.multipliedBy(1L << Math.min(refusals, 10)), LONGEST_SILENCE);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Gives the turn back after a question of an operator's that says nothing of the news. */
    public void handBack(String name) {
        change(name, standing -> standing.leasedTill = null);
    }

    /**
     * Reserves the next moment at which a request may leave, for a source that wants a rest between two; the turn is held
     * on to meanwhile.
     *
     * @return how long to wait until then
     */
    public Duration nextRequest(String name, Duration gap) {
        return QuarkusTransaction.requiringNew().call(() -> {
            Instant now = clock.instant();
            SourceStanding standing = lock(name, now);
            Instant last = standing.requestedAt;
            boolean ahead = last != null && last.isAfter(now.plus(gap).plus(SourceStanding.CLOCKS_DIFFER));
            Instant next = last == null ? now : ahead ? now.plus(gap) : last.plus(gap);
            next = next.isBefore(now) ? now : next;
            standing.requestedAt = next;
            if (standing.leasedTill != null) {
                standing.leasedTill = next.plus(LEASE);
            }
            return Duration.between(now, next);
        });
    }

    /** A request has ended: the rest until the next one counts from now. */
    public void requestEnded(String name) {
        change(name, standing -> standing.requestedAt = clock.instant());
    }

    /** Up to where the source was read, as it reckons itself; empty where it has noted nothing. */
    public Optional<String> bookmark(String name) {
        return QuarkusTransaction.requiringNew().call(() -> Optional.ofNullable(lock(name, clock.instant()).bookmark));
    }

    /** Notes up to where the source was read. */
    public void bookmark(String name, String bookmark) {
        change(name, standing -> standing.bookmark = bookmark);
    }

    /** Gives the turn back without an answer, as where the process itself is in trouble. */
    public void release(String name) {
        change(name, standing -> {
            standing.rests = AFTER_FAILURE.toSeconds();
            standing.leasedTill = null;
        });
    }

    private static void moveTo(SourceStanding standing, LocalDate readTo) {
        if (readTo != null && (standing.readTo == null || readTo.isAfter(standing.readTo))) {
            standing.readTo = readTo;
        }
    }

    private void change(String name, Consumer<SourceStanding> change) {
        QuarkusTransaction.requiringNew().run(() -> change.accept(lock(name, clock.instant())));
    }

    /** Whether one of the sources is being asked by some process, which began no longer ago than that. */
    public boolean anyAsked(List<String> names, Duration longest) {
        Instant now = clock.instant();
        return of(names).stream()
                .anyMatch(standing -> standing.leased(now, LEASE) && !standing.askedBefore(now.minus(longest)));
    }

    /** Frees every turn: whoever held one is gone. */
    public void releaseAll() {
        QuarkusTransaction.requiringNew()
                .run(() -> database.createQuery("update SourceStanding s set s.leasedTill = null")
                        .executeUpdate());
    }

    /** The sources that were ever asked, of those names. */
    public List<SourceStanding> of(List<String> names) {
        return QuarkusTransaction.requiringNew().call(() -> database.createQuery(
                        "from SourceStanding s where s.name in :names order by s.name", SourceStanding.class)
                .setParameter("names", names)
                .getResultList());
    }
}
