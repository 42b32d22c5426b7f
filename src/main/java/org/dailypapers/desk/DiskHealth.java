package org.dailypapers.desk;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dailypapers.storage.StorageSettings;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether the embedded database has room to write, for {@code /q/health/ready}: on a full disk H2 may still answer what
 * is read. Up where the database is elsewhere.
 */
@Readiness
@ApplicationScoped
class DiskHealth implements HealthCheck {

    /** What H2 writes in one go is smaller, unless it tidies up. */
    private static final long LEAST_BYTES = 1 << 20;

    private final Path data;
    private final boolean embedded;
    private final long least;

    @Inject
    DiskHealth(StorageSettings storage) {
        this(storage.data(), storage.embedded(), LEAST_BYTES);
    }

    DiskHealth(Path data, boolean embedded, long least) {
        this.data = data;
        this.embedded = embedded;
        this.least = least;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("disk");
        if (!embedded || !Files.isDirectory(data)) {
            return response.up().build();
        }
        try {
            long room = Files.getFileStore(data).getUsableSpace();
            return response.status(room >= least)
                    .withData("free bytes", room)
                    .withData("needed bytes", least)
                    .build();
        } catch (IOException e) {
            return response.down()
                    .withData("reason", "The data folder cannot be looked at: " + e.getMessage())
                    .build();
        }
    }
}
