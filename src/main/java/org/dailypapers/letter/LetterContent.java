package org.dailypapers.letter;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import org.dailypapers.letter.address.Mailbox;
import org.dailypapers.letter.wire.Header;

/**
 * Everything that one letter says, before it becomes bytes: equal contents become equal bytes.
 *
 * @param from whom it is from
 * @param to whom it is for
 * @param subject one line of any text without controls; lone surrogates become U+FFFD
 * @param date when it was composed, in the zone to be shown; its year is 1900 to 9999
 * @param messageId its Message-ID without angle brackets, such as {@code id@host} (RFC 5322 §3.6.4)
 * @param boundary what parts are told apart by: 1 to 68 of the characters of RFC 2046 §5.1.1 without the space
 * @param body what its reader reads
 * @param extraHeaders fields written after the usual ones, in this order; none that {@link MimeWriter} writes itself
 */
public record LetterContent(
        Mailbox from,
        Mailbox to,
        String subject,
        ZonedDateTime date,
        String messageId,
        String boundary,
        LetterParts body,
        List<Header> extraHeaders) {

    public LetterContent {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(date, "date");
        Objects.requireNonNull(messageId, "messageId");
        Objects.requireNonNull(boundary, "boundary");
        Objects.requireNonNull(body, "body");
        extraHeaders = List.copyOf(extraHeaders);
    }

    /** Whether only a relay that offers SMTPUTF8 can carry it (RFC 6531 §3.2): an address is not ASCII on the wire. */
    public boolean needsSmtpUtf8() {
        return from.needsSmtpUtf8() || to.needsSmtpUtf8();
    }

    /** Its Message-ID only: a log holds neither addresses nor what a letter says. */
    @Override
    public String toString() {
        return "LetterContent[" + messageId + "]";
    }
}
