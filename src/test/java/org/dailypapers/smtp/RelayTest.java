package org.dailypapers.smtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.dailypapers.delivery.FaultySmtpServer;
import org.dailypapers.delivery.FaultySmtpServer.Fault;
import org.dailypapers.delivery.FaultySmtpServer.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which an exchange with the relay can end. */
public class RelayTest {

    private static final int TIMEOUT_MILLIS = 500;
    private static final Fault GARBAGE = new Fault.Says("what is this");
    private static final Fault DROP = new Fault.HangsUp();
    private static final Fault SILENCE = new Fault.Silence();
    private static final Fault DRIPS = new Fault.Drips(Duration.ofMillis(300));

    final FaultySmtpServer server = new FaultySmtpServer();

    @AfterEach
    void close() {
        server.close();
    }

    static Stream<Arguments> faultsBeforeLetters() {
        return Stream.of(
                arguments(Stage.BANNER, List.of(new Fault.Says("421 4.3.2 too busy"))),
                arguments(Stage.BANNER, List.of(new Fault.SaysAndHangsUp("421 4.3.2 too busy"))),
                arguments(Stage.BANNER, List.of(new Fault.Says("554 5.7.1 not you"))),
                arguments(Stage.BANNER, List.of(DROP)),
                arguments(Stage.BANNER, List.of(SILENCE)),
                arguments(Stage.BANNER, List.of(DRIPS)),
                arguments(Stage.BANNER, List.of(GARBAGE)),
                // EHLO may be refused by a server that knows HELO alone (RFC 5321 §3.2).
                arguments(Stage.EHLO, List.of(new Fault.Says("421 later"), new Fault.Says("421 later"))),
                arguments(Stage.EHLO, List.of(new Fault.Says("451 later"), new Fault.Says("451 later"))),
                arguments(Stage.EHLO, List.of(new Fault.Says("550 no"), new Fault.Says("550 no"))),
                arguments(Stage.EHLO, List.of(DROP)),
                arguments(Stage.EHLO, List.of(SILENCE)),
                arguments(Stage.EHLO, List.of(DRIPS)),
                arguments(Stage.EHLO, List.of(GARBAGE, GARBAGE)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("faultsBeforeLetters")
    void aConnectionThatCannotBeOpenedIsATransportFailureOfOneLine(Stage stage, List<Fault> faults) {
        faults.forEach(fault -> server.script(stage, fault));
        TransportFailure failure = assertThrows(TransportFailure.class, relay()::open);
        assertTrue(failure.getMessage().contains("127.0.0.1:" + server.port()), failure.getMessage());
        assertEquals(1, failure.getMessage().lines().count());
        assertEquals(List.of(), server.ledger());
    }

    @Test
    void aClosedPortIsATransportFailure() throws IOException {
        // A port on which nobody ever waited: one that is just being closed may still reset rather than refuse.
        int port;
        try (var never = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = never.getLocalPort();
        }
        RelayAddress open = address(RelaySettings.Security.NONE, Optional.empty());
        var relay = new Relay(new RelayAddress(
                open.host(), port, open.security(), Optional.empty(), Optional.empty(), TIMEOUT_MILLIS, "example.org"));
        TransportFailure failure = assertThrows(TransportFailure.class, relay::open);
        assertTrue(failure.getMessage().toLowerCase(Locale.ROOT).contains("refused"), failure.getMessage());
    }

    @Test
    void aRequiredStarttlsThatIsNotOfferedIsATransportFailure() {
        TransportFailure failure = assertThrows(
                TransportFailure.class,
                () -> new Relay(address(RelaySettings.Security.STARTTLS, Optional.empty())).open());
        assertTrue(failure.getMessage().contains("STARTTLS"), failure.getMessage());
        assertTrue(server.commands().stream().noneMatch(c -> c.startsWith("MAIL")));
    }

    @Test
    void aServerThatSpeaksNoTlsIsATransportFailure() {
        assertThrows(
                TransportFailure.class, () -> new Relay(address(RelaySettings.Security.TLS, Optional.empty())).open());
    }

    @Test
    void aServerThatTakesNoLoginIsATransportFailureThatNamesNoPassword() {
        TransportFailure failure = assertThrows(
                TransportFailure.class,
                () -> new Relay(address(RelaySettings.Security.NONE, Optional.of("letters"))).open());
        assertFalse(failure.getMessage().contains("pass-word"), failure.getMessage());
    }

    @Test
    void aRefusedLoginIsATransportFailureThatNamesNoPassword() {
        server.announce("AUTH PLAIN LOGIN");
        TransportFailure failure = assertThrows(
                TransportFailure.class,
                () -> new Relay(address(RelaySettings.Security.NONE, Optional.of("letters"))).open());
        assertEquals(SmtpStage.LOGIN, failure.reply().orElseThrow().stage());
        assertFalse(failure.getMessage().contains("pass-word"), failure.getMessage());
    }

    @Test
    void aRelayThatQuotesTheLoginIsNotQuoted() {
        String plain = base64("letters\0letters\0pass-word");
        server.announce("AUTH PLAIN");
        server.script(Stage.AUTH, new Fault.Says("535 5.7.8 no: pass-word " + base64("pass-word") + " " + plain));
        TransportFailure failure = assertThrows(
                TransportFailure.class,
                () -> new Relay(address(RelaySettings.Security.NONE, Optional.of("letters"))).open());
        assertTrue(server.commands().contains("AUTH PLAIN " + plain), "as it was set");
        assertTrue(failure.getMessage().endsWith("535 5.7.8 no: … … …"), failure.getMessage());
        assertEquals("5.7.8 no: … … …", failure.reply().orElseThrow().text());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(bytes(text));
    }

    static Stream<Arguments> deferrals() {
        return Stream.of(
                arguments(Stage.MAIL, new Fault.Says("451 4.3.2 later"), SmtpStage.MAIL, ReplyMeaning.SLOW_DOWN),
                arguments(Stage.MAIL, new Fault.Says("421 4.3.2 closing"), SmtpStage.MAIL, ReplyMeaning.SLOW_DOWN),
                arguments(
                        Stage.MAIL,
                        new Fault.SaysAndHangsUp("421 4.3.2 closing"),
                        SmtpStage.MAIL,
                        ReplyMeaning.SLOW_DOWN),
                arguments(Stage.RCPT, new Fault.Says("450 4.2.0 greylisted"), SmtpStage.RCPT, ReplyMeaning.LATER),
                arguments(Stage.RCPT, new Fault.Says("421 4.7.0 enough"), SmtpStage.RCPT, ReplyMeaning.SLOW_DOWN),
                arguments(
                        Stage.RCPT,
                        new Fault.SaysAndHangsUp("421 4.7.0 enough"),
                        SmtpStage.RCPT,
                        ReplyMeaning.SLOW_DOWN),
                arguments(
                        Stage.RCPT,
                        new Fault.SaysAndHangsUp("450 4.2.0 greylisted"),
                        SmtpStage.RCPT,
                        ReplyMeaning.LATER),
                arguments(Stage.DATA, new Fault.Says("451 4.3.0 disk"), SmtpStage.DATA, ReplyMeaning.LATER),
                arguments(
                        Stage.DATA, new Fault.SaysAndHangsUp("421 4.3.0 bye"), SmtpStage.DATA, ReplyMeaning.SLOW_DOWN),
                arguments(Stage.DOT, new Fault.Says("451 4.3.0 disk"), SmtpStage.DOT, ReplyMeaning.LATER),
                arguments(
                        Stage.DOT, new Fault.SaysAndHangsUp("452 4.3.1 disk full"), SmtpStage.DOT, ReplyMeaning.LATER),
                arguments(Stage.DOT, new Fault.SaysAndResets("421 4.3.2 bye"), SmtpStage.DOT, ReplyMeaning.SLOW_DOWN),
                arguments(Stage.DOT, new Fault.SaysAndHangsUp("421 4.3.2 bye"), SmtpStage.DOT, ReplyMeaning.SLOW_DOWN));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("deferrals")
    void aFourDefers(Stage stage, Fault fault, SmtpStage told, ReplyMeaning meaning) throws TransportFailure {
        server.script(stage, fault);
        try (MailTransport.MailConnection connection = relay().open()) {
            DeliveryResult.Deferred deferred =
                    assertInstanceOf(DeliveryResult.Deferred.class, connection.send(letter("a@example.test")));
            assertEquals(meaning, deferred.meaning(), deferred.toString());
            assertEquals(told, deferred.reply().stage(), deferred.toString());
            assertEquals(4, deferred.reply().code() / 100);
            assertEquals(List.of(), server.ledger());
            if (deferred.reply().code() == 421 || fault instanceof Fault.SaysAndHangsUp) {
                assertFalse(connection.usable());
            } else {
                assertSendsAnother(connection);
            }
        }
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments(Stage.MAIL, "550 5.7.1 not from you", SmtpStage.MAIL, ReplyMeaning.POLICY),
                arguments(Stage.MAIL, "552 5.3.4 too big", SmtpStage.MAIL, ReplyMeaning.OUR_FAULT),
                arguments(Stage.MAIL, "530 5.7.0 Authentication required", SmtpStage.MAIL, ReplyMeaning.LOGIN),
                arguments(Stage.RCPT, "550 5.1.1 no such user", SmtpStage.RCPT, ReplyMeaning.NO_SUCH_MAILBOX),
                arguments(
                        Stage.RCPT,
                        "550-5.1.1 no such user\r\n550 5.1.1 nor was there ever",
                        SmtpStage.RCPT,
                        ReplyMeaning.NO_SUCH_MAILBOX),
                arguments(Stage.RCPT, "550 unavailable", SmtpStage.RCPT, ReplyMeaning.PERHAPS_NO_MAILBOX),
                arguments(Stage.RCPT, "552 5.2.2 full", SmtpStage.RCPT, ReplyMeaning.SOFT),
                arguments(Stage.DATA, "554 5.5.1 no valid recipients", SmtpStage.DATA, ReplyMeaning.OUR_FAULT),
                arguments(Stage.DOT, "550 5.7.1 spam", SmtpStage.DOT, ReplyMeaning.POLICY),
                arguments(Stage.DOT, "552 too much", SmtpStage.DOT, ReplyMeaning.OUR_FAULT),
                arguments(Stage.DOT, "554 no", SmtpStage.DOT, ReplyMeaning.REFUSED));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("refusals")
    void aFiveRejectsAndTheConnectionGoesOn(Stage stage, String reply, SmtpStage told, ReplyMeaning meaning)
            throws TransportFailure {
        server.script(stage, new Fault.Says(reply));
        try (MailTransport.MailConnection connection = relay().open()) {
            assertRejected(connection.send(letter("a@example.test")), told, meaning);
            assertEquals(List.of(), server.ledger());
            assertSendsAnother(connection);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("refusals")
    void aFiveRejectsThoughTheLineIsClosedAfterIt(Stage stage, String reply, SmtpStage told, ReplyMeaning meaning)
            throws TransportFailure {
        server.script(stage, new Fault.SaysAndHangsUp(reply));
        try (MailTransport.MailConnection connection = relay().open()) {
            assertRejected(connection.send(letter("a@example.test")), told, meaning);
            assertFalse(connection.usable());
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("refusals")
    void aFiveRejectsThoughTheLineIsResetAfterIt(Stage stage, String reply, SmtpStage told, ReplyMeaning meaning)
            throws TransportFailure {
        // Where more was said already, the reset may overtake the reply.
        server.takeOneCommandAtATime();
        server.script(stage, new Fault.SaysAndResets(reply));
        try (MailTransport.MailConnection connection = relay().open()) {
            assertRejected(connection.send(letter("a@example.test")), told, meaning);
            assertFalse(connection.usable());
        }
    }

    static Stream<Arguments> lostBeforeTheDot() {
        return Stream.of(Stage.MAIL, Stage.RCPT, Stage.DATA)
                .flatMap(stage -> Stream.of(DROP, SILENCE, DRIPS, GARBAGE).map(fault -> arguments(stage, fault)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("lostBeforeTheDot")
    void aLineLostBeforeTheBodyDefers(Stage stage, Fault fault) throws TransportFailure {
        server.script(stage, fault);
        try (MailTransport.MailConnection connection = relay().open()) {
            DeliveryResult result = connection.send(letter("a@example.test"));
            assertEquals(
                    ReplyMeaning.SLOW_DOWN,
                    assertInstanceOf(DeliveryResult.Deferred.class, result).meaning());
            assertFalse(connection.usable());
        }
    }

    static Stream<Fault> bodyFaults() {
        return Stream.of(DROP, SILENCE, new Fault.SaysAndHangsUp("552 5.3.4 too big"));
    }

    @ParameterizedTest
    @MethodSource("bodyFaults")
    void aLineLostInTheBodyDefers(Fault fault) throws TransportFailure {
        server.announce();
        server.script(Stage.BODY, fault);
        try (MailTransport.MailConnection connection = relay().open()) {
            Letter large = letter("a@example.test", "All work and no play.\r\n".repeat(1_000_000));
            assertInstanceOf(DeliveryResult.Deferred.class, connection.send(large));
            assertFalse(connection.usable());
            assertEquals(List.of(), server.ledger());
        }
    }

    static Stream<Fault> lostAtTheDot() {
        return Stream.of(DROP, SILENCE, DRIPS, GARBAGE, new Fault.SaysAndHangsUp("25"));
    }

    @ParameterizedTest
    @MethodSource("lostAtTheDot")
    void aLineLostAfterTheDotIsUnknown(Fault fault) throws TransportFailure {
        server.script(Stage.DOT, fault);
        try (MailTransport.MailConnection connection = relay().open()) {
            assertInstanceOf(DeliveryResult.Unknown.class, connection.send(letter("a@example.test")));
            assertFalse(connection.usable());
            assertEquals(List.of("a@example.test"), server.recipients());
        }
    }

    static Stream<Fault> quitFaults() {
        return Stream.of(
                DROP,
                SILENCE,
                GARBAGE,
                new Fault.Says("421 closing"),
                new Fault.Says("451 not now"),
                new Fault.Says("550 stay"));
    }

    @ParameterizedTest
    @MethodSource("quitFaults")
    void aLineLostAtQuitChangesNothing(Fault fault) throws TransportFailure {
        server.script(Stage.QUIT, fault);
        try (MailTransport.MailConnection connection = relay().open()) {
            assertInstanceOf(DeliveryResult.Accepted.class, connection.send(letter("a@example.test")));
        }
        assertEquals(List.of("a@example.test"), server.recipients());
    }

    @Test
    void oneLineAfterTheOtherIsItsOwn() throws TransportFailure {
        Relay relay = relay();
        for (int i = 0; i < 3; i++) {
            try (MailTransport.MailConnection one = relay.open();
                    MailTransport.MailConnection other = relay.open()) {
                String reader = i + "@example.test";
                assertThrows(
                        IllegalStateException.class,
                        () -> one.send(letter("held" + reader), () -> {
                            throw new IllegalStateException("which cuts this line alone");
                        }));
                assertInstanceOf(DeliveryResult.Accepted.class, other.send(letter(reader)));
            }
        }
        assertEquals(List.of("0@example.test", "1@example.test", "2@example.test"), server.recipients());
    }

    static Stream<Throwable> whatHoldsBack() {
        return Stream.of(new IllegalStateException("not yet"), new OutOfMemoryError("not yet"));
    }

    @ParameterizedTest
    @MethodSource("whatHoldsBack")
    void aLetterHeldBackWhenTheServerIsReadyIsNotThere(Throwable reason) throws TransportFailure {
        try (MailTransport.MailConnection connection = relay().open()) {
            connection.send(letter("a@example.test"));
            var said = new ArrayList<String>();
            Runnable goAhead = () -> {
                said.addAll(server.commands());
                if (reason instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) reason;
            };
            assertSame(
                    reason, assertThrows(reason.getClass(), () -> connection.send(letter("b@example.test"), goAhead)));
            assertTrue(said.getLast().startsWith("DATA"), said.toString());
            assertFalse(connection.usable());
        }
        assertEquals(List.of("a@example.test"), server.recipients());
    }

    @Test
    void noEmptyLetterIsSentWhereTheServerSaysWhatNobodyUnderstands() throws TransportFailure {
        server.script(Stage.MAIL, new Fault.Says("251 2.1.0 perhaps"));
        try (MailTransport.MailConnection connection = relay().open()) {
            assertInstanceOf(DeliveryResult.Deferred.class, connection.send(letter("a@example.test")));
        }
        assertEquals(List.of(), server.recipients());
    }

    @Test
    void nothingIsWaitedForWhereTheServerRefusesEarlier() throws TransportFailure {
        server.script(Stage.RCPT, new Fault.Says("550 5.1.1 nobody"));
        try (MailTransport.MailConnection connection = relay().open()) {
            assertRejected(
                    connection.send(letter("a@example.test"), () -> fail("was asked to go ahead")),
                    SmtpStage.RCPT,
                    ReplyMeaning.NO_SUCH_MAILBOX);
        }
    }

    @Test
    void oneConnectionCarriesManyLetters() throws TransportFailure {
        try (MailTransport.MailConnection connection = relay().open()) {
            for (int i = 0; i < 50; i++) {
                DeliveryResult result = connection.send(letter("reader" + i + "@example.test"));
                String reply =
                        assertInstanceOf(DeliveryResult.Accepted.class, result).reply();
                assertEquals("250 2.0.0 taken as " + (i + 1), reply);
                assertTrue(connection.usable());
            }
        }
        assertEquals(50, server.ledger().size());
        assertEquals(1, server.connections());
        assertTrue(server.ledger().stream().allMatch(taken -> taken.sender().equals("papers@example.org")));
    }

    @Test
    void aRefusalAmongCommandsThatWereSentTogetherIsTheFirstOne() throws TransportFailure {
        server.refuse("nobody@example.test", "550 5.1.1 unknown");
        try (MailTransport.MailConnection connection = relay().open()) {
            assertRejected(
                    connection.send(letter("nobody@example.test")), SmtpStage.RCPT, ReplyMeaning.NO_SUCH_MAILBOX);
            assertSendsAnother(connection);
        }
    }

    @Test
    void afterARefusalNothingIsAskedAndDataWaitsForItsTurn() throws TransportFailure {
        server.refuse("nobody@example.test", "550 5.1.1 unknown");
        try (MailTransport.MailConnection connection = relay().open()) {
            connection.send(letter("nobody@example.test"));
            assertTrue(connection.usable());
            connection.send(letter("nobody@example.test"));
            assertTrue(connection.usable());
            connection.send(letter("a@example.test"));
            connection.send(letter("b@example.test"));
        }
        List<String> refused = List.of("MAIL", "RCPT", "RSET");
        List<String> taken = List.of("MAIL", "RCPT", "DATA");
        var expected = new ArrayList<>(server.pipelines() ? List.of("MAIL", "RCPT", "DATA", "RSET") : refused);
        expected.addAll(refused);
        expected.addAll(taken);
        expected.addAll(taken);
        assertEquals(
                expected,
                server.commands().stream()
                        .map(command -> command.split("[ :]")[0])
                        .filter(List.of("MAIL", "RCPT", "DATA", "RSET", "NOOP")::contains)
                        .toList());
        assertEquals(List.of("a@example.test", "b@example.test"), server.recipients());
    }

    @Test
    void aLineIsGivenUpBeforeTheServersPatienceEnds() throws TransportFailure {
        server.refuse("nobody@example.test", "550 5.1.1 unknown");
        try (MailTransport.MailConnection connection = relay().open()) {
            for (int i = 0; i < RelayConnection.PATIENCE; i++) {
                connection.send(letter("nobody@example.test"));
                assertTrue(connection.usable());
            }
            connection.send(letter("nobody@example.test"));
            assertFalse(connection.usable());
        }
        try (MailTransport.MailConnection connection = relay().open()) {
            for (int i = 0; i < 40; i++) {
                connection.send(letter(i % 2 == 0 ? "nobody@example.test" : "a@example.test"));
                assertTrue(connection.usable());
            }
        }
    }

    @Test
    void aLineWhoseServerDoesNotForgetTheRefusedLetterCarriesNoOther() throws TransportFailure {
        for (Fault fault : List.of(new Fault.Says("554 Too many nonmail commands"), DROP, SILENCE, GARBAGE)) {
            server.script(Stage.RCPT, new Fault.Says("550 5.1.1 unknown"));
            server.script(Stage.RSET, fault);
            try (MailTransport.MailConnection connection = relay().open()) {
                assertRejected(connection.send(letter("a@example.test")), SmtpStage.RCPT, ReplyMeaning.NO_SUCH_MAILBOX);
                assertFalse(connection.usable(), fault.toString());
            }
        }
    }

    @Test
    void aServerThatRefusesTheRecipientAndSaysGoOnIsSentNothingButTheDot() throws TransportFailure {
        server.refuseLate();
        server.refuse("nobody@example.test", "550 5.1.1 unknown");
        try (MailTransport.MailConnection connection = relay().open()) {
            assertRejected(
                    connection.send(letter("nobody@example.test")), SmtpStage.RCPT, ReplyMeaning.NO_SUCH_MAILBOX);
            assertSendsAnother(connection);
        }
        assertFalse(server.commands().stream().anyMatch(command -> command.startsWith("Subject")));
    }

    @Test
    void aServerThatWentAwayBetweenLettersHasJudgedNoLetter() throws TransportFailure {
        try (MailTransport.MailConnection connection = relay().open()) {
            connection.send(letter("a@example.test"));
            server.goDown();
            assertInstanceOf(DeliveryResult.Deferred.class, connection.send(letter("b@example.test")));
            assertTrue(connection.stale());
            assertFalse(connection.usable());
        }
    }

    @Test
    void aGoodbyeBetweenLettersHasJudgedNoLetter() throws TransportFailure {
        server.script(
                Stage.MAIL, new Fault.Says("250 2.1.0 fine"), new Fault.SaysAndHangsUp("421 4.4.2 idle too long"));
        try (MailTransport.MailConnection connection = relay().open()) {
            connection.send(letter("a@example.test"));
            assertFalse(connection.stale());
            connection.send(letter("b@example.test"));
            assertTrue(connection.stale());
        }
        server.script(
                Stage.RCPT, new Fault.Says("250 2.1.5 fine"), new Fault.SaysAndHangsUp("421 4.7.0 enough letters"));
        try (MailTransport.MailConnection connection = relay().open()) {
            connection.send(letter("a@example.test"));
            connection.send(letter("b@example.test"));
            assertTrue(connection.stale());
            assertFalse(connection.usable());
        }
        server.script(Stage.MAIL, new Fault.Says("250 2.1.0 fine"), new Fault.Says("452 4.5.3 Too many messages sent"));
        try (MailTransport.MailConnection connection = relay().open()) {
            connection.send(letter("a@example.test"));
            connection.send(letter("b@example.test"));
            assertTrue(connection.stale());
        }
        server.script(Stage.RCPT, new Fault.SaysAndHangsUp("421 4.7.0 slow down"));
        try (MailTransport.MailConnection connection = relay().open()) {
            assertInstanceOf(DeliveryResult.Deferred.class, connection.send(letter("a@example.test")));
            assertFalse(connection.stale(), "a first letter is judged");
        }
    }

    @Test
    void aFirstLetterIsJudgedAndSoIsOneThatMeetsSilence() throws TransportFailure {
        server.script(Stage.MAIL, DROP);
        try (MailTransport.MailConnection connection = relay().open()) {
            connection.send(letter("a@example.test"));
            assertFalse(connection.stale());
        }
        server.script(Stage.MAIL, new Fault.Says("250 2.1.0 fine"), SILENCE);
        try (MailTransport.MailConnection connection = relay().open()) {
            connection.send(letter("a@example.test"));
            connection.send(letter("b@example.test"));
            assertFalse(connection.stale());
        }
    }

    @Test
    void aConnectionInUseIsAskedNothingBetweenLetters() throws TransportFailure {
        try (MailTransport.MailConnection connection = relay().open()) {
            for (int i = 0; i < 3; i++) {
                connection.send(letter("a@example.test"));
                assertTrue(connection.usable());
            }
        }
        assertEquals(
                List.of("MAIL", "RCPT", "DATA"),
                server.commands().stream()
                        .map(command -> command.split("[ :]")[0])
                        .filter(verb -> !verb.equals("EHLO") && !verb.equals("QUIT"))
                        .distinct()
                        .toList());
    }

    @Test
    void theSizeIsAnnouncedWhereTheServerWantsIt() throws TransportFailure {
        Letter letter = asWritten("a@example.test", ".dots are counted as they were before they were doubled\r\n");
        try (MailTransport.MailConnection connection = relay().open()) {
            connection.send(letter);
        }
        assertEquals("SIZE=" + letter.bytes().length, server.ledger().getFirst().parameters());
    }

    @Test
    void aLetterLargerThanTheServerTakesIsNotBegun() throws TransportFailure {
        server.announce("SIZE 200");
        try (MailTransport.MailConnection connection = relay().open()) {
            DeliveryResult result = connection.send(letter("a@example.test", "x".repeat(200) + "\r\n"));
            assertRejected(result, SmtpStage.MAIL, ReplyMeaning.OUR_FAULT);
            assertTrue(result.toString().contains("the relay takes 200"), result.toString());
            assertTrue(server.commands().stream().noneMatch(c -> c.startsWith("MAIL")));
            assertSendsAnother(connection);
        }
    }

    @Test
    void aSizeWithoutALimitLimitsNothing() throws TransportFailure {
        for (String size : List.of("SIZE", "SIZE 0")) {
            server.announce(size);
            try (MailTransport.MailConnection connection = relay().open()) {
                assertInstanceOf(DeliveryResult.Accepted.class, connection.send(letter("a@example.test")), size);
            }
        }
    }

    @Test
    void eightBitContentIsDeclaredAndWithoutTheExtensionNotSent() throws TransportFailure {
        Letter letter = asWritten("a@example.test", "é\r\n");
        server.announce("8BITMIME");
        try (MailTransport.MailConnection connection = relay().open()) {
            assertInstanceOf(DeliveryResult.Accepted.class, connection.send(letter));
        }
        assertEquals("BODY=8BITMIME", server.ledger().getFirst().parameters());
        server.announce();
        try (MailTransport.MailConnection connection = relay().open()) {
            assertRejected(connection.send(letter), SmtpStage.MAIL, ReplyMeaning.OUR_FAULT);
        }
    }

    @Test
    void aLoginRefusedForNowIsNoWrongPassword() {
        server.announce("AUTH PLAIN LOGIN");
        server.script(Stage.AUTH, new Fault.Says("454 4.7.0 Temporary authentication failure"));
        TransportFailure failure = assertThrows(
                TransportFailure.class,
                () -> new Relay(address(RelaySettings.Security.NONE, Optional.of("letters"))).open());
        assertEquals(454, failure.reply().orElseThrow().code());
    }

    @Test
    void theBytesArriveAsTheyLeft() throws TransportFailure {
        String text = ".begins with a dot\r\n..two\r\n.\r\nthe line above is one dot\r\n\r\n" + "x".repeat(998) + "\r\n"
                + " trailing blanks  \t\r\n=C3=A9 stays =\r\n.";
        List<Letter> letters = List.of(
                asWritten("a@example.test", text + "\r\n"),
                letter("a@example.test", text.replace("\r\n.", "\r\n =2E").substring(1) + "\r\n"),
                letter("a@example.test", "words\r\n".repeat(20_000)),
                letter("a@example.test", "fewer words\r\n"));
        try (MailTransport.MailConnection connection = relay().open()) {
            for (Letter letter : letters) {
                assertInstanceOf(DeliveryResult.Accepted.class, connection.send(letter));
                assertArrayEquals(letter.bytes(), server.ledger().getLast().bytes());
            }
        }
    }

    @Test
    void bytesThatAreNoTextToOurselvesArriveAsTheyLeft() throws TransportFailure {
        Letter letter = asWritten("a@example.test", "Content-Type: text/plain\r\n\r\né 漢 🙂\r\n");
        try (MailTransport.MailConnection connection = relay().open()) {
            assertInstanceOf(DeliveryResult.Accepted.class, connection.send(letter));
        }
        assertArrayEquals(letter.bytes(), server.ledger().getFirst().bytes());
    }

    @Test
    void anInternationalisedAddressIsOurFaultWithoutTheExtension() throws TransportFailure {
        try (MailTransport.MailConnection connection = relay().open()) {
            Letter letter = new Letter(
                    "papers@example.org", "jörg@exämple.test", bytes("Subject: x\r\n\r\nx\r\n"), true, false);
            assertRejected(connection.send(letter), SmtpStage.RCPT, ReplyMeaning.OUR_FAULT);
            assertTrue(server.commands().stream().noneMatch(c -> c.startsWith("MAIL")));
            assertSendsAnother(connection);
        }
    }

    @Test
    void anInternationalisedAddressNeverLeavesInAnotherSpellingWhateverItsWriterSays() throws TransportFailure {
        try (MailTransport.MailConnection connection = relay().open()) {
            for (Letter letter : List.of(
                    new Letter("papers@example.org", "ł@example.test", bytes("Subject: x\r\n\r\nx\r\n"), false, false),
                    Letter.transparent("papers@example.org", "a@łódź.test", bytes("Subject: x\r\n\r\nx\r\n"), false),
                    new Letter("łódź@example.org", "a@example.test", bytes("Subject: x\r\n\r\nx\r\n"), false, false))) {
                DeliveryResult result = connection.send(letter);
                assertRejected(result, SmtpStage.RCPT, ReplyMeaning.OUR_FAULT);
                assertTrue(
                        ((DeliveryResult.Rejected) result).reply().text().contains("internationalised addresses"),
                        result.toString());
            }
            assertTrue(server.commands().stream().noneMatch(c -> c.startsWith("MAIL") || c.startsWith("RCPT")));
            assertSendsAnother(connection);
        }
    }

    @Test
    void anInternationalisedAddressIsSentWithTheExtension() throws TransportFailure {
        server.announce("8BITMIME", "SMTPUTF8");
        try (MailTransport.MailConnection connection = relay().open()) {
            Letter letter = new Letter(
                    "papers@example.org",
                    "jörg@exämple.test",
                    bytes("To: <jörg@exämple.test>\r\n\r\nx\r\n"),
                    true,
                    false);
            assertInstanceOf(DeliveryResult.Accepted.class, connection.send(letter));
            FaultySmtpServer.Taken taken = server.ledger().getFirst();
            assertEquals("jörg@exämple.test", taken.recipient());
            assertTrue(taken.parameters().contains("SMTPUTF8"), taken.parameters());
            assertArrayEquals(letter.bytes(), taken.bytes());
        }
    }

    @Test
    void aDomainThatKeepsItsJoinersIsSent() throws TransportFailure {
        server.announce("8BITMIME", "SMTPUTF8");
        // RFC 5894 §7.2: it has no A-labels by IDNA 2003, and java.net.IDN knows no other.
        String recipient = "ada@\u0915\u094D\u200D\u0937.example";
        try (MailTransport.MailConnection connection = relay().open()) {
            Letter letter = new Letter("papers@example.org", recipient, bytes("Subject: x\r\n\r\nx\r\n"), true, false);
            assertInstanceOf(DeliveryResult.Accepted.class, connection.send(letter));
            assertTrue(connection.usable());
        }
        assertEquals(List.of(recipient), server.recipients());
    }

    @Test
    void anAsciiLetterDoesNotAskForInternationalisedDelivery() throws TransportFailure {
        server.announce("8BITMIME", "SMTPUTF8");
        try (MailTransport.MailConnection connection = relay().open()) {
            assertInstanceOf(DeliveryResult.Accepted.class, connection.send(letter("a@example.test")));
        }
        // RFC 6531 §3.4: with it, a next hop without the extension would have to return the letter.
        assertEquals("", server.ledger().getFirst().parameters());
    }

    private static void assertRejected(DeliveryResult result, SmtpStage stage, ReplyMeaning meaning) {
        DeliveryResult.Rejected rejected = assertInstanceOf(DeliveryResult.Rejected.class, result);
        assertEquals(stage, rejected.reply().stage(), rejected.toString());
        assertEquals(meaning, rejected.meaning(), rejected.toString());
    }

    private void assertSendsAnother(MailTransport.MailConnection connection) {
        assertTrue(connection.usable());
        assertInstanceOf(DeliveryResult.Accepted.class, connection.send(letter("next@example.test")));
        assertEquals(List.of("next@example.test"), server.recipients());
        assertEquals(1, server.connections());
    }

    private Relay relay() {
        return new Relay(address(RelaySettings.Security.NONE, Optional.empty()));
    }

    private RelayAddress address(RelaySettings.Security security, Optional<String> username) {
        return new RelayAddress(
                "127.0.0.1",
                server.port(),
                security,
                username,
                username.map(name -> "pass-word"),
                TIMEOUT_MILLIS,
                "example.org");
    }

    private static Letter letter(String recipient) {
        return letter(recipient, "Some words.\r\n");
    }

    private static Letter letter(String recipient, String text) {
        return Letter.transparent("papers@example.org", recipient, message(recipient, text), false);
    }

    /** One whose text may hold anything. */
    private static Letter asWritten(String recipient, String text) {
        return new Letter("papers@example.org", recipient, message(recipient, text), false, false);
    }

    private static byte[] message(String recipient, String text) {
        return bytes("Message-ID: <" + recipient + ">\r\nSubject: test\r\n\r\n" + text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
