package org.dailypapers.bounce;

import java.util.Optional;
import org.dailypapers.smtp.EnhancedStatusCode;
import org.dailypapers.smtp.ReplyMeaning;
import org.dailypapers.smtp.SmtpReply;

/**
 * What a report says of one recipient.
 *
 * @param kind what it means
 * @param status the code that tells most, as it was written
 * @param recipient an address as the report writes it; an empty word where it names none
 * @param reason why, in a few words, and the words of the report; it may name the recipient
 * @param failure of a delivery that is not tried any more; empty where it is, and where nothing failed
 */
public record Outcome(
        BounceClass kind,
        Optional<EnhancedStatusCode> status,
        String recipient,
        String reason,
        Optional<Failure> failure) {

    /**
     * Why a delivery was given up.
     *
     * @param cause in a few words for people, such as "mailbox full", without what the report says
     * @param reply the SMTP reply that is told of
     * @param meaning what follows, as from a relay's reply; never one after which a letter is tried again
     */
    public record Failure(String cause, SmtpReply reply, ReplyMeaning meaning) {}
}
