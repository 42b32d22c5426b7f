package org.dailypapers.command.check;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands between a database that answers and this program. Asked before anything in it is changed, and told in one
 * line: a failed migration would tell it in fifty.
 */
final class DatabaseCheck {

    /** The last step under {@code db/migration}. */
    static final int NEWEST_STEP = 52;

    private static final int OLDEST_POSTGRESQL = 15;
    private static final String HISTORY = "flyway_schema_history";
    private static final int MOST_NAMED = 3;

    private final Connection connection;

    private DatabaseCheck(Connection connection) {
        this.connection = connection;
    }

    /** Throws a {@link Failure} where the service could not work with the database behind the connection. */
    static void of(Connection connection) throws SQLException {
        var check = new DatabaseCheck(connection);
        boolean postgresql = connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
        if (postgresql) {
            check.server();
        }
        int step = check.step();
        if (step > NEWEST_STEP) {
            throw new Failure("The database was written by a newer version of Daily Papers (step " + step
                    + " of its schema; this version knows " + NEWEST_STEP
                    + "): start that version, or restore a backup from before the upgrade.");
        }
        if (step == 0) {
            check.empty();
        }
        if (postgresql && step < NEWEST_STEP) {
            check.mayCreate();
        }
    }

    private void server() throws SQLException {
        DatabaseMetaData server = connection.getMetaData();
        if (server.getDatabaseMajorVersion() < OLDEST_POSTGRESQL) {
            throw new Failure("PostgreSQL " + OLDEST_POSTGRESQL + " or newer is needed; that of DATABASE_URL is "
                    + server.getDatabaseProductVersion() + ".");
        }
        String encoding = one("show server_encoding");
        if (!encoding.equals("UTF8")) {
            throw new Failure("The database of DATABASE_URL holds texts as " + encoding
                    + "; make one with: create database papers encoding 'UTF8' template template0");
        }
        if (one("select pg_is_in_recovery() or current_setting('default_transaction_read_only')::boolean")
                .equals("t")) {
            throw new Failure("The database of DATABASE_URL takes no changes: it is a standby, or set to read only;"
                    + " name the primary.");
        }
        if (one("select current_schema()") == null) {
            throw new Failure(
                    "The role " + one("select current_user") + " has no schema in the database of DATABASE_URL"
                            + " (search_path " + one("show search_path") + "): make one for it with"
                            + " create schema papers authorization …; alter role … set search_path = papers");
        }
    }

    /** The last step that was taken; 0 where none was. */
    private int step() throws SQLException {
        if (tables(HISTORY).isEmpty()) {
            return 0;
        }
        String newest = one("select max(cast(version as integer)) from " + HISTORY + " where version is not null");
        return newest == null ? 0 : Integer.parseInt(newest);
    }

    private void empty() throws SQLException {
        List<String> others = tables("%");
        others.remove(HISTORY);
        // Another process may have begun to make the tables meanwhile.
        if (!others.isEmpty() && step() == 0) {
            throw new Failure("The schema " + connection.getSchema() + " holds tables of something else ("
                    + String.join(", ", others.subList(0, Math.min(MOST_NAMED, others.size())))
                    + (others.size() > MOST_NAMED ? ", …" : "")
                    + "): give Daily Papers a database or a schema of its own.");
        }
    }

    private void mayCreate() throws SQLException {
        if (one("select has_schema_privilege(current_schema(), 'CREATE')").equals("f")) {
            throw new Failure("The role " + one("select current_user") + " may not make tables in the schema "
                    + connection.getSchema()
                    + ": grant it with grant create on schema … to …, or give it a schema of its"
                    + " own.");
        }
    }

    private List<String> tables(String pattern) throws SQLException {
        var names = new ArrayList<String>();
        try (ResultSet rows = connection.getMetaData().getTables(null, connection.getSchema(), pattern, null)) {
            while (rows.next()) {
                if (rows.getString("TABLE_TYPE").contains("TABLE")) {
                    names.add(rows.getString("TABLE_NAME"));
                }
            }
        }
        return names;
    }

    private String one(String query) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
