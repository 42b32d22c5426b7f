package org.dailypapers.subscriber;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.subscriber.leaving.Leavings;
import org.dailypapers.subscriber.leaving.LeavingsJournal;
import org.dailypapers.subscriber.preference.Preferences;
import org.jspecify.annotations.Nullable;

/** Who is subscribed, with what they choose, and the ways out; {@link DoubleOptIn} is the way in. */
@ApplicationScoped
public class Subscriptions implements PanacheRepository<Subscriber> {

    /** How long letters rest for a mailbox that cannot take them; then one more is tried. */
    private static final int UNREACHABLE_RESTS_DAYS = 30;

    private final EntityManager database;
    private final Outbox outbox;
    private final Consents consents;
    private final Leavings leavings;
    private final LeavingsJournal journal;
    private final Clock clock;
    private final Event<PreferencesChanged> changed;
    private final Event<Erased> erased;

    Subscriptions(
            EntityManager database,
            Outbox outbox,
            Consents consents,
            Leavings leavings,
            LeavingsJournal journal,
            Clock clock,
            Event<PreferencesChanged> changed,
            Event<Erased> erased) {
        this.database = database;
        this.outbox = outbox;
        this.consents = consents;
        this.leavings = leavings;
        this.journal = journal;
        this.clock = clock;
        this.changed = changed;
        this.erased = erased;
    }

    @Transactional
    public Optional<Subscriber> find(long id) {
        return findByIdOptional(id);
    }

    @Transactional
    public Optional<Subscriber> find(EmailAddress address) {
        return find("emailKey", address.key()).firstResultOptional();
    }

    /** The subscribers of those addresses, by their keys. */
    @Transactional
    public Map<String, Subscriber> byKeys(List<EmailAddress> addresses) {
        return find("emailKey in ?1", addresses.stream().map(EmailAddress::key).toList()).stream()
                .collect(Collectors.toMap(s -> s.emailKey, Function.identity()));
    }

    /** Everybody of that mailbox, by whatever spelling of it they subscribed. */
    @Transactional
    public List<Subscriber> ofMailbox(EmailAddress address) {
        return find("mailboxKey = ?1 order by id", address.mailbox()).list();
    }

    /** A page of all subscribers by id, for the export. */
    @Transactional
    public List<Subscriber> after(long id, int most) {
        return find("id > ?1 order by id", id).page(0, most).list();
    }

    /** The subscriber of that address, locked in the transaction at hand. */
    public Optional<Subscriber> locked(EmailAddress address) {
        return locked(address.key());
    }

    Optional<Subscriber> locked(String key) {
        return find("emailKey", key).withLock(LockModeType.PESSIMISTIC_WRITE).firstResultOptional();
    }

    /** The subscriber of that address, locked; a pending one is made where there is none. */
    Subscriber lockedOrMade(EmailAddress address, Preferences preferences, Instant since) {
        return locked(address.key()).orElseGet(() -> {
            insert(address, preferences, since);
            return locked(address.key()).orElseThrow();
        });
    }

    void insert(EmailAddress address, Preferences preferences, Instant since) {
        SubscriberRows.insert(database, address, preferences, since);
    }

    /** Replaces the preferences. */
    @Transactional
    public void save(long id, Preferences preferences) {
        change(id, all -> preferences);
    }

    /** Changes some of the preferences, and leaves the others as they are at that moment. */
    @Transactional
    public void change(long id, UnaryOperator<Preferences> change) {
        Subscriber subscriber = database.find(Subscriber.class, id, LockModeType.PESSIMISTIC_WRITE);
        subscriber.prefer(change.apply(subscriber.preferences()));
        subscriber.chosenAt = clock.instant();
        changed.fire(new PreferencesChanged(subscriber));
    }

    /** Lets letters rest until that date of the subscriber's, or go on where there is none. */
    @Transactional
    public void pause(long id, @Nullable LocalDate until) {
        Subscriber subscriber = database.find(Subscriber.class, id, LockModeType.PESSIMISTIC_WRITE);
        subscriber.pauseUntil = until;
        subscriber.pauseReason = null;
        subscriber.chosenAt = clock.instant();
        changed.fire(new PreferencesChanged(subscriber));
    }

    /** Lets letters rest for a month, for the mailbox cannot take them; a longer pause of the reader's own stands. */
    @Transactional
    public void restUnreachable(long id) {
        Subscriber subscriber = database.find(Subscriber.class, id, LockModeType.PESSIMISTIC_WRITE);
        LocalDate until =
                LocalDate.ofInstant(clock.instant(), ZoneId.of(subscriber.zone)).plusDays(UNREACHABLE_RESTS_DAYS);
        if (!subscriber.pausedOn(until.minusDays(1))) {
            subscriber.pauseUntil = until;
            subscriber.pauseReason = PauseReason.UNREACHABLE;
            changed.fire(new PreferencesChanged(subscriber));
        }
    }

