package org.dailypapers.returns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.dailypapers.delivery.EnvelopeSenders;
import org.dailypapers.smtp.server.MessageData;
import org.dailypapers.storage.DatabaseFailure;
import org.jboss.logging.Logger;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;

/** One mail that comes back: from MAIL to the reply after the final dot (RFC 5321 §3.3). */
final class BounceTransaction implements MessageHandler {

    private static final Logger LOG = Logger.getLogger(BounceTransaction.class);

    /** Reports say what they have to say at their beginning; the rest is heard and not kept. */
    private static final int KEPT = 1 << 20;

    private static final int RECIPIENTS = 5;

    /** Who tries more of them guesses. */
    private static final int MOST_REFUSED = 10;

    private final Returns returns;
    private final EnvelopeSenders senders;
    private final MailRate rate;
    private final MessageContext session;
    private final List<String> recipients = new ArrayList<>();
    private boolean fromNobody;
    private int refused;

    BounceTransaction(Returns returns, EnvelopeSenders senders, MailRate rate, MessageContext session) {
        this.returns = returns;
        this.senders = senders;
        this.rate = rate;
        this.session = session;
    }

    @Override
    public void from(String address) throws RejectException {
        if (!rate.take(session.getRemoteAddress())) {
            throw new RejectException(451, "4.7.0 Too many mails at once; try again in a minute");
        }
        fromNobody = address.isBlank();
    }

    @Override
    public void recipient(String address) throws RejectException {
        if (senders.message(address).isEmpty() && senders.subscriber(address).isEmpty()) {
            if (++refused > MOST_REFUSED) {
                throw new DropConnectionException(421, "4.7.0 Too many addresses that are not here");
            }
            throw new RejectException(550, "5.1.1 There is no such address here");
        }
        if (recipients.size() >= RECIPIENTS) {
            throw new RejectException(452, "4.5.3 One mail at a time");
        }
        recipients.add(address);
    }

    @Override
    public String data(InputStream data) throws RejectException, IOException {
        byte[] mail = MessageData.read(data, KEPT, session);
        try {
            return "2.0.0 "
                    + returns.take(new ByteArrayInputStream(mail), new Envelope(fromNobody, recipients))
                            .followed();
        } catch (RuntimeException e) {
            if (DatabaseFailure.isBehind(e)) {
                LOG.warnf(
                        "A mail that came back waits, for the database is away or refuses: %s",
                        DatabaseFailure.said(e));
            } else {
                LOG.error("A mail that came back could not be taken in", e);
            }
            throw MessageData.refused(session, 451, "4.3.0 It cannot be taken in now; try again later");
        }
    }

    @Override
    public void done() {
        recipients.clear();
    }
}
