package org.dailypapers.desk;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.dailypapers.storage.StorageSettings;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * How large the embedded database's file is, and how much of that is data, for {@code /q/health/ready}. Always up: that
 * the database answers is another check's. The file is compacted when the service stops.
 */
@Readiness
@ApplicationScoped
class FileHealth implements HealthCheck {

    private final DataSource database;
    private final boolean embedded;

    @Inject
    FileHealth(DataSource database, StorageSettings storage) {
        this(database, storage.embedded());
    }

    FileHealth(DataSource database, boolean embedded) {
        this.database = database;
        this.embedded = embedded;
    }

    /**
     * @param bytes of the file; 0 for a database in memory
     * @param live of what can still be read, about
     */
    record Fill(long bytes, long live) {
        int percent() {
            return bytes == 0 ? 100 : (int) Math.min(100, 100 * live / bytes);
        }
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("database file").up();
        if (!embedded) {
            return response.build();
        }
        try {
            Fill fill = fill();
            response.withData("bytes", fill.bytes())
                    .withData("live bytes", fill.live())
                    .withData("live percent", fill.percent());
        } catch (SQLException e) {
            response.withData("reason", "The database does not answer");
        }
        return response.build();
    }

    Fill fill() throws SQLException {
        Map<String, Long> info = new HashMap<>();
        try (Connection connection = database.getConnection();
                var select = connection.prepareStatement("""
                        select setting_name, setting_value
                        from information_schema.settings
                        where setting_name in ('info.FILE_SIZE', 'info.FILL_RATE', 'info.CHUNKS_FILL_RATE')""");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                info.put(row.getString(1), row.getLong(2));
            }
        }
        long bytes = info.getOrDefault("info.FILE_SIZE", 0L);
        long live = bytes * info.getOrDefault("info.FILL_RATE", 0L) * info.getOrDefault("info.CHUNKS_FILL_RATE", 0L);
        return new Fill(bytes, live / 10_000);
    }
}
