package org.dailypapers.mailbox;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a letter that a mail program shows (RFC 2045, 2046): its first HTML, its first text, and what else is
 * in it. A message that cannot be taken apart has neither and is read as source.
 */
record LetterBody(Optional<String> html, Optional<String> text, List<Other> others) {

    /**
     * A part that is named, not shown.
     *
     * @param type without parameters
     * @param name of its file; the empty string where it has none
     */
    record Other(String type, String name) {}

    private static final int DEPTH = 20;
    private static final int PARTS = 200;

    /** The parts of a whole message. Never fails: what is malformed is passed over. */
    static LetterBody read(byte[] message) {
        Properties lenient = new Properties();
        lenient.setProperty("mail.mime.address.strict", "false");
        lenient.setProperty("mail.mime.allowutf8", "true");
        Reading reading = new Reading();
        try {
            reading.visit(new MimeMessage(Session.getInstance(lenient), new ByteArrayInputStream(message)), 0);
        } catch (MessagingException | IOException | RuntimeException malformed) {
            return reading.body();
        }
        return reading.body();
    }

    /** A walk over the tree of parts, bounded in depth and number. */
    private static final class Reading {

        private final List<Other> others = new ArrayList<>();
        private @Nullable String html;
        private @Nullable String text;
        private int parts;

        LetterBody body() {
            return new LetterBody(Optional.ofNullable(html), Optional.ofNullable(text), List.copyOf(others));
        }

        void visit(MimePart part, int depth) throws MessagingException, IOException {
            if (depth > DEPTH || ++parts > PARTS) {
                return;
            }
            String type = typeOf(part);
            boolean attached = Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition());
            if (type.startsWith("multipart/") && !attached) {
                Multipart multipart = new MimeMultipart(part.getDataHandler().getDataSource());
                for (int i = 0; i < multipart.getCount(); i++) {
                    visit((MimePart) multipart.getBodyPart(i), depth + 1);
                }
            } else if (type.equals("text/html") && !attached && html == null) {
                html = textOf(part);
            } else if (type.equals("text/plain") && !attached && text == null) {
                text = textOf(part);
            } else {
                others.add(new Other(type, nameOf(part)));
            }
        }

        private static String typeOf(MimePart part) throws MessagingException {
            try {
                return new ContentType(part.getContentType()).getBaseType().toLowerCase(Locale.ROOT);
            } catch (MessagingException malformed) {
                return "text/plain"; // RFC 2045 §5.2
            }
        }

        private static String nameOf(MimePart part) throws MessagingException {
            try {
                String name = part.getFileName();
                return name == null ? "" : MimeUtility.decodeText(name);
            } catch (MessagingException | IOException malformed) {
                return "";
            }
        }

        private static String textOf(MimePart part) throws MessagingException, IOException {
            byte[] bytes;
            try (InputStream decoded = part.getInputStream()) {
                bytes = decoded.readAllBytes();
            } catch (MessagingException | IOException malformed) {
                try (InputStream raw = rawOf(part)) {
                    bytes = raw.readAllBytes();
                }
            }
            return new String(bytes, charsetOf(part));
        }

        private static InputStream rawOf(MimePart part) throws MessagingException {
            return part instanceof MimeMessage message
                    ? message.getRawInputStream()
                    : ((MimeBodyPart) part).getRawInputStream();
        }

        private static Charset charsetOf(MimePart part) throws MessagingException {
            try {
                String name = new ContentType(part.getContentType()).getParameter("charset");
                return name == null ? StandardCharsets.UTF_8 : Charset.forName(MimeUtility.javaCharset(name));
            } catch (MessagingException | IllegalArgumentException unknown) {
                return StandardCharsets.UTF_8;
            }
        }
    }
}
