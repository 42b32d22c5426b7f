package org.dailypapers.bounce.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

/**
 * A mail that came back, as far as it is read: a report says what it has to say at its beginning, so what lies behind the
 * caps is not looked at. Nothing of its form makes it unreadable.
 *
 * @param head its own fields
 * @param parts in their order, without the multiparts that hold them
 */
public record ReturnedMail(MailFields head, List<MailPart> parts) {

    /** Of the whole mail; reports come before the letter that they return. */
    public static final int BYTES = 1 << 20;

    /** Of one part. */
    public static final int PART_BYTES = 1 << 16;

    /** Of the letter that is returned, whose head alone tells something. */
    private static final int HEAD_BYTES = 1 << 14;

    public static final int PARTS = 40;

    /** No mail server nests a report deeper than three. */
    static final int DEPTH = 10;

    private static final int FIELD_BYTES = 1 << 14;

    /** Fields of the way that it came, which are many and long and tell nothing of the letter. */
    private static final Pattern TRACE = Pattern.compile(
            "received|x-received|arc-|dkim-|x-google-dkim|authentication-|domainkey-", Pattern.CASE_INSENSITIVE);

    private static final MimeConfig CAPPED = MimeConfig.custom()
            .setMaxLineLen(-1)
            .setMaxHeaderLen(-1)
            .setMaxHeaderCount(-1)
            .setMaxContentLen(-1)
            .build();

    /** Reads one mail; only a failing stream throws. */
    public static ReturnedMail read(InputStream in) throws IOException {
        var head = new MailFields();
        var parts = new ArrayList<MailPart>();
        var stream = new MimeTokenStream(CAPPED, DecodeMonitor.SILENT, null);
        // The returned letter is read as text: its parts are none of ours, and a mail in a mail in a mail costs
        // nothing.
        stream.setRecursionMode(RecursionMode.M_NO_RECURSE);
        stream.parse(begun(new Capped(in, BYTES)));
        String before = "";
        try {
            before = walk(stream, head, parts);
        } catch (MimeException broken) {
            // What stands before the break is kept.
        }
        if (parts.isEmpty() && !before.isBlank()) {
            // Its boundary stands nowhere.
            parts.add(new MailPart("text/plain", before));
        }
        return new ReturnedMail(head, List.copyOf(parts));
    }

    /** Collects parts; what stands before the first of them is returned. */
    private static String walk(MimeTokenStream stream, MailFields head, List<MailPart> parts)
            throws IOException, MimeException {
        int depth = 0;
        String before = "";
        boolean inHead = true;
        for (EntityState state = stream.getState(); state != EntityState.T_END_OF_STREAM; state = stream.next()) {
            switch (state) {
                case T_FIELD -> {
                    Field field = stream.getField();
                    if (inHead
                            && !TRACE.matcher(field.getName()).lookingAt()
                            && field.getRaw() != null
                            && field.getRaw().length() <= FIELD_BYTES) {
                        head.add(field.getName(), MailText.field(field.getRaw()));
                    }
                }
                case T_END_HEADER -> inHead = false;
                case T_START_MULTIPART -> {
                    if (++depth > DEPTH) {
                        return before;
                    }
                }
                case T_END_MULTIPART -> depth--;
                case T_BODY -> {
                    parts.add(part(stream));
                    if (parts.size() >= PARTS) {
                        return before;
                    }
                }
                case T_PREAMBLE -> {
                    if (parts.isEmpty() && before.isBlank()) {
                        before = MailText.of(stream.getInputStream().readNBytes(PART_BYTES), null);
                    }
                }
                default -> {
                    // Epilogues are for nobody.
                }
            }
        }
        return before;
    }

    private static MailPart part(MimeTokenStream stream) throws IOException {
        BodyDescriptor body = stream.getBodyDescriptor();
        String type =
                body.getMimeType() == null ? "text/plain" : body.getMimeType().toLowerCase(Locale.ROOT);
        boolean read = type.startsWith("text/")
                || type.startsWith("message/")
                // Without a boundary it is text, whatever it calls itself.
                || type.startsWith("multipart/");
        if (!read) {
            return new MailPart(type, "");
        }
        var part = new MailPart(type, "");
        byte[] bytes;
        try (InputStream decoded = stream.getDecodedInputStream()) {
            bytes = decoded.readNBytes(part.isReturned() ? HEAD_BYTES : PART_BYTES);
        }
        String text = MailText.of(bytes, body.getCharset());
        return type.startsWith("multipart/") || type.equals("text/plain")
                ? new MailPart("text/plain", unquoted(text))
                : new MailPart(type, text);
    }

    /** Without the marks of somebody who forwards a report, where most of it has them. */
    private static String unquoted(String text) {
        if (!text.contains("\n>")) {
            return text;
        }
        List<String> lines = text.lines().toList();
        long quoted = lines.stream().filter(l -> l.startsWith(">")).count();
        return quoted * 2 < lines.size() || quoted < 3
                ? text
                : lines.stream().map(l -> l.replaceFirst("^> ?", "")).collect(Collectors.joining("\n"));
    }

    /** Past blank lines and a mailbox file's own first line, which are no head. */
    private static InputStream begun(InputStream in) throws IOException {
        var back = new PushbackInputStream(in, FIELD_BYTES);
        while (true) {
            var line = new ByteArrayOutputStream();
            int b = back.read();
            while (b >= 0 && b != '\n' && line.size() < FIELD_BYTES - 1) {
                line.write(b);
                b = back.read();
            }
            if (b < 0 && line.size() == 0) {
                return back;
            }
            String text = line.toString(StandardCharsets.ISO_8859_1);
            if (b == '\n' && (text.isBlank() || text.startsWith("From "))) {
                continue;
            }
            if (b >= 0) {
                back.unread(b);
            }
            back.unread(line.toByteArray());
            return back;
        }
    }

    /** The text for people: plain where there is some, else that of the first page of HTML. */
    public String notice() {
        var plain = new StringBuilder();
        for (MailPart part : parts) {
            if (part.isReturned() && plain.length() > 0) {
                break;
            }
            if (part.type().equals("text/plain") || part.type().equals("text/enriched")) {
                plain.append(part.text()).append('\n');
            }
        }
        if (!plain.toString().isBlank()) {
            return plain.toString();
        }
        return parts.stream()
                .filter(p -> p.type().equals("text/html"))
                .findFirst()
                .map(p -> WebText.of(p.text()))
                .orElse("");
    }

    /** The first part of a type. */
    public Optional<MailPart> part(String type) {
        return parts.stream().filter(p -> p.type().equals(type)).findFirst();
    }

    /** The value of the Content-Type field, in lower case. */
    public String contentType() {
        return head.get("content-type").toLowerCase(Locale.ROOT);
    }

    /** Ends after so many bytes, as though the mail did. */
    private static final class Capped extends InputStream {
        private final InputStream in;
        private int left;

        Capped(InputStream in, int left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            if (left <= 0) {
                return -1;
            }
            int b = in.read();
            left -= b < 0 ? left : 1;
            return b;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int n = in.read(bytes, from, Math.min(length, left));
            left -= n < 0 ? left : n;
            return n;
        }
    }
}
