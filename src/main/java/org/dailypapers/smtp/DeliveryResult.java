package org.dailypapers.smtp;

/** What came of handing a letter to the relay. */
public sealed interface DeliveryResult {

    /** The relay answers for it now. */
    record Accepted(String reply) implements DeliveryResult {}

    /** Not now; it may be tried again. */
    record Deferred(SmtpReply reply, ReplyMeaning meaning) implements DeliveryResult {}

    /** Never; this letter has ended. */
    record Rejected(SmtpReply reply, ReplyMeaning meaning) implements DeliveryResult {}

    /** The line broke between the final dot and its reply: it may or may not be on its way (RFC 1047). */
    record Unknown(String detail) implements DeliveryResult {}

    /** The result that a 4yz or 5yz reply amounts to. */
    static DeliveryResult of(SmtpReply reply) {
        ReplyMeaning meaning = ReplyMeaning.of(reply);
        return reply.isTransient() ? new Deferred(reply, meaning) : new Rejected(reply, meaning);
    }
}
