package org.dailypapers.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * Angus's own transport, which remembers where an exchange is and its first refusal: a line lost at the RSET after it
 * would hide it.
 *
 * <p>Where the server offers PIPELINING (RFC 2920), sender, recipient and DATA leave together when Angus says the first
 * of them; the other two are not sent again when their turn comes, and Angus reads one reply after the other as ever.
 * After a refusal DATA waits for its turn: behind a second one it would be a second error to servers that count them.
 */
final class SmtpLine extends SMTPTransport {

    private static final int GO_ON = 354;
    private static final String DATA = "DATA";
    private static final String DOT = ".";
    private static final String RESET = "RSET";
    private static final byte[] FINAL = {'.', '\r', '\n'};

    private final UndelayedSockets sockets;
    private final RelayAddress address;

    /** Commands that the server has already and whose turn has not come. */
    private final Deque<String> ahead = new ArrayDeque<>(2);

    /** Room for a letter and its final dot. */
    private byte[] wire = {};

    private String recipient = "";
    private boolean dotted;
    private boolean reset;
    private boolean cautious;
    private String command = "";
    private SmtpStage stage = SmtpStage.CONNECT;
    private @Nullable SmtpReply refusal;
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
        cautious = refusal != null;
        reset = false;
        stage = SmtpStage.MAIL;
        refusal = null;
        smtpUtf8 = letter.needsSmtpUtf8();
        recipient = letter.recipient();
        ahead.clear();
        dotted = false;
    }

    SmtpStage stage() {
        return stage;
    }

    Optional<SmtpReply> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Whether the server forgot the last letter when it was told to, as Angus does after each refusal. */
    boolean isReset() {
        return reset;
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
     * Writes the letter after DATA: together with its final dot and past Angus's stream, which looks at each byte twice
     * and passes on line by line, where the line is not encrypted and the letter can be sent as it stands.
     */
    void write(Letter letter, OutputStream angus) throws IOException {
        if (secured || !letter.transparent()) {
            angus.write(letter.bytes());
            return;
        }
        int size = letter.bytes().length;
        if (wire.length < size + FINAL.length) {
            wire = new byte[size + size / 4 + FINAL.length];
        }
        System.arraycopy(letter.bytes(), 0, wire, 0, size);
        System.arraycopy(FINAL, 0, wire, size, FINAL.length);
        // Where this fails, the last of the bytes have not left, and the dot is among them.
        sockets.line().write(wire, 0, size + FINAL.length);
        dotted = true;
        // From here on the server may have taken it, whatever happens before Angus says the dot.
        stage = SmtpStage.DOT;
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
        this.command = command;
        stage = stage(command);
        if (DOT.equals(command)) {
            // RFC 5321 §4.5.3.2.6: ten minutes, where a stage has five; giving up early makes a letter come twice.
            sockets.patience(Math.toIntExact(address.deadline().toMillis()));
        }
        if (command.equals(ahead.peek())) {
            ahead.remove();
        } else if (stage == SmtpStage.MAIL && command.startsWith("MAIL ") && supportsExtension("PIPELINING")) {
            String rcpt = "RCPT TO:<" + recipient + ">";
            sendTogether(cautious ? List.of(command, rcpt) : List.of(command, rcpt, DATA));
        } else if (!dotted || !DOT.equals(command)) {
            drainPipelinedReplies(command);
            super.sendCommand(command);
        }
    }

    private SmtpStage stage(String command) {
        if (command.startsWith("MAIL ")) {
            return SmtpStage.MAIL;
        }
        if (command.startsWith("RCPT ")) {
            return SmtpStage.RCPT;
        }
        return switch (command) {
            case DATA -> SmtpStage.DATA;
            case DOT -> SmtpStage.DOT;
            default -> stage;
        };
    }

    private void sendTogether(List<String> commands) throws MessagingException {
        if (secured) {
            for (String command : commands) {
                super.sendCommand(command);
            }
        } else {
            try {
                sockets.line().write(lines(commands).getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new MessagingException("The commands could not be sent", e);
            }
        }
        ahead.addAll(commands.subList(1, commands.size()));
    }

    private static String lines(List<String> commands) {
        var lines = new StringBuilder();
        for (String command : commands) {
            // Angus refuses it as well (CVE-2025-7962), and this passes it by.
            if (command.indexOf('\r') >= 0 || command.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("A command holds a line's end");
            }
            lines.append(command).append("\r\n");
        }
        return lines.toString();
    }

    /**
     * Reads the replies to what was sent ahead of a refused command, before something else is said. RFC 2920 §3.1: a
     * server may say 354 though there is no recipient; nothing but the dot is sent then. Where none was refused the dot
     * would send an empty letter: the line is cut.
     */
    private void drainPipelinedReplies(String next) throws MessagingException {
        boolean lost = "QUIT".equals(next);
        while (!lost && !ahead.isEmpty()) {
            boolean data = DATA.equals(ahead.remove());
            int code = super.readServerResponse();
            lost = code < 0;
            if (data && code == GO_ON && refusal == null) {
                sockets.cut();
                lost = true;
            } else if (data && code == GO_ON) {
                super.sendCommand(DOT);
                lost = super.readServerResponse() < 0;
            }
        }
        ahead.clear();
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
        reset = code / 100 == 2 && RESET.equals(command);
        return code;
    }
}
