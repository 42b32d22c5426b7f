package org.dailypapers.digest;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.dailypapers.delivery.DeliveryEnded;
import org.dailypapers.delivery.MessageState;
import org.dailypapers.delivery.Outbox;
import org.dailypapers.matching.EditionIndex;
import org.dailypapers.matching.EditionIndexes;
import org.dailypapers.matching.Match;
import org.dailypapers.matching.Matcher;
import org.dailypapers.matching.Profile;
import org.dailypapers.paper.Editions;
import org.dailypapers.subscriber.Confirmed;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.Erased;
import org.dailypapers.subscriber.Preferences;
import org.dailypapers.subscriber.PreferencesChanged;
import org.dailypapers.subscriber.Subscriber;
import org.jboss.logging.Logger;

/**
 * Composes digests: what is due, a welcome, or an edition by hand.
 *
 * <p>A digest, its message and the reader's new standing are one transaction; {@code covered} moves by compare-and-set,
 * so composing twice or on several machines is harmless.
 */
@ApplicationScoped
public class DigestComposer {

    private static final Logger LOG = Logger.getLogger(DigestComposer.class);
    private static final int CHUNK = 200;

    /** Hibernate's number for it. */
    private static final int SKIP_LOCKED = -2;

    /** Of a longer range only the newest editions count. */
    static final int MOST_EDITIONS = 14;

    /** A digest composed at an odd hour is worth delivering at least so long. */
    private static final Duration SHORTEST_LIFE = Duration.ofHours(6);

    private static final Duration REST_AFTER_FAILURE = Duration.ofHours(1);

    private final EntityManager database;
    private final Editions editions;
    private final EditionIndexes indexes;
    private final Outbox outbox;
    private final Clock clock;
    private final MeterRegistry metrics;

