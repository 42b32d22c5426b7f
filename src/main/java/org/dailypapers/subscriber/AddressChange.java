package org.dailypapers.subscriber;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.dailypapers.subscriber.leaving.Leavings;
import org.dailypapers.subscriber.leaving.LeavingsJournal;
import org.jspecify.annotations.Nullable;

/**
 * A reader's way to another address. Nothing changes until the button of the letter to the new address is pressed; a
 * notice goes to the old one, whose button calls the change off. The subscriber stays the same one, with all that was
 * said and sent; what the mail system learned of an address stays with the address.
 */
@ApplicationScoped
public class AddressChange {

    private static final String WHERE_SAID = " (address page, v1)";

    private final EntityManager database;
    private final Subscriptions subscriptions;
    private final MailedLinks mailed;
    private final Consents consents;
    private final Leavings leavings;
    private final LeavingsJournal journal;
    private final Clock clock;
    private final Event<PreferencesChanged> changed;

    AddressChange(
            EntityManager database,
            Subscriptions subscriptions,
            MailedLinks mailed,
            Consents consents,
            Leavings leavings,
            LeavingsJournal journal,
            Clock clock,
            Event<PreferencesChanged> changed) {
        this.database = database;
        this.subscriptions = subscriptions;
        this.mailed = mailed;
        this.consents = consents;
        this.leavings = leavings;
        this.journal = journal;
        this.clock = clock;
        this.changed = changed;
    }

    /** What came of asking; nothing for a stranger's eyes. */
    public enum Asked {
        /** A letter to the new address and a notice to the old one are queued. */
        MAILED,
        /** It is their address already. */
        SAME,
        /** The limits of the new mailbox, or of the reader, allow no letter now. */
        TOO_MANY,
        /** Nobody who gets letters. */
        NO_READER
    }

    /** Where a change stands. */
    public enum State {
        /** It waits for the button. */
        OPEN,
        /** The new address is known by itself: it has a subscription, or has left. */
        TAKEN,
        /** It was done. */
        DONE,
        /** It was called off, another one took its place, or its reader has left. */
        STOPPED
    }

    /** A change, and whose it is. */
    public record Shown(Subscriber subscriber, State state) {}

    /**
     * Asks for a change.
     *
     * @param by who asks, and where; kept with the consent
     */
    public Asked ask(long subscriberId, EmailAddress to, String by) {
        return QuarkusTransaction.requiringNew().call(() -> {
            mailed.hold(to.mailbox());
            Subscriber subscriber = database.find(Subscriber.class, subscriberId, LockModeType.PESSIMISTIC_WRITE);
            if (subscriber == null || subscriber.consent != Consent.CONFIRMED) {
                return Asked.NO_READER;
            }
            if (subscriber.emailKey.equals(to.key())) {
                return Asked.SAME;
            }
            if (!mailed.move(subscriber, to, by)) {
                return Asked.TOO_MANY;
            }
            // What was typed before was a slip: its link, wherever it went, does nothing any more.
            stopAllBut(subscriber.id, to.mailbox());
            return Asked.MAILED;
        });
    }

    private void stopAllBut(long subscriberId, String mailbox) {
        database.createQuery("""
                        update LinkRequest r set r.stoppedAt = :now
                        where r.subscriberId = :s and r.kind = :move and r.appliedAt is null and r.stoppedAt is null
                          and r.mailboxKey <> :mailbox
                        """)
                .setParameter("now", clock.instant())
                .setParameter("s", subscriberId)
                .setParameter("move", LinkRequest.Kind.MOVE)
                .setParameter("mailbox", mailbox)
                .executeUpdate();
    }

    /** Where the change of that request stands; empty where it is gone. */
    @Transactional
    public Optional<Shown> shown(long requestId) {
        LinkRequest request = database.find(LinkRequest.class, requestId);
        if (request == null || request.kind != LinkRequest.Kind.MOVE) {
            return Optional.empty();
        }
        Subscriber subscriber = database.find(Subscriber.class, request.subscriberId);
        return Optional.of(new Shown(subscriber, state(request, subscriber)));
    }

    private State state(LinkRequest request, Subscriber subscriber) {
        if (request.stoppedAt != null || subscriber.consent != Consent.CONFIRMED) {
            return State.STOPPED;
        }
        if (request.appliedAt != null) {
            // Whoever went on to yet another address is not here any more.
            return subscriber.emailKey.equals(request.addressKey) ? State.DONE : State.STOPPED;
        }
        return taken(database, request) ? State.TAKEN : State.OPEN;
    }

    /** Whether the new address has said something itself; one that was only typed on the form has not. */
    static boolean taken(EntityManager database, LinkRequest request) {
        return database.createQuery("""
                                select count(*) from Subscriber s
                                where s.emailKey = :key and s.id <> :id and (s.consent <> :pending or s.leftAt is not null)
                                """, Long.class)
                        .setParameter("key", request.addressKey)
                        .setParameter("id", request.subscriberId)
                        .setParameter("pending", Consent.PENDING)
                        .getSingleResult()
                > 0;
    }

