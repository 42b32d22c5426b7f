package org.dailypapers.returns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.mail.Flags;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Scanner;
import org.dailypapers.AcceptingTransport;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.MovedClock;
import org.dailypapers.ScriptedSource;
import org.dailypapers.audience.ReaderActs;
import org.dailypapers.command.verb.Commands;
import org.dailypapers.command.verb.Console;
import org.dailypapers.command.verb.SpooledInput;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.delivery.EnvelopeSenders;
import org.dailypapers.digest.DigestComposer;
import org.dailypapers.digest.DigestLedger;
import org.dailypapers.edition.Intake;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.reputation.Alarm;
import org.dailypapers.reputation.Alarms;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.smtp.Letter;
import org.dailypapers.source.RealData;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.PauseReason;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.token.ReturnAddresses;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a digest that was accepted to what follows from what comes back of it. */
@QuarkusTest
class ReturnsTest {

    private static final String DOMAIN = "bounces.example.org";
    private static final LocalDate EDITION = LocalDate.parse("2026-03-01");
    private static final String GONE = "550 5.1.1 no such mailbox";
    private static final String FULL = "552 5.2.2 mailbox full";

    @Inject
    FreshService service;

    @Inject
    Database database;

    @Inject
    MovedClock clock;

    @Inject
    House house;

    @Inject
    Intake intake;

    @Inject
    DigestComposer composer;

    @Inject
    Delivery delivery;

    @Inject
    DigestLedger ledger;

    @Inject
    Subscriptions subscriptions;

    @Inject
    SuppressionList suppressions;

    @Inject
    Alarms alarms;

    @Inject
    ReturnAddresses addresses;

    @Inject
    Returns returns;

    @Inject
    BounceMailbox mailbox;

    @Inject
    MeterRegistry metrics;

    private final AcceptingTransport relay = new AcceptingTransport();

    @BeforeEach
    void begin() {
        service.at("2026-03-02T12:00:00Z");
        relay.accepted.clear();
    }

    private void papers(LocalDate day) {
        intake.file(
                ScriptedSource.NAME,
                java.util.stream.Stream.of(
                        House.paper("2603." + (10_000 + day.getDayOfYear()), "A graph of " + day, day.toString(), 9)),
                n -> {});
    }

    /** The next edition closes and everybody is sent a digest of it. */
    private void aDay(LocalDate edition) {
        papers(edition);
        composer.composeByHand(edition, null, n -> {});
        delivery.drain(relay);
    }

    private List<Subscriber> readers(int count) {
        var readers = new ArrayList<Subscriber>();
        for (int i = 1; i <= count; i++) {
            readers.add(house.reader("reader" + i).interestedIn("graph").confirmed());
        }
        return readers;
    }

    /** The newest message to a reader. */
    private long message(Subscriber reader) {
        return Long.parseLong(database.rows(
                        "select max(m.id) from message m join digest d on d.id = m.reference where m.kind = 'digest'"
                                + " and d.subscriber_id = " + reader.id)
                .strip());
    }

    private String verp(Subscriber reader) {
        return addresses.localPart(message(reader)) + "@" + DOMAIN;
    }

    private static String report(String to, String recipient, String reply, String more) {
        String status = reply.split(" ")[1];
        return """
                From: Mail Delivery System <MAILER-DAEMON@mx.example.net>
                To: %s
                Subject: Undelivered Mail Returned to Sender
                Content-Type: multipart/report; report-type=delivery-status; boundary="b"
                MIME-Version: 1.0

                --b
                Content-Type: text/plain

                I'm sorry to have to inform you that your message could not be delivered.

                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example.net

                Final-Recipient: rfc822; %s
                Action: failed
                Status: %s
                Diagnostic-Code: smtp; %s

                --b
                Content-Type: text/rfc822-headers

                %s
                --b--
                """.formatted(to, recipient, status, reply, more).replace("\n", "\r\n");
    }

    private static String complaint(String to, String returned) {
        return """
                From: <feedback@isp.example>
                To: %s
                Subject: FW: a paper
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=feedback-report; boundary="b"

                --b
                Content-Type: text/plain

                This is an email abuse report.

                --b
                Content-Type: message/feedback-report

                Feedback-Type: abuse
                User-Agent: Some/1.0
                Version: 1

                --b
                Content-Type: message/rfc822

                %s

                --b--
                """.formatted(to, returned).replace("\n", "\r\n");
    }

