package org.dailypapers.command.check;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import io.smallrye.config.SysPropConfigSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Where settings come from before the service's own properties: the system properties, the environment, and {@code .env}
 * as {@link DotEnv} reads it. SmallRye would read that file as one of Java properties, in which a backslash escapes. Also
 * for what Quarkus makes before its start proper, such as the filters of requests: there SmallRye's own sources serve else.
 */
@StaticInitSafe
public final class EnvironmentSources implements SmallRyeConfigBuilderCustomizer {

    /** Between the environment, 300, and a properties file outside of the package, 260. */
    private static final int DOT_ENV = 295;

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        Map<String, String> file = new HashMap<>(DotEnv.read(Path.of(".env")).settings());
        // One that is empty in the environment says that the file's does not count, and is set to nothing itself.
        file.keySet().removeAll(environment.keySet());
        if (builder.isAddDefaultSources()) {
            // They are those of the system, which are replaced here, and those of properties.
            builder.setAddDefaultSources(false).addPropertiesSources();
        }
        builder.setAddSystemSources(false)
                .withSources(
                        new SysPropConfigSource(),
                        new EnvConfigSource(filled(environment), EnvConfigSource.ORDINAL),
                        new EnvConfigSource(filled(file), DOT_ENV));
    }

    private static Map<String, String> filled(Map<String, String> settings) {
        settings.values().removeIf(String::isEmpty);
        return settings;
    }

    /** After those that ask for SmallRye's own sources. */
    @Override
    public int priority() {
        return Integer.MAX_VALUE;
    }
}
