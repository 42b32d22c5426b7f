package org.dailypapers.desk;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.Optional;
import org.dailypapers.smtp.LengthOfTime;
import org.dailypapers.web.AddressBlocks;

/** What the operator's side of the service heeds. */
@StaticInitSafe
@ConfigMapping(prefix = "daily-papers")
public interface DeskSettings {

    /** Who may read metrics and the health checks one by one, besides this machine. */
    @WithName("monitoring.from")
    Optional<@WithConverter(AddressBlocks.Reading.class) AddressBlocks> monitoringFrom();

    /** How often the service looks what is due. */
    @WithDefault("60s")
    @WithConverter(LengthOfTime.class)
    Duration tick();
}