    private Taken take(String mail) {
        return take(mail, Envelope.UNKNOWN);
    }

    private Taken take(String mail, Envelope envelope) {
        try {
            return returns.take(new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)), envelope);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Taken bounce(Subscriber reader, String reply) {
        return take(report(verp(reader), reader.email, reply, ""));
    }

    private boolean suppressed(Subscriber reader) {
        return suppressions.find(reader.email).isPresent();
    }

    private Subscriber again(Subscriber reader) {
        return subscriptions.find(reader.id).orElseThrow();
    }

    private String state(Subscriber reader) {
        var states = new ArrayList<String>();
        ledger.read(EDITION, page -> page.stream()
                .filter(line -> line.address().equals(reader.email))
                .forEach(line -> states.add(line.state() + " "
                        + (line.returned() == null
                                ? ""
                                : line.returned().kind() + " "
                                        + line.returned().status().orElse("")))));
        return states.getFirst().strip();
    }

    private double counted(String kind) {
        return metrics.counter("dailypapers.bounces", "class", kind).count();
    }

    @Test
    void thePreferencePageSaysWhatCameBackAndWhenWeTryAgain() {
        List<Subscriber> readers = readers(60);
        Subscriber ada = readers.getFirst();
        for (int day = 0; day < 5; day++) {
            aDay(EDITION.plusDays(day));
            clock.move(Duration.ofDays(1));
            bounce(ada, FULL);
        }
        String page = page(ada).get(path(ada)).body().asString();
        assertTrue(page.contains("letters to you came back on 7 March: mailbox full. We try again on "), page);
        assertTrue(page.contains("value=\"resume\""), page);
        Subscriber bob = readers.get(1);
        assertTrue(!page(bob).get(path(bob)).body().asString().contains("came back"));
        bounce(bob, GONE);
        page = page(bob).get(path(bob)).body().asString();
        assertTrue(page.contains("Letters to you came back on 7 March: no such mailbox."), page);
        assertTrue(suppressed(bob), "looking changes nothing");
        page(bob).formParam("action", "retry").post(path(bob));
        assertTrue(suppressed(bob), "once a day");
        clock.move(Duration.ofDays(2));
        page(bob).formParam("action", "retry").post(path(bob));
        assertTrue(!suppressed(bob));
    }

    private static io.restassured.specification.RequestSpecification page(Subscriber reader) {
        return io.restassured.RestAssured.given().urlEncodingEnabled(false);
    }

    private String path(Subscriber reader) {
        return links.preferences(reader.id, clock.instant()).getRawPath();
    }

    @Inject
    org.dailypapers.token.Links links;

    @Test
    void aBounceOfAnAcceptedLetterSuppressesOnceAndStandsInTheLedger() {
        Subscriber ada = readers(60).getFirst();
        aDay(EDITION);
        double before = counted("hard");
        assertEquals(Taken.Followed.COUNTED, bounce(ada, GONE).followed());
        assertTrue(suppressed(ada));
        assertEquals("ACCEPTED hard 5.1.1", state(ada));
        for (int i = 0; i < 3; i++) {
            assertEquals(Taken.Followed.KNOWN, bounce(ada, GONE).followed());
        }
        assertEquals(before + 1, counted("hard"));
        assertEquals("1", database.rows("select count(*) from bounce").strip());
        assertEquals(Consent.CONFIRMED, again(ada).consent, "consent is what the person said");
    }

    @Test
    void aMessageIdWithItsRecipientIsNotedAndSuppressesNobody() {
        List<Subscriber> readers = readers(60);
        aDay(EDITION);
        Subscriber ada = readers.getFirst();
        Subscriber bob = readers.get(1);
        String id = "Message-ID: " + id(ada);
        assertEquals(
                Taken.Followed.STRANGE,
                take(report("papers@example.org", bob.email, GONE, id)).followed());
        assertEquals(
                Taken.Followed.STRANGE,
                take(report("papers@example.org", ada.email, GONE, id.replaceFirst("\\.\\d+@", ".1@")))
                        .followed());
        assertEquals("0", database.rows("select count(*) from suppression").strip());
        assertEquals(
                Taken.Followed.NOTED,
                take(report("papers@example.org", ada.email, GONE, id)).followed());
        assertEquals(
                Taken.Followed.KNOWN,
                take(report("papers@example.org", ada.email, GONE, id)).followed());
        assertFalse(suppressed(ada));
        assertEquals(Taken.Followed.COUNTED, bounce(ada, GONE).followed());
        assertTrue(suppressed(ada));
    }

