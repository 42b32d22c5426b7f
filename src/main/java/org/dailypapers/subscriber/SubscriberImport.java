package org.dailypapers.subscriber;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
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
        Subscriber subscriber =
                subscriptions.lockedOrMade(address, preferences, since == null ? clock.instant() : since);
        Consent before = subscriber.consent;
        if (isNews(address, Optional.of(subscriber), consent, since)) {
            switch (consent) {
                case PENDING -> {}
                case CONFIRMED -> confirm(subscriber, Objects.requireNonNull(since, "since"));
                case WITHDRAWN -> consents.withdraw(subscriber, since == null ? clock.instant() : since, imported());
            }
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

    private void confirm(Subscriber subscriber, Instant since) {
        if (subscriber.leftAt != null) {
            consents.confirmReturn(subscriber, since, imported());
        } else {
            consents.confirm(subscriber, since, imported());
        }
    }

    /**
     * Whether what a list says of somebody's consent is later than what is known of it, and changes nothing. Throws
     * IllegalArgumentException where what is known is newer and says otherwise.
     *
     * @param known the subscriber of that address
     */
    public boolean isNews(EmailAddress address, Optional<Subscriber> known, Consent consent, @Nullable Instant since) {
        Instant now = clock.instant();
        if (since != null && since.isAfter(now)) {
            throw new IllegalArgumentException("since is in the future: " + since + ", and it is " + now);
        }
        return switch (consent) {
            case PENDING -> pendingIsNews(address, known);
            case CONFIRMED -> confirmedIsNews(address, known, Objects.requireNonNull(since, "since"));
            case WITHDRAWN -> withdrawnIsNews(known, since);
        };
    }

    private boolean pendingIsNews(EmailAddress address, Optional<Subscriber> known) {
        if (known.filter(s -> s.consent == Consent.CONFIRMED).isPresent()) {
            throw new IllegalArgumentException("is confirmed already; the line says pending");
        }
        leavings.last(address.mailbox()).ifPresent(left -> {
            throw new IllegalArgumentException(
                    "left at " + left + " and comes back by their own act alone; the line says pending");
        });
        return known.isEmpty();
    }

    private boolean confirmedIsNews(EmailAddress address, Optional<Subscriber> known, Instant since) {
        Optional<Subscriber> confirmedAlready = known.filter(s -> s.consent == Consent.CONFIRMED);
        if (confirmedAlready.isPresent()) {
            return since.isAfter(confirmedAlready.get().confirmedAt);
        }
        leavings.last(address.mailbox()).filter(left -> !since.isAfter(left)).ifPresent(left -> {
            throw new IllegalArgumentException(
                    "left after " + since + ", the date in the column since, and comes back by their own act alone");
        });
        return true;
    }

    private static boolean withdrawnIsNews(Optional<Subscriber> known, @Nullable Instant since) {
        if (known.isEmpty()) {
            return true;
        }
        Subscriber s = known.get();
        if (s.consent == Consent.WITHDRAWN && (since == null || !since.isAfter(s.leftAt))) {
            return false;
        }
        if (s.consent == Consent.CONFIRMED && since != null && since.isBefore(s.confirmedAt)) {
            throw new IllegalArgumentException("said yes at " + s.confirmedAt + ", after " + since
                    + ", the date in the column since; the line says withdrawn");
        }
        return true;
    }

    private String imported() {
        return wording(clock.instant());
    }

    /** What is kept as the words of a consent that a list told. */
    static String wording(Instant now) {
        return "imported by the operator at " + now;
    }
}
