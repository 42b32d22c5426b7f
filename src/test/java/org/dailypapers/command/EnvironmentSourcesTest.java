package org.dailypapers.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SysPropConfigSource;
import java.util.List;
import java.util.stream.StreamSupport;
import org.dailypapers.command.check.EnvironmentSources;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;

class EnvironmentSourcesTest {

    @Test
    void theyReplaceThoseThatSmallRyeBringsHoweverItIsAsked() {
        for (SmallRyeConfigBuilder builder : List.of(
                new SmallRyeConfigBuilder(),
                new SmallRyeConfigBuilder().addDefaultSources(),
                new SmallRyeConfigBuilder().addSystemSources())) {
            new EnvironmentSources().configBuilder(builder);
            List<ConfigSource> sources = StreamSupport.stream(
                            builder.build().getConfigSources().spliterator(), false)
                    .toList();
            assertEquals(
                    1,
                    sources.stream()
                            .filter(SysPropConfigSource.class::isInstance)
                            .count());
            assertEquals(
                    List.of(300, 295),
                    sources.stream()
                            .filter(EnvConfigSource.class::isInstance)
                            .map(ConfigSource::getOrdinal)
                            .toList());
        }
    }
}
