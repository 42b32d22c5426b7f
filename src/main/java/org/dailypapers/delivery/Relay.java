package org.dailypapers.delivery;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.util.Optional;
import java.util.Properties;
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
            if (address.username().isPresent() && !transport.offersLogin()) {
                transport.close();
                throw new TransportFailure(address + " offers no login, though one is set", null);
            }
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

    /** Angus's own, which remembers the first refusal of an exchange: a line lost at the RSET after it would hide it. */
    private static final class Transport extends SMTPTransport {

        private SmtpStage stage = SmtpStage.CONNECT;
        private SmtpReply refusal;
        private boolean smtpUtf8 = true;

        Transport(Session session, URLName name, boolean tls) {
            super(session, name, tls ? "smtps" : "smtp", tls);
        }

        void begin(Letter letter) {
            stage = SmtpStage.MAIL;
            refusal = null;
            smtpUtf8 = letter.needsSmtpUtf8();
        }

        Optional<SmtpReply> refusal() {
            return Optional.ofNullable(refusal);
        }

        boolean offersLogin() {
            return supportsExtension("AUTH") || supportsExtension("AUTH=LOGIN");
        }

        /** RFC 6531 §3.4: SMTPUTF8 is asked for only where needed, or a next hop without it returns an ASCII letter. */
        @Override
        public boolean supportsExtension(String name) {
            return (smtpUtf8 || !"SMTPUTF8".equals(name)) && super.supportsExtension(name);
        }

        @Override
        protected void sendCommand(String command) throws MessagingException {
            stage = switch (command.split("[ :]", 2)[0]) {
                case "MAIL" -> SmtpStage.MAIL;
                case "RCPT" -> SmtpStage.RCPT;
                case "DATA" -> SmtpStage.DATA;
                case "." -> SmtpStage.DOT;
                default -> stage;
            };
            super.sendCommand(command);
        }

        @Override
        protected int readServerResponse() throws MessagingException {
            int code = super.readServerResponse();
            if (refusal == null && code >= 400) {
                String text = String.valueOf(getLastServerResponse());
                refusal = new SmtpReply(stage, code, text.replaceFirst("^" + code + "[ -]?", ""));
            }
            return code;
        }
    }

    private static final class Connection implements MailConnection {

        private final Session session;
        private final Transport transport;
        private boolean broken;

        Connection(Session session, Transport transport) {
            this.session = session;
            this.transport = transport;
        }

        @Override
        public DeliveryResult send(Letter letter) {
            transport.begin(letter);
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
            Optional<SmtpReply> refusal = transport.refusal();
            if (refusal.isPresent()) {
                broken |= refusal.get().code() == 421;
                return DeliveryResult.of(refusal.get());
            }
            broken = true;
            return message.written()
                    ? new DeliveryResult.Unknown("line lost after the final dot: " + oneLine(e))
                    : new DeliveryResult.Deferred(
                            new SmtpReply(SmtpStage.CONNECT, 421, "line lost: " + oneLine(e)), ReplyMeaning.SLOW_DOWN);
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
