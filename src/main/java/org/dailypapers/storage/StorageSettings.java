package org.dailypapers.storage;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.util.Optional;

/** Where things are kept. */
@StaticInitSafe
@ConfigMapping(prefix = "")
public interface StorageSettings {

    /** The folder of the embedded database, the secret, caught mail and the operator's own files. */
    @WithName("daily-papers.data")
    @WithDefault("./data")
    Path data();

    /** The address of PostgreSQL; the embedded H2 serves where it is not set. It may hold a password. */
    @WithName("database.url")
    Optional<String> databaseUrl();

    /** Whether the database is the embedded one. */
    default boolean embedded() {
        return databaseUrl().isEmpty();
    }
}
