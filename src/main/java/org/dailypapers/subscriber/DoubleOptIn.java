package org.dailypapers.subscriber;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.dailypapers.letter.Masthead;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.subscriber.preference.Preferences;
import org.dailypapers.subscriber.preference.PreferencesText;
import org.dailypapers.token.TokenPurpose;
import org.jspecify.annotations.Nullable;

/**
 * The way in: what is typed on the form takes effect only by the button of the link that is mailed to the address, and the
 * caller learns nothing of the address's state.
 */
@ApplicationScoped
public class DoubleOptIn {

    private static final String WHERE_SAID = " (confirm page, v1)";

    /** A confirmation's link is good at least so long. */
    private static final Duration LINK_GOOD = TokenPurpose.CONFIRM.lifetime().orElseThrow();

    private final EntityManager database;
    private final Subscriptions subscriptions;
    private final Consents consents;
    private final Masthead masthead;
    private final MailedLinks mailed;
    private final EditionCalendar calendar;
    private final Event<Confirmed> confirmed;
    private final Event<PreferencesChanged> changed;

    DoubleOptIn(
            EntityManager database,
            Subscriptions subscriptions,
            Consents consents,
            Masthead masthead,
            MailedLinks mailed,
            EditionCalendar calendar,
            Event<Confirmed> confirmed,
            Event<PreferencesChanged> changed) {
        this.database = database;
        this.subscriptions = subscriptions;
        this.consents = consents;
        this.masthead = masthead;
        this.mailed = mailed;
        this.calendar = calendar;
        this.confirmed = confirmed;
        this.changed = changed;
    }

    /**
     * Takes what was typed on the form; a letter goes out where the limits allow. What is typed last is what every link
     * stands for that was mailed before. Says nothing of the address's state.
     */
    public void request(EmailAddress address, Preferences preferences) {
        request(address, preferences, true);
    }

    /**
     * The same.
     *
     * @param languageChosen whether the language was named; else a reader who is subscribed keeps theirs
     */
    public void request(EmailAddress address, Preferences preferences, boolean languageChosen) {
        QuarkusTransaction.requiringNew().run(() -> note(address, preferences, languageChosen));
    }

    private void note(EmailAddress address, Preferences preferences, boolean languageChosen) {
        mailed.hold(address.mailbox());
        // What somebody typed is no more than a request until the mailed link is pressed. The same statements for an
        // address that is known: their time is nobody's clue.
        subscriptions.insert(address, Preferences.standard(calendar.zone()), calendar.now());
        Subscriber subscriber = subscriptions.locked(address.key()).orElseThrow();
        LinkRequest.Kind kind =
                subscriber.consent == Consent.CONFIRMED ? LinkRequest.Kind.CHANGE : LinkRequest.Kind.SUBSCRIBE;
        boolean keeps = !languageChosen && kind == LinkRequest.Kind.CHANGE;
        String text = PreferencesText.write(keeps ? preferences.in(subscriber.language) : preferences);
        boolean waited = bringUpToDate(subscriber, kind, text);
        if (!mailed.send(subscriber, kind, text) && !waited) {
            reopen(subscriber, kind, text);
        }
    }

    /** The newest choice replaces those that wait for their links to be pressed; whether there were any. */
    private boolean bringUpToDate(Subscriber subscriber, LinkRequest.Kind kind, String preferences) {
        return database.createQuery("""
                                update LinkRequest r set r.kind = :kind, r.preferences = :preferences
                                where r.subscriberId = :s and r.preferences is not null and r.appliedAt is null
                                """)
                        .setParameter("kind", kind)
                        .setParameter("preferences", preferences)
                        .setParameter("s", subscriber.id)
                        .executeUpdate()
                > 0;
    }

    /** Where no letter may go out any more, the link that was pressed last stands for the newest choice. */
    private void reopen(Subscriber subscriber, LinkRequest.Kind kind, String preferences) {
        database.createQuery("""
                        from LinkRequest r
                        where r.subscriberId = :s and r.preferences is not null and r.askedAt > :since
                        order by r.id desc
                        """, LinkRequest.class)
                .setParameter("s", subscriber.id)
                .setParameter("since", calendar.now().minus(LINK_GOOD))
                .setMaxResults(1)
                .getResultStream()
                .forEach(request -> {
                    request.kind = kind;
                    request.preferences = preferences;
                    request.appliedAt = null;
                });
    }

    /** Mails a link to the preferences, if there is such a confirmed subscriber. Says nothing of it. */
    public void link(EmailAddress address) {
        link(address.mailbox(), address.key());
    }

    private void link(String mailbox, String key) {
        QuarkusTransaction.requiringNew().run(() -> {
            mailed.hold(mailbox);
            subscriptions
                    .locked(key)
                    .filter(s -> s.consent == Consent.CONFIRMED)
                    .ifPresent(s -> mailed.send(s, LinkRequest.Kind.LINK, null));
        });
    }

