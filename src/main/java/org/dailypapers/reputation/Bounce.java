package org.dailypapers.reputation;

import java.time.Instant;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import org.dailypapers.outbox.OutboundMessage;
import org.dailypapers.smtp.EnhancedStatusCode;
import org.dailypapers.smtp.ReplyMeaning;
import org.dailypapers.smtp.SmtpReply;

/**
 * What a report tells of one message that had been accepted.
 *
 * @param kind what it means, in one word
 * @param digest of what it says: the same report, however often and by whatever way it comes, has the same
 * @param address whom the letter was for
 * @param accepted when the relay took the letter
 * @param cause in a few words for people
 * @param reply that it tells of
 * @param meaning what follows, never one after which a letter is tried again
 */
public record Bounce(
        OutboundMessage message,
        String kind,
        String digest,
        String address,
        Run run,
        Instant accepted,
        Optional<EnhancedStatusCode> status,
        String cause,
        SmtpReply reply,
        ReplyMeaning meaning) {

    /** The kind of a report that finds no mailbox. */
    public static final String HARD = "hard";

    /** The kind of a report that finds distrust. */
    public static final String POLICY = "policy";

    /** The kind of a report that names its letter by what can be guessed; it stands in the ledger and counts nowhere. */
    public static final String UNSIGNED = "unsigned";

    /** The same report, as one that anybody may have written. */
    public Bounce unsigned() {
        return new Bounce(message, UNSIGNED, digest, address, run, accepted, status, cause, reply, meaning);
    }

    /** The kind of a complaint. */
    public static final String COMPLAINT = "complaint";

    /**
     * The letters that left together, for one edition: many failures among them are hardly their readers' doing.
     *
     * @param name the same in every process
     * @param letters how many there are, counted up to a number
     */
    public record Run(String name, LongUnaryOperator letters) {}
}
