package org.dailypapers.site.connection;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.OptionalInt;

/** How much one client network may ask for in a minute; without a number as much as it likes. */
@StaticInitSafe
@ConfigMapping(prefix = "daily-papers.limit")
public interface RateSettings {

    /** Forms that are sent: signing up, asking for a link, confirming, preferences. Leaving is never limited. */
    @Min(1)
    @Max(1_000_000)
    OptionalInt forms();

    /** Forecasts. */
    @Min(1)
    @Max(1_000_000)
    OptionalInt forecast();

    /** Searches, feeds of one's own question, and cards of links. */
    @Min(1)
    @Max(1_000_000)
    OptionalInt search();

    /** All else under /api but the desk's and what providers of mail tell, and /mcp. */
    @Min(1)
    @Max(1_000_000)
    OptionalInt api();
}
