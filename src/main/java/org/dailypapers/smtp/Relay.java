package org.dailypapers.smtp;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLSocketFactory;

/** A server reached by Jakarta Mail over kept-open connections. */
public final class Relay implements MailTransport {

    private static final int BAD_CREDENTIALS = 535;
    private static final int GREETED = 250;

    private final RelayAddress address;
    private final SSLSocketFactory secured;

    /** Of lines that were closed: Jakarta Mail looks through the whole class path for each session that is made. */
    private final Queue<Session> spare = new ConcurrentLinkedQueue<>();

    /** One whose certificate is signed by an authority that Java knows. */
    public Relay(RelayAddress address) {
        this(address, RelayTrust.sockets(null));
    }

    /** @param secured makes the sockets of secured lines, and knows whom to trust */
    public Relay(RelayAddress address, SSLSocketFactory secured) {
        this.address = address;
        this.secured = secured;
    }

    @Override
    public Duration deadline() {
        return address.deadline();
    }

    @Override
    public MailConnection open() throws TransportFailure {
        var sockets = new UndelayedSockets();
        Session session = session(sockets);
        var line = new SmtpLine(session, address, sockets);
        try (Watchdog watchdog = Watchdog.over(sockets, address.deadline())) {
            connect(line, watchdog);
            if (address.username().isPresent() && !line.offersLogin()) {
                sockets.cut();
                throw new TransportFailure(address + " offers no login, though one is set", null);
            }
        }
        return new RelayConnection(session, line, sockets, address.deadline(), () -> spare.add(session));
    }

    /** One whose next line uses those sockets. */
    private Session session(UndelayedSockets sockets) {
        Session closed = spare.poll();
        Session session = closed == null ? Session.getInstance(properties()) : closed;
        session.getProperties().put(prefix() + "socketFactory", sockets);
        session.getProperties().put(prefix() + "ssl.socketFactory", sockets.under(secured));
        return session;
    }

    private String prefix() {
        return address.security() == RelaySettings.Security.TLS ? "mail.smtps." : "mail.smtp.";
    }

    private void connect(SmtpLine line, Watchdog watchdog) throws TransportFailure {
        try {
            line.connect(
                    address.host(),
                    address.port(),
                    address.username().orElse(null),
                    address.password().orElse(null));
        } catch (AuthenticationFailedException e) {
            if (!answered(e, line, watchdog)) {
                throw new TransportFailure("no connection to " + address + ": the line was lost at the login", e);
            }
            // RFC 4954 §6: a 4yz, as 454 4.7.0, is for now.
            int code = line.getLastReturnCode() / 100 == 4 ? line.getLastReturnCode() : BAD_CREDENTIALS;
            String said = withoutLogin(String.valueOf(e.getMessage()));
            String text = said.replaceFirst("^" + code + "[ -]?", "");
            // Without its cause, whose message quotes the relay as it spoke.
            throw new TransportFailure(
                    address + " refused the login: " + said, new SmtpReply(SmtpStage.LOGIN, code, text), null);
        } catch (MessagingException e) {
            String why = watchdog.hasExpired()
                    ? "not through after " + address.deadline().toSeconds() + " s"
                    : reason(e, address.host());
            throw new TransportFailure(
                    "no connection to " + address + ": " + why, line.refusal().orElse(null), e);
        }
    }

    /** Some relays quote what they were sent: the password, plain or as it stands in the exchange (RFC 4616, RFC 4954). */
    private String withoutLogin(String words) {
        String password = address.password().orElse("");
        if (password.isEmpty()) {
            return words;
        }
        String user = address.username().orElse("");
        String hidden = words;
        for (String secret : List.of(
                base64(user + "\0" + user + "\0" + password),
                base64("\0" + user + "\0" + password),
                base64(password),
                password,
                // As Jakarta Mail reads a reply in UTF-8.
                new String(password.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))) {
            hidden = hidden.replace(secret, "…");
        }
        return hidden;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Jakarta Mail says that the login failed where nobody answered it, too. */
    private static boolean answered(AuthenticationFailedException e, SmtpLine line, Watchdog watchdog) {
        int code = line.getLastReturnCode();
        // The reply to EHLO stands where no mechanism that is offered is one of ours.
        return !watchdog.hasExpired() && e.getNextException() == null && (code == GREETED || code / 100 >= 4);
    }

    private static String reason(MessagingException e, String host) {
        var causes = new ArrayDeque<Throwable>();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            causes.push(cause);
        }
        for (Throwable cause : causes) {
            Optional<String> lack = lack(cause, host);
            if (lack.isPresent()) {
                return "its certificate " + lack.get();
            }
        }
        Throwable deepest = causes.peek();
        return deepest == e || deepest.getMessage() == null
                ? String.valueOf(e.getMessage())
                : e.getMessage() + " (" + deepest.getMessage() + ")";
    }

    private static Optional<String> lack(Throwable cause, String host) {
        return switch (cause) {
            case CertificateExpiredException old -> Optional.of("is out of date (" + old.getMessage() + ")");
            case CertificateNotYetValidException early ->
                Optional.of("is not valid yet (" + early.getMessage() + "); is the clock right?");
            case CertPathBuilderException stranger ->
                Optional.of("is signed by nobody who is trusted here; for an authority of one's own set"
                        + " DAILY_PAPERS_SMTP_TRUST to its PEM file");
            case ServerNames.Others other -> Optional.of("is not for " + host + " but for " + other.getMessage());
            case CertPathValidatorException chain -> Optional.of("is not accepted (" + chain.getMessage() + ")");
            case CertificateException other -> Optional.of("is not accepted (" + other.getMessage() + ")");
            default -> Optional.empty();
        };
    }

    private Properties properties() {
        boolean starttls = address.security() == RelaySettings.Security.STARTTLS;
        String p = prefix();
        var properties = new Properties();
        properties.put(p + "localhost", address.localName());
        properties.put(p + "connectiontimeout", Integer.toString(Math.min(30_000, address.timeoutMillis())));
        // No time-out for writing: Jakarta Mail would keep a thread for each line; the watchdog cuts a line that is
        // stuck.
        properties.put(p + "timeout", Integer.toString(address.timeoutMillis()));
        properties.put(p + "auth", Boolean.toString(address.username().isPresent()));
        properties.put(p + "quitwait", "false");
        properties.put("mail.mime.allowutf8", "true");
        // RFC 8314 §4.1, RFC 3207 §4.1: TLS fails closed and the certificate's name is checked.
        properties.put(p + "starttls.enable", Boolean.toString(starttls));
        properties.put(p + "starttls.required", Boolean.toString(starttls));
        properties.put(p + "ssl.checkserveridentity", "true");
        properties.put(p + "socketFactory.fallback", "false");
        return properties;
    }
}
