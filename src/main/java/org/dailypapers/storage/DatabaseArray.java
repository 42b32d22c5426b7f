package org.dailypapers.storage;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A column of many rows as one parameter of a statement. */
public final class DatabaseArray {

    private static final int GUESSED_LENGTH = 10;

    private DatabaseArray() {}

    /**
     * The column's values, in the order of the rows.
     *
     * <p>PostgreSQL's driver sends an array of numbers or texts as it is; of anything else, or of mere objects, it writes
     * a text that the server reads again.
     *
     * @param type the elements' type as the database calls it
     */
    public static <T> Array of(Connection connection, String type, List<T> rows, Function<T, ?> column)
            throws SQLException {
        return array(connection, type, rows.stream().map(column));
    }

    /**
     * The same for a table of rows to be changed, filled up with nulls to ten: a null is no row's id.
     *
     * <p>PostgreSQL guesses ten elements for an array that it does not know. Fewer look cheaper than the plan that it has,
     * so it would plan the statement anew each time, which takes longer than the statement.
     */
    public static <T> Array padded(Connection connection, String type, List<T> rows, Function<T, ?> column)
            throws SQLException {
        Stream<?> nulls = Stream.generate(() -> null).limit(missing(rows));
        return array(connection, type, Stream.concat(rows.stream().map(column), nulls));
    }

    /** Values to look for with {@code any}; the last one again, up to ten, for the reason that {@link #padded} names. */
    public static <T> Array sought(Connection connection, String type, List<T> values) throws SQLException {
        Stream<T> again = values.isEmpty()
                ? Stream.of()
                : Stream.generate(values::getLast).limit(missing(values));
        return array(connection, type, Stream.concat(values.stream(), again));
    }

    private static int missing(List<?> values) {
        return Math.max(0, GUESSED_LENGTH - values.size());
    }

    private static Array array(Connection connection, String type, Stream<?> values) throws SQLException {
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
