package org.dailypapers.subscriber;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.dailypapers.subscriber.leaving.Leavings;
import org.dailypapers.subscriber.preference.Preferences;
import org.jspecify.annotations.Nullable;

/** The way in for those whose consent was given elsewhere, as an operator's list tells. */
@ApplicationScoped
public class SubscriberImport {

    private final Subscriptions subscriptions;
    private final Consents consents;
    private final Leavings leavings;
    private final Clock clock;
    private final Event<Confirmed> confirmed;
    private final Event<PreferencesChanged> changed;

    SubscriberImport(
            Subscriptions subscriptions,
            Consents consents,
            Leavings leavings,
            Clock clock,
            Event<Confirmed> confirmed,
            Event<PreferencesChanged> changed) {
        this.subscriptions = subscriptions;
        this.consents = consents;
        this.leavings = leavings;
        this.clock = clock;
        this.confirmed = confirmed;
        this.changed = changed;
    }

    /**
     * Brings in somebody whose consent was given elsewhere; no letter of welcome goes out. Throws
     * IllegalArgumentException where what is known of them is newer: whoever left comes back by their own act alone.
     *
     * @param since when they said so; none where that is not known, which a yes does not allow
     */
    @Transactional
    public Subscriber bringIn(
            EmailAddress address,
            Preferences preferences,
            Consent consent,
            @Nullable Instant since,
            @Nullable LocalDate pauseUntil) {
        Instant now = clock.instant();
        if (since != null && since.isAfter(now)) {
            throw new IllegalArgumentException("since is in the future: " + since + ", and it is " + now);
        }
        Subscriber subscriber = subscriptions.lockedOrMade(address, preferences, since == null ? now : since);
        Consent before = subscriber.consent;
        switch (consent) {
            case PENDING -> bringInPending(subscriber);
            case CONFIRMED -> bringInConfirmed(subscriber, Objects.requireNonNull(since, "since"));
            case WITHDRAWN -> bringInWithdrawn(subscriber, since);
        }
        subscriber.prefer(preferences);
        if (!Objects.equals(pauseUntil, subscriber.pauseUntil)) {
            subscriber.pauseUntil = pauseUntil;
            subscriber.pauseReason = null;
        }
        if (subscriber.consent == Consent.CONFIRMED && before != Consent.CONFIRMED) {
            confirmed.fire(new Confirmed(subscriber, false));
        } else {
            changed.fire(new PreferencesChanged(subscriber));
        }
        return subscriber;
    }

    private void bringInPending(Subscriber subscriber) {
        if (subscriber.consent == Consent.CONFIRMED) {
            throw new IllegalArgumentException("is confirmed already; the line says pending");
        }
        leavings.last(subscriber.mailboxKey).ifPresent(left -> {
            throw new IllegalArgumentException(
                    "left at " + left + " and comes back by their own act alone; the line says pending");
        });
    }

    private void bringInConfirmed(Subscriber subscriber, Instant since) {
        if (subscriber.consent != Consent.CONFIRMED) {
            leavings.last(subscriber.mailboxKey)
                    .filter(left -> !since.isAfter(left))
                    .ifPresent(left -> {
                        throw new IllegalArgumentException("left after " + since
                                + ", the date in the column since, and comes back by their own act alone");
                    });
        } else if (!since.isAfter(subscriber.confirmedAt)) {
            return;
        }
        if (subscriber.leftAt != null) {
            consents.confirmReturn(subscriber, since, imported());
        } else {
            consents.confirm(subscriber, since, imported());
        }
    }

    private void bringInWithdrawn(Subscriber subscriber, @Nullable Instant since) {
        if (subscriber.consent == Consent.WITHDRAWN && (since == null || !since.isAfter(subscriber.leftAt))) {
            return;
        }
        if (subscriber.consent == Consent.CONFIRMED && since != null && since.isBefore(subscriber.confirmedAt)) {
            throw new IllegalArgumentException("said yes at " + subscriber.confirmedAt + ", after " + since
                    + ", the date in the column since; the line says withdrawn");
        }
        Instant left = since == null ? clock.instant() : since;
        consents.withdraw(subscriber, left, imported());
    }

    private String imported() {
        return "imported by the operator at " + clock.instant();
    }
}
