package org.dailypapers.smtp;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/** How to reach the relay; without a host letters go to the embedded catcher. */
@StaticInitSafe
@ConfigMapping(prefix = "daily-papers.smtp")
public interface RelaySettings {

    Optional<@WithConverter(Host.class) String> host();

    /** Follows the security where it is not set. */
    @Min(1)
    @Max(65535)
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
    Optional<@WithConverter(Rate.class) Double> rate();

    /** How long a stage of the exchange may take (RFC 5321 §4.5.3.2); the reply to the final dot has the whole deadline. */
    @WithDefault("PT5M")
    @WithConverter(LengthOfTime.class)
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

    /** Reads a host's name, or its address of IPv4 or IPv6, in brackets or not. */
    final class Host implements Converter<String> {

        private static final Pattern NAME_OR_ADDRESS =
                Pattern.compile("[\\p{L}\\p{M}\\p{N}._-]+|\\[?[0-9A-Fa-f.]*:[0-9A-Fa-f:.]+(%\\w+)?]?");

        @Override
        public String convert(String text) {
            if (NAME_OR_ADDRESS.matcher(text).matches()) {
                return text;
            }
            // It is not shown: a password may stand before an @.
            throw new IllegalArgumentException("write a host's name or address alone, as in smtp.example.org;"
                    + " its port, user and password are settings of their own.");
        }
    }

    /** Reads a number of letters a second. */
    final class Rate implements Converter<Double> {
        @Override
        public Double convert(String text) {
            try {
                double rate = Double.parseDouble(text);
                if (rate > 0 && rate < Double.POSITIVE_INFINITY) {
                    return rate;
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(text + " is no number of letters a second.", e);
            }
            throw new IllegalArgumentException(text + " is no number of letters a second above 0.");
        }
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
