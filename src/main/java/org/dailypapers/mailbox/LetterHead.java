package org.dailypapers.mailbox;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MailDateFormat;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.UnsupportedEncodingException;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The headers of a letter as a mail program shows them: unfolded and decoded (RFC 2047, RFC 6532), in their order. A
 * malformed one is shown as it stands.
 */
record LetterHead(List<Field> fields) {

    /** A header field; its value is text, not HTML. */
    record Field(String name, String value) {}

    /** The headers at the beginning of a message; none where they cannot be read. */
    static LetterHead read(byte[] message) {
        List<Field> fields = new ArrayList<>();
        try {
            for (Header header :
                    Collections.list(new InternetHeaders(new ByteArrayInputStream(message), true).getAllHeaders())) {
                fields.add(new Field(visible(header.getName()), decoded(header.getValue())));
            }
        } catch (MessagingException | RuntimeException malformed) {
            return new LetterHead(List.copyOf(fields));
        }
        return new LetterHead(List.copyOf(fields));
    }

    public String from() {
        return value("From");
    }

    public String to() {
        return value("To");
    }

    public String subject() {
        return value("Subject");
    }

    public String date() {
        return value("Date");
    }

    /** The moment that the Date header names; empty where it is absent or malformed. */
    Optional<Instant> sent() {
        try {
            return date().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new MailDateFormat().parse(date()).toInstant());
        } catch (ParseException | RuntimeException malformed) {
            return Optional.empty();
        }
    }

    /** The values of a field, joined by commas where it occurs more than once; empty where it does not occur. */
    private String value(String name) {
        return String.join(
                ", ",
                fields.stream()
                        .filter(f -> f.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
                        .map(Field::value)
                        .toList());
    }

    private static String decoded(String raw) {
        String unfolded = MimeUtility.unfold(raw == null ? "" : raw);
        try {
            return visible(MimeUtility.decodeText(unfolded)).strip();
        } catch (UnsupportedEncodingException | RuntimeException malformed) {
            return visible(unfolded).strip();
        }
    }

    private static String visible(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) && c != '\t' ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
