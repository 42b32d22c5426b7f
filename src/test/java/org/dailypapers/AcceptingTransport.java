package org.dailypapers;

import java.util.ArrayList;
import java.util.List;
import org.dailypapers.smtp.DeliveryResult;
import org.dailypapers.smtp.Letter;
import org.dailypapers.smtp.MailTransport;

/** A relay that takes every letter at once and keeps it, for tests of the days rather than of the wire. */
public class AcceptingTransport implements MailTransport {

    public final List<Letter> accepted = new ArrayList<>();

    @Override
    public MailConnection open() {
        return new MailConnection() {
            @Override
            public DeliveryResult send(Letter letter, Runnable goAhead) {
                goAhead.run();
                accepted.add(letter);
                return new DeliveryResult.Accepted("250 2.0.0 taken");
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
