package org.dailypapers.command;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.OptionalInt;
import org.dailypapers.command.check.Failure;
import org.dailypapers.returns.BounceListener;
import org.dailypapers.returns.BounceMailbox;
import org.dailypapers.returns.ReturnSettings;

/** The taking in of mail that comes back while the service runs: by a port of its own, from a mailbox, or not at all. */
@Singleton
class Returns {

    private final BounceListener listener;
    private final BounceMailbox mailbox;
    private final OptionalInt port;

    Returns(BounceListener listener, BounceMailbox mailbox, ReturnSettings settings) {
        this.listener = listener;
        this.mailbox = mailbox;
        this.port = settings.bouncePort();
    }

    void start() {
        port.ifPresent(this::listen);
        mailbox.start();
    }

    private void listen(int at) {
        try {
            listener.start(at);
        } catch (IllegalStateException e) {
            throw new Failure("The service does not start: " + e.getMessage() + ".");
        }
    }

    /** Returns when the mails at hand are taken in, or after that time. */
    void stop(Duration patience) {
        listener.stop();
        mailbox.stop(patience);
    }
}
