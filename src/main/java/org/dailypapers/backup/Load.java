package org.dailypapers.backup;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Rows on their way into a database that nobody has used: all of them, compared, or none. */
final class Load {

    private final Connection target;
    private final Schema schema;
    private final List<TableShape> tables;
    private final LongConsumer progress;
    private long done;

    /** @param progress told how many rows were written or compared so far */
    Load(Connection target, Schema schema, List<TableShape> tables, LongConsumer progress) {
        this.target = target;
        this.schema = schema;
        this.tables = tables;
        this.progress = progress;
    }

    /** Where rows come from. */
    interface Source {
        /** Hands over the rows of a table, with their cells in the order of its columns. */
        <X extends Exception> void read(TableShape table, TableRows.Taker<X> taker) throws SQLException, IOException, X;
    }

    /** What is written once all rows are there and the same, just before they are kept. */
    interface Last {
        /** Writes it. */
        void write(Connection target) throws SQLException;
    }

    /**
     * Writes all, reads it again and compares.
     *
     * @param sums what the rows of each table add up to; may be filled while they are read
     * @param last what else belongs into the transaction
     * @return a line for each difference, after which nothing is kept
     */
    List<String> load(Map<String, Long> counters, Map<String, TableDigest.TableSum> sums, Source source, Last last)
            throws SQLException, IOException {
        refuseUsed(); // Before the sequences go on, which no rollback takes back on H2.
        schema.count(counters);
        target.setAutoCommit(false);
        try {
            refuseUsed();
            schema.clear();
            for (TableShape table : tables) {
                try (var writer = new TableRows.Writer(target, table)) {
                    source.<SQLException>read(table, values -> {
                        writer.write(values);
                        progress.accept(++done);
                    });
                    writer.finish();
                }
            }
            List<String> differences = differences(sums);
            if (differences.isEmpty()) {
                last.write(target);
                target.commit();
            }
            return differences;
        } finally {
            target.rollback(); // Nothing where it was committed.
            target.setAutoCommit(true);
        }
    }

    private void refuseUsed() throws SQLException, IOException {
        Optional<String> used = Backups.used(target);
        if (used.isPresent()) {
            throw new IOException("the database that it is to go into is in use: " + used.get());
        }
    }

    private List<String> differences(Map<String, TableDigest.TableSum> sums) throws SQLException {
        var differences = new ArrayList<String>();
        for (TableShape table : tables) {
            var digest = new TableDigest(table.columns());
            TableRows.<SQLException>read(target, table, values -> {
                digest.add(values);
                progress.accept(++done);
            });
            TableDigest.TableSum expected = sums.get(table.name());
            if (!digest.sum().equals(expected)) {
                differences.add(table.name() + ": " + digest.rows() + " rows instead of "
                        + (expected == null ? 0 : expected.rows()) + ", or other ones");
            }
        }
        return differences;
    }
}
