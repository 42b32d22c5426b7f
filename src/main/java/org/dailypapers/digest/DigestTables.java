package org.dailypapers.digest;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.dailypapers.storage.DatabaseFailure;

/** Connections for work on many rows. */
@ApplicationScoped
class DigestTables {

    private final DataSource database;

    DigestTables(DataSource database) {
        this.database = database;
    }

    /** What is done with a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * Does the work in the transaction at hand.
     *
     * @param failure says what could not be done
     */
    <T> T joined(String failure, Work<T> work) {
        try (Connection connection = database.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new DatabaseFailure(failure, e);
        }
    }

    /** Does the work in a transaction of its own. */
    <T> T inTransaction(String failure, Work<T> work) {
        return QuarkusTransaction.requiringNew().call(() -> joined(failure, work));
    }
}
