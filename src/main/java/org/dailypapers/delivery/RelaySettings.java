package org.dailypapers.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;
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

    /** Connections kept open at once. */
    @Min(1)
    @Max(1000)
    @WithDefault("4")
    int connections();

    /** How long a stage of the exchange may take; RFC 5321 §4.5.3.2 asks for five minutes, ten after the final dot. */
    @WithDefault("PT5M")
    Duration timeout();

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
