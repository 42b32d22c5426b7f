package org.dailypapers.mailbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.dailypapers.smtp.server.MessageData;
import org.jboss.logging.Logger;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;

/** One mail transaction of a session: from MAIL to the reply after the final dot (RFC 5321 §3.3). */
final class MailTransaction implements MessageHandler {

    private static final Logger LOG = Logger.getLogger(MailTransaction.class);

    private final CaughtMail mail;
    private final MessageContext session;
    private final List<String> recipients = new ArrayList<>();
    private String from = "";

    MailTransaction(CaughtMail mail, MessageContext session) {
        this.mail = mail;
        this.session = session;
    }

    @Override
    public void from(String address) throws RejectException {
        if (Envelope.holdsControl(address)) {
            throw new RejectException(553, "5.1.7 The sender's address holds a control character");
        }
        from = address;
    }

    @Override
    public void recipient(String address) throws RejectException {
        if (address.isBlank() || Envelope.holdsControl(address)) {
            throw new RejectException(553, "5.1.3 Not an address");
        }
        ScriptedRecipient.of(address).play();
        recipients.add(address);
    }

    /** Takes the message; the reply it returns follows 250 and is sent only when the letter is on disk. */
    @Override
    public String data(InputStream data) throws RejectException, IOException {
        byte[] message = MessageData.read(data, MessageData.SIZE, session);
        try {
            return "2.0.0 Kept as letter " + mail.add(new Envelope(from, recipients), message);
        } catch (UncheckedIOException e) {
            LOG.errorf("%s; free space or make it writable: %s", e.getMessage(), e.getCause());
            throw MessageData.refused(session, 452, "4.3.1 The mailbox cannot write to its folder");
        }
    }

    @Override
    public void done() {
        recipients.clear();
    }
}
