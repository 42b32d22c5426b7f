package org.dailypapers.letter;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.dailypapers.letter.address.AddressSyntax;
import org.dailypapers.letter.address.Mailbox;
import org.dailypapers.letter.wire.Header;
import org.dailypapers.letter.wire.WireBytes;

/** Writes a letter's content as the bytes of a message (RFC 5322, RFC 2045): equal contents, equal bytes. */
public final class MimeWriter {

    private static final Set<String> OWN = Set.of(
            "from",
            "reply-to",
            "to",
            "subject",
            "date",
            "message-id",
            "mime-version",
            "content-type",
            "content-transfer-encoding");

    /** Room for the headers of most letters, in bytes. */
    private static final int HEADERS = 4096;

    private static final byte[] PLAIN = textPart("plain");
    private static final byte[] HTML = textPart("html");

    private MimeWriter() {}

    /**
     * The message, its lines ended by CRLF and at most 998 octets long, in ASCII but for an address that
     * {@linkplain LetterContent#needsSmtpUtf8() needs SMTPUTF8}. Throws IllegalArgumentException, naming the field, where
     * the content cannot stand in a header.
     */
    public static byte[] write(LetterContent letter) {
        return write(letter, Optional.empty());
    }

    /** The same with the mailbox that answers go to, where it is not that of From. */
    static byte[] write(LetterContent letter, Optional<Mailbox> replyTo) {
        WireBytes out = new WireBytes(HEADERS);
        HeaderWriter.mailbox(out, "From", letter.from());
        replyTo.ifPresent(mailbox -> HeaderWriter.mailbox(out, "Reply-To", mailbox));
        HeaderWriter.mailbox(out, "To", letter.to());
        HeaderWriter.text(out, "Subject", letter.subject());
        HeaderWriter.structured(out, "Date", MailDate.of(letter.date()));
        HeaderWriter.structured(out, "Message-ID", messageId(letter.messageId()));
        HeaderWriter.structured(out, "MIME-Version", "1.0");
        extraHeaders(out, letter.extraHeaders());
        EncodedText html = letter.body().html();
        if (html == null) {
            out.reserve(size(PLAIN, letter.body().text()));
            part(out, PLAIN, letter.body().text());
        } else {
            alternatives(out, letter, html);
        }
        return out.toByteArray();
    }

    private static void extraHeaders(WireBytes out, List<Header> headers) {
        for (Header header : headers) {
            if (OWN.contains(header.name().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "The header " + header.name() + " is written from the letter itself: leave it out");
            }
            HeaderWriter.field(out, header);
        }
    }

    // RFC 5322 §3.6.4
    private static String messageId(String id) {
        int at = id.indexOf('@');
        if (at < 0
                || id.length() > 900
                || !AddressSyntax.isDotAtom(id.substring(0, at), false)
                || !AddressSyntax.isDotAtom(id.substring(at + 1), false)) {
            throw new IllegalArgumentException(
                    "The header Message-ID takes words with single dots between, an @, and such words again");
        }
        return "<" + id + ">";
    }

    // RFC 2046 §5.1.4: the plainest first
    private static void alternatives(WireBytes out, LetterContent letter, EncodedText html) {
        String boundary = wireBoundary(letter.boundary());
        HeaderWriter.structured(out, "Content-Type", "multipart/alternative; boundary=\"" + boundary + "\"");
        out.endLine();
        // To the byte, so that the message is not copied once more.
        out.reserve(size(PLAIN, letter.body().text()) + size(HTML, html) + 3 * (boundary.length() + 4) + 2);
        delimiter(out, boundary);
        out.endLine();
        part(out, PLAIN, letter.body().text());
        delimiter(out, boundary);
        out.endLine();
        part(out, HTML, html);
        delimiter(out, boundary);
        out.ascii("--");
        out.endLine();
    }

    // RFC 2045 §6.7: quoted-printable never holds =_, so no part can hold the boundary.
    private static String wireBoundary(String boundary) {
        boolean good = !boundary.isEmpty() && boundary.length() <= 68;
        for (int i = 0; i < boundary.length() && good; i++) {
            char c = boundary.charAt(i);
            good = c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || "'()+_,-./:=?".indexOf(c) >= 0;
        }
        if (!good) {
            throw new IllegalArgumentException(
                    "The boundary of a letter takes 1 to 68 letters, digits and characters of '()+_,-./:=?");
        }
        return boundary.contains("=_") ? boundary : "=_" + boundary;
    }

    private static void delimiter(WireBytes out, String boundary) {
        out.ascii("--");
        out.ascii(boundary);
    }

    private static void part(WireBytes out, byte[] head, EncodedText body) {
        out.append(head);
        body.appendTo(out);
        out.endLine();
    }

    private static int size(byte[] head, EncodedText body) {
        return head.length + body.size() + 2;
    }

    private static byte[] textPart(String subtype) {
        WireBytes head = new WireBytes(128);
        HeaderWriter.structured(head, "Content-Type", "text/" + subtype + "; charset=UTF-8");
        HeaderWriter.structured(head, "Content-Transfer-Encoding", "quoted-printable");
        head.endLine();
        return head.toByteArray();
    }
}