    DigestComposer(
            EntityManager database,
            Editions editions,
            EditionIndexes indexes,
            Outbox outbox,
            Clock clock,
            MeterRegistry metrics) {
        this.database = database;
        this.editions = editions;
        this.indexes = indexes;
        this.outbox = outbox;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * What a run did.
     *
     * @param considered readers whose turn it was
     * @param queued digests that went to the outbox
     */
    public record Composed(int considered, int queued) {}

    /** A digest that would be made. */
    public record Draft(Subscriber subscriber, LocalDate from, LocalDate to, List<Match> matches) {}

    /** Composes what is due for every reader. */
    public Composed composeDue() {
        return composeDue(null);
    }

    /** Composes what is due, for one reader where {@code only} names one; nothing while an edition whose time has come is still to be closed. */
    public Composed composeDue(Long only) {
        if (QuarkusTransaction.requiringNew().call(editions::overdue)) {
            return new Composed(0, 0);
        }
        return each(true, this::scheduled, only, n -> {});
    }

    /**
     * Composes one closed edition for every confirmed reader, or the one named, without a digest that covers it,
     * whatever their clock.
     *
     * @param only a subscriber's id; null for all
     * @param progress told how many readers were considered so far
     */
    public Composed composeByHand(LocalDate edition, Long only, IntConsumer progress) {
        return each(false, reader -> byHand(reader, edition), only, progress);
    }

    /** What composing that edition by hand would send to a reader; empty where a digest of theirs covers it. */
    public Optional<Draft> draft(LocalDate edition, long subscriberId) {
        return QuarkusTransaction.requiringNew().call(() -> {
            Reader reader = database.find(Reader.class, subscriberId);
            Subscriber subscriber = database.find(Subscriber.class, subscriberId);
            if (reader == null || subscriber.consent != Consent.CONFIRMED || coveredByDigest(subscriberId, edition)) {
                return Optional.<Draft>empty();
            }
            LocalDate from = edition.minusDays(1);
            return Optional.of(
                    new Draft(subscriber, from, edition, match(indexes.edition(edition), reader, subscriber)));
        });
    }

    /** What composing now would send to a reader who is due; empty where they are not. */
    public Optional<Draft> draftDue(long subscriberId) {
        return QuarkusTransaction.requiringNew().call(() -> {
            Reader reader = database.find(Reader.class, subscriberId);
            Subscriber subscriber = database.find(Subscriber.class, subscriberId);
            Optional<LocalDate> to = editions.newestLived();
            if (reader == null || !due(reader) || to.isEmpty() || !to.get().isAfter(reader.covered)) {
                return Optional.<Draft>empty();
            }
            return Optional.of(new Draft(
                    subscriber, reader.covered, to.get(), matches(reader, subscriber, reader.covered, to.get())));
        });
    }

    private interface Turn {
        /** Whether a digest was queued. */
        boolean of(Reader reader);
    }

    private Composed each(boolean scheduled, Turn turn, Long only, IntConsumer progress) {
        int considered = 0;
        int queued = 0;
        long after = Long.MIN_VALUE;
        Instant now = clock.instant();
        while (true) {
            List<Long> ids = chunk(scheduled, after, only, now);
            if (ids.isEmpty()) {
                return new Composed(considered, queued);
            }
            queued += together(ids, scheduled, turn);
            considered += ids.size();
            after = ids.getLast();
            progress.accept(considered);
        }
    }

    private List<Long> chunk(boolean scheduled, long after, Long only, Instant now) {
        return QuarkusTransaction.requiringNew().call(() -> {
            var query = database.createQuery(
                            "select r.subscriberId from Reader r where r.subscriberId > :after and (:only is null or"
                                    + " r.subscriberId = :only)" + (scheduled ? " and r.nextDue <= :now" : "")
                                    + " order by r.subscriberId",
                            Long.class)
                    .setParameter("after", after)
                    .setParameter("only", only)
                    .setMaxResults(CHUNK);
            if (scheduled) {
                query.setParameter("now", now);
            }
            return query.getResultList();
        });
    }

    /** One transaction for all of them; where it fails each has one of its own, so that one reader harms no other. */
    private int together(List<Long> ids, boolean scheduled, Turn turn) {
        try {
            return QuarkusTransaction.requiringNew().call(() -> {
                int queued = 0;
                for (Long id : ids) {
                    queued += take(id, scheduled, turn) ? 1 : 0;
                }
                return queued;
            });
        } catch (RuntimeException e) {
            LOG.debug("A chunk of readers failed; taking them one by one", e);
        }
        int queued = 0;
        for (Long id : ids) {
            try {
                queued += QuarkusTransaction.requiringNew().call(() -> take(id, scheduled, turn)) ? 1 : 0;
            } catch (RuntimeException e) {
                LOG.errorf(e, "The digest of subscriber %d could not be composed", id);
                if (scheduled) {
                    postpone(id);
                }
            }
        }
        return queued;
    }

    private void postpone(long id) {
        QuarkusTransaction.requiringNew().run(() -> Optional.ofNullable(database.find(Reader.class, id))
                .ifPresent(r -> r.nextDue = clock.instant().plus(REST_AFTER_FAILURE)));
    }

    /** On schedule a reader whom another process has in hand is left to it; by hand they are waited for. */
    private boolean take(long id, boolean scheduled, Turn turn) {
        var query = database.createQuery("from Reader r where r.subscriberId = :id", Reader.class)
                .setParameter("id", id)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE);
        if (scheduled) {
            query.setHint("jakarta.persistence.lock.timeout", SKIP_LOCKED);
        }
        return query.getResultStream().findFirst().map(turn::of).orElse(false);
    }

    private boolean due(Reader reader) {
        return reader.nextDue != null && !reader.nextDue.isAfter(clock.instant());
    }

    private boolean scheduled(Reader reader) {
        Subscriber subscriber = database.find(Subscriber.class, reader.subscriberId);
        if (!due(reader)) {
            return false;
        }
        if (subscriber.consent != Consent.CONFIRMED) {
            reader.nextDue = null;
            return false;
        }
        Instant now = clock.instant();
        Preferences preferences = subscriber.preferences();
        LocalDate today = DigestCalendar.localDate(preferences, now);
        if (subscriber.pausedOn(today) || reader.lastDate != null && !today.isAfter(reader.lastDate)) {
            reader.nextDue = DigestCalendar.nextDue(preferences, subscriber.pauseUntil, reader.lastDate, now);
            return false;
        }
        if (!expireQueued(subscriber.id)) {
            return false;
        }
        LocalDate from = reader.covered;
        LocalDate to = editions.newestLived().filter(d -> d.isAfter(from)).orElse(from);
        reader.lastDate = today;
        reader.nextDue = DigestCalendar.nextDue(preferences, subscriber.pauseUntil, today, now);
        if (to.equals(from)) {
            return false;
        }
        List<Match> matches = matches(reader, subscriber, from, to);
        cover(reader, from, to);
        return queue(reader, subscriber, Digest.Kind.SCHEDULED, from, to, today, matches);
    }

