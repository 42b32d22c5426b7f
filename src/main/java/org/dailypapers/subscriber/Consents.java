package org.dailypapers.subscriber;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import org.dailypapers.subscriber.leaving.Leavings;
import org.dailypapers.subscriber.leaving.LeavingsJournal;

/** What people said, kept as evidence: with its moment and its wording, and in the journal where somebody leaves or returns. */
@ApplicationScoped
class Consents {

    private final EntityManager database;
    private final Leavings leavings;
    private final LeavingsJournal journal;
    private final Event<Left> left;

    Consents(EntityManager database, Leavings leavings, LeavingsJournal journal, Event<Left> left) {
        this.database = database;
        this.leavings = leavings;
        this.journal = journal;
        this.left = left;
    }

    void confirm(Subscriber subscriber, Instant at, String wording) {
        say(subscriber, Consent.CONFIRMED, at, wording);
        subscriber.confirmedAt = at;
    }

    /** The same for somebody who had left, as the journal is told. */
    void confirmReturn(Subscriber subscriber, Instant at, String wording) {
        journal.returned(subscriber.emailKey, subscriber.mailboxKey, at);
        former(subscriber).forEach(address -> journal.returned(address.key(), address.mailbox(), at));
        confirm(subscriber, at, wording);
    }

    /** The same for somebody who presses the button: a return where anybody of their mailbox had left, by any spelling. */
    void confirmInPerson(Subscriber subscriber, Instant at, String wording) {
        if (leavings.last(subscriber.mailboxKey).isPresent()) {
            confirmReturn(subscriber, at, wording);
        } else {
            confirm(subscriber, at, wording);
        }
    }

    /** Somebody goes on at another address. */
    void moved(Subscriber subscriber, Instant at, String wording) {
        say(subscriber, Consent.CONFIRMED, at, wording);
    }

    /**
     * The addresses that they gave up and nobody has taken since, but perhaps typed on the form. A backup from before knows them by those: the journal
     * is told of them too, so that no leaving is forgotten.
     */
    List<EmailAddress> former(Subscriber subscriber) {
        return database.createQuery(
                        "select r.former from LinkRequest r where r.subscriberId = :s and r.former is not null",
                        String.class)
                .setParameter("s", subscriber.id)
                .getResultStream()
                .flatMap(address -> EmailAddress.parse(address).stream())
                .distinct()
                .filter(address -> database.createQuery("""
                                                select count(*) from Subscriber s
                                                where s.emailKey = :key
                                                  and (s.consent <> :pending or s.leftAt is not null)
                                                """, Long.class)
                                .setParameter("key", address.key())
                                .setParameter("pending", Consent.PENDING)
                                .getSingleResult()
                        == 0)
                .toList();
    }

    void withdraw(Subscriber subscriber, Instant at, String wording) {
        journal.left(subscriber.emailKey, subscriber.mailboxKey, at);
        former(subscriber).forEach(address -> journal.left(address.key(), address.mailbox(), at));
        withdrawAgain(subscriber, at, wording);
    }

    /** The same for a leaving that the journal knows already. */
    void withdrawAgain(Subscriber subscriber, Instant at, String wording) {
        say(subscriber, Consent.WITHDRAWN, at, wording);
        subscriber.leftAt = at;
        left.fire(new Left(subscriber.id));
    }

    /** A reader is about to be erased, which is a leaving too. */
    void erasing(Subscriber subscriber) {
        if (subscriber.consent == Consent.CONFIRMED) {
            left.fire(new Left(subscriber.id));
        }
    }

    private void say(Subscriber subscriber, Consent consent, Instant at, String wording) {
        subscriber.consent = consent;
        var record = new ConsentRecord();
        record.subscriberId = subscriber.id;
        record.consent = consent;
        record.at = at;
        record.wording = wording;
        database.persist(record);
    }

    /** What the person said, oldest first. */
    List<ConsentRecord> of(long subscriberId) {
        return database.createQuery(
                        "from ConsentRecord c where c.subscriberId = :s order by c.at, c.id", ConsentRecord.class)
                .setParameter("s", subscriberId)
                .getResultList();
    }
}
