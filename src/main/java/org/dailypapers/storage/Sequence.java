package org.dailypapers.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Ids from a sequence of the database of which each value stands for many. */
public final class Sequence {

    /** Ids that a value stands for: by so much the sequences grow. */
    private static final int IDS_IN_A_VALUE = 50;

    private Sequence() {}

    /**
     * So many new ids, as the elements of an array of a statement.
     *
     * @param nextValue selects the next value of the sequence
     */
    public static Long[] ids(Connection connection, String nextValue, int count) throws SQLException {
        var ids = new Long[count];
        long id = 0;
        try (var next = connection.prepareStatement(nextValue)) {
            for (int i = 0; i < count; i++) {
                if (i % IDS_IN_A_VALUE == 0) {
                    try (ResultSet row = next.executeQuery()) {
                        row.next();
                        id = row.getLong(1);
                    }
                }
                ids[i] = id++;
            }
        }
        return ids;
    }
}
