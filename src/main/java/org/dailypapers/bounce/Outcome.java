package org.dailypapers.bounce;

import java.util.Optional;
import org.dailypapers.smtp.EnhancedStatusCode;
import org.dailypapers.smtp.SmtpReply;

/**
 * What a report says of one recipient.
 *
 * @param kind what it means
 * @param status the code that tells most, as it was written
 * @param recipient an address as the report writes it; an empty word where it names none
 * @param reason why, in a few words, and the words of the report; it may name the recipient
 * @param reply the SMTP reply that is told of, where a delivery failed
 */
public record Outcome(
        BounceClass kind,
        Optional<EnhancedStatusCode> status,
        String recipient,
        String reason,
        Optional<SmtpReply> reply) {}