    /**
     * Does what pressing the button of the letter to the new address does now.
     *
     * @param words those beside the button
     * @return where it stood before: what was open is done
     */
    @Transactional
    public Optional<Shown> confirm(long requestId, String words) {
        LinkRequest request = database.find(LinkRequest.class, requestId);
        if (request == null || request.kind != LinkRequest.Kind.MOVE) {
            return Optional.empty();
        }
        mailed.hold(known(request.mailboxKey));
        Subscriber subscriber = database.find(Subscriber.class, request.subscriberId, LockModeType.PESSIMISTIC_WRITE);
        if (subscriber == null) {
            return Optional.empty();
        }
        database.refresh(request);
        database.refresh(subscriber);
        State state = state(request, subscriber);
        return Optional.of(
                new Shown(subscriber, state == State.OPEN && !move(subscriber, request, words) ? State.TAKEN : state));
    }

    /** Whether an address was only typed on the form, and its owner has said nothing. */
    private static boolean typedOnly(Subscriber subscriber) {
        return subscriber.consent == Consent.PENDING && subscriber.leftAt == null;
    }

    /** Moves the reader; false where the address has said something itself since it was looked at. */
    private boolean move(Subscriber subscriber, LinkRequest request, String words) {
        Instant now = clock.instant();
        String key = known(request.addressKey);
        String mailbox = known(request.mailboxKey);
        Optional<Subscriber> there = subscriptions.locked(key);
        if (there.isPresent()) {
            database.refresh(there.get());
            if (!typedOnly(there.get())) {
                return false;
            }
            subscriptions.remove(there.get());
            database.flush();
        }
        if (!mailbox.equals(subscriber.mailboxKey)) {
            // No list brings letters back to the address that was given up.
            leavings.keep(subscriber.mailboxKey, now);
        }
        if (leavings.last(mailbox).isPresent()) {
            journal.returned(key, mailbox, now);
        }
        request.former = subscriber.email;
        request.appliedAt = now;
        subscriber.email = known(request.address);
        subscriber.emailKey = key;
        subscriber.mailboxKey = mailbox;
        if (subscriber.pauseReason == PauseReason.UNREACHABLE) {
            subscriber.pauseUntil = null;
            subscriber.pauseReason = null;
        }
        stopAllBut(subscriber.id, "");
        consents.moved(
                subscriber,
                now,
                "address changed from " + request.former + " to " + subscriber.email + "; asked for " + request.askedBy
                        + "; confirmed at the new address: " + words + WHERE_SAID);
        database.flush();
        changed.fire(new PreferencesChanged(subscriber));
        return true;
    }

    /**
     * Calls off what waits, by the notice that was mailed to the old address.
     *
     * @return STOPPED, or DONE where it was too late; empty where the notice is gone
     */
    @Transactional
    public Optional<Shown> stop(long noticeId) {
        LinkRequest notice = database.find(LinkRequest.class, noticeId);
        if (notice == null || notice.kind != LinkRequest.Kind.MOVE_NOTICE) {
            return Optional.empty();
        }
        Subscriber subscriber = database.find(Subscriber.class, notice.subscriberId, LockModeType.PESSIMISTIC_WRITE);
        if (subscriber == null) {
            return Optional.empty();
        }
        // Whoever pressed the other button meanwhile was first.
        database.refresh(subscriber);
        if (noticed(noticeId).filter(shown -> shown.state() == State.OPEN).isPresent()) {
            stopAllBut(subscriber.id, "");
        }
        return noticed(noticeId);
    }

    /** Where the change stands of which a notice was mailed to the old address; empty where the notice is gone. */
    @Transactional
    public Optional<Shown> noticed(long noticeId) {
        LinkRequest notice = database.find(LinkRequest.class, noticeId);
        if (notice == null || notice.kind != LinkRequest.Kind.MOVE_NOTICE) {
            return Optional.empty();
        }
        Subscriber subscriber = database.find(Subscriber.class, notice.subscriberId);
        if (subscriber.consent != Consent.CONFIRMED) {
            return Optional.of(new Shown(subscriber, State.STOPPED));
        }
        boolean elsewhere = !known(notice.addressKey).equals(subscriber.emailKey);
        boolean waits = database.createQuery("""
                                select count(*) from LinkRequest r
                                where r.subscriberId = :s and r.kind = :move and r.appliedAt is null and r.stoppedAt is null
                                """, Long.class)
                        .setParameter("s", subscriber.id)
                        .setParameter("move", LinkRequest.Kind.MOVE)
                        .getSingleResult()
                > 0;
        return Optional.of(new Shown(subscriber, elsewhere ? State.DONE : waits ? State.OPEN : State.STOPPED));
    }

    private static String known(@Nullable String column) {
        if (column == null) {
            throw new IllegalStateException("A change of address has an address");
        }
        return column;
    }
}
