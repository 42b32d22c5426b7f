package org.dailypapers.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.dailypapers.letter.LetterContent;
import org.dailypapers.letter.LetterParts;
import org.dailypapers.letter.LetterWriter;
import org.dailypapers.letter.ListHeaders;
import org.dailypapers.letter.address.Mailbox;
import org.dailypapers.letter.address.Sender;
import org.dailypapers.letter.wire.Header;
import org.dailypapers.outbox.OutboundMessage;
import org.dailypapers.smtp.DeliveryResult;
import org.dailypapers.smtp.Letter;
import org.dailypapers.smtp.MailTransport;
import org.dailypapers.smtp.Relay;
import org.dailypapers.smtp.RelayAddress;
import org.dailypapers.smtp.RelaySettings;
import org.dailypapers.smtp.TransportFailure;
import org.dailypapers.token.ReturnAddresses;
import org.dailypapers.token.SigningKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hostile text in every field that reaches a header or the envelope, seen on the wire: the letter is refused before a word
 * of it is said, or the dialogue has the commands, the one recipient and the headers that it should have.
 */
class WireInjectionTest {

    private static final int SAMPLE = 100;
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    private static final Mailbox PAPERS = new Mailbox("Daily Papers", "papers@example.org");
    private static final Mailbox ADA = new Mailbox("Ada", "ada@example.org");
    private static final ZonedDateTime DATE = ZonedDateTime.parse("2026-03-03T06:00:00Z");
    private static final URI UNSUBSCRIBE = URI.create("https://papers.example.org/u/x");
    private static final LetterWriter WRITER = new LetterWriter(Optional.empty(), Optional.empty());
    private static final EnvelopeSenders NO_VERP = senders(Optional.empty());

    /** What is made of a unit that might end a line, a path or a field. */
    private static final List<UnaryOperator<String>> PAYLOADS = List.of(
            unit -> "a" + unit + "b",
            unit -> "a" + unit + "b\r\nRCPT TO:<evil@example.org>\r\nBcc: evil@example.org\r\n\r\n.\r\nQUIT\r\nb",
            unit -> String.join(unit, "a", "RCPT TO:<evil@example.org>", "Bcc: evil@example.org", "", ".", "QUIT", "b"),
            unit -> String.join(unit, "a", "RCPT", "evil@example.org", ".", "b"),
            unit -> "a@example.org>" + unit + "RCPT TO:<evil@example.org>" + unit + "NOTIFY=NEVER <b",
            unit -> "a:" + unit + "b@example.org," + unit + "evil@example.org;" + unit);

    private final GullibleSmtpServer server;

    WireInjectionTest() throws IOException {
        server = new GullibleSmtpServer();
    }

