package org.dailypapers.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.dailypapers.delivery.Certificates;
import org.dailypapers.delivery.FaultySmtpServer;
import org.dailypapers.delivery.FaultySmtpServer.Fault;
import org.dailypapers.delivery.FaultySmtpServer.Stage;
import org.dailypapers.smtp.RelaySettings.Security;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A line is secured by a certificate that is trusted, valid and the relay's own, or nothing is said over it. */
class RelayTlsTest {

    private static final List<String> BEFORE_TLS = List.of("EHLO example.org", "STARTTLS");

    @TempDir
    private static Path folder;

    private static Certificates certificates;

    private final FaultySmtpServer server = new FaultySmtpServer();

    @BeforeAll
    static void makeCertificates() throws IOException, InterruptedException, GeneralSecurityException {
        certificates = new Certificates(folder);
    }

    @BeforeEach
    void takeLogins() {
        server.announce("8BITMIME", "AUTH PLAIN");
        server.takeLogins();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aLetterArrivesOverASecuredLine(Security security) throws Exception {
        secure(security, "localhost");
        try (MailTransport.MailConnection connection = relay(security).open()) {
            assertTaken(connection.send(letter()));
        }
        assertEquals(List.of("reader@example.test"), server.recipients());
        assertEquals(security == Security.TLS ? List.of() : BEFORE_TLS, server.clear());
        assertEquals(1, server.secured().size());
        assertTrue(server.secured().getFirst().matches("TLSv1\\.[23]"), server.secured()::toString);
        assertTrue(server.commands().stream().anyMatch(command -> command.startsWith("AUTH PLAIN ")));
    }

    static Stream<Arguments> badCertificates() {
        return Stream.of(Security.STARTTLS, Security.TLS)
                .flatMap(security -> Stream.of(
                        arguments(security, "stranger", "signed by nobody who is trusted here"),
                        arguments(security, "elsewhere", "is not for localhost but for elsewhere.example.test"),
                        arguments(security, "client", "certificate is not accepted (Extended key usage"),
                        arguments(security, "expired", "out of date (NotAfter")));
    }

    @ParameterizedTest
    @MethodSource("badCertificates")
    void nothingIsSaidToAServerWhoseCertificateIsNotItsOwn(Security security, String alias, String why)
            throws Exception {
        secure(security, alias);
        TransportFailure failure = assertThrows(TransportFailure.class, relay(security)::open);
        assertTrue(failure.getMessage().contains(why), failure.getMessage());
        assertNothingSaid(failure, security == Security.TLS ? List.of() : BEFORE_TLS);
    }

    @Test
    void aRelayThatKnowsItsClientsByCertificatesIsShownTheOneOfJavasOptions() throws Exception {
        Map<String, String> options = Map.of(
                "javax.net.ssl.keyStore",
                certificates.keyStore("client").toString(),
                "javax.net.ssl.keyStorePassword",
                Certificates.PASSWORD);
        options.forEach(System::setProperty);
        try (var listening = (SSLServerSocket)
                certificates.server("localhost").getServerSocketFactory().createServerSocket(0)) {
            listening.setNeedClientAuth(true);
            var shown = new CompletableFuture<String>();
            Thread.ofVirtual().start(() -> {
                try (var line = (SSLSocket) listening.accept()) {
                    shown.complete(line.getSession().getPeerPrincipal().getName());
                } catch (IOException e) {
                    shown.completeExceptionally(e);
                }
            });
            try (Socket line =
                    RelayTrust.sockets(certificates.authority()).createSocket("localhost", listening.getLocalPort())) {
                ((SSLSocket) line).startHandshake();
                assertEquals("CN=localhost", shown.get(10, TimeUnit.SECONDS));
            }
        } finally {
            options.keySet().forEach(System::clearProperty);
        }
    }

    @Test
    void aTrustFileWithoutCertificatesIsRefusedByName() throws IOException {
        for (String text : List.of("", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", "relay.pem")) {
            Path file = Files.writeString(folder.resolve("trust.pem"), text);
            String words = assertThrows(IllegalArgumentException.class, () -> RelayTrust.sockets(file))
                    .getMessage();
            assertTrue(words.startsWith(file + " holds no certificate"), words);
        }
        assertThrows(IllegalArgumentException.class, () -> RelayTrust.sockets(folder));
        assertThrows(IllegalArgumentException.class, () -> RelayTrust.sockets(folder.resolve("nothing.pem")));
    }

    static Stream<Fault> refusals() {
        return Stream.of(
                new Fault.Says("454 4.7.0 TLS not available due to temporary reason"),
                new Fault.Says("501 5.5.4 no parameters"),
                new Fault.Says("554 5.7.0 no"),
                new Fault.Says("250 2.0.0 fine without"),
                new Fault.Says("what is this"),
                new Fault.SaysAndHangsUp("454 4.7.0 bye"),
                new Fault.HangsUp());
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void nothingIsSaidWhereStarttlsIsRefused(Fault fault) throws Exception {
        secure(Security.STARTTLS, "localhost");
        server.script(Stage.STARTTLS, fault);
        TransportFailure failure = assertThrows(TransportFailure.class, relay(Security.STARTTLS)::open);
        assertNothingSaid(failure, BEFORE_TLS);
    }

    @Test
    void nothingIsSaidWhereStarttlsIsNotOfferedThoughALoginIs() throws Exception {
        TransportFailure failure = assertThrows(TransportFailure.class, relay(Security.STARTTLS)::open);
        assertNothingSaid(failure, BEFORE_TLS.subList(0, 1));
    }

    // CVE-2011-0411, seen from the client's side.
    static Stream<String> injections() {
        return Stream.of(
                "250-evil.example.test\r\n250-AUTH PLAIN\r\n250 SIZE 1",
                "250 evil.example.test",
                "250-evil.example.test\r\n250 AUTH PLAIN\r\n235 2.7.0 welcome\r\n250 2.1.0 fine\r\n250 2.1.5 fine"
                        + "\r\n354 go on\r\n250 2.0.0 taken as evil",
                "250-evil.example.test",
                "421 4.3.2 closing");
    }

    @ParameterizedTest
    @MethodSource("injections")
    void whatIsInjectedBeforeTheHandshakeCountsForNothingAfterIt(String injected) throws Exception {
        secure(Security.STARTTLS, "localhost");
        server.script(Stage.STARTTLS, new Fault.Says("220 2.0.0 go ahead\r\n" + injected));
        try (MailTransport.MailConnection connection = relay(Security.STARTTLS).open()) {
            assertTaken(connection.send(letter()));
            assertTaken(connection.send(letter()));
        }
        assertEquals(2, server.ledger().size());
        assertEquals(BEFORE_TLS, server.clear());
    }

    @Test
    void whatIsAnnouncedInTheClearCountsForNothingWhereTheSecuredServerAnnouncesNothing() throws Exception {
        secure(Security.STARTTLS, "localhost");
        server.script(
                Stage.EHLO,
                new Fault.Says("250-faulty.example.test\r\n250-STARTTLS\r\n250-AUTH PLAIN\r\n250 SIZE 1"),
                new Fault.Says("502 5.5.1 unknown"));
        TransportFailure failure = assertThrows(TransportFailure.class, relay(Security.STARTTLS)::open);
        assertEquals(1, failure.getMessage().lines().count());
        assertEquals(502, failure.reply().orElseThrow().code());
        assertEquals(List.of("EHLO example.org", "STARTTLS", "EHLO example.org"), server.commands());
    }

    /** Neither on that line, in the clear or within TLS, nor on another one. */
    private void assertNothingSaid(TransportFailure failure, List<String> but) throws InterruptedException {
        assertEquals(1, failure.getMessage().lines().count());
        // Once the line is closed, all that was said is heard.
        for (int i = 0; i < 500 && server.open() > 0; i++) {
            Thread.sleep(10);
        }
        assertEquals(0, server.open());
        assertEquals(but, server.commands());
        assertEquals(but, server.clear());
        assertEquals(List.of(), server.ledger());
        assertEquals(1, server.connections());
    }

    private static void assertTaken(DeliveryResult result) {
        String reply = assertInstanceOf(DeliveryResult.Accepted.class, result).reply();
        assertTrue(reply.matches("250 2\\.0\\.0 taken as [12]"), reply);
    }

    private void secure(Security security, String alias) throws IOException, GeneralSecurityException {
        if (security == Security.TLS) {
            server.speakTls(certificates.server(alias));
        } else {
            server.offerTls(certificates.server(alias));
        }
    }

    private Relay relay(Security security) {
        var address = new RelayAddress(
                "localhost",
                server.port(),
                security,
                Optional.of("letters"),
                Optional.of("pass-word"),
                5_000,
                "example.org");
        try {
            return new Relay(address, RelayTrust.sockets(certificates.authority()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Letter letter() {
        return new Letter(
                "papers@example.org",
                "reader@example.test",
                "Subject: test\r\n\r\nSome words.\r\n".getBytes(StandardCharsets.UTF_8),
                false,
                false);
    }
}
