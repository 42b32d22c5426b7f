package org.dailypapers.storage;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The way to the database for statements over many rows; single rows are JPA's. What fails is a
 * {@link DatabaseFailure}, which says what could not be done.
 */
@ApplicationScoped
public class Sql {

    private final DataSource database;

    /** Over that database. */
    public Sql(DataSource database) {
        this.database = database;
    }

    /** What is done with a connection, which is closed thereafter. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        /** Does it. */
        T on(Connection connection) throws SQLException;
    }

    /** Sets the parameters of a statement, runs it and reads what it says. */
    @FunctionalInterface
    public interface Run<T extends @Nullable Object> {
        /** Does it. */
        T of(PreparedStatement statement) throws SQLException;
    }

    /**
     * Does the work in the transaction at hand; without one, each statement is its own.
     *
     * @param failure says what could not be done
     */
    public <T extends @Nullable Object> T joined(String failure, Work<T> work) {
        try (Connection connection = database.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new DatabaseFailure(failure, e);
        }
    }

    /** Runs a statement as {@link #joined(String, Work)} does its work. */
    public <T extends @Nullable Object> T joined(String failure, String sql, Run<T> run) {
        return joined(failure, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                return run.of(statement);
            }
        });
    }

    /** Does the work in a transaction of its own. */
    public <T extends @Nullable Object> T inTransaction(String failure, Work<T> work) {
        return QuarkusTransaction.requiringNew().call(() -> joined(failure, work));
    }

    /** Runs a statement in a transaction of its own. */
    public <T extends @Nullable Object> T inTransaction(String failure, String sql, Run<T> run) {
        return QuarkusTransaction.requiringNew().call(() -> joined(failure, sql, run));
    }
}