    /** A letter on its way, and the names of the headers that it should have. */
    private record Composed(Letter letter, List<String> headers) {}

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    static Stream<Arguments> fields() {
        return Stream.of(
                field("recipient's local part", t -> to(new Mailbox("Ada", t + "@example.org"))),
                field("recipient's quoted local part", t -> to(new Mailbox("Ada", "\"" + t + "\"@example.org"))),
                field("recipient's domain", t -> to(new Mailbox("Ada", "ada@" + t + ".org"))),
                field("recipient's name", t -> to(new Mailbox(t, "ada@example.org"))),
                field("operator's name in quotes", t -> to(Mailbox.parse("\"" + t + "\" <ada@example.org>"))),
                field("operator's mailbox", t -> to(Mailbox.parse(t + " <ada@example.org>"))),
                field("operator's address", t -> to(Mailbox.parse("Ada <" + t + "@example.org>"))),
                field("sender's local part", t -> from(new Mailbox("Papers", t + "@example.org"))),
                field("sender's quoted local part", t -> from(new Mailbox("Papers", "\"" + t + "\"@example.org"))),
                field("sender's domain", t -> from(new Mailbox("Papers", "papers@" + t + ".org"))),
                field("sender's name", t -> from(new Mailbox(t, "papers@example.org"))),
                field("bounces' domain", t -> letter(PAPERS, ADA, "s", List.of(), senders(Optional.of(t + ".org")))),
                field("subject", t -> letter(PAPERS, ADA, t, List.of(), NO_VERP)),
                field("Message-ID's left side", t -> identified(t + "@example.org", "=_b")),
                field("Message-ID's right side", t -> identified("id@" + t + ".org", "=_b")),
                field("boundary", t -> identified("id@example.org", t)),
                field("List-Id", t -> list(t + ".example.org", "Papers", UNSUBSCRIBE, Optional.empty(), "f")),
                field("list's name", t -> list("papers.example.org", t, UNSUBSCRIBE, Optional.empty(), "f")),
                field("List-Unsubscribe", t -> list("papers.example.org", "Papers", link(t), Optional.empty(), "f")),
                field("mailto", t -> list("papers.example.org", "Papers", UNSUBSCRIBE, Optional.of(t + "@a.org"), "f")),
                field("Feedback-ID", t -> list("papers.example.org", "Papers", UNSUBSCRIBE, Optional.empty(), t)),
                field("header of text", t -> headed(Header.text("X-Extra", t))),
                field("header with a syntax", t -> headed(Header.structured("X-Extra", t))),
                field("header's name", t -> headed(Header.text(t, "extra"))),
                field("plain text", t -> bodied(t, "<p>html</p>")),
                field("HTML", t -> bodied("text", t)),
                field("envelope's sender", t -> enveloped(t + "@example.org", "ada@example.org")),
                field("envelope's whole sender", t -> enveloped(t, "ada@example.org")),
                field("envelope's recipient", t -> enveloped("papers@example.org", t + "@example.org")),
                field("envelope's whole recipient", t -> enveloped("papers@example.org", t)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fields")
    void aFieldAddsNoCommandNoRecipientAndNoHeader(String field, Function<String, Composed> composer) throws Exception {
        int taken = 0;
        int refused = 0;
        try (MailTransport.MailConnection connection = relay("example.org").open()) {
            assertEquals(List.of("EHLO example.org"), server.heard());
            for (String unit : units()) {
                for (int payload = 0; payload < PAYLOADS.size(); payload++) {
                    String which = field + ", U+" + Integer.toHexString(unit.charAt(0)) + ", payload " + payload
                            + "; again with -Dseed=" + SEED;
                    Composed composed;
                    try {
                        composed = composer.apply(PAYLOADS.get(payload).apply(unit));
                    } catch (IllegalArgumentException e) {
                        refused++;
                        continue;
                    }
                    DeliveryResult result = connection.send(composed.letter());
                    assertInstanceOf(DeliveryResult.Accepted.class, result, which);
                    assertExpected(composed, server.heard(), which);
                    taken++;
                }
            }
        }
        assertEquals(List.of("QUIT", GullibleSmtpServer.END), server.heardToTheEnd());
        assertTrue(taken > 0, field + ": " + taken + " letters, seed " + SEED);
        boolean encoded = field.equals("plain text") || field.equals("HTML") || field.equals("List-Unsubscribe");
        assertTrue(encoded || refused > 0, field + ": nothing refused, seed " + SEED);
    }

    private static void assertExpected(Composed composed, List<String> heard, String which) {
        Letter letter = composed.letter();
        assertEquals(letter.sender(), path("MAIL FROM:", heard.get(0), which), which);
        assertEquals(letter.recipient(), path("RCPT TO:", heard.get(1), which), which);
        assertEquals("DATA", heard.get(2), which);
        assertEquals(heard.size() - 1, heard.indexOf("."), which);
        List<String> body = heard.subList(3, heard.size() - 1);
        assertEquals(composed.headers(), headerNames(body), which);
        var message = new StringBuilder();
        for (String line : body) {
            // RFC 5321 §4.5.2
            message.append(line, line.startsWith(".") ? 1 : 0, line.length()).append("\r\n");
        }
        assertEquals(new String(letter.bytes(), StandardCharsets.ISO_8859_1), message.toString(), which);
    }

    /** What stands between the command's angle brackets, where nothing but known parameters stands around them. */
    private static String path(String command, String octets, String which) {
        String line = new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        assertTrue(line.startsWith(command + "<"), () -> which + ": " + line);
        int from = command.length() + 1;
        int to = from;
        for (boolean quoted = false; quoted || line.charAt(to) != '>'; to++) {
            quoted ^= line.charAt(to) == '"';
            to += quoted && line.charAt(to) == '\\' ? 1 : 0;
        }
        String parameters = line.substring(to + 1);
        assertTrue(parameters.matches("( SMTPUTF8)?( SIZE=[0-9]+)?( BODY=8BITMIME)?"), () -> which + ": " + line);
        return line.substring(from, to);
    }

    private static List<String> headerNames(List<String> body) {
        return body.subList(0, body.indexOf("")).stream()
                .filter(line -> !line.startsWith(" ") && !line.startsWith("\t"))
                .map(line -> line.contains(":") ? line.substring(0, line.indexOf(':')) : line)
                .toList();
    }

    @Test
    void theNameInEhloAddsNoCommand() throws Exception {
        int greeted = 0;
        for (String unit : units()) {
            for (UnaryOperator<String> payload : PAYLOADS.subList(0, 3)) {
                String name = payload.apply(unit);
                String octets = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
                List<String> expected = List.of(GullibleSmtpServer.END);
                try {
                    relay(name).open().close();
                    expected = List.of("EHLO " + octets, "QUIT", GullibleSmtpServer.END);
                    greeted++;
                } catch (TransportFailure e) {
                    assertTrue(name.contains("\r") || name.contains("\n"), e.getMessage());
                }
                assertEquals(
                        expected,
                        server.heardToTheEnd(),
                        () -> "U+" + Integer.toHexString(unit.charAt(0)) + "; again with -Dseed=" + SEED);
            }
        }
        assertTrue(greeted > 0);
    }

    static final List<String> LETTER_ENDS = List.of(
            "\r\n.\r\n",
            "\n.\n",
            "\r.\r",
            "\n.\r\n",
            "\r\n.\n",
            "\r\n.\r",
            "\r.\r\n",
            "\n.\r",
            "\r.\n",
            "\n\n.\r\n",
            "\r\r\n.\r\n",
            "\r\n\0.\r\n",
            "\r\n.\0\r\n",
            "\r\n..\r\n",
            "\u0085.\u0085",
            "\u2028.\u2028");

    @ParameterizedTest
    @FieldSource("LETTER_ENDS")
    void noLineEndInItsBytesEndsALetter(String end) throws Exception {
        String smuggled =
                "MAIL FROM:<evil@example.org>\r\nRCPT TO:<ada@example.org>\r\nDATA\r\nSubject: evil\r\n\r\nevil";
        try (MailTransport.MailConnection connection = relay("example.org").open()) {
            server.heard();
            for (String head : List.of("Subject: s\r\n\r\nwords", "Subject: s\r\n\r\n", "Subject: s", "")) {
                byte[] bytes = (head + end + smuggled + end).getBytes(StandardCharsets.UTF_8);
                DeliveryResult result =
                        connection.send(new Letter("papers@example.org", "ada@example.org", bytes, false, false));
                assertInstanceOf(DeliveryResult.Accepted.class, result);
                List<String> heard = server.heard();
                assertEquals("papers@example.org", path("MAIL FROM:", heard.get(0), end));
                assertEquals("ada@example.org", path("RCPT TO:", heard.get(1), end));
                assertEquals("DATA", heard.get(2));
                assertEquals(heard.size() - 1, heard.indexOf("."), heard::toString);
                assertEquals(-1, heard.indexOf(GullibleSmtpServer.BARE), heard::toString);
            }
        }
        assertEquals(List.of("QUIT", GullibleSmtpServer.END), server.heardToTheEnd());
    }

    /** Some that are harmless, all controls and line separators, some lone surrogates and specials, and a random sample. */
    private static List<String> units() {
        var units = new StringBuilder("x7\u00E9\u03C2\u6F22\u200C\u200D\u00A0\uFF1E\uFF20\uFFFF\u2028\u2029");
        units.append("\uD800\uDBFF\uDC00\uDFFF \"\\<>()[],:;@.");
        for (char control = 0; control <= 0x9F; control++) {
            if (Character.isISOControl(control)) {
                units.append(control);
            }
        }
        var random = new Random(SEED);
        for (int i = 0; i < SAMPLE; i++) {
            units.append((char) random.nextInt(0x10000));
        }
        List<String> each = new ArrayList<>(units.length());
        for (int i = 0; i < units.length(); i++) {
            each.add(units.substring(i, i + 1));
        }
        return each;
    }

    private static Arguments field(String name, Function<String, Composed> composer) {
        return arguments(name, composer);
    }

    private static Composed to(Mailbox recipient) {
        return letter(PAPERS, recipient, "s", List.of(), NO_VERP);
    }

    private static Composed from(Mailbox sender) {
        return letter(sender, ADA, "s", List.of(), NO_VERP);
    }

    private static Composed headed(Header header) {
        return letter(PAPERS, ADA, "s", List.of(header), NO_VERP);
    }

    private static Composed list(String id, String name, URI link, Optional<String> mailto, String feedback) {
        return letter(PAPERS, ADA, "s", ListHeaders.digest(id, name, link, mailto, true, feedback), NO_VERP);
    }

    private static Composed letter(
            Mailbox from, Mailbox to, String subject, List<Header> extra, EnvelopeSenders senders) {
        String id = "id@" + new Sender(from, Optional.empty()).domain();
        // A domain outside of ASCII names no Message-ID; that is not what is asked here.
        String ascii = id.chars().allMatch(c -> c < 0x80) ? id : "id@example.org";
        return composed(
                new LetterContent(from, to, subject, DATE, ascii, "=_b", LetterParts.of("text", null), extra), senders);
    }

    private static Composed identified(String id, String boundary) {
        return composed(
                new LetterContent(
                        PAPERS, ADA, "s", DATE, id, boundary, LetterParts.of("text", "<p>html</p>"), List.of()),
                NO_VERP);
    }

    private static Composed bodied(String text, String html) {
        return composed(
                new LetterContent(
                        PAPERS, ADA, "s", DATE, "id@example.org", "=_b", LetterParts.of(text, html), List.of()),
                NO_VERP);
    }

    private static Composed composed(LetterContent content, EnvelopeSenders senders) {
        List<String> headers = new ArrayList<>(List.of("From", "To", "Subject", "Date", "Message-ID", "MIME-Version"));
        content.extraHeaders().forEach(header -> headers.add(header.name()));
        headers.add("Content-Type");
        if (content.body().html() == null) {
            headers.add("Content-Transfer-Encoding");
        }
        var message = new OutboundMessage(7, "digest", 7, 0, 0, Instant.EPOCH, 1);
        return new Composed(senders.stamp(message, enveloped(content, WRITER.write(content))), headers);
    }

    private static Letter enveloped(LetterContent content, byte[] bytes) {
        try {
            return Letter.transparent(
                    content.from().wireAddress(), content.to().wireAddress(), bytes, content.needsSmtpUtf8());
        } catch (IllegalArgumentException e) {
            throw new AssertionError("The envelope does not take an address that a header takes", e);
        }
    }

    private static Composed enveloped(String sender, String recipient) {
        Composed composed = to(ADA);
        return new Composed(
                Letter.transparent(sender, recipient, composed.letter().bytes(), true), composed.headers());
    }

    private static URI link(String text) {
        try {
            return new URI("https", "papers.example.org", "/u/" + text, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static EnvelopeSenders senders(Optional<String> domain) {
        var keys = new SigningKeys("a secret of a test, long enough", List.of());
        return new EnvelopeSenders(new ReturnAddresses(keys), domain);
    }

    private Relay relay(String localName) {
        return new Relay(new RelayAddress(
                "127.0.0.1",
                server.port(),
                RelaySettings.Security.NONE,
                Optional.empty(),
                Optional.empty(),
                10_000,
                localName));
    }
}
