package org.dailypapers;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * A PostgreSQL of its own for the tests. It answers a commit when it has written it, as one that serves people, and does
 * not wait for the disk: no test takes the power away, and what a killed process has written stays. The service is there as
 * a role that owns its schema and nothing else, and may not write into {@code public}.
 */
public class PostgresServer implements QuarkusTestResourceLifecycleManager {

    /** The service's role, and the schema that is its own. */
    static final String ROLE = "papers";

    private static final List<String> ROLE_AND_SCHEMA = List.of(
            "create role papers login",
            "create schema papers authorization papers",
            "revoke all on schema public from public",
            "alter role papers set search_path = papers");

    private EmbeddedPostgres server;

    @Override
    public Map<String, String> start() {
        try {
            server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .start();
            run(ROLE_AND_SCHEMA);
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL did not start", e);
        }
        return Map.of("quarkus.datasource.jdbc.url", server.getJdbcUrl(ROLE, "postgres"));
    }

    int port() {
        return server.getPort();
    }

    private void run(List<String> statements) {
        try (Connection owner = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
                var statement = owner.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The service's role could not be made", e);
        }
    }

    @Override
    public void stop() {
        try {
            if (server != null) {
                server.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL did not stop", e);
        }
    }
}
