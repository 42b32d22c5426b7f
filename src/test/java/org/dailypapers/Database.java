package org.dailypapers;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import javax.sql.DataSource;

/** The tests' own view of the database: empties it, and says what it holds. */
@ApplicationScoped
public class Database {

    private static final List<String> TABLES = List.of(
            "thumbnail_image",
            "thumbnail",
            "edition_note",
            "desk_run",
            "desk_token",
            "desk_session",
            "desk_recovery",
            "desk_operator",
            "desk_try",
            "bounce",
            "run",
            "duty",
            "attempt",
            "message",
            "pressed",
            "digest",
            "letter_feed",
            "liked",
            "muted",
            "reader",
            "request",
            "consent",
            "subscriber",
            "suppression",
            "leaving",
            "mailed",
            "refusal",
            "alarm",
            "entry",
            "edition",
            "paper",
            "source",
            "rejected_record",
            "notice",
            "provider_call");

    private final DataSource source;

    Database(DataSource source) {
        this.source = source;
    }

    /** Every row of every table is gone. */
    public void empty() {
        try (Connection connection = source.getConnection();
                var statement = connection.createStatement()) {
            // At once: each commit waits for the disk.
            connection.setAutoCommit(false);
            for (String table : TABLES) {
                statement.executeUpdate("delete from " + table);
            }
            // Written in the background, so no part of what a dump compares.
            statement.executeUpdate("delete from likeness");
            // PostgreSQL refuses to delete one of its rows.
            statement.executeUpdate("truncate table desk_audit");
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything that the tables hold, in one text, so that two moments can be compared. */
    public String dump() {
        var all = new StringBuilder();
        TABLES.forEach(table -> all.append(table).append('\n').append(rows("select * from " + table + " order by 1")));
        return all.toString();
    }

    /** The rows of a query, a line each. */
    public String rows(String sql) {
        try (Connection connection = source.getConnection();
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            var lines = new ArrayList<String>();
            while (rows.next()) {
                var line = new StringJoiner(" | ");
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    line.add(String.valueOf(rows.getObject(i)));
                }
                lines.add(line + "\n");
            }
            return String.join("", lines);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public int update(String sql) {
        try (Connection connection = source.getConnection();
                var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
