package org.dailypapers.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dailypapers.smtp.DeliveryResult;
import org.dailypapers.smtp.Letter;
import org.dailypapers.smtp.MailTransport;
import org.dailypapers.smtp.SmtpReply;
import org.dailypapers.smtp.SmtpStage;

/** A relay that takes letters and keeps them, but for those to recipients that a test told it to refuse. */
public class RefusingTransport implements MailTransport {

    public final List<Letter> accepted = new ArrayList<>();
    public final List<Letter> refused = new ArrayList<>();
    private final Map<String, String> replies = new HashMap<>();

    /** Answers at RCPT to that recipient with the reply, such as {@code 450 4.2.0 greylisted}. */
    public void refuse(String recipient, String reply) {
        replies.put(recipient, reply);
    }

    /** From now on refuses nobody, and has taken nothing yet. */
    public void relent() {
        replies.clear();
        accepted.clear();
    }

    @Override
    public MailConnection open() {
        return new MailConnection() {
            @Override
            public DeliveryResult send(Letter letter, Runnable goAhead) {
                String reply = replies.get(letter.recipient());
                if (reply == null) {
                    goAhead.run();
                    accepted.add(letter);
                    return new DeliveryResult.Accepted("250 2.0.0 taken");
                }
                refused.add(letter);
                return DeliveryResult.of(
                        new SmtpReply(SmtpStage.RCPT, Integer.parseInt(reply.substring(0, 3)), reply.substring(4)));
            }

            @Override
            public boolean usable() {
                return true;
            }

            @Override
            public void close() {}
        };
    }
}
