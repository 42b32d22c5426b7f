package org.dailypapers;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.agroal.api.AgroalPoolInterceptor;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.postgresql.PGConnection;

/**
 * What a session with PostgreSQL is told before it is used: how long it waits for a lock, and how long a statement may
 * take whose visitor waits for a page. Migrations and the day's own work may take as long as they do; H2 has its own
 * limit, two seconds for a lock.
 *
 * <p>Behind a pooler such as PgBouncer each transaction may have another session of the server: nothing is left there for
 * a later one, neither a setting nor a prepared statement.
 */
@Singleton
class DatabaseSessions implements AgroalPoolInterceptor {

    private static final Logger LOG = Logger.getLogger(DatabaseSessions.class);

    /** Longer than the day's own work keeps a row. */
    private static final Duration LOCK = Duration.ofSeconds(5);

    private static final Duration PAGE = Duration.ofSeconds(20);

    private volatile boolean migrated;
    private volatile boolean pooled;

    /** The schema is up to date by now. */
    void migrated(@Observes StartupEvent start, AgroalDataSource database) {
        migrated = true;
        // The sessions that migrated wait for locks without end.
        database.flush(FlushMode.IDLE);
    }

    @Override
    public void onConnectionCreate(Connection connection) {
        try {
            if (connection.isWrapperFor(PGConnection.class)) {
                begin(connection, connection.unwrap(PGConnection.class));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("A session could not be begun: " + e.getMessage(), e);
        }
    }

    private void begin(Connection connection, PGConnection session) throws SQLException {
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            // A pooler answers for many sessions, and makes up the number that the driver was told at its login.
            pooled = row.getInt(1) != session.getBackendPID();
            if (pooled) {
                session.setPrepareThreshold(0);
            } else if (migrated) {
                statement.execute("set lock_timeout = " + LOCK.toMillis());
            }
        }
    }

    @Override
    public void onConnectionAcquire(Connection connection) {
        try {
            boolean page = forAPage();
            if (migrated
                    && (page || pooled)
                    && connection.isWrapperFor(PGConnection.class)
                    && !connection.getAutoCommit()) {
                limit(connection, page);
            }
        } catch (SQLException e) {
            // Whoever uses the connection next is told the same.
            LOG.debug("A transaction could not be limited", e);
        }
    }

    private static boolean forAPage() {
        return Arc.container().requestContext().isActive() && CurrentRequestManager.get() != null;
    }

    /** For the transaction that begins. */
    private void limit(Connection connection, boolean page) throws SQLException {
        var settings = new StringBuilder();
        if (pooled) {
            settings.append("set transaction isolation level read committed; set local lock_timeout = ")
                    .append(LOCK.toMillis());
        }
        if (page) {
            settings.append(pooled ? "; " : "")
                    .append("set local statement_timeout = ")
                    .append(PAGE.toMillis());
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(settings.toString());
        }
    }
}
