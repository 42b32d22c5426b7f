package org.dailypapers.mailbox;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailboxServerTest {

    private static final Instant MORNING = Instant.parse("2026-08-01T06:00:00Z");
    private static final Clock CLOCK = Clock.fixed(MORNING, ZoneOffset.UTC);

    @TempDir
    Path folder;

    private final MailboxServer server = new MailboxServer(CLOCK, 0);
    private int port;

    @BeforeEach
    void start() {
        port = server.start(folder);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private CaughtMail mail() {
        return server.mail().orElseThrow();
    }

    private String kept(int number) {
        return new String(mail().letter(number).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void whatJakartaMailSendsIsKeptByteForByteWithItsEnvelope() throws Exception {
        Properties settings = new Properties();
        settings.setProperty("mail.smtp.host", "localhost");
        settings.setProperty("mail.smtp.port", Integer.toString(port));
        settings.setProperty("mail.smtp.from", "bounce+x@example.org");
        MimeMessage message = new MimeMessage(Session.getInstance(settings));
        message.setFrom(new InternetAddress("papers@example.org", "Daily Papers"));
        message.setRecipients(Message.RecipientType.TO, "ada@example.org, bob@example.org");
        message.setSubject("Größe", "UTF-8");
        message.setText("A first line\r\n.\r\n..two dots\r\nlast\r\n", "UTF-8");

        Transport.send(message);

        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        message.writeTo(wire);
        Letter letter = mail().newest().orElseThrow();
        assertArrayEquals(wire.toByteArray(), letter.bytes());
        assertEquals(
                new Envelope("bounce+x@example.org", List.of("ada@example.org", "bob@example.org")), letter.envelope());
        assertEquals(MORNING, letter.received());
        assertEquals(
                "X-Envelope-From: bounce+x@example.org\nX-Envelope-To: ada@example.org\n"
                        + "X-Envelope-To: bob@example.org\nX-Received: 2026-08-01T06:00:00Z\n",
                Files.readString(folder.resolve("000001.envelope")));
    }

    @Test
    void twoLettersGoThroughOneConnection() throws IOException {
        try (SmtpLine line = SmtpLine.greeted(port)) {
            assertEquals("250 2.0.0 Kept as letter 1", line.letter("a@x.org", "b@x.org", "Subject: one\r\n\r\n1\r\n"));
            assertEquals("250 2.0.0 Kept as letter 2", line.letter("", "c@x.org", "Subject: two\r\n\r\n2\r\n"));
            assertTrue(line.say("QUIT").startsWith("221"));
        }
        assertEquals("Subject: one\r\n\r\n1\r\n", kept(1));
        assertEquals("Subject: two\r\n\r\n2\r\n", kept(2));
        assertEquals("", mail().letter(2).orElseThrow().envelope().from());
        assertEquals(
                List.of("c@x.org"), mail().letter(2).orElseThrow().envelope().recipients());
    }

    @Test
    void stuffedDotsAreUnstuffed() throws IOException {
        try (SmtpLine line = SmtpLine.greeted(port)) {
            line.letter("a@x.org", "b@x.org", "S: x\r\n\r\n..\r\n...two\r\n.. \r\nend.\r\n");
        }
        assertEquals("S: x\r\n\r\n.\r\n..two\r\n. \r\nend.\r\n", kept(1));
    }

    @Test
    void eightBitBytesArriveUnchanged() throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes("Subject: bytes\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        for (int b = 128; b < 256; b++) {
            data.write(b);
        }
        data.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        try (SmtpLine line = SmtpLine.greeted(port)) {
            assertTrue(line.say("MAIL FROM:<a@x.org> BODY=8BITMIME").startsWith("250"));
            line.say("RCPT TO:<b@x.org>");
            line.say("DATA");
            line.send(data.toByteArray());
            assertTrue(line.say(".").startsWith("250"));
        }
        assertArrayEquals(data.toByteArray(), mail().letter(1).orElseThrow().bytes());
    }

    @Test
    void internationalAddressesAreTaken() throws IOException {
        try (SmtpLine line = SmtpLine.greeted(port)) {
            assertTrue(line.say("MAIL FROM:<grüße@bücher.example> SMTPUTF8").startsWith("250"));
            assertTrue(line.say("RCPT TO:<用户@例子.example>").startsWith("250"));
            line.say("DATA");
            line.send("Subject: größer\r\n\r\nx\r\n");
            assertTrue(line.say(".").startsWith("250"));
        }
        assertEquals(
                new Envelope("grüße@bücher.example", List.of("用户@例子.example")),
                mail().letter(1).orElseThrow().envelope());
        server.stop();
        assertEquals(
                List.of("用户@例子.example"),
                new CaughtMail(folder, CLOCK).letter(1).orElseThrow().envelope().recipients());
    }

    @Test
    void theExtensionsAreAnnounced() throws IOException {
        try (SmtpLine line = new SmtpLine(port)) {
            assertTrue(line.reply().startsWith("220 localhost ESMTP"));
            assertEquals(
                    "250-localhost\n250-PIPELINING\n250-SIZE 10000000\n250-8BITMIME\n250 SMTPUTF8",
                    line.say("EHLO me"));
        }
    }

    @Test
    void pipelinedCommandsAreAnsweredInOrder() throws IOException {
        try (SmtpLine line = SmtpLine.greeted(port)) {
            line.send("MAIL FROM:<a@x.org>\r\nRCPT TO:<b+bounce@x.org>\r\nRCPT TO:<c@x.org>\r\nDATA\r\n");
            assertTrue(line.reply().startsWith("250"));
            assertTrue(line.reply().startsWith("550 5.1.1"));
            assertTrue(line.reply().startsWith("250"));
            assertTrue(line.reply().startsWith("354"));
            line.send("S: p\r\n\r\nx\r\n.\r\nMAIL FROM:<d@x.org>\r\n");
            assertEquals("250 2.0.0 Kept as letter 1", line.reply());
            assertTrue(line.reply().startsWith("250"));
        }
        assertEquals(
                List.of("c@x.org"), mail().letter(1).orElseThrow().envelope().recipients());
    }

    @Test
    void aLetterThatIsTooBigIsRefusedAndTheNextIsTaken() throws IOException {
        byte[] big = "0123456789abcde\r\n".repeat(600_000).getBytes(StandardCharsets.US_ASCII);
        try (SmtpLine line = SmtpLine.greeted(port)) {
            assertTrue(line.say("MAIL FROM:<a@x.org> SIZE=10000001").startsWith("552 5.3.4"));
            assertTrue(line.letter("a@x.org", "b@x.org", big).startsWith("552 5.3.4"));
            assertEquals("250 2.0.0 Kept as letter 1", line.letter("a@x.org", "b@x.org", "S: ok\r\n\r\nx\r\n"));
        }
        assertEquals(1, mail().count());
    }

    @Test
    void rsetForgetsTheTransaction() throws IOException {
        try (SmtpLine line = SmtpLine.greeted(port)) {
            line.say("MAIL FROM:<a@x.org>");
            line.say("RCPT TO:<b@x.org>");
            assertTrue(line.say("RSET").startsWith("250"));
            assertTrue(line.say("DATA").startsWith("503"));
            assertTrue(line.letter("c@x.org", "d@x.org", "S: x\r\n\r\nx\r\n").startsWith("250"));
        }
        assertEquals(1, mail().count());
        assertEquals(
                new Envelope("c@x.org", List.of("d@x.org")),
                mail().letter(1).orElseThrow().envelope());
    }

    @Test
    void aLineLostWithinTheMessageLeavesNothing() throws Exception {
        try (SmtpLine line = SmtpLine.greeted(port)) {
            line.say("MAIL FROM:<a@x.org>");
            line.say("RCPT TO:<b@x.org>");
            line.say("DATA");
            line.send("Subject: half\r\n\r\nand th");
        }
        server.stop();
        assertEquals(0, new CaughtMail(folder, CLOCK).count());
    }

    @Test
    void scriptedRecipientsFailAsTheySay() throws IOException {
        try (SmtpLine line = SmtpLine.greeted(port)) {
            line.say("MAIL FROM:<a@x.org>");
            assertTrue(line.say("RCPT TO:<ada+bounce@x.org>").startsWith("550 5.1.1 "));
            assertTrue(line.say("RCPT TO:<ada+Defer-1@x.org>").startsWith("451 4.3.0 "));
            assertTrue(line.say("RCPT TO:<ada@x+bounce.org>").startsWith("250"));
            long before = System.nanoTime();
            assertTrue(line.say("RCPT TO:<ada+slow@x.org>").startsWith("250"));
            assertTrue(Duration.ofNanos(System.nanoTime() - before).compareTo(Duration.ofMillis(2900)) > 0);
        }
    }

    @Test
    void eightConnectionsOfFiftyLettersLoseAndConfuseNothing() throws Exception {
        Set<String> acknowledged = new HashSet<>();
        try (ExecutorService senders = Executors.newFixedThreadPool(8)) {
            List<Callable<List<String>>> runs = new ArrayList<>();
            for (int s = 0; s < 8; s++) {
                int sender = s;
                runs.add(() -> fiftyLetters(sender));
            }
            for (Future<List<String>> run : senders.invokeAll(runs, 2, TimeUnit.MINUTES)) {
                acknowledged.addAll(run.get());
            }
        }
        assertEquals(400, acknowledged.size());
        assertEquals(400, mail().count());
        Set<String> onDisk = new HashSet<>();
        for (int n = 1; n <= 400; n++) {
            Letter letter = mail().letter(n).orElseThrow();
            String body = kept(n);
            assertEquals(letter.envelope().from() + "\r\n", body.substring(body.indexOf("\r\n\r\n") + 4));
            onDisk.add(n + " " + letter.envelope().from());
        }
        assertEquals(acknowledged, onDisk);
    }

    private List<String> fiftyLetters(int sender) throws IOException {
        List<String> acknowledged = new ArrayList<>();
        try (SmtpLine line = SmtpLine.greeted(port)) {
            for (int i = 0; i < 50; i++) {
                String from = "s" + sender + "-" + i + "@x.org";
                String reply = line.letter(from, "to@x.org", "Subject: x\r\n\r\n" + from + "\r\n");
                int number = Integer.parseInt(reply.substring(reply.lastIndexOf(' ') + 1));
                assertTrue(Files.exists(folder.resolve("%06d.eml".formatted(number))), reply);
                acknowledged.add(number + " " + from);
            }
        }
        return acknowledged;
    }

    @Test
    void aRestartKeepsTheLettersAndGoesOnCounting() throws IOException {
        try (SmtpLine line = SmtpLine.greeted(port)) {
            line.letter("a@x.org", "b@x.org", "S: one\r\n\r\n1\r\n");
            line.letter("a@x.org", "b@x.org", "S: two\r\n\r\n2\r\n");
        }
        server.stop();
        assertTrue(server.mail().isEmpty());
        assertTrue(server.port().isEmpty());
        port = server.start(folder);
        assertEquals(2, mail().count());
        assertEquals("S: one\r\n\r\n1\r\n", kept(1));
        assertEquals(
                new Envelope("a@x.org", List.of("b@x.org")),
                mail().letter(1).orElseThrow().envelope());
        assertEquals(MORNING, mail().letter(1).orElseThrow().received());
        try (SmtpLine line = SmtpLine.greeted(port)) {
            assertEquals("250 2.0.0 Kept as letter 3", line.letter("a@x.org", "b@x.org", "S: 3\r\n\r\n3\r\n"));
        }
    }

    @Test
    void whatAKillLeftHalfWrittenIsClearedAway() throws IOException {
        server.stop();
        Files.writeString(folder.resolve("000007.eml.part"), "half");
        Files.writeString(folder.resolve("000008.envelope"), "X-Envelope-From: a@x.org\n");
        Files.writeString(folder.resolve("000003.eml"), "S: no envelope\r\n\r\n");
        Files.writeString(folder.resolve("notes.txt"), "not ours");
        CaughtMail mail = new CaughtMail(folder, CLOCK);
        assertEquals(1, mail.count());
        assertEquals(new Envelope("", List.of()), mail.letter(3).orElseThrow().envelope());
        assertEquals(9, mail.add(new Envelope("a@x.org", List.of("b@x.org")), new byte[0]));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    Set.of("000003.eml", "000009.eml", "000009.envelope", "notes.txt"),
                    Set.copyOf(files.map(f -> f.getFileName().toString()).toList()));
        }
    }

    @Test
    void theNewestThousandLettersAreKept() throws IOException {
        CaughtMail mail = mail();
        for (int i = 0; i < 1_005; i++) {
            mail.add(new Envelope("a@x.org", List.of("b@x.org")), new byte[] {'x'});
        }
        assertEquals(1_000, mail.count());
        assertTrue(mail.letter(5).isEmpty());
        assertTrue(mail.letter(6).isPresent());
        assertEquals(1_005, mail.newest().orElseThrow().number());
        assertFalse(Files.exists(folder.resolve("000005.eml")));
        assertFalse(Files.exists(folder.resolve("000005.envelope")));
        assertEquals(IntStream.iterate(1_005, n -> n - 1).limit(50).boxed().toList(), numbers(mail.page(1)));
        assertEquals(IntStream.iterate(55, n -> n - 1).limit(50).boxed().toList(), numbers(mail.page(20)));
        assertEquals(List.of(), mail.page(21));
        assertEquals(1_000, new CaughtMail(folder, CLOCK).count());
    }

    @Test
    void theNewestBytesAreKept() {
        server.stop();
        CaughtMail mail = new CaughtMail(folder, CLOCK, 1_000, 1_000);
        for (int i = 0; i < 5; i++) {
            mail.add(new Envelope("a@x.org", List.of("b@x.org")), new byte[400]);
        }
        assertEquals(List.of(5, 4), numbers(mail.page(1)));
        mail.add(new Envelope("a@x.org", List.of("b@x.org")), new byte[2_000]);
        assertEquals(List.of(6), numbers(mail.page(1)));
        assertEquals(7, new CaughtMail(folder, CLOCK, 1_000, 1_000).add(new Envelope("", List.of()), new byte[1]));
    }

    private static List<Integer> numbers(List<Letter> letters) {
        return letters.stream().map(Letter::number).toList();
    }

    @Test
    void whereTheFolderCannotBeWrittenTheSenderIsToldToComeAgain() throws IOException {
        try (SmtpLine line = SmtpLine.greeted(port)) {
            Files.createDirectory(folder.resolve("000001.eml.part"));
            assertTrue(line.letter("a@x.org", "b@x.org", "S: x\r\n\r\nx\r\n").startsWith("452 4.3.1"));
            assertEquals(0, mail().count());
            assertTrue(line.letter("a@x.org", "b@x.org", "S: x\r\n\r\nx\r\n").startsWith("250"));
        }
    }

    @Test
    void onlyTheLoopbackInterfaceListens() throws SocketException {
        List<InetAddress> others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList();
        for (InetAddress other : others) {
            assertThrows(IOException.class, () -> {
                try (Socket socket = new Socket()) {
                    socket.connect(new InetSocketAddress(other, port), 500);
                }
            });
        }
    }

    @Test
    void aConfiguredPortIsTakenAndATakenOneIsNamed() throws IOException {
        int free;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = probe.getLocalPort();
        }
        MailboxServer fixed = new MailboxServer(CLOCK, free);
        MailboxServer late = new MailboxServer(CLOCK, free);
        try {
            assertEquals(free, fixed.start(folder.resolve("one")));
            String why = assertThrows(IllegalStateException.class, () -> late.start(folder.resolve("two")))
                    .getMessage();
            assertTrue(why.contains("port " + free), why);
            assertThrows(IllegalStateException.class, () -> fixed.start(folder.resolve("one")));
        } finally {
            fixed.stop();
        }
    }

    @Test
    void fiftyConnectionsAreServedAndTheNextIsAskedToWait() throws IOException {
        List<SmtpLine> lines = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                lines.add(SmtpLine.greeted(port));
            }
            SmtpLine late = new SmtpLine(port);
            lines.add(late);
            assertTrue(late.reply().startsWith("421"));
        } finally {
            for (SmtpLine line : lines) {
                line.close();
            }
        }
    }
}
