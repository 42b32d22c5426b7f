package org.dailypapers.command.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralSettingsTest {

    /** As the service's own properties name a setting within another. */
    private static final Map<String, String> OURS = Map.of(
            "outer",
            "${daily-papers.smtp.password}",
            "around",
            "jdbc:h2:${daily-papers.smtp.password}/x;${own}",
            "own",
            "MODE=1");

    private static SmallRyeConfig config(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredInterceptors()
                .withSources(new EnvConfigSource(environment, 300), new PropertiesConfigSource(OURS, "ours", 250))
                .build();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${x}",
                "$$",
                "$",
                "$$$",
                "a$b",
                "\\$",
                "\\\\$",
                "\\\\",
                "${",
                "${}",
                "${x:y}",
                "$${x}",
                "\\${x}",
                "a}b{",
                "${HOME}",
                "${daily-papers.smtp.password}",
                "${own}",
                "#{x}",
                "%{x}",
                " $ ",
                "$\\",
                "${aes::x}",
                ":${own}:"
            })
    void aValueOfTheEnvironmentIsItself(String value) {
        SmallRyeConfig config = config(Map.of("DAILY_PAPERS_SMTP_PASSWORD", value));
        assertEquals(value, config.getValue("daily-papers.smtp.password", String.class));
        assertEquals(value, config.getValue("outer", String.class));
        assertEquals("jdbc:h2:" + value + "/x;MODE=1", config.getValue("around", String.class));
    }

    @Property(tries = 500)
    void anyValueIsItself(@ForAll("values") String value) {
        SmallRyeConfig config = config(Map.of("DAILY_PAPERS_SMTP_PASSWORD", value));
        assertEquals(value, config.getValue("daily-papers.smtp.password", String.class));
        assertEquals(value, config.getValue("outer", String.class));
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of("$", "{", "}", "\\", ":", "own", "x", " ", ",", "\"", "'", "%", "ü", "#", "=")
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    @Test
    void theServicesOwnPropertiesStillNameOneAnother() {
        assertEquals(
                "jdbc:h2:y/x;MODE=1",
                config(Map.of("DAILY_PAPERS_SMTP_PASSWORD", "y")).getValue("around", String.class));
    }
}
