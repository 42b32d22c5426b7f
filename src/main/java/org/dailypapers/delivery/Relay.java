package org.dailypapers.delivery;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** A server reached by Jakarta Mail over kept-open connections. */
public final class Relay implements MailTransport {

    private final RelayAddress address;

    public Relay(RelayAddress address) {
        this.address = address;
    }

    @Override
    public MailConnection open() throws TransportFailure {
        boolean tls = address.security() == RelaySettings.Security.TLS;
        Session session = Session.getInstance(properties());
        var transport = new Transport(session, new URLName(tls ? "smtps" : "smtp", null, -1, null, null, null), tls);
        try {
            transport.connect(
                    address.host(),
                    address.port(),
                    address.username().orElse(null),
                    address.password().orElse(null));
            return new Connection(session, transport);
        } catch (AuthenticationFailedException e) {
            throw new TransportFailure(
                    address + " refused the login: " + e.getMessage(),
                    new SmtpReply(SmtpStage.LOGIN, 535, String.valueOf(e.getMessage())),
                    e);
        } catch (MessagingException e) {
            throw new TransportFailure("no connection to " + address + ": " + reason(e), e);
        }
    }

    private static String reason(MessagingException e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest == e || deepest.getMessage() == null
                ? String.valueOf(e.getMessage())
                : e.getMessage() + " (" + deepest.getMessage() + ")";
    }

    private Properties properties() {
        String p = address.security() == RelaySettings.Security.TLS ? "mail.smtps." : "mail.smtp.";
        String timeout = Integer.toString(address.timeoutMillis());
        var properties = new Properties();
        properties.put(p + "localhost", address.localName());
        properties.put(p + "connectiontimeout", Integer.toString(Math.min(30_000, address.timeoutMillis())));
        properties.put(p + "timeout", timeout);
        properties.put(p + "writetimeout", timeout);
        properties.put(p + "auth", Boolean.toString(address.username().isPresent()));
        properties.put(p + "quitwait", "false");
        properties.put(p + "allow8bitmime", "true");
        properties.put("mail.mime.allowutf8", "true");
        // RFC 8314 §4.1, RFC 3207 §4.1: TLS fails closed and the certificate's name is checked.
        properties.put(p + "starttls.enable", Boolean.toString(starttls()));
        properties.put(p + "starttls.required", Boolean.toString(starttls()));
        properties.put(p + "ssl.checkserveridentity", "true");
        if (address.security() != RelaySettings.Security.TLS) {
            properties.put(p + "socketFactory", new UndelayedSockets());
            properties.put(p + "socketFactory.fallback", "false");
        }
        return properties;
    }

    private boolean starttls() {
        return address.security() == RelaySettings.Security.STARTTLS;
    }

    /** Lets the last server response be read; Angus keeps it. */
    private static final class Transport extends SMTPTransport {
        Transport(Session session, URLName name, boolean tls) {
            super(session, name, tls ? "smtps" : "smtp", tls);
        }
    }

    private static final class Connection implements MailConnection {

        private final Session session;
        private final SMTPTransport transport;
        private boolean broken;

        Connection(Session session, SMTPTransport transport) {
            this.session = session;
            this.transport = transport;
        }

        @Override
        public DeliveryResult send(Letter letter) {
            if (letter.needsSmtpUtf8() && !transport.supportsExtension("SMTPUTF8")) {
                // RFC 6531 §3.2: such an address cannot be passed on to a server without the extension.
                return new DeliveryResult.Rejected(
                        new SmtpReply(SmtpStage.RCPT, 553, "5.6.7 the relay does not take internationalised addresses"),
                        ReplyMeaning.OUR_FAULT);
            }
            var message = new PreparedMessage(session, letter);
            try {
                Address[] to = {new InternetAddress(letter.recipient(), false)};
                transport.sendMessage(message, to);
                return new DeliveryResult.Accepted(
                        transport.getLastServerResponse().strip());
            } catch (MessagingException e) {
                return failed(e, message);
            }
        }

        private DeliveryResult failed(MessagingException e, PreparedMessage message) {
            for (Exception next = e; next instanceof MessagingException link; next = link.getNextException()) {
                if (next instanceof SMTPAddressFailedException refused && refused.getReturnCode() > 0) {
                    return DeliveryResult.of(reply(SmtpStage.RCPT, refused.getReturnCode(), refused.getMessage()));
                }
            }
            if (e instanceof SMTPSenderFailedException refused && refused.getReturnCode() > 0) {
                return DeliveryResult.of(reply(SmtpStage.MAIL, refused.getReturnCode(), refused.getMessage()));
            }
            if (e instanceof SMTPSendFailedException refused && refused.getReturnCode() >= 400) {
                SmtpStage stage = message.written() ? SmtpStage.DOT : stage(refused.getCommand());
                return DeliveryResult.of(reply(stage, refused.getReturnCode(), refused.getMessage()));
            }
            broken = true;
            int code = transport.getLastReturnCode();
            if (message.written()) {
                return new DeliveryResult.Unknown("line lost after the final dot: " + oneLine(e));
            }
            if (code == 421) {
                return DeliveryResult.of(reply(SmtpStage.MAIL, 421, transport.getLastServerResponse()));
            }
            return new DeliveryResult.Deferred(
                    new SmtpReply(SmtpStage.CONNECT, 421, "line lost: " + oneLine(e)), ReplyMeaning.SLOW_DOWN);
        }

        private static SmtpStage stage(String command) {
            return command != null && command.startsWith("MAIL")
                    ? SmtpStage.MAIL
                    : command != null && command.startsWith("RCPT") ? SmtpStage.RCPT : SmtpStage.DATA;
        }

        private SmtpReply reply(SmtpStage stage, int code, String text) {
            if (code == 421) {
                broken = true;
            }
            String prefix = Integer.toString(code);
            String rest = text == null ? "" : text.strip();
            return new SmtpReply(
                    stage, code, rest.startsWith(prefix) ? rest.substring(3).replaceFirst("^[ -]", "") : rest);
        }

        private static String oneLine(Exception e) {
            return String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
        }

        @Override
        public boolean usable() {
            return !broken && transport.isConnected();
        }

        @Override
        public void close() {
            try {
                transport.close();
            } catch (MessagingException e) {
                // A line lost at QUIT changes nothing: what was accepted is accepted (RFC 5321 §4.1.1.10).
                broken = true;
            }
        }
    }

    /** The bytes as they are; nothing is built or encoded again. */
    private static final class PreparedMessage extends org.eclipse.angus.mail.smtp.SMTPMessage {

        private final Letter letter;
        private boolean written;

        PreparedMessage(Session session, Letter letter) {
            super(session);
            this.letter = letter;
            setEnvelopeFrom(letter.sender());
        }

        boolean written() {
            return written;
        }

        @Override
        public void writeTo(java.io.OutputStream out, String[] ignored) throws IOException {
            out.write(letter.bytes());
            written = true;
        }

        @Override
        public void saveChanges() {
            // The bytes carry their own Message-ID.
        }

        @Override
        public Address[] getAllRecipients() throws MessagingException {
            return new Address[] {new InternetAddress(letter.recipient(), false)};
        }
    }
}
