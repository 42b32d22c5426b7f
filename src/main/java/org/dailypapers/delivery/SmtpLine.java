package org.dailypapers.delivery;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Angus's own transport, which remembers where an exchange is and its first refusal: a line lost at the RSET after it
 * would hide it.
 */
final class SmtpLine extends SMTPTransport {

    private final UndelayedSockets sockets;
    private final RelayAddress address;
    private SmtpStage stage = SmtpStage.CONNECT;
    private SmtpReply refusal;
    private boolean smtpUtf8 = true;
    private boolean secured;

    SmtpLine(Session session, RelayAddress address, UndelayedSockets sockets) {
        this(session, address, sockets, address.security() == RelaySettings.Security.TLS);
    }

    private SmtpLine(Session session, RelayAddress address, UndelayedSockets sockets, boolean tls) {
        super(session, new URLName(tls ? "smtps" : "smtp", null, -1, null, null, null), tls ? "smtps" : "smtp", tls);
        this.sockets = sockets;
        this.address = address;
        this.secured = tls;
    }

    void begin(Letter letter) {
        stage = SmtpStage.MAIL;
        refusal = null;
        smtpUtf8 = letter.needsSmtpUtf8();
    }

    SmtpStage stage() {
        return stage;
    }

    Optional<SmtpReply> refusal() {
        return Optional.ofNullable(refusal);
    }

    boolean offersLogin() {
        return supportsExtension("AUTH") || supportsExtension("AUTH=LOGIN");
    }

    /** The largest message that the server announced to take, in octets (RFC 1870 §4); empty where it named none. */
    OptionalLong sizeLimit() {
        String limit = getExtensionParameter("SIZE");
        return limit == null || !limit.matches("[0-9]{1,18}") || Long.parseLong(limit) == 0
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(limit));
    }

    /** RFC 6531 §3.4: SMTPUTF8 is asked for only where needed, or a next hop without it returns an ASCII letter. */
    @Override
    public boolean supportsExtension(String name) {
        return (smtpUtf8 || !"SMTPUTF8".equals(name)) && super.supportsExtension(name);
    }

    /**
     * Writes the letter after DATA: past Angus's stream, which looks at each byte twice and passes on line by line, where
     * the line is not encrypted and the letter's lines are whole.
     */
    void write(Letter letter, OutputStream angus) throws IOException {
        Optional<byte[]> whole = secured ? Optional.empty() : letter.stuffed();
        if (whole.isPresent()) {
            sockets.line().write(whole.get());
        } else {
            angus.write(letter.bytes());
        }
    }

    @Override
    protected void startTLS() throws MessagingException {
        super.startTLS();
        secured = true;
    }

    /** RFC 3207 §4.2: what was announced in the clear counts no more; Angus would keep it where this is refused. */
    @Override
    protected boolean ehlo(String domain) throws MessagingException {
        boolean greeted = super.ehlo(domain);
        if (secured && !greeted) {
            throw new MessagingException("EHLO was refused once the line was secured: " + getLastServerResponse());
        }
        return greeted;
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
        boolean dot = stage == SmtpStage.DOT && ".".equals(command);
        if (dot) {
            // RFC 5321 §4.5.3.2.6: ten minutes, where a stage has five; giving up early makes a letter come twice.
            sockets.patience(Math.toIntExact(address.deadline().toMillis()));
        }
        super.sendCommand(command);
    }

    @Override
    protected int readServerResponse() throws MessagingException {
        int code = super.readServerResponse();
        if (stage == SmtpStage.DOT) {
            sockets.patience(address.timeoutMillis());
        }
        if (refusal == null && code >= 400) {
            String text = String.valueOf(getLastServerResponse());
            refusal = new SmtpReply(stage, code, text.replaceFirst("^" + code + "[ -]?", ""));
        }
        return code;
    }
}
