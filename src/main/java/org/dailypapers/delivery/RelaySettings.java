package org.dailypapers.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** How to reach the relay; without a host letters go to the embedded catcher. */
@ConfigMapping(prefix = "daily-papers.smtp")
public interface RelaySettings {

    Optional<String> host();

    /** Follows the security where it is not set. */
    OptionalInt port();

    Optional<String> username();

    Optional<String> password();

    @WithDefault("starttls")
    Security security();

    /** A PEM file of authorities to trust besides those that Java knows. */
    Optional<Path> trust();

    /** Connections kept open at once. */
    @Min(1)
    @Max(1000)
    @WithDefault("4")
    int connections();

    /** Letters that one connection carries before it is opened anew; many relays close it after a hundred. */
    @Min(1)
    @WithDefault("100")
    int messages();

    /** Letters a second that this process sends at most; without it, as many as the relay takes. */
    OptionalDouble rate();

    /** How long a stage of the exchange may take (RFC 5321 §4.5.3.2); the reply to the final dot has the whole deadline. */
    @WithDefault("PT5M")
    Duration timeout();

    /** How long a whole exchange may take when a stage may take that long: 15 minutes for the 5 that are the default. */
    static Duration deadline(Duration timeout) {
        return timeout.multipliedBy(3);
    }

    /** How fast letters are handed over. */
    default Pace pace() {
        return new Pace(connections(), messages(), rate().orElse(Double.POSITIVE_INFINITY));
    }

    /** How the connection is secured (RFC 3207, RFC 8314 §3.3). */
    enum Security {
        STARTTLS,
        TLS,
        NONE
    }

    /** The port that goes with the security where none is set. */
    default int effectivePort() {
        return port().orElse(
                        switch (security()) {
                            case STARTTLS -> 587;
                            case TLS -> 465;
                            case NONE -> 25;
                        });
    }
}
