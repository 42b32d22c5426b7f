package org.dailypapers.command.check;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.Priorities;
import jakarta.annotation.Priority;

/**
 * Takes what stands in the environment and in {@code .env} literally: {@code $}, <code>${…}</code> and {@code $$} in a
 * password are parts of it. It acts before SmallRye expands a value (LIBRARY + 300), and escapes what would be expanded.
 */
@StaticInitSafe
@Priority(Priorities.LIBRARY + 250)
public final class LiteralSettings implements ConfigSourceInterceptor {

    private static final long serialVersionUID = 1;

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue value = context.proceed(name);
        boolean literal = value != null
                && value.getValue() != null
                && value.getConfigSourceName() != null
                && value.getConfigSourceName().startsWith(EnvConfigSource.NAME);
        return literal && value.getValue().indexOf('$') >= 0
                ? value.withValue(value.getValue().replace("$", "\\$"))
                : value;
    }
}
