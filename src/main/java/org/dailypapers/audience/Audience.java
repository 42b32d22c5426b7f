package org.dailypapers.audience;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.dailypapers.digest.DigestHistory;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.subscriber.leaving.Leavings;

/** Finds one reader, and all that is known of them. */
@ApplicationScoped
public class Audience {

    /** Letters that are told of, newest first. */
    private static final int LETTERS = 20;

    private final Subscriptions subscriptions;
    private final SuppressionList suppressions;
    private final Leavings leavings;
    private final DigestHistory digests;
    private final ReaderLetters letters;

    Audience(
            Subscriptions subscriptions,
            SuppressionList suppressions,
            Leavings leavings,
            DigestHistory digests,
            ReaderLetters letters) {
        this.subscriptions = subscriptions;
        this.suppressions = suppressions;
        this.leavings = leavings;
        this.digests = digests;
        this.letters = letters;
    }

    /** What is known of the address, by whatever spelling of it. */
    @Transactional
    public Dossier of(EmailAddress address) {
        Optional<Subscriber> subscriber = subscriptions.find(address);
        return new Dossier(
                address,
                subscriber,
                subscriptions.ofMailbox(address).stream()
                        .filter(other -> !other.emailKey.equals(address.key()))
                        .toList(),
                suppressions.find(address.key()),
                leavings.last(address.mailbox()),
                subscriber.flatMap(s -> digests.place(s.id)),
                subscriber.map(s -> subscriptions.history(s.id)).orElse(List.of()),
                subscriber.map(s -> letters.newest(s, LETTERS)).orElse(List.of()));
    }
}
