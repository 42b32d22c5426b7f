package org.dailypapers.backup;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tables of a database, each behind those that it refers to, and what its sequences give next. */
final class Schema {

    /**
     * What a process knows of itself and of others at the moment, what tells which schema it is, and which catalogue: a
     * search index on disk may be ahead of what is restored, so it is made anew, and so is what was learned of papers.
     */
    private static final Set<String> NOT_KEPT =
            Set.of("flyway_schema_history", "replica", "duty", "catalogue", "likeness");

    /** What lets somebody in, and is not backed up: a restore would let in again who has been shut out since. */
    private static final Set<String> SIGNED_IN = Set.of("desk_session", "desk_token", "desk_try");

    /** What a database has from its first start on. */
    private static final Set<String> FROM_THE_START = Set.of("mailbox_lock", "turn", "mend", "instance_key", "upkeep");

    private final Connection connection;
    private final DatabaseMetaData about;
    private final boolean postgresql;

    Schema(Connection connection) throws SQLException {
        this.connection = connection;
        about = connection.getMetaData();
        postgresql = about.getDatabaseProductName().equals("PostgreSQL");
    }

    /** Begins a transaction that sees one moment of the database, whatever others change meanwhile. */
    void beginSnapshot() throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            // In the transaction alone: behind a pooler the session is another's afterwards.
            statement.execute(
                    postgresql
                            ? "set transaction isolation level repeatable read, read only"
                            : "set session characteristics as transaction isolation level snapshot");
        }
        step();
    }

    /** Ends it. */
    void endSnapshot() throws SQLException {
        connection.rollback();
        if (!postgresql) {
            try (var statement = connection.createStatement()) {
                statement.execute("set session characteristics as transaction isolation level read committed");
            }
        }
        connection.setAutoCommit(true);
    }

    /** The last step of the migrations. */
    int step() throws SQLException {
        return (int)
                number("select max(cast(version as integer)) from flyway_schema_history where version is not null");
    }

    /** Of those tables what a backup holds. */
    static List<TableShape> backedUp(List<TableShape> tables) {
        return tables.stream()
                .filter(table -> !SIGNED_IN.contains(table.name()))
                .toList();
    }

    /** All that is kept. */
    List<TableShape> tables() throws SQLException {
        var open = new TreeMap<String, Set<String>>();
        for (String name : names()) {
            open.put(name, new TreeSet<>());
        }
        for (Map.Entry<String, Set<String>> table : open.entrySet()) {
            try (ResultSet row = about.getImportedKeys(null, connection.getSchema(), table.getKey())) {
                while (row.next()) {
                    table.getValue().add(row.getString("PKTABLE_NAME"));
                }
            }
            table.getValue().remove(table.getKey());
        }
        var ordered = new ArrayList<TableShape>();
        while (!open.isEmpty()) {
            List<String> next = open.entrySet().stream()
                    .filter(table -> table.getValue().stream().noneMatch(open::containsKey))
                    .map(Map.Entry::getKey)
                    .toList();
            if (next.isEmpty()) {
                throw new IllegalStateException("Tables refer to each other in a circle: " + open.keySet());
            }
            for (String name : next) {
                ordered.add(shape(name));
                open.remove(name);
            }
        }
        return ordered;
    }

    private List<String> names() throws SQLException {
        var names = new ArrayList<String>();
        try (ResultSet row = about.getTables(null, connection.getSchema(), "%", null)) {
            while (row.next()) {
                String name = row.getString("TABLE_NAME");
                if (row.getString("TABLE_TYPE").contains("TABLE") && !NOT_KEPT.contains(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private TableShape shape(String table) throws SQLException {
        var columns = new ArrayList<TableShape.TableColumn>();
        var identity = new ArrayList<String>();
        try (ResultSet row = about.getColumns(null, connection.getSchema(), table, "%")) {
            while (row.next()) {
                if ("YES".equals(row.getString("IS_GENERATEDCOLUMN"))) {
                    continue;
                }
                String name = row.getString("COLUMN_NAME");
                String type = row.getString("TYPE_NAME");
                columns.add(new TableShape.TableColumn(
                        name,
                        ColumnKind.of(row.getInt("DATA_TYPE"), type)
                                .orElseThrow(() -> new IllegalStateException(
                                        "No backup holds the type " + type + " of " + table + "." + name))));
                if ("YES".equals(row.getString("IS_AUTOINCREMENT"))) {
                    identity.add(name);
                }
            }
        }
        var key = new TreeMap<Short, String>();
        try (ResultSet row = about.getPrimaryKeys(null, connection.getSchema(), table)) {
            while (row.next()) {
                key.put(row.getShort("KEY_SEQ"), row.getString("COLUMN_NAME"));
            }
        }
        if (key.isEmpty()) {
            throw new IllegalStateException("The table " + table + " has no primary key, by which it is read");
        }
        return new TableShape(table, columns, List.copyOf(key.values()), identity);
    }

    /** The rows of each table that is filled, whatever the schema's step; none in a database that nobody has used. */
    Map<String, Long> used() throws SQLException {
        var used = new LinkedHashMap<String, Long>();
        for (String table : names()) {
            long rows = FROM_THE_START.contains(table) ? 0 : count(table);
            if (rows > 0) {
                used.put(table, rows);
            }
        }
        return used;
    }

    long count(String table) throws SQLException {
        return number("select count(*) from " + table);
    }

    /** What each sequence gives next at least; also for columns that count by themselves, as table.column. */
    Map<String, Long> counters(List<TableShape> tables) throws SQLException {
        var counters = new TreeMap<String, Long>();
        String sequences = postgresql
                ? "select sequencename, increment_by from pg_sequences where schemaname = current_schema()"
                : "select sequence_name, base_value from information_schema.sequences"
                        + " where sequence_schema = current_schema()";
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sequences)) {
            while (row.next()) {
                counters.put(row.getString(1), row.getLong(2));
            }
        }
        if (postgresql) {
            for (Map.Entry<String, Long> increment : counters.entrySet()) {
                // Not from pg_sequences: of one that was set and not asked since it knows no last value.
                increment.setValue(number("select case when is_called then last_value + " + increment.getValue()
                        + " else last_value end from " + increment.getKey()));
            }
        }
        for (TableShape table : tables) {
            for (String column : table.identity()) {
                counters.remove(table.name() + "_" + column + "_seq"); // PostgreSQL's own, of that column.
                counters.put(
                        table.name() + "." + column,
                        number("select coalesce(max(" + column + "), 0) + 1 from " + table.name()));
            }
        }
        return counters;
    }

    /**
     * Lets sequences go on from there, and never from behind where they are: a service that runs has ids in hand. On H2 it
     * ends the transaction, so it comes before any row.
     */
    void count(Map<String, Long> counters) throws SQLException {
        Map<String, Long> own = counters(List.of());
        try (var statement = connection.createStatement()) {
            for (Map.Entry<String, Long> counter : counters.entrySet()) {
                String[] column = counter.getKey().split("\\.");
                statement.execute(
                        column.length == 2
                                ? "alter table " + column[0] + " alter column " + column[1] + " restart with "
                                        + counter.getValue()
                                : "alter sequence " + counter.getKey() + " restart with "
                                        + Math.max(counter.getValue(), own.getOrDefault(counter.getKey(), 0L)));
            }
        }
    }

    /** Empties what a database has from its first start on, and nothing else. */
    void clear() throws SQLException {
        try (var statement = connection.createStatement()) {
            for (String table : FROM_THE_START) {
                statement.executeUpdate("delete from " + table);
            }
        }
    }

    private long number(String query) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