    /** Expires digests of theirs that still wait, giving their editions back; false where one is just being sent. */
    private boolean expireQueued(long subscriberId) {
        for (Digest digest : recent(subscriberId)) {
            var standing = outbox.standing(DigestLetters.KIND, digest.id);
            if (standing.isPresent() && standing.get().state() == MessageState.QUEUED) {
                if (standing.get().leased()
                        || !outbox.expire(DigestLetters.KIND, digest.id, "replaced by the reader's next digest")) {
                    return false;
                }
            }
        }
        return true;
    }

    private List<Digest> recent(long subscriberId) {
        return database.createQuery(
                        "from Digest d where d.subscriberId = :s and d.givenBack = 0 and d.composedAt > :since"
                                + " order by d.id desc",
                        Digest.class)
                .setParameter("s", subscriberId)
                .setParameter("since", clock.instant().minus(Duration.ofDays(MOST_EDITIONS)))
                .getResultList();
    }

    private boolean byHand(Reader reader, LocalDate edition) {
        Subscriber subscriber = database.find(Subscriber.class, reader.subscriberId);
        if (subscriber.consent != Consent.CONFIRMED
                || coveredByDigest(subscriber.id, edition)
                || !expireQueued(subscriber.id)) {
            return false;
        }
        LocalDate from = edition.minusDays(1);
        List<Match> matches = match(indexes.edition(edition), reader, subscriber);
        if (editions.livedBetween(reader.covered, edition).equals(List.of(edition))) {
            cover(reader, reader.covered, edition);
        }
        LocalDate today = DigestCalendar.localDate(subscriber.preferences(), clock.instant());
        return queue(reader, subscriber, Digest.Kind.MANUAL, from, edition, today, matches);
    }

    private boolean coveredByDigest(long subscriberId, LocalDate edition) {
        return database.createQuery(
                                "select count(*) from Digest d where d.subscriberId = :s and d.givenBack = 0 and d.from"
                                        + " < :edition and d.to >= :edition",
                                Long.class)
                        .setParameter("s", subscriberId)
                        .setParameter("edition", edition)
                        .getSingleResult()
                > 0;
    }

    private List<Match> matches(Reader reader, Subscriber subscriber, LocalDate from, LocalDate to) {
        List<LocalDate> range = editions.livedBetween(from, to);
        LocalDate after = range.size() <= MOST_EDITIONS ? from : range.get(range.size() - MOST_EDITIONS - 1);
        return match(indexes.lived(after, to), reader, subscriber);
    }

    private static List<Match> match(EditionIndex index, Reader reader, Subscriber subscriber) {
        Preferences p = subscriber.preferences();
        Seen seen = Seen.read(reader.seen);
        return Matcher.match(index, new Profile(p.readable(), p.size(), p.fill(), p.minVotes()), seen::has);
    }

    private void cover(Reader reader, LocalDate from, LocalDate to) {
        database.flush();
        int moved = database.createQuery(
                        "update Reader r set r.covered = :to where r.subscriberId = :id and r.covered = :from")
                .setParameter("to", to)
                .setParameter("id", reader.subscriberId)
                .setParameter("from", from)
                .executeUpdate();
        if (moved != 1) {
            throw new IllegalStateException("Another process composed for this reader meanwhile");
        }
        database.refresh(reader);
    }

    private boolean queue(
            Reader reader,
            Subscriber subscriber,
            Digest.Kind kind,
            LocalDate from,
            LocalDate to,
            LocalDate localDate,
            List<Match> matches) {
        if (matches.isEmpty()) {
            return false;
        }
        Instant now = clock.instant();
        List<Chosen> chosen = matches.stream().map(Chosen::of).toList();
        var digest = new Digest();
        digest.subscriberId = subscriber.id;
        digest.kind = kind;
        digest.from = from;
        digest.to = to;
        digest.composedAt = now;
        digest.localDate = localDate;
        digest.items = Chosen.write(chosen);
        database.persist(digest);
        reader.seen = Seen.read(reader.seen).add(chosen).forget(to).write();
        database.flush();
        Preferences preferences = subscriber.preferences();
        Instant expiry = DigestCalendar.expiry(
                preferences, reader.nextDue == null ? now.plus(SHORTEST_LIFE) : reader.nextDue, now);
        Instant earliest = now.plus(SHORTEST_LIFE);
        outbox.queue(
                DigestLetters.KIND,
                digest.id,
                kind == Digest.Kind.SCHEDULED || expiry.isAfter(earliest) ? expiry : earliest);
        metrics.counter("dailypapers.digests.composed", "kind", kind.name().toLowerCase(java.util.Locale.ROOT))
                .increment();
        return true;
    }