    private String id(Subscriber reader) {
        Letter letter = relay.accepted.stream()
                .filter(l -> l.recipient().equalsIgnoreCase(reader.email))
                .findFirst()
                .orElseThrow();
        String source = new String(letter.bytes(), StandardCharsets.ISO_8859_1);
        int at = source.indexOf("Message-ID: ") + 12;
        return source.substring(at, source.indexOf("\r\n", at)).strip();
    }

    @Test
    void whatMailSystemsWriteAroundAnAddressDoesNotHideIt() {
        Subscriber ada = readers(60).getFirst();
        aDay(EDITION);
        String local = addresses.localPart(message(ada));
        for (String written : List.of(
                local.toUpperCase(java.util.Locale.ROOT),
                "prvs=12345abcde=" + local,
                "SRS0=AbCd=5F=bounces.example.org=" + local,
                local + "+detail")) {
            database.update("delete from bounce");
            assertEquals(
                    Taken.Followed.COUNTED,
                    take(report(written + "@" + DOMAIN, ada.email, GONE, "")).followed(),
                    written);
        }
    }

    @Test
    void aMailboxThatTheReaderPassesLettersOnToIsNotTheReaders() {
        Subscriber ada = readers(60).getFirst();
        aDay(EDITION);
        take(report(verp(ada), "somebody.else@example.com", GONE, ""));
        assertEquals("0", database.rows("select count(*) from suppression").strip());
        assertEquals("ACCEPTED soft 5.1.1", state(ada));
    }

    @Test
    void fiveLettersInARowThatCameBackPauseThoughTheRelayTookEachLaterOne() {
        Subscriber ada = readers(60).getFirst();
        for (int day = 0; day < 5; day++) {
            assertEquals(null, again(ada).pauseReason);
            aDay(EDITION.plusDays(day));
            clock.move(Duration.ofDays(1));
            bounce(ada, FULL);
        }
        assertEquals(PauseReason.UNREACHABLE, again(ada).pauseReason);
    }

    @Test
    void aLetterThatCanNoLongerComeBackForgivesThoseBeforeIt() {
        Subscriber ada = readers(60).getFirst();
        for (int day = 0; day < 5; day++) {
            aDay(EDITION.plusDays(day));
            clock.move(Duration.ofDays(1));
            if (day < 4) {
                bounce(ada, FULL);
            }
        }
        clock.move(Duration.ofDays(6));
        aDay(EDITION.plusDays(11));
        bounce(ada, FULL);
        assertEquals(null, again(ada).pauseReason);
        assertEquals(
                "1", database.rows("select count(*) from refusal where bounced").strip());
    }

    @Test
    void manyBouncesOfOneEditionSuppressNobodyAndLiftWhatTheyDid() {
        List<Subscriber> readers = readers(100);
        aDay(EDITION);
        for (int i = 0; i < 4; i++) {
            bounce(readers.get(i), GONE);
            clock.move(Duration.ofHours(3));
        }
        assertEquals("4", database.rows("select count(*) from suppression").strip());
        bounce(readers.get(4), GONE);
        assertEquals("0", database.rows("select count(*) from suppression").strip(), "five of a hundred");
        assertTrue(alarms.since(Instant.EPOCH).containsKey(Alarm.HARD_FAILURES));
        bounce(readers.get(5), GONE);
        assertEquals("0", database.rows("select count(*) from suppression").strip());
    }

    @Test
    void aComplaintEndsTheSubscriptionAndOnlyTheOperatorLiftsIt() {
        List<Subscriber> readers = readers(60);
        aDay(EDITION);
        Subscriber ada = readers.getFirst();
        bounce(ada, GONE);
        String returned =
                "Return-Path: <" + verp(ada) + ">\nFrom: papers@example.org\nTo: " + ada.email + "\nSubject: x\n\ntext";
        assertEquals(
                Taken.Followed.COUNTED,
                take(complaint("fbl@example.org", returned)).followed());
        assertEquals(Consent.WITHDRAWN, again(ada).consent);
        assertTrue(suppressions.find(ada.email).orElseThrow().isComplaint());
        assertEquals("ACCEPTED complaint", state(ada));
        assertEquals(
                Taken.Followed.KNOWN,
                take(complaint("fbl@example.org", returned)).followed());
        // Without the signed address it is anybody's.
        Subscriber bob = readers.get(1);
        take(complaint("fbl@example.org", returned.replace(ada.email, bob.email).replaceFirst("<....", "<aaaa")));
        assertEquals(Consent.CONFIRMED, again(bob).consent);
    }

