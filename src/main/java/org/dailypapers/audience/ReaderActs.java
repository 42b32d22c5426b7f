package org.dailypapers.audience;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;
import org.dailypapers.digest.DigestRepeat;
import org.dailypapers.reputation.RefusalHistory;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.subscriber.AddressChange;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.DoubleOptIn;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;

/**
 * What the operator does for one reader. Nobody is subscribed by it: who left comes back by their own act alone, and what
 * is done twice changes nothing.
 */
@ApplicationScoped
public class ReaderActs {

    private static final int LONGEST_PAUSE_DAYS = 366;
    private static final int LONGEST_NAME = 100;

    private final Subscriptions subscriptions;
    private final DoubleOptIn optIn;
    private final DigestRepeat digests;
    private final SuppressionList suppressions;
    private final RefusalHistory refusals;
    private final ReaderExport export;
    private final AddressChange addresses;
    private final Clock clock;

    ReaderActs(
            Subscriptions subscriptions,
            DoubleOptIn optIn,
            DigestRepeat digests,
            SuppressionList suppressions,
            RefusalHistory refusals,
            ReaderExport export,
            AddressChange addresses,
            Clock clock) {
        this.subscriptions = subscriptions;
        this.optIn = optIn;
        this.digests = digests;
        this.suppressions = suppressions;
        this.refusals = refusals;
        this.export = export;
        this.addresses = addresses;
        this.clock = clock;
    }

    /**
     * What came of an act.
     *
     * @param done whether anything changed
     * @param said a sentence for the operator; it names no address
     */
    public record Outcome(boolean done, String said) {}

    private static Outcome done(String said) {
        return new Outcome(true, said);
    }

    private static Outcome left(String said) {
        return new Outcome(false, said);
    }

    /**
     * Ends the subscription.
     *
     * @param by who does it, kept with the consent
     */
    public Outcome unsubscribe(EmailAddress address, String by) {
        return of(address, s -> {
            if (s.consent == Consent.WITHDRAWN) {
                return left("They left already, at " + s.leftAt + ".");
            }
            subscriptions.withdraw(s.id, "unsubscribed by the operator (" + shortened(by) + ")");
            return done("No more letters go to them. They come back by their own act alone.");
        });
    }

    /** Lets letters rest until that date of the reader's. */
    public Outcome pause(EmailAddress address, LocalDate until) {
        return reading(address, s -> {
            LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneId.of(s.zone));
            if (!until.isAfter(today) || until.isAfter(today.plusDays(LONGEST_PAUSE_DAYS))) {
                return left("A pause ends on a day from tomorrow on, within a year; today is " + today + " there.");
            }
            subscriptions.pause(s.id, until);
            return done("Letters rest until " + until + ".");
        });
    }

    /** Lets letters go on. */
    public Outcome resume(EmailAddress address) {
        return reading(address, s -> {
            if (s.pauseUntil == null) {
                return left("Their letters do not rest.");
            }
            subscriptions.pause(s.id, null);
            return done("Letters come again.");
        });
    }

    /** Sends the last letter once more: the newest digest to a reader, the confirmation to who has not pressed its button. */
    public Outcome resend(EmailAddress address) {
        return of(address, s -> {
            if (s.consent == Consent.WITHDRAWN) {
                return left("They left at " + s.leftAt + " and come back by their own act alone.");
            }
            if (suppressions.find(s.emailKey).isPresent()) {
                return left("The address is suppressed; release it first.");
            }
            if (s.consent == Consent.PENDING) {
                return optIn.remind(s.id)
                        ? done("The confirmation is queued.")
                        : left(
                                "The mailbox has had as many confirmations as it may get for now: one in 15 minutes, three"
                                        + " a day, five in 30 days.");
            }
            if (s.pausedOn(LocalDate.ofInstant(clock.instant(), ZoneId.of(s.zone)))) {
                return left("Their letters rest until " + s.pauseUntil + "; let them go on first.");
            }
            return switch (digests.repeat(s.id)) {
                case QUEUED -> done("Their newest digest is queued; it leaves next.");
                case WAITS -> left("Their newest digest is queued already.");
                case NONE -> left("There is no digest of theirs to send again.");
                case GIVEN_BACK -> left("The papers of their newest digest are for the next one.");
            };
        });
    }

    /**
     * Asks a new address whether the reader's letters may go there; until its button is pressed nothing changes.
     *
     * @param by who does it, kept with the consent
     */
    public Outcome changeAddress(EmailAddress address, EmailAddress to, String by) {
        return reading(address, s -> switch (addresses.ask(s.id, to, "by the operator (" + shortened(by) + ")")) {
            case MAILED ->
                done("A confirmation is queued to the new address and a notice to the old one; nothing changes until"
                        + " the confirmation's button is pressed.");
            case SAME -> left("That is their address already.");
            case TOO_MANY ->
                left("No letter may go there for now: a mailbox gets one in 15 minutes, three a day, five in 30"
                        + " days, and so many addresses may be asked for one reader.");
            case NO_READER -> left("They get no letters.");
        });
    }

    /** Lets an address be written to again that is suppressed, also after a complaint; consent stays what it is. */
    @Transactional
    public Outcome release(EmailAddress address) {
        Optional<Subscriber> subscriber = subscriptions.find(address);
        boolean released = suppressions.release(address.key());
        boolean rested = subscriber.map(s -> subscriptions.endUnreachable(s.id)).orElse(false);
        if (!released && !rested) {
            return left("The address is not suppressed.");
        }
        refusals.forget(address.key());
        boolean gone = subscriber.filter(s -> s.consent == Consent.WITHDRAWN).isPresent();
        return done("The address may be written to again."
                + (gone ? " Its reader has left, and comes back by their own act alone." : ""));
    }

    /** Everything that is kept about the reader, as JSON; empty where there is none. */
    public Optional<byte[]> export(EmailAddress address) {
        return subscriptions.find(address).map(export::json);
    }

    /** Forgets the reader, but for the code that keeps lists from bringing them back. */
    public Outcome erase(EmailAddress address) {
        return of(address, s -> {
            subscriptions.erase(s.id);
            return done("They are forgotten: address, interests and letters.");
        });
    }

    private Outcome of(EmailAddress address, Function<Subscriber, Outcome> act) {
        return subscriptions.find(address).map(act).orElseGet(() -> left("There is no such reader."));
    }

    private Outcome reading(EmailAddress address, Function<Subscriber, Outcome> act) {
        return of(
                address,
                s -> s.consent == Consent.CONFIRMED
                        ? act.apply(s)
                        : left("They get no letters: they are "
                                + (s.consent == Consent.PENDING ? "not confirmed." : "gone.")));
    }

    private static String shortened(String by) {
        return by.length() > LONGEST_NAME ? by.substring(0, LONGEST_NAME) : by;
    }
}
