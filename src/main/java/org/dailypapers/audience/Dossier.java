package org.dailypapers.audience;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.dailypapers.digest.DigestHistory;
import org.dailypapers.outbox.Attempt;
import org.dailypapers.outbox.MessageState;
import org.dailypapers.reputation.Bounces;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.subscriber.ConsentRecord;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.Subscriber;

/**
 * What is known of an address.
 *
 * @param subscriber empty where nobody asked for letters by it
 * @param others subscribers whose mailbox is the same, by another spelling
 * @param suppression whether it may not be written to, and why
 * @param gone when somebody of the mailbox left who has not come back
 * @param place where they stand in the editions; empty before the first confirmation
 * @param consents what they said, oldest first
 * @param letters newest first
 */
public record Dossier(
        EmailAddress address,
        Optional<Subscriber> subscriber,
        List<Subscriber> others,
        Optional<SuppressionList.Suppression> suppression,
        Optional<Instant> gone,
        Optional<DigestHistory.Place> place,
        List<ConsentRecord> consents,
        List<SentLetter> letters) {

    /**
     * One letter.
     *
     * @param kind of its message: {@code digest} or {@code service}
     * @param id of the row that it is made from
     * @param what it is, in a few words
     * @param state empty where the message is forgotten
     * @param attempts oldest first
     * @param returned what came back of it
     * @param papers of a digest, in its order
     */
    public record SentLetter(
            String kind,
            long id,
            String what,
            Instant at,
            Optional<MessageState> state,
            List<Attempt> attempts,
            Optional<Bounces.Returned> returned,
            List<Pick> papers) {}

    /**
     * A paper of a letter.
     *
     * @param interests the lines that it met, the one that gave most first; none for a trending one
     */
    public record Pick(String publicId, String title, List<String> interests, double score) {}
}
