package org.dailypapers.letter;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.parser.AbstractContentHandler;
import org.apache.james.mime4j.parser.MimeStreamParser;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.ParserCursor;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.util.ByteArrayBuffer;
import org.apache.james.mime4j.util.ContentUtil;
import org.dailypapers.letter.address.Mailbox;
import org.eclipse.angus.mail.util.MailStreamProvider;

/** What an independent parser makes of a letter's bytes; bodies with LF line ends and without the last ones. */
public record ReadLetter(
        List<String> headerNames,
        String subject,
        String fromName,
        String fromAddress,
        String toName,
        String toAddress,
        String extra,
        List<String> bodies) {

    private static final Session SESSION = session();

    private static Session session() {
        // Named, it is not searched in every jar for each header that is read.
        System.setProperty("jakarta.mail.util.StreamProvider", MailStreamProvider.class.getName());
        Properties properties = new Properties();
        properties.setProperty("mail.mime.allowutf8", "true");
        // Its strict reader knows fewer internationalised domains than RFC 5892.
        properties.setProperty("mail.mime.address.strict", "false");
        return Session.getInstance(properties);
    }

    /** What a faithful parser finds in the bytes of a letter of these texts. */
    public static ReadLetter expected(LetterContent letter, String text, String html) {
        List<String> names = new ArrayList<>(List.of("From", "To", "Subject", "Date", "Message-ID", "MIME-Version"));
        letter.extraHeaders().forEach(header -> names.add(header.name()));
        names.add("Content-Type");
        List<String> bodies = new ArrayList<>(List.of(body(EncodedWords.wellFormed(text))));
        if (html == null) {
            names.add("Content-Transfer-Encoding");
        } else {
            bodies.add(body(EncodedWords.wellFormed(html)));
        }
        return new ReadLetter(
                names,
                EncodedWords.wellFormed(letter.subject()),
                name(letter.from()),
                letter.from().wireAddress(),
                name(letter.to()),
                letter.to().wireAddress(),
                letter.extraHeaders().isEmpty()
                        ? ""
                        : EncodedWords.wellFormed(
                                letter.extraHeaders().getFirst().value()),
                bodies);
    }

    private static String name(Mailbox mailbox) {
        return mailbox.displayName() == null ? "" : EncodedWords.wellFormed(mailbox.displayName());
    }

    private static String body(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n').replaceFirst("\n+\\z", "");
    }

    public static ReadLetter byJakartaMail(byte[] wire) throws MessagingException, IOException {
        MimeMessage message = new MimeMessage(SESSION, new ByteArrayInputStream(wire));
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        message.getAllHeaders().asIterator().forEachRemaining(header -> {
            names.add(header.getName());
            values.add(header.getValue());
        });
        List<String> bodies = new ArrayList<>();
        if (message.isMimeType("multipart/*")) {
            MimeMultipart parts = (MimeMultipart) message.getContent();
            for (int i = 0; i < parts.getCount(); i++) {
                bodies.add(decoded(((MimeBodyPart) parts.getBodyPart(i)).getInputStream()));
            }
        } else {
            bodies.add(decoded(MimeUtility.decode(message.getRawInputStream(), message.getEncoding())));
        }
        InternetAddress from = one(message.getFrom());
        InternetAddress to = one(message.getAllRecipients());
        String extra = names.size() > 6 && !names.get(6).startsWith("Content-")
                ? MimeUtility.decodeText(MimeUtility.unfold(values.get(6)).stripLeading())
                : "";
        return new ReadLetter(
                names,
                message.getSubject(),
                from.getPersonal() == null ? "" : from.getPersonal(),
                from.getAddress(),
                to.getPersonal() == null ? "" : to.getPersonal(),
                to.getAddress(),
                extra,
                bodies);
    }

    private static InternetAddress one(Address[] addresses) {
        if (addresses.length != 1) {
            throw new AssertionError(addresses.length + " addresses in a field of one");
        }
        return (InternetAddress) addresses[0];
    }

    private static String decoded(InputStream body) throws IOException {
        return body(new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }

    public static ReadLetter byMime4j(byte[] wire) throws MimeException, IOException {
        List<Field> fields = new ArrayList<>();
        List<String> bodies = new ArrayList<>();
        MimeStreamParser parser = new MimeStreamParser(new MimeConfig.Builder()
                .setStrictParsing(true)
                .setMaxLineLen(1000)
                .setMaxHeaderLen(-1)
                .setMaxHeaderCount(100)
                .build());
        parser.setContentDecoding(true);
        parser.setContentHandler(new AbstractContentHandler() {
            private int depth;

            @Override
            public void startBodyPart() {
                depth++;
            }

            @Override
            public void field(Field field) {
                if (depth == 0) {
                    fields.add(field);
                }
            }

            @Override
            public void body(BodyDescriptor descriptor, InputStream body) throws IOException {
                bodies.add(decoded(body));
            }
        });
        parser.parse(new ByteArrayInputStream(wire));
        List<String> names = fields.stream().map(Field::getName).toList();
        String extra = names.size() > 6 && !names.get(6).startsWith("Content-") ? text(fields.get(6)) : "";
        String[] from = mailbox(fields.get(0));
        String[] to = mailbox(fields.get(1));
        return new ReadLetter(names, text(fields.get(2)), from[0], from[1], to[0], to[1], extra, bodies);
    }

    private static String text(Field field) {
        return DecoderUtil.decodeEncodedWords(field.getBody(), DecodeMonitor.STRICT);
    }

    private static String[] mailbox(Field field) {
        String body = field.getBody();
        if (!body.endsWith(">")) {
            return new String[] {"", body};
        }
        int open = body.lastIndexOf(" <");
        byte[] phrase = ContentUtil.encode(StandardCharsets.UTF_8, body.substring(0, open))
                .toByteArray();
        String name = RawFieldParser.DEFAULT.parseValue(
                new ByteArrayBuffer(phrase, true), new ParserCursor(0, phrase.length), null);
        return new String[] {
            DecoderUtil.decodeEncodedWords(name, DecodeMonitor.STRICT), body.substring(open + 2, body.length() - 1)
        };
    }
}
