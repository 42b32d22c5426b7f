package org.dailypapers.mailbox;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.Session;

/** One mail transaction of a session: from MAIL to the reply after the final dot (RFC 5321 §3.3). */
final class MailTransaction implements MessageHandler {

    /** The largest message taken, in bytes; announced as SIZE (RFC 1870). */
    static final int SIZE = 10_000_000;

    /** Past this a sender that overruns SIZE is cut off rather than heard out. */
    private static final long PATIENCE = 10L * SIZE;

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
        byte[] message;
        try {
            message = data.readNBytes(SIZE + 1);
            if (message.length > SIZE) {
                hearOut(data);
                throw refused(552, "5.3.4 The message is larger than " + SIZE + " bytes");
            }
        } catch (EOFException lineLost) {
            throw new DropConnectionException(421, "4.4.2 The line was lost within the message");
        }
        try {
            return "2.0.0 Kept as letter " + mail.add(new Envelope(from, recipients), message);
        } catch (UncheckedIOException e) {
            LOG.errorf("%s; free space or make it writable: %s", e.getMessage(), e.getCause());
            throw refused(452, "4.3.1 The mailbox cannot write to its folder");
        }
    }

    @Override
    public void done() {
        recipients.clear();
    }

    private static void hearOut(InputStream data) throws IOException, RejectException {
        byte[] passedOver = new byte[8192];
        for (long heard = SIZE; heard <= PATIENCE; ) {
            int n = data.read(passedOver);
            if (n < 0) {
                return;
            }
            heard += n;
        }
        throw new DropConnectionException(552, "5.3.4 The message is larger than " + SIZE + " bytes");
    }

    // RFC 5321 §4.1.1.4: a failed DATA ends the transaction too; the library leaves it open.
    private RejectException refused(int code, String reason) {
        if (session instanceof Session open) {
            open.resetMailTransaction();
        }
        return new RejectException(code, reason);
    }
}