    @Test
    void whatIsNoFailureChangesNothing() {
        Subscriber ada = readers(60).getFirst();
        aDay(EDITION);
        String before = database.dump();
        for (String mail : List.of(
                report(verp(ada), ada.email, GONE, "").replace("Action: failed", "Action: delayed"),
                report(verp(ada), ada.email, "250 2.1.5 fine", "").replace("Action: failed", "Action: delivered"),
                "From: " + ada.email + "\r\nTo: " + verp(ada)
                        + "\r\nSubject: Out of office\r\nAuto-Submitted: auto-replied\r\n\r\nI am away. User unknown. 550 5.1.1",
                "From: " + ada.email + "\r\nTo: " + verp(ada) + "\r\nSubject: a question\r\n\r\nWho are you?")) {
            assertEquals(Taken.Followed.NOTHING, take(mail).followed(), mail);
        }
        assertEquals(before, database.dump());
    }

    @Test
    void aMailToTheAddressInListUnsubscribeUnsubscribes() {
        List<Subscriber> readers = readers(3);
        String head = "From: A Reader <postmaster@example.org>\r\nTo: %s@" + DOMAIN + "\r\nSubject: unsubscribe\r\n";
        String to = addresses.leaving(readers.getFirst().id);
        assertTrue(to.length() < 64);
        assertEquals(to, to.toLowerCase(java.util.Locale.ROOT));
        assertEquals(
                Taken.Followed.NOTHING,
                take(head.formatted(to) + "Auto-Submitted: auto-replied\r\n\r\nI am away")
                        .followed());
        take(report(to + "@" + DOMAIN, "x@example.org", GONE, ""));
        take(head.formatted(to) + "\r\n", new Envelope(true, List.of()));
        take(head.formatted(to.substring(1) + "a") + "\r\n");
        assertEquals(Consent.CONFIRMED, again(readers.getFirst()).consent);
        assertEquals(Taken.Followed.LEFT, take(head.formatted(to) + "\r\n").followed());
        assertEquals(Consent.WITHDRAWN, again(readers.getFirst()).consent);
        take(
                "From: r@example.org\r\nSubject: \r\n\r\n",
                new Envelope(false, List.of(addresses.leaving(readers.get(1).id) + "@" + DOMAIN)));
        assertEquals(Consent.WITHDRAWN, again(readers.get(1)).consent);
        assertEquals(Consent.CONFIRMED, again(readers.get(2)).consent);
    }

