package org.dailypapers.site.connection;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;
import org.dailypapers.web.AddressBlocks;

/** Whose connections are bounded, and how. */
@StaticInitSafe
@ConfigMapping(prefix = "daily-papers")
public interface ConnectionSettings {

    /** Connections that one client may have open at once; of more the slowest is closed. */
    @Min(1)
    @Max(100_000)
    @WithDefault("200")
    @WithName("connections.per-client")
    int perClient();

    /** The reverse proxies whose word on their clients counts. */
    Optional<@WithConverter(AddressBlocks.Reading.class) AddressBlocks> proxy();
}
