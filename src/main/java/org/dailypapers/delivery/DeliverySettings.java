package org.dailypapers.delivery;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;
import org.dailypapers.smtp.LengthOfTime;

/** How the outbox is worked off. */
@StaticInitSafe
@ConfigMapping(prefix = "daily-papers.delivery")
public interface DeliverySettings {

    /** How long a claimed message belongs to its worker; follows from the deadline of an exchange where it is not set. */
    Optional<@WithConverter(LengthOfTime.class) Duration> lease();

    /** The lease for exchanges that may take so long: a minute more, for composing and recording. */
    default Duration leaseFor(Duration deadline) {
        return lease().orElseGet(() -> deadline.plusMinutes(1));
    }

    /** Messages claimed at once, for each connection; all are claimed together. */
    @Min(1)
    @Max(1000)
    @WithDefault("10")
    int batch();

    /** How long a worker rests when nothing is due. */
    @WithDefault("PT0.5S")
    @WithConverter(LengthOfTime.class)
    Duration poll();

    /** How often a message that cannot be composed is tried before it is put aside. */
    @Min(1)
    @WithDefault("3")
    int composeAttempts();
}