    @Test
    void fiveThousandForgedOnesSuppressNobody() {
        List<Subscriber> readers = readers(60);
        aDay(EDITION);
        String before = database.dump();
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            Subscriber reader = readers.get(random.nextInt(readers.size()));
            String real = addresses.localPart(message(readers.get(i % 60)));
            String forged = flipped(real, random);
            String id = "Message-ID: <digest." + random.nextInt(200) + "."
                    + clock.instant().toEpochMilli() + random.nextInt(10) + "@localhost>";
            String mail = random.nextBoolean()
                    ? report(forged + "@" + DOMAIN, reader.email, GONE, id)
                    : complaint(forged + "@" + DOMAIN, "To: " + reader.email + "\n" + id + "\n\ntext");
            assertEquals(Taken.Followed.STRANGE, take(mail).followed(), "seed " + seed + "\n" + mail);
        }
        assertEquals(before, database.dump(), "seed " + seed);
    }

    private static String flipped(String local, Random random) {
        int at = random.nextInt(local.length());
        char other = "abcdefghijklmnopqrstuvwxyz234567".charAt(random.nextInt(32));
        String flipped = local.substring(0, at) + other + local.substring(at + 1);
        return flipped.equals(local) ? flipped(local, random) : flipped;
    }

    @Test
    void theListenerTakesMailToSignedAddressesAloneAndAnswersWhenItCounts() throws IOException {
        Subscriber ada = readers(60).getFirst();
        aDay(EDITION);
        var listener =
                new BounceListener(returns, new EnvelopeSenders(addresses, Optional.of(DOMAIN)), Clock.systemUTC());
        int port = listener.start(0);
        try (var line = new Line(port)) {
            line.says("EHLO mx.example.net", "250");
            line.says("MAIL FROM:<>", "250");
            line.says("RCPT TO:<postmaster@" + DOMAIN + ">", "550");
            line.says(
                    "RCPT TO:<" + flipped(addresses.localPart(message(ada)), new Random(1)) + "@" + DOMAIN + ">",
                    "550");
            line.says("RCPT TO:<" + addresses.localPart(message(ada)) + "@example.com>", "550");
            line.says("RCPT TO:<" + verp(ada) + ">", "250");
            line.says("DATA", "354");
            line.says(report("somebody@example.net", ada.email, GONE, "") + "\r\n.", "250");
            assertEquals("ACCEPTED hard 5.1.1", state(ada));
            line.says("MAIL FROM:<>", "250");
            line.says("RCPT TO:<" + verp(ada) + ">", "250");
            line.says("DATA", "354");
            line.says(report("somebody@example.net", ada.email, GONE, "") + "\r\n.", "250");
            line.says("QUIT", "221");
        } finally {
            listener.stop();
        }
        assertEquals("1", database.rows("select count(*) from bounce").strip());
    }

    @Inject
    ReaderActs acts;

    @Inject
    Outbox outbox;

    @Test
    void whatComesBackOfALetterThatIsSentOnceMoreFindsIt() {
        Subscriber ada = readers(60).getFirst();
        aDay(EDITION);
        assertTrue(acts.resend(EmailAddress.parse(ada.email).orElseThrow()).done());
        assertEquals("QUEUED", state(ada));
        assertEquals(Taken.Followed.COUNTED, bounce(ada, FULL).followed());
        clock.move(Duration.ofDays(2));
        outbox.expireOverdue();
        assertEquals("ACCEPTED soft 5.2.2", state(ada), "one copy had left");
        assertEquals(
                "0",
                database.rows("select count(*) from digest where given_back <> 0")
                        .strip());
    }

    @Test
    void whoGuessesAddressesIsCutOff() throws IOException {
        Subscriber ada = readers(1).getFirst();
        aDay(EDITION);
        var listener =
                new BounceListener(returns, new EnvelopeSenders(addresses, Optional.of(DOMAIN)), Clock.systemUTC());
        int port = listener.start(0);
        try (var line = new Line(port)) {
            line.says("EHLO mx.example.net", "250");
            line.says("MAIL FROM:<>", "250");
            Random random = new Random(2);
            for (int i = 0; i < 10; i++) {
                line.says("RCPT TO:<" + flipped(addresses.localPart(message(ada)), random) + "@" + DOMAIN + ">", "550");
            }
            line.says("RCPT TO:<" + flipped(addresses.localPart(message(ada)), random) + "@" + DOMAIN + ">", "421");
        } finally {
            listener.stop();
        }
    }

    @Test
    void theCommandTellsWhatFollowedAndAPipeWhenToComeAgain(@TempDir Path folder) throws IOException {
        Subscriber ada = readers(60).getFirst();
        aDay(EDITION);
        Files.writeString(folder.resolve("a.eml"), report("papers@example.org", ada.email, GONE, ""));
        String at = message(ada) + "\t";
        assertEquals(
                "a.eml\thard\t5.1.1\t\tno letter of ours\n" + "a.eml\thard\t5.1.1\t" + at
                        + "counted\na.eml\thard\t5.1.1\t" + at + "known before\n",
                run(folder, 0, "bounces", "a.eml") + run(folder, 0, "bounces", "--to=" + verp(ada), "a.eml", "a.eml"));
        assertEquals("absent.eml: there is no such file\n", run(folder, 1, "bounces", "absent.eml"));
        assertEquals(75, SpooledInput.status(Commands.FAILED));
        assertEquals(0, SpooledInput.status(Commands.OK));
        String[] piped = {"bounces", "-"};
        assertTrue(SpooledInput.wanted(piped));
        assertTrue(!SpooledInput.wanted(new String[] {"bounces", "a.eml"}));
        Path kept;
        try (var spooled =
                SpooledInput.read(new ByteArrayInputStream("mail".getBytes(StandardCharsets.UTF_8)), folder)) {
            kept = Path.of(spooled.in(piped)[1]);
            assertEquals("mail", Files.readString(kept));
        }
        assertTrue(Files.notExists(kept));
    }

    private static String run(Path folder, int status, String... arguments) {
        var said = new ByteArrayOutputStream();
        var stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        assertEquals(status, Commands.run(arguments, new Console(stream, stream, folder, false)));
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void tenThousandDamagedRealOnesSuppressNobody() throws IOException {
        readers(60);
        aDay(EDITION);
        var mails = new ArrayList<byte[]>();
        for (Path file : RealData.files("bounces", ".eml")) {
            mails.add(Files.readAllBytes(file));
        }
        long seed = System.nanoTime();
        System.out.println("ReturnsTest: seed " + seed);
        var random = new Random(seed);
        String before = database.dump();
        for (int i = 0; i < 10_000; i++) {
            byte[] mail = mails.get(random.nextInt(mails.size())).clone();
            for (int n = mail.length / 100; n >= 0; n--) {
                mail[random.nextInt(mail.length)] = (byte) random.nextInt();
            }
            returns.take(new ByteArrayInputStream(mail, 0, 1 + random.nextInt(mail.length)), Envelope.UNKNOWN);
        }
        assertEquals(before, database.dump(), "seed " + seed);
    }

    private static final class Line implements AutoCloseable {
        private final Socket socket;
        private final OutputStream out;
        private final Scanner in;

        Line(int port) throws IOException {
            socket = new Socket("127.0.0.1", port);
            out = socket.getOutputStream();
            in = new Scanner(socket.getInputStream(), StandardCharsets.UTF_8);
            in.nextLine();
        }

        void says(String command, String reply) throws IOException {
            out.write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            String said = in.nextLine();
            while (said.length() > 3 && said.charAt(3) == '-') {
                said = in.nextLine();
            }
            assertEquals(reply, said.substring(0, 3), command + "\n" + said);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void aMailboxIsReadOnceByImapAndByPop() throws Exception {
        for (String protocol : List.of(ServerSetup.PROTOCOL_IMAP, ServerSetup.PROTOCOL_POP3)) {
            service.at("2026-03-02T12:00:00Z");
            relay.accepted.clear();
            List<Subscriber> readers = readers(100);
            aDay(EDITION);
            var server = new GreenMail(new ServerSetup(0, "127.0.0.1", protocol));
            server.start();
            try {
                var user = server.setUser("bounces@example.org", "bounces", "secret");
                MailFolder inbox = server.getManagers().getImapHostManager().getInbox(user);
                for (int i = 0; i < 3; i++) {
                    String mail = report(verp(readers.get(i)), readers.get(i).email, GONE, "");
                    put(inbox, mail);
                    put(inbox, mail);
                }
                put(inbox, "From: a@example.org\r\nTo: papers@example.org\r\nSubject: hello\r\n\r\nA letter by hand.");
                boolean imap = protocol.equals(ServerSetup.PROTOCOL_IMAP);
                int port = imap ? server.getImap().getPort() : server.getPop3().getPort();
                MailboxAddress address =
                        MailboxAddress.of((imap ? "imap" : "pop3") + "://bounces@127.0.0.1:" + port + "/INBOX");
                assertEquals(7, mailbox.readOnce(address, "secret"), protocol);
                assertEquals("3", database.rows("select count(*) from bounce").strip());
                assertEquals(
                        "3", database.rows("select count(*) from suppression").strip());
                assertEquals(0, mailbox.readOnce(address, "secret"), "nothing is read twice");
                assertEquals(imap ? 7 : 1, inbox.getMessageCount(), "what people wrote is left to them");
            } finally {
                server.stop();
            }
        }
    }

    private static void put(MailFolder folder, String mail) throws Exception {
        folder.appendMessage(
                new MimeMessage(
                        Session.getInstance(new java.util.Properties()),
                        new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8))),
                new Flags(),
                new java.util.Date(0));
    }

    @Test
    void oneProcessAtATimeHasADuty() {
        var one = new Duties(sql);
        var other = new Duties(sql);
        assertTrue(one.hold("a test", Duration.ofMinutes(1)));
        assertTrue(one.hold("a test", Duration.ofMinutes(1)));
        assertTrue(!other.hold("a test", Duration.ofMinutes(1)));
        one.release("a test");
        assertTrue(other.hold("a test", Duration.ofMinutes(1)));
        other.releaseAll();
    }

    @Inject
    org.dailypapers.storage.Sql sql;
}