    /** Ends the rest of a mailbox that could not take letters; whether there was one. */
    @Transactional
    public boolean endUnreachable(long id) {
        Subscriber subscriber = database.find(Subscriber.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (subscriber == null || subscriber.pauseReason != PauseReason.UNREACHABLE) {
            return false;
        }
        subscriber.pauseUntil = null;
        subscriber.pauseReason = null;
        changed.fire(new PreferencesChanged(subscriber));
        return true;
    }

    /** Ends the subscription at once; a second time changes nothing. */
    @Transactional
    public void withdraw(long id, String wording) {
        Subscriber subscriber = database.find(Subscriber.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (subscriber != null && subscriber.consent != Consent.WITHDRAWN) {
            consents.withdraw(subscriber, clock.instant(), wording);
            changed.fire(new PreferencesChanged(subscriber));
        }
    }

    /** Withdraws somebody who left at that moment, as a journal tells; false where they are out or said yes since. */
    @Transactional
    public boolean leftBefore(long id, Instant left) {
        Subscriber subscriber = database.find(Subscriber.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (subscriber == null || subscriber.consent == Consent.WITHDRAWN || isSince(subscriber.confirmedAt, left)) {
            return false;
        }
        consents.withdrawAgain(subscriber, left, "restored from the journal of leavings at " + clock.instant());
        changed.fire(new PreferencesChanged(subscriber));
        return true;
    }

    /** Erases somebody who was erased at that moment, as a journal tells; false where they have come since. */
    @Transactional
    public boolean erasedBefore(long id, Instant erased) {
        Subscriber subscriber = database.find(Subscriber.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (subscriber == null || isSince(subscriber.createdAt, erased) || isSince(subscriber.confirmedAt, erased)) {
            return false;
        }
        remove(subscriber);
        return true;
    }

    /** Whether that was said since; what a clock that was ahead has dated in days to come is no later word. */
    private boolean isSince(@Nullable Instant said, Instant left) {
        return said != null && said.isAfter(left) && !said.isAfter(clock.instant());
    }

    /**
     * Takes the unsubscription of that moment back, for whoever had confirmed before; a second time changes nothing.
     *
     * @param left when they left, to the second: what takes one leaving back does nothing about a later one
     * @return whether they are subscribed now
     */
    @Transactional
    public boolean undo(long id, Instant left) {
        Subscriber subscriber = database.find(Subscriber.class, id, LockModeType.PESSIMISTIC_WRITE);
        return subscriber != null
                && (subscriber.consent == Consent.CONFIRMED
                        || subscriber.consent == Consent.WITHDRAWN
                                && subscriber.leftAt != null
                                && subscriber
                                        .leftAt
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .equals(left)
                                && undo(id));
    }

    /** Takes the last unsubscription back, for whoever had confirmed before; whether there was one. */
    @Transactional
    public boolean undo(long id) {
        Subscriber subscriber = database.find(Subscriber.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (subscriber == null || subscriber.consent != Consent.WITHDRAWN || subscriber.confirmedAt == null) {
            return false;
        }
        consents.confirmReturn(subscriber, clock.instant(), "unsubscription undone (unsubscribe page, v1)");
        changed.fire(new PreferencesChanged(subscriber));
        return true;
    }

    /**
     * Removes the person and everything that is kept about them, but the suppression list's hash and one that says that
     * they left: who wants to be forgotten wants no letter either.
     */
    @Transactional
    public void erase(long id) {
        Subscriber subscriber = database.find(Subscriber.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (subscriber != null) {
            journal.erased(subscriber.emailKey, subscriber.mailboxKey, clock.instant());
            consents.former(subscriber)
                    .forEach(address -> journal.erased(address.key(), address.mailbox(), clock.instant()));
            leavings.keep(subscriber.mailboxKey, clock.instant());
            consents.erasing(subscriber);
            remove(subscriber);
        }
    }

    void remove(Subscriber subscriber) {
        long id = subscriber.id;
        erased.fire(new Erased(id));
        database.createQuery("select r.id from LinkRequest r where r.subscriberId = :s", Long.class)
                .setParameter("s", id)
                .getResultList()
                .forEach(r -> outbox.forget(ServiceLetters.KIND, r));
        delete(subscriber);
    }

    /** What the person said, oldest first. */
    @Transactional
    public List<ConsentRecord> history(long id) {
        return consents.of(id);
    }
}
