package org.dailypapers.digest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.dailypapers.digest.rules.DigestRules;
import org.dailypapers.digest.rules.ReaderStanding;
import org.dailypapers.digest.rules.Turn;
import org.dailypapers.matching.FirstLetter;
import org.dailypapers.matching.Profile;
import org.dailypapers.outbox.DeliveryEnded;
import org.dailypapers.outbox.MessageState;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.outbox.Priority;
import org.dailypapers.paper.Editions;
import org.dailypapers.storage.Sql;
import org.dailypapers.subscriber.Confirmed;
import org.dailypapers.subscriber.Erased;
import org.dailypapers.subscriber.Newcomers;
import org.dailypapers.subscriber.PreferencesChanged;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.subscriber.preference.Preferences;

/** Follows what happens to subscribers and to the messages of digests, each time in the transaction in which it does. */
@ApplicationScoped
class ReaderEvents {

    private final EntityManager database;
    private final Sql sql;
    private final Editions editions;
    private final FirstLetter firstLetter;
    private final Outbox outbox;
    private final DigestQueue queue;
    private final Subscriptions subscriptions;
    private final Clock clock;

    ReaderEvents(
            EntityManager database,
            Sql sql,
            Editions editions,
            FirstLetter firstLetter,
            Outbox outbox,
            DigestQueue queue,
            Subscriptions subscriptions,
            Clock clock) {
        this.database = database;
        this.sql = sql;
        this.editions = editions;
        this.firstLetter = firstLetter;
        this.outbox = outbox;
        this.queue = queue;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    /** What a reader has covered who comes now: everything that has closed. */
    static LocalDate newestClosed(Editions editions) {
        return editions.newestClosed().orElseGet(() -> editions.oldestOpen().minusDays(1));
    }

    void confirmed(@Observes Confirmed event) {
        Subscriber subscriber = event.subscriber();
        Reader reader = reader(subscriber.id);
        Instant now = clock.instant();
        LocalDate before = reader.covered;
        reader.covered = newestClosed(editions);
        if (event.welcome()) {
            Preferences p = subscriber.preferences();
            Profile profile = ReaderProfile.of(p, subscriber.learnedLines());
            firstLetter
                    .of(profile, before, Seen.read(reader.seen)::has)
                    .ifPresent(choice -> welcome(reader, subscriber, choice, now));
        }
        reader.stand(reader.standing(subscriber, null).dueAnew(now));
    }

    /** Many at once, of whom none was here before. */
    void came(@Observes Newcomers.NewReaders event) {
        Instant now = clock.instant();
        LocalDate covered = newestClosed(editions);
        List<Reader> readers = event.subscribers().stream()
                .map(subscriber -> {
                    var reader = new Reader();
                    reader.subscriberId = subscriber.id;
                    reader.covered = covered;
                    reader.stand(reader.standing(subscriber, null).dueAnew(now));
                    return reader;
                })
                .toList();
        sql.joined("Readers could not be added", connection -> {
            Readers.add(connection, readers);
            return readers;
        });
    }

    private void welcome(Reader reader, Subscriber subscriber, FirstLetter.Choice choice, Instant now) {
        database.flush();
        sql.joined("A first letter could not be composed", connection -> {
            LocalDate edition = choice.edition();
            boolean inDigest = !Digests.covering(connection, List.of(reader.subscriberId), edition)
                    .isEmpty();
            var waiting = WaitingDigests.of(connection, outbox, List.of(reader));
            ReaderStanding standing = reader.standing(subscriber, waiting.of(reader));
            Turn turn = DigestRules.welcome(standing, edition, inDigest, now);
            if (DigestRules.replacesWaiting(standing, turn)) {
                if (!waiting.expire(reader)) {
                    return false; // A worker has just begun to send it.
                }
                standing = reader.standing(subscriber, null);
                turn = DigestRules.welcome(standing, edition, inDigest, now);
            }
            if (turn instanceof Turn.Compose compose) {
                welcome(connection, reader, standing, compose, choice, now);
            }
            return true;
        });
    }

    private void welcome(
            Connection connection,
            Reader reader,
            ReaderStanding standing,
            Turn.Compose turn,
            FirstLetter.Choice choice,
            Instant now)
            throws SQLException {
        ReaderStanding after = DigestRules.after(standing, turn, now);
        List<Chosen> papers = choice.matches().stream()
                .map(match -> Chosen.of(match, choice.index()))
                .toList();
        reader.stand(after);
        reader.remember(papers, turn.to());
        Digest digest = Digest.of(reader, turn, papers, standing, now);
        queue.add(connection, Priority.TRANSACTIONAL, List.of(new DigestQueue.Composed(digest, reader, after)));
    }

    private Reader reader(long subscriberId) {
        Reader known = lock(subscriberId);
        if (known != null) {
            return known;
        }
        var reader = new Reader();
        reader.subscriberId = subscriberId;
        reader.covered = LocalDate.EPOCH;
        database.persist(reader);
        return reader;
    }

    private Reader lock(long subscriberId) {
        return database.find(Reader.class, subscriberId, LockModeType.PESSIMISTIC_WRITE);
    }

    void changed(@Observes PreferencesChanged event) {
        Subscriber subscriber = event.subscriber();
        Reader reader = lock(subscriber.id);
        if (reader != null) {
            reader.stand(reader.standing(subscriber, null).dueAnew(clock.instant()));
        }
    }

    void erased(@Observes Erased event) {
        database.createQuery("select d.id from Digest d where d.subscriberId = :s", Long.class)
                .setParameter("s", event.subscriberId())
                .getResultList()
                .forEach(id -> outbox.forget(Digest.MESSAGE_KIND, id));
    }

    /** A digest that was not delivered in time, or that was no longer wanted, gives its papers and its range back. */
    void ended(@Observes DeliveryEnded event) {
        if (!event.kind().equals(Digest.MESSAGE_KIND) || !givesBack(event.state())) {
            return;
        }
        Digest digest = database.find(Digest.class, event.reference());
        Reader reader = digest == null ? null : lock(digest.subscriberId);
        if (reader == null) {
            return; // Erased meanwhile.
        }
        digest.givenBack = digest.id;
        reader.seen = Seen.read(reader.seen).remove(digest.chosen()).write();
        var standing = reader.standing(database.find(Subscriber.class, reader.subscriberId), null);
        reader.stand(DigestRules.givenBack(standing, digest.range(), clock.instant()));
        database.flush();
    }

    private static boolean givesBack(MessageState state) {
        return switch (state) {
            case EXPIRED, WITHDRAWN -> true;
            case QUEUED, ACCEPTED, REJECTED -> false;
        };
    }
}
