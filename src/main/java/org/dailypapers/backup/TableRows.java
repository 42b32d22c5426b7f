package org.dailypapers.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Reads and writes the rows of a table, some thousand at a time. */
final class TableRows {

    private static final int PAGE = 2_000;

    private TableRows() {}

    /** Takes a row. */
    @FunctionalInterface
    interface Taker<X extends Exception> {
        void take(@Nullable Object[] values) throws X;
    }

    /** Hands over every row, in the order of the key as this database sorts it. */
    static <X extends Exception> void read(Connection connection, TableShape table, Taker<X> taker)
            throws SQLException, X {
        int[] key = table.keyPlaces();
        String end = " order by " + String.join(", ", table.key()) + " limit " + PAGE;
        String head = "select " + table.columnNames() + " from " + table.name();
        @Nullable Object @Nullable [] last = null;
        while (true) {
            List<@Nullable Object[]> page;
            try (PreparedStatement select =
                    connection.prepareStatement(head + (last == null ? "" : " where " + after(table.key())) + end)) {
                if (last != null) {
                    bind(select, key, last);
                }
                page = page(select, table);
            }
            for (@Nullable Object[] row : page) {
                taker.take(row);
            }
            if (page.size() < PAGE) {
                return;
            }
            last = page.getLast();
        }
    }

    /** The rows behind one whose key is known; the first column is bounded by itself, for an index to be used. */
    private static String after(List<String> key) {
        if (key.size() == 1) {
            return key.getFirst() + " > ?";
        }
        var any = new StringJoiner(" or ", key.getFirst() + " >= ? and (", ")");
        for (int i = 0; i < key.size(); i++) {
            var all = new StringJoiner(" and ", "(", ")");
            for (int j = 0; j < i; j++) {
                all.add(key.get(j) + " = ?");
            }
            any.add(all.add(key.get(i) + " > ?").toString());
        }
        return any.toString();
    }

    private static void bind(PreparedStatement select, int[] key, @Nullable Object[] last) throws SQLException {
        int parameter = 1;
        if (key.length > 1) {
            select.setObject(parameter++, last[key[0]]);
        }
        for (int i = 0; i < key.length; i++) {
            for (int j = 0; j <= i; j++) {
                select.setObject(parameter++, last[key[j]]);
            }
        }
    }

    private static List<@Nullable Object[]> page(PreparedStatement select, TableShape table) throws SQLException {
        var page = new ArrayList<@Nullable Object[]>(PAGE);
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                var values = new @Nullable Object[table.columns().size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = table.columns().get(i).kind().read(row, i + 1);
                }
                page.add(values);
            }
        }
        return page;
    }

    /** Writes rows in batches, until it is closed. */
    static final class Writer implements AutoCloseable {

        private static final int BATCH = 1_000;

        private final PreparedStatement insert;
        private int waiting;

        Writer(Connection connection, TableShape table) throws SQLException {
            var parameters = new StringJoiner(", ", "(", ")");
            table.columns().forEach(c -> parameters.add("?"));
            insert = connection.prepareStatement(
                    "insert into " + table.name() + " (" + table.columnNames() + ") values " + parameters);
        }

        void write(@Nullable Object[] values) throws SQLException {
            for (int i = 0; i < values.length; i++) {
                insert.setObject(i + 1, values[i]);
            }
            insert.addBatch();
            if (++waiting == BATCH) {
                insert.executeBatch();
                waiting = 0;
            }
        }

        void finish() throws SQLException {
            if (waiting > 0) {
                insert.executeBatch();
                waiting = 0;
            }
        }

        @Override
        public void close() throws SQLException {
            insert.close();
        }
    }
}
