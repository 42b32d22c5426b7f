package org.dailypapers.command;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.dailypapers.command.verb.Postman;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.letter.address.Sender;
import org.dailypapers.mailbox.MailboxServer;
import org.dailypapers.smtp.Relay;
import org.dailypapers.smtp.RelayAddress;
import org.dailypapers.smtp.RelaySettings;
import org.dailypapers.storage.StorageSettings;

/**
 * The mail of the running service: letters go to the relay or, where none is set, to the mailbox that catches them, and
 * what comes back is taken in.
 */
@Singleton
class Sending {

    private static final int CATCHER_TIMEOUT_MILLIS = 30_000;

    private final Delivery delivery;
    private final Postman postman;
    private final RelaySettings relay;
    private final MailboxServer mailbox;
    private final StorageSettings storage;
    private final Sender sender;
    private final Returns returns;

    Sending(
            Delivery delivery,
            Postman postman,
            RelaySettings relay,
            MailboxServer mailbox,
            StorageSettings storage,
            Sender sender,
            Returns returns) {
        this.delivery = delivery;
        this.postman = postman;
        this.relay = relay;
        this.mailbox = mailbox;
        this.storage = storage;
        this.sender = sender;
        this.returns = returns;
    }

    void start() {
        delivery.start(postman.hasRelay() ? postman.relay() : catcher(), relay.pace());
        returns.start();
    }

    private Relay catcher() {
        int smtp = mailbox.start(storage.data().resolve("mailbox"));
        return new Relay(new RelayAddress(
                "127.0.0.1",
                smtp,
                RelaySettings.Security.NONE,
                Optional.empty(),
                Optional.empty(),
                CATCHER_TIMEOUT_MILLIS,
                sender.domain()));
    }

    /** Lets no letter be begun any more. */
    void stopClaiming() {
        delivery.stopClaiming();
    }

    /** Takes in nothing any more; returns when the mails at hand are in, or after that time. */
    void stopReturns(Duration patience) {
        returns.stop(patience);
    }

    /** Returns when the letters at hand have left, or after that time. */
    void stop(Duration patience) {
        delivery.stop(patience);
        mailbox.stop();
    }
}
