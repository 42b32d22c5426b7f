package org.dailypapers.command.check;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.dailypapers.backup.Backups;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** A PostgreSQL that this instance is to move to: looked at as at a start, and given its tables where it is empty. */
public final class EmptyDatabase {

    private EmptyDatabase() {}

    /** A connection to it; throws a {@link Failure} that says what is wrong without showing the address. */
    public static Connection open(String address) {
        DatabaseUrl url = DatabaseUrl.parse(address);
        DriverManager.setLoginTimeout(10);
        var wishes = new Properties();
        wishes.setProperty("reWriteBatchedInserts", "true");
        wishes.setProperty("logServerErrorDetail", "false");
        try {
            Connection connection = DriverManager.getConnection(address, wishes);
            try {
                DatabaseCheck.of(connection);
                Optional<String> used = Backups.used(connection);
                if (used.isPresent()) {
                    throw new Failure("The database of --to cannot be used: it is in use already: " + used.get()
                            + "; give an empty one");
                }
                Flyway.configure(Thread.currentThread().getContextClassLoader())
                        .dataSource(address, null, null)
                        .locations("classpath:db/migration/common", "classpath:db/migration/postgresql")
                        .load()
                        .migrate();
                return connection;
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException | FlywayException e) {
            throw new Failure("The database of --to cannot be used: "
                    + url.hide(
                            String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
        }
    }
}
