package org.dailypapers.command.verb;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.LongSupplier;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.letter.address.Sender;
import org.dailypapers.smtp.Relay;
import org.dailypapers.smtp.RelayAddress;
import org.dailypapers.smtp.RelaySettings;
import org.dailypapers.smtp.RelayTrust;

/** Sees to it that queued letters leave: by the running service, by this process, or later. */
@ApplicationScoped
public class Postman {

    private final Delivery delivery;
    private final RelaySettings settings;
    private final Sender sender;
    private final ServiceState state;

    public Postman(Delivery delivery, RelaySettings settings, Sender sender, ServiceState state) {
        this.delivery = delivery;
        this.settings = settings;
        this.sender = sender;
        this.state = state;
    }

    /** The relay of the settings. */
    public Relay relay() {
        var address = new RelayAddress(
                settings.host().orElseThrow(),
                settings.effectivePort(),
                settings.security(),
                settings.username(),
                settings.password(),
                (int) settings.timeout().toMillis(),
                sender.domain());
        return new Relay(address, RelayTrust.sockets(settings.trust().orElse(null)));
    }

    public boolean hasRelay() {
        return settings.host().isPresent();
    }

    /** Sends what is queued where nobody else does, and says in a line what becomes of it. */
    String deliver(LongSupplier waiting) {
        if (state.serving()) {
            return "The running service sends them.";
        }
        if (hasRelay()) {
            int dealt = delivery.drain(relay(), settings.pace());
            long left = waiting.getAsLong();
            return left == 0 ? "Sent " + dealt + "." : "Dealt with " + dealt + "; " + left + " still wait.";
        }
        return waiting.getAsLong() + " wait; no relay is set here. A service sends them: the one that runs, or the next"
                + " ./run.";
    }
}
