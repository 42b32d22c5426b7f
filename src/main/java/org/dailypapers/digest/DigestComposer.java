package org.dailypapers.digest;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.dailypapers.database.DatabaseFailure;
import org.dailypapers.delivery.DeliveryEnded;
import org.dailypapers.delivery.MessageState;
import org.dailypapers.delivery.Outbox;
import org.dailypapers.delivery.Priority;
import org.dailypapers.matching.EditionIndex;
import org.dailypapers.matching.EditionIndexes;
import org.dailypapers.matching.FirstLetter;
import org.dailypapers.matching.Match;
import org.dailypapers.matching.Matcher;
import org.dailypapers.matching.Picker;
import org.dailypapers.matching.Profile;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Entry;
import org.dailypapers.subscriber.Confirmed;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.Erased;
import org.dailypapers.subscriber.PreferencesChanged;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.SubscriberRows;
import org.dailypapers.subscriber.preference.Preferences;
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
    private static final int CHUNK = 2_000;

    /** While one waits for the database another one matches. */
    private static final int THREADS = 2;

    private static final String REPLACED = "replaced by the reader's next digest";

    /** Of a longer range only the newest editions count. */
    static final int MOST_EDITIONS = 14;

    /** A digest composed at an odd hour is worth delivering at least so long. */
    static final Duration SHORTEST_LIFE = Duration.ofHours(6);

    private static final Duration REST_AFTER_FAILURE = Duration.ofHours(1);

    private final EntityManager database;
    private final DataSource tables;
    private final Editions editions;
    private final EditionIndexes indexes;
    private final FirstLetter firstLetter;
    private final Outbox outbox;
    private final Clock clock;
    private final MeterRegistry metrics;
    private volatile boolean stopping;

    DigestComposer(
            EntityManager database,
            DataSource tables,
            Editions editions,
            EditionIndexes indexes,
            FirstLetter firstLetter,
            Outbox outbox,
            Clock clock,
            MeterRegistry metrics) {
        this.database = database;
        this.tables = tables;
        this.editions = editions;
        this.indexes = indexes;
        this.firstLetter = firstLetter;
        this.outbox = outbox;
        this.clock = clock;
        this.metrics = metrics;
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
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
        if (!firstLetter.mailable() || QuarkusTransaction.requiringNew().call(editions::overdue)) {
            return new Composed(0, 0);
        }
        return each(true, only, n -> {}, this::scheduled);
    }

    /**
     * Composes one closed edition for every confirmed reader, or the one named, without a digest that covers it,
     * whatever their clock.
     *
     * @param only a subscriber's id; null for all
     * @param progress told how many readers were considered so far
     */
    public Composed composeByHand(LocalDate edition, Long only, IntConsumer progress) {
        return firstLetter.mailable()
                ? each(false, only, progress, (standing, chunk) -> byHand(standing, chunk, edition))
                : new Composed(0, 0);
    }

    /** What composing that edition by hand would send to a reader; empty where a digest of theirs covers it. */
    public Optional<Draft> draft(LocalDate edition, long subscriberId) {
        return QuarkusTransaction.requiringNew().call(() -> {
            Reader reader = database.find(Reader.class, subscriberId);
            Subscriber subscriber = database.find(Subscriber.class, subscriberId);
            if (reader == null
                    || !wants(new Standing(reader, subscriber), clock.instant())
                    || coveredByDigest(subscriberId, edition)) {
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
                    subscriber, reader.covered, to.get(), match(lived(reader.covered, to.get()), reader, subscriber)));
        });
    }

    private interface Turn {
        Outcome of(Standing standing, Chunk chunk);
    }

    /** A reader in their turn, which changes their row to what it is to be. */
    private record Standing(Reader reader, Subscriber subscriber, Preferences preferences) {
        Standing(Reader reader, Subscriber subscriber) {
            this(reader, subscriber, subscriber.preferences());
        }

        LocalDate localDate(Instant now) {
            return DigestCalendar.localDate(preferences, now);
        }

        Instant nextDue(Instant now) {
            return DigestCalendar.nextDue(preferences, subscriber.pauseUntil, reader.lastDate, now);
        }
    }

    /**
     * How a turn ended.
     *
     * @param was what the reader had covered, where their row is to be written; null where they are left alone
     * @param digest to be queued; null where there is none
     */
    private record Outcome(LocalDate was, Digest digest) {
        static final Outcome LEFT_ALONE = new Outcome(null, null);
    }

    private Composed each(boolean scheduled, Long only, IntConsumer progress, Turn turn) {
        Instant now = clock.instant();
        if (only != null) {
            var road = new Road(only - 1, progress);
            Taken taken = take(new Run(scheduled, now, 1, turn, road));
            road.done(taken.readers());
            return new Composed(taken.readers(), taken.queued());
        }
        var road = new Road(Long.MIN_VALUE, progress);
        var threads = new ArrayList<FutureTask<Composed>>();
        for (int i = 0; i < THREADS; i++) {
            var thread = new FutureTask<>(() -> all(new Run(scheduled, now, CHUNK, turn, road)));
            threads.add(thread);
            Thread.ofPlatform().daemon().name("compose-" + (i + 1)).start(thread);
        }
        return sum(threads);
    }

    /** What all of them did, when the last one has ended. */
    private static Composed sum(List<FutureTask<Composed>> threads) {
        int considered = 0;
        int queued = 0;
        RuntimeException failure = null;
        for (FutureTask<Composed> thread : threads) {
            try {
                considered += thread.get().considered();
                queued += thread.get().queued();
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
        return new Composed(considered, queued);
    }

    private Composed all(Run run) {
        int considered = 0;
        int queued = 0;
        Taken taken;
        do {
            if (stopping) {
                throw new CancellationException("The process stops; what was composed so far is queued");
            }
            taken = take(run);
            considered += taken.readers();
            queued += taken.queued();
            run.road.done(taken.readers());
        } while (taken.readers() > 0);
        return new Composed(considered, queued);
    }

    /** How far the threads of this process have come among the readers' keys. */
    private static final class Road {
        private final IntConsumer progress;
        private long after;
        private int done;

        Road(long after, IntConsumer progress) {
            this.after = after;
            this.progress = progress;
        }

        /** Locks the next readers in the transaction at hand; no other thread of this process gets them again. */
        synchronized List<Reader> next(Connection connection, Run run) throws SQLException {
            List<Reader> readers = run.lock(connection, after, Long.MAX_VALUE);
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

    /** What stays the same from chunk to chunk of one thread. */
    private final class Run {
        private final boolean scheduled;
        private final Instant now;
        private final int most;
        private final Turn turn;
        private final Road road;
        private final Map<EditionIndex, Picker> pickers = new IdentityHashMap<>();

        Run(boolean scheduled, Instant now, int most, Turn turn, Road road) {
            this.scheduled = scheduled;
            this.now = now;
            this.most = most;
            this.turn = turn;
            this.road = road;
        }

        List<Reader> lock(Connection connection, long after, long upTo) throws SQLException {
            return scheduled
                    ? Readers.lockDue(connection, after, upTo, now, most)
                    : Readers.lock(connection, after, upTo, most);
        }

        List<Chosen> choose(EditionIndex index, Standing standing) {
            return DigestComposer.choose(pickers.computeIfAbsent(index, Picker::new), standing);
        }
    }

    private static List<Chosen> choose(Picker picker, Standing standing) {
        Preferences p = standing.preferences();
        Seen seen = Seen.read(standing.reader().seen);
        int count = picker.pick(p.interests(), p.size(), p.fill(), p.minVotes(), seen::has);
        var chosen = new ArrayList<Chosen>(count);
        for (int i = 0; i < count; i++) {
            chosen.add(Chosen.of(picker.candidate(i), picker.lines(i), picker.score(i)));
        }
        return chosen;
    }

    /** Readers who are composed for in one transaction, and what is asked for all of them once. */
    private final class Chunk {
        private final Run run;
        private final Connection connection;
        private final List<Reader> readers;
        private final Optional<LocalDate> newest = editions.newestLived();
        private final Map<LocalDate, EditionIndex> lived = new HashMap<>();
        private final Map<LocalDate, List<LocalDate>> between = new HashMap<>();
        private EditionIndex byHand;
        private Set<Long> waiting;
        private Set<Long> covering;

        Chunk(Run run, Connection connection, List<Reader> readers) {
            this.run = run;
            this.connection = connection;
            this.readers = readers;
        }

        /** The editions after that one, at most the newest fourteen. */
        EditionIndex lived(LocalDate covered, LocalDate to) {
            return lived.computeIfAbsent(covered, from -> DigestComposer.this.lived(from, to));
        }

        EditionIndex edition(LocalDate edition) {
            byHand = byHand == null ? indexes.edition(edition) : byHand;
            return byHand;
        }

        /** Whether of the editions that the reader has not covered that one is the next. */
        boolean isNext(LocalDate edition, LocalDate covered) {
            return between.computeIfAbsent(covered, from -> editions.livedBetween(from, edition))
                    .equals(List.of(edition));
        }

        boolean coveredByDigest(Reader reader, LocalDate edition) {
            if (covering == null) {
                covering = sql(() -> Digests.covering(connection, ids(), edition));
            }
            return covering.contains(reader.subscriberId);
        }

        /**
         * Expires a digest of the reader's that still waits, which gives its editions back; false where it is just being
         * sent.
         */
        boolean free(Reader reader) {
            if (!waits(reader)) {
                return true;
            }
            if (!outbox.expire(Digest.MESSAGE_KIND, reader.lastDigest, REPLACED)) {
                return false;
            }
            sql(() -> Readers.refresh(connection, reader));
            return true;
        }

        /** Whether a digest of the reader's still waits in the outbox. */
        boolean waits(Reader reader) {
            if (waiting == null) {
                waiting = outbox.waiting(
                        Digest.MESSAGE_KIND,
                        readers.stream()
                                .map(r -> r.lastDigest)
                                .filter(Objects::nonNull)
                                .toList());
            }
            return waiting.contains(reader.lastDigest);
        }

        List<Long> ids() {
            return readers.stream().map(r -> r.subscriberId).toList();
        }
    }

    /** What was done with some readers. */
    private record Taken(int readers, int queued) {}

    /** One transaction for all of them; where it fails each has one of its own, so that one reader harms no other. */
    private Taken take(Run run) {
        var ids = new ArrayList<Long>();
        try {
            return QuarkusTransaction.requiringNew()
                    .call(() -> inTransaction(connection -> {
                        List<Reader> readers = run.road.next(connection, run);
                        readers.forEach(reader -> ids.add(reader.subscriberId));
                        return compose(run, connection, readers);
                    }));
        } catch (RuntimeException e) {
            if (ids.isEmpty() || DatabaseFailure.isBehind(e)) {
                throw e; // No reader is to blame; the next tick takes them again.
            }
            LOG.debug("A chunk of readers failed; taking them one by one", e);
        }
        int queued = 0;
        for (long id : ids) {
            try {
                queued += QuarkusTransaction.requiringNew()
                        .call(() ->
                                inTransaction(connection -> compose(run, connection, run.lock(connection, id - 1, id))))
                        .queued();
            } catch (RuntimeException e) {
                if (DatabaseFailure.isBehind(e)) {
                    throw e;
                }
                LOG.errorf(e, "The digest of subscriber %d could not be composed", id);
                if (run.scheduled) {
                    postpone(id);
                }
            }
        }
        return new Taken(ids.size(), queued);
    }

    private void postpone(long id) {
        QuarkusTransaction.requiringNew().run(() -> Optional.ofNullable(database.find(Reader.class, id))
                .ifPresent(r -> r.nextDue = clock.instant().plus(REST_AFTER_FAILURE)));
    }

    /** Composes for readers whose rows the transaction at hand has locked. */
    private Taken compose(Run run, Connection connection, List<Reader> readers) throws SQLException {
        if (readers.isEmpty()) {
            return new Taken(0, 0);
        }
        var chunk = new Chunk(run, connection, readers);
        Map<Long, Subscriber> subscribers = SubscriberRows.read(connection, chunk.ids());
        var moved = new ArrayList<Readers.Moved>();
        var digests = new LinkedHashMap<Digest, Standing>();
        for (Reader reader : readers) {
            var standing = new Standing(reader, subscribers.get(reader.subscriberId));
            Outcome outcome = run.turn.of(standing, chunk);
            if (outcome.was() != null) {
                moved.add(new Readers.Moved(reader, outcome.was()));
            }
            if (outcome.digest() != null) {
                digests.put(outcome.digest(), standing);
            }
        }
        enqueue(connection, digests, Priority.BULK, chunk::waits);
        Readers.write(connection, moved);
        return new Taken(readers.size(), digests.size());
    }

    /**
     * Writes digests and their messages, and tells each reader's row of its newest one, unless an earlier one still waits.
     */
    private void enqueue(
            Connection connection, Map<Digest, Standing> digests, Priority priority, Predicate<Reader> waits)
            throws SQLException {
        Digests.write(connection, List.copyOf(digests.keySet()));
        var messages = new ArrayList<Outbox.Queued>();
        digests.forEach((digest, standing) -> {
            Reader reader = standing.reader();
            reader.lastDigest = waits.test(reader) ? reader.lastDigest : digest.id;
            messages.add(new Outbox.Queued(digest.id, expiry(digest, standing)));
        });
        outbox.queue(priority, Digest.MESSAGE_KIND, messages);
        digests.keySet().stream()
                .collect(Collectors.groupingBy(digest -> digest.kind, Collectors.counting()))
                .forEach((kind, count) -> metrics.counter(
                                "dailypapers.digests.composed",
                                "kind",
                                kind.name().toLowerCase(Locale.ROOT))
                        .increment(count));
    }

    private static Instant expiry(Digest digest, Standing standing) {
        Instant now = digest.composedAt;
        Instant earliest = now.plus(SHORTEST_LIFE);
        Instant nextDue = standing.reader().nextDue;
        Instant expiry = DigestCalendar.expiry(standing.preferences(), nextDue == null ? earliest : nextDue, now);
        return digest.kind == Digest.Kind.SCHEDULED || expiry.isAfter(earliest) ? expiry : earliest;
    }

    private interface Sql<T> {
        T run() throws SQLException;
    }

    private interface InTransaction<T> {
        T run(Connection connection) throws SQLException;
    }

    private static <T> T sql(Sql<T> work) {
        try {
            return work.run();
        } catch (SQLException e) {
            throw new DatabaseFailure("Digests could not be composed", e);
        }
    }

    private <T> T inTransaction(InTransaction<T> work) {
        return sql(() -> {
            try (Connection connection = tables.getConnection()) {
                return work.run(connection);
            }
        });
    }

    private boolean due(Reader reader) {
        return reader.nextDue != null && !reader.nextDue.isAfter(clock.instant());
    }

    private Outcome scheduled(Standing standing, Chunk chunk) {
        Reader reader = standing.reader();
        Instant now = chunk.run.now;
        LocalDate today = standing.localDate(now);
        if (standing.subscriber().consent != Consent.CONFIRMED) {
            reader.nextDue = null;
            return new Outcome(reader.covered, null);
        }
        if (standing.subscriber().pausedOn(today) || reader.lastDate != null && !today.isAfter(reader.lastDate)) {
            reader.nextDue = standing.nextDue(now);
            return new Outcome(reader.covered, null);
        }
        if (!chunk.free(reader)) {
            return Outcome.LEFT_ALONE;
        }
        LocalDate from = reader.covered;
        LocalDate to = chunk.newest.filter(d -> d.isAfter(from)).orElse(from);
        reader.lastDate = today;
        reader.nextDue = standing.nextDue(now);
        if (to.equals(from)) {
            return new Outcome(from, null);
        }
        reader.covered = to;
        List<Chosen> chosen = chunk.run.choose(chunk.lived(from, to), standing);
        return new Outcome(from, digest(standing, Digest.Kind.SCHEDULED, from, to, today, chosen, now));
    }

    private Outcome byHand(Standing standing, Chunk chunk, LocalDate edition) {
        Reader reader = standing.reader();
        Instant now = chunk.run.now;
        if (!wants(standing, now) || chunk.coveredByDigest(reader, edition)) {
            return Outcome.LEFT_ALONE;
        }
        LocalDate was = reader.covered;
        // What waits may still expire and give its range back, so nothing moves past it.
        if (!chunk.waits(reader) && chunk.isNext(edition, was)) {
            reader.covered = edition;
        }
        List<Chosen> chosen = chunk.run.choose(chunk.edition(edition), standing);
        Digest digest = digest(
                standing, Digest.Kind.MANUAL, edition.minusDays(1), edition, standing.localDate(now), chosen, now);
        return new Outcome(was, digest);
    }

    /** Whether the reader wants letters on their present date. */
    private static boolean wants(Standing standing, Instant now) {
        return standing.subscriber().consent == Consent.CONFIRMED
                && !standing.subscriber().pausedOn(standing.localDate(now));
    }

    /** A digest of these papers, which the reader has then seen; null where there are none. */
    private static Digest digest(
            Standing standing,
            Digest.Kind kind,
            LocalDate from,
            LocalDate to,
            LocalDate localDate,
            List<Chosen> chosen,
            Instant now) {
        if (chosen.isEmpty()) {
            return null;
        }
        var digest = new Digest();
        digest.subscriberId = standing.subscriber().id;
        digest.kind = kind;
        digest.from = from;
        digest.to = to;
        digest.composedAt = now;
        digest.localDate = localDate;
        digest.items = Chosen.write(chosen);
        Reader reader = standing.reader();
        reader.seen =
                Seen.read(reader.seen).add(chosen).forget(newest(chosen, to)).write();
        return digest;
    }

    /** The last edition that the papers can be from; that of a range which a clock made that was ahead may be months later. */
    private static LocalDate newest(List<Chosen> chosen, LocalDate to) {
        LocalDate last = LocalDate.ofEpochDay(
                        chosen.stream().mapToLong(Chosen::first).max().orElseThrow())
                .plusDays(Entry.FRESH_EDITIONS);
        return last.isBefore(to) ? last : to;
    }

    private boolean coveredByDigest(long subscriberId, LocalDate edition) {
        return inTransaction(connection ->
                !Digests.covering(connection, List.of(subscriberId), edition).isEmpty());
    }

    private EditionIndex lived(LocalDate from, LocalDate to) {
        List<LocalDate> range = editions.livedBetween(from, to);
        return indexes.lived(range.size() <= MOST_EDITIONS ? from : range.get(range.size() - MOST_EDITIONS - 1), to);
    }

    private static List<Match> match(EditionIndex index, Reader reader, Subscriber subscriber) {
        return Matcher.match(index, profile(subscriber.preferences()), Seen.read(reader.seen)::has);
    }

    private static Profile profile(Preferences p) {
        return new Profile(p.readable(), p.size(), p.fill(), p.minVotes());
    }

    void welcome(@Observes Confirmed event) {
        var standing = new Standing(reader(event.subscriber().id), event.subscriber());
        Reader reader = standing.reader();
        Instant now = clock.instant();
        LocalDate before = reader.covered;
        reader.covered =
                editions.newestClosed().orElseGet(() -> editions.oldestOpen().minusDays(1));
        if (event.welcome()) {
            firstLetter
                    .of(profile(standing.preferences()), before, Seen.read(reader.seen)::has)
                    .ifPresent(choice -> welcome(standing, choice, now));
        }
        reader.nextDue = standing.nextDue(now);
    }

    /** Queues the letter, unless its edition was in one before or another is just being sent. */
    private void welcome(Standing standing, FirstLetter.Choice choice, Instant now) {
        Reader reader = standing.reader();
        if (coveredByDigest(reader.subscriberId, choice.edition()) || !expireWaiting(reader)) {
            return;
        }
        LocalDate today = standing.localDate(now);
        List<Chosen> chosen = choose(new Picker(choice.index()), standing);
        Digest digest = digest(
                standing, Digest.Kind.WELCOME, choice.edition().minusDays(1), reader.covered, today, chosen, now);
        if (digest == null) {
            return;
        }
        reader.lastDate = reader.lastDate == null || today.isAfter(reader.lastDate) ? today : reader.lastDate;
        reader.nextDue = standing.nextDue(now);
        inTransaction(connection -> {
            enqueue(connection, Map.of(digest, standing), Priority.TRANSACTIONAL, r -> false);
            return digest;
        });
    }

    /** Expires a digest of theirs that still waits; false where it is just being sent. */
    private boolean expireWaiting(Reader reader) {
        database.flush();
        return reader.lastDigest == null
                || outbox.waiting(Digest.MESSAGE_KIND, List.of(reader.lastDigest))
                        .isEmpty()
                || outbox.expire(Digest.MESSAGE_KIND, reader.lastDigest, REPLACED);
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
            reader.nextDue = nextDue(reader, subscriber);
        }
    }

    void erased(@Observes Erased event) {
        database.createQuery("select d.id from Digest d where d.subscriberId = :s", Long.class)
                .setParameter("s", event.subscriberId())
                .getResultList()
                .forEach(id -> outbox.forget(Digest.MESSAGE_KIND, id));
    }

    /**
     * A digest that was not delivered in time, or that was no longer wanted, gives its papers and its range back to the
     * next one. Where its reader has left or paused, its date too: who returns the same day has had no letter yet.
     */
    void ended(@Observes DeliveryEnded event) {
        if (!event.kind().equals(Digest.MESSAGE_KIND) || !givesBack(event.state())) {
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
        var standing = new Standing(reader, database.find(Subscriber.class, reader.subscriberId));
        if (!wants(standing, clock.instant()) && digest.localDate.equals(reader.lastDate)) {
            reader.lastDate = digest.localDate.minusDays(1);
            reader.nextDue = nextDue(reader, standing.subscriber());
        }
        database.flush();
    }

    private static boolean givesBack(MessageState state) {
        return switch (state) {
            case EXPIRED, WITHDRAWN -> true;
            case QUEUED, ACCEPTED, REJECTED -> false;
        };
    }

    private Instant nextDue(Reader reader, Subscriber subscriber) {
        return subscriber.consent == Consent.CONFIRMED
                ? DigestCalendar.nextDue(
                        subscriber.preferences(), subscriber.pauseUntil, reader.lastDate, clock.instant())
                : null;
    }

    /**
     * Brings back the readers whom a clock that was ahead has carried into days to come: what they have covered, the date
     * of their last letter, and when they are due.
     *
     * @return how many there were
     */
    public int bringBack() {
        return QuarkusTransaction.requiringNew().call(() -> {
            LocalDate covered = editions.newestClosed()
                    .orElseGet(() -> editions.oldestOpen().minusDays(1));
            database.createQuery("update Digest d set d.to = :covered where d.to > :covered")
                    .setParameter("covered", covered)
                    .executeUpdate();
            Instant now = clock.instant();
            // Nobody's local date is more than a day ahead of UTC.
            List<Reader> ahead = database.createQuery(
                            "from Reader r where r.covered > :covered or r.lastDate > :latest order by r.subscriberId",
                            Reader.class)
                    .setParameter("covered", covered)
                    .setParameter(
                            "latest", LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1))
                    .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                    .getResultList();
            for (Reader reader : ahead) {
                var standing = new Standing(reader, database.find(Subscriber.class, reader.subscriberId));
                reader.covered = reader.covered.isAfter(covered) ? covered : reader.covered;
                if (reader.lastDate != null && reader.lastDate.isAfter(standing.localDate(now))) {
                    reader.lastDate = null;
                }
                reader.nextDue = nextDue(reader, standing.subscriber());
            }
            return ahead.size();
        });
    }

    /** How many readers are due now. */
    public long due() {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createQuery("select count(*) from Reader r where r.nextDue <= :now", Long.class)
                        .setParameter("now", clock.instant())
                        .getSingleResult());
    }

    /** How many readers there are. */
    public long readers() {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createQuery("select count(*) from Reader r", Long.class)
                        .getSingleResult());
    }

    /** The next ids of all readers, or of those who are due, in their order: a page of them, empty at the end. */
    public List<Long> readers(boolean onlyDue, long after) {
        return QuarkusTransaction.requiringNew().call(() -> {
            var query = database.createQuery(
                            "select r.subscriberId from Reader r where r.subscriberId > :after"
                                    + (onlyDue ? " and r.nextDue <= :now" : "") + " order by r.subscriberId",
                            Long.class)
                    .setParameter("after", after)
                    .setMaxResults(CHUNK);
            if (onlyDue) {
                query.setParameter("now", clock.instant());
            }
            return query.getResultList();
        });
    }
}