    /**
     * Mails the confirmation once more to somebody who has not pressed its button; false where nobody waits for one, or
     * the limits of the mailbox do not allow it.
     */
    public boolean remind(long subscriberId) {
        return QuarkusTransaction.requiringNew().call(() -> {
            Subscriber known = database.find(Subscriber.class, subscriberId);
            if (known == null) {
                return false;
            }
            mailed.hold(known.mailboxKey);
            return subscriptions
                    .locked(known.emailKey)
                    .filter(s -> s.consent == Consent.PENDING)
                    .filter(s -> mailed.send(s, LinkRequest.Kind.SUBSCRIBE, newestChoice(s)))
                    .isPresent();
        });
    }

    private String newestChoice(Subscriber subscriber) {
        return database.createQuery("""
                        select r.preferences from LinkRequest r
                        where r.subscriberId = :s and r.preferences is not null and r.appliedAt is null
                        order by r.id desc
                        """, String.class)
                .setParameter("s", subscriber.id)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .orElseGet(() -> PreferencesText.write(subscriber.preferences()));
    }

    /** Mails a private link to a subscriber who holds an ordinary one. */
    public void privateLink(long subscriberId) {
        QuarkusTransaction.requiringNew()
                .call(() -> subscriptions.find(subscriberId))
                .ifPresent(s -> link(s.mailboxKey, s.emailKey));
    }

    /** What pressing the button of a confirmation's link does now; empty where that request is gone. */
    @Transactional
    public Optional<Offer> offer(long requestId) {
        return Optional.ofNullable(database.find(LinkRequest.class, requestId))
                .filter(request -> request.preferences != null)
                .map(request -> offer(request, database.find(Subscriber.class, request.subscriberId)));
    }

    private static Offer offer(LinkRequest request, Subscriber subscriber) {
        boolean waits = request.appliedAt == null;
        boolean subscribed = subscriber.consent == Consent.CONFIRMED;
        return new Offer(
                subscriber,
                !subscribed ? Offer.Act.SUBSCRIBE : waits ? Offer.Act.CHANGE : Offer.Act.NOTHING,
                waits ? PreferencesText.read(Objects.requireNonNull(request.preferences)) : subscriber.preferences());
    }

    /**
     * What came of a press.
     *
     * @param taken whether it was done; not where something else had been seen
     */
    public record Pressed(Offer offer, boolean taken) {}

    /** Does what pressing the button of a mailed link does now. The subscriber, unless erased meanwhile. */
    @Transactional
    public Optional<Subscriber> confirm(long requestId) {
        return confirm(requestId, null, offer -> "Yes, send me " + masthead.name() + ".")
                .map(pressed -> pressed.offer().subscriber());
    }

    /**
     * Does what pressing the button of a mailed link does now, where that is what was seen beside the button. To press
     * it after leaving is to consent anew.
     *
     * @param seen {@link Offer#mark()} of what was seen, where that is known
     * @param words those beside the button, which are kept as what was said by pressing it
     */
    @Transactional
    public Optional<Pressed> confirm(long requestId, @Nullable String seen, Function<Offer, String> words) {
        LinkRequest request = database.find(LinkRequest.class, requestId);
        if (request == null || request.preferences == null) {
            return Optional.empty();
        }
        Subscriber subscriber = database.find(Subscriber.class, request.subscriberId, LockModeType.PESSIMISTIC_WRITE);
        if (subscriber == null) {
            return Optional.empty();
        }
        database.refresh(request);
        Offer offer = offer(request, subscriber);
        if (seen != null && !seen.equals(offer.mark())) {
            return Optional.of(new Pressed(offer, false));
        }
        if (offer.act() != Offer.Act.NOTHING) {
            apply(offer, words);
        }
        return Optional.of(new Pressed(offer, true));
    }

    private void apply(Offer offer, Function<Offer, String> words) {
        Subscriber subscriber = offer.subscriber();
        Instant now = calendar.now();
        database.createQuery("""
                        update LinkRequest r set r.appliedAt = :now
                        where r.subscriberId = :s and r.preferences is not null and r.appliedAt is null
                        """)
                .setParameter("now", now)
                .setParameter("s", subscriber.id)
                .executeUpdate();
        subscriber.prefer(offer.preferences());
        subscriber.chosenAt = now;
        subscriber.pauseUntil = null;
        subscriber.pauseReason = null;
        if (offer.act() == Offer.Act.CHANGE) {
            changed.fire(new PreferencesChanged(subscriber));
        } else {
            consents.confirmInPerson(subscriber, now, words.apply(offer) + WHERE_SAID);
            confirmed.fire(new Confirmed(subscriber, true));
        }
    }

    /** What was asked for on pages for that address, oldest first. */
    @Transactional
    public List<LinkRequest> requests(long id) {
        return database.createQuery("from LinkRequest r where r.subscriberId = :s order by r.id", LinkRequest.class)
                .setParameter("s", id)
                .getResultList();
    }
}
