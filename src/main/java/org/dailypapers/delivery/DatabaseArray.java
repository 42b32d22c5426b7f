package org.dailypapers.delivery;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** A column of many rows as one parameter of a statement. */
public final class DatabaseArray {

    private DatabaseArray() {}

    /**
     * The column's values, in the order of the rows.
     *
     * <p>PostgreSQL's driver sends an array of numbers or texts as it is; of anything else, or of mere objects, it writes
     * a text that the server reads again.
     *
     * @param type the elements' type as the database calls it
     */
    public static <T> Array of(Connection connection, String type, List<T> rows, Function<T, Object> column)
            throws SQLException {
        var values = rows.stream().map(column);
        return connection.createArrayOf(
                type,
                switch (type) {
                    case "bigint" -> values.toArray(Long[]::new);
                    case "integer" -> values.toArray(Integer[]::new);
                    case "varchar" -> values.toArray(String[]::new);
                    default -> values.toArray();
                });
    }
}