    void welcome(@Observes Confirmed event) {
        Subscriber subscriber = event.subscriber();
        Reader reader = reader(subscriber.id);
        Instant now = clock.instant();
        Optional<LocalDate> newest = editions.newestClosed();
        reader.covered = newest.orElseGet(() -> editions.oldestOpen().minusDays(1));
        Preferences preferences = subscriber.preferences();
        if (newest.isPresent() && event.welcome()) {
            LocalDate today = DigestCalendar.localDate(preferences, now);
            LocalDate edition = newest.get();
            LocalDate from = edition.minusDays(1);
            reader.lastDate = reader.lastDate == null || today.isAfter(reader.lastDate) ? today : reader.lastDate;
            reader.nextDue = DigestCalendar.nextDue(preferences, subscriber.pauseUntil, reader.lastDate, now);
            if (!coveredByDigest(subscriber.id, edition) && expireQueued(subscriber.id)) {
                reader.covered = edition;
                queue(
                        reader,
                        subscriber,
                        Digest.Kind.WELCOME,
                        from,
                        edition,
                        today,
                        match(indexes.edition(edition), reader, subscriber));
            }
        } else {
            reader.nextDue = DigestCalendar.nextDue(preferences, subscriber.pauseUntil, reader.lastDate, now);
        }
    }

    private Reader reader(long subscriberId) {
        Reader known = database.find(Reader.class, subscriberId, LockModeType.PESSIMISTIC_WRITE);
        if (known != null) {
            return known;
        }
        var reader = new Reader();
        reader.subscriberId = subscriberId;
        reader.covered = LocalDate.EPOCH;
        database.persist(reader);
        return reader;
    }

    void changed(@Observes PreferencesChanged event) {
        Subscriber subscriber = event.subscriber();
        Reader reader = database.find(Reader.class, subscriber.id, LockModeType.PESSIMISTIC_WRITE);
        if (reader != null) {
            reader.nextDue = subscriber.consent == Consent.CONFIRMED
                    ? DigestCalendar.nextDue(
                            subscriber.preferences(), subscriber.pauseUntil, reader.lastDate, clock.instant())
                    : null;
        }
    }

    void erased(@Observes Erased event) {
        database.createQuery("select d.id from Digest d where d.subscriberId = :s", Long.class)
                .setParameter("s", event.subscriberId())
                .getResultList()
                .forEach(id -> outbox.forget(DigestLetters.KIND, id));
    }

    /** An expired digest gives its papers and its range back to the reader's next one. */
    void ended(@Observes DeliveryEnded event) {
        if (!event.kind().equals(DigestLetters.KIND) || event.state() != MessageState.EXPIRED) {
            return;
        }
        Digest digest = database.find(Digest.class, event.reference());
        Reader reader = digest == null
                ? null
                : database.find(Reader.class, digest.subscriberId, LockModeType.PESSIMISTIC_WRITE);
        if (reader == null) {
            return; // Erased meanwhile.
        }
        digest.givenBack = digest.id;
        reader.seen = Seen.read(reader.seen).remove(digest.chosen()).write();
        if (reader.covered.equals(digest.to)) {
            reader.covered = digest.from;
        }
        database.flush();
    }

    /** How many readers are due now. */
    public long due() {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createQuery("select count(*) from Reader r where r.nextDue <= :now", Long.class)
                        .setParameter("now", clock.instant())
                        .getSingleResult());
    }

    /** The ids of all readers, or of those who are due. */
    public List<Long> readers(boolean onlyDue) {
        return QuarkusTransaction.requiringNew().call(() -> {
            var ids = new ArrayList<Long>();
            var query = database.createQuery(
                    "select r.subscriberId from Reader r" + (onlyDue ? " where r.nextDue <= :now" : "")
                            + " order by r.subscriberId",
                    Long.class);
            if (onlyDue) {
                query.setParameter("now", clock.instant());
            }
            ids.addAll(query.getResultList());
            return ids;
        });
    }
}
