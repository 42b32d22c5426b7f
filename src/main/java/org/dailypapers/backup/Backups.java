package org.dailypapers.backup;

import static org.dailypapers.storage.DatabaseTime.utc;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.dailypapers.storage.DatabaseFailure;
import org.dailypapers.storage.DatabaseTime;
import org.dailypapers.storage.Sql;
import org.dailypapers.storage.StorageSettings;
import org.dailypapers.token.SecretFile;
import org.dailypapers.token.SigningKeys;
import org.jboss.logging.Logger;

/** Writes the database into a file, while letters go out, and puts it back; and copies it into another database. */
@ApplicationScoped
public class Backups {

    private static final Logger LOG = Logger.getLogger(Backups.class);
    private static final String LAST = "backup";
    private static final String UNFINISHED = "restore";
    private static final String DRAFT = ".draft";
    private static final Duration DRAFT_KEPT = Duration.ofDays(1);

    private final DataSource database;
    private final Sql sql;
    private final StorageSettings storage;
    private final SigningKeys keys;
    private final Clock clock;

    Backups(DataSource database, Sql sql, StorageSettings storage, SigningKeys keys, Clock clock) {
        this.database = database;
        this.sql = sql;
        this.storage = storage;
        this.keys = keys;
        this.clock = clock;
    }

    /** How far the work is. */
    public interface Progress {
        /** How many rows there are in all; once, before the first one. */
        void expect(long rows);

        /** How many were read so far. */
        void at(long rows);
    }

    /** How much was read or written. */
    public record Report(int tables, long rows) {}

    /**
     * Writes all of the database as it is at one moment into a file that its owner alone can read; what stood there before
     * stays until the new one is whole.
     */
    public Report write(Path file, Progress progress) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException("there is no folder " + folder);
        }
        String drafts = "." + file.getFileName() + ".";
        Path draft = Files.createTempFile(folder, drafts, DRAFT); // Its owner's alone, whatever the umask.
        removeLeft(draft, drafts);
        try (Connection connection = database.getConnection()) {
            Report report;
            try (var zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(draft)))) {
                report = write(connection, zip, progress);
            }
            onDisk(draft);
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            remember(file.getFileName() + ", " + report.rows() + " rows");
            return report;
        } catch (SQLException e) {
            throw new DatabaseFailure("The database could not be read", e);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Removes drafts of processes that were killed: those much older than this one. */
    private static void removeLeft(Path draft, String drafts) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(
                draft.getParent(),
                entry -> entry.getFileName().toString().startsWith(drafts)
                        && entry.toString().endsWith(DRAFT))) {
            Instant old = Files.getLastModifiedTime(draft).toInstant().minus(DRAFT_KEPT);
            for (Path each : left) {
                if (Files.getLastModifiedTime(each).toInstant().isBefore(old)) {
                    Files.deleteIfExists(each);
                }
            }
        } catch (IOException | DirectoryIteratorException inUse) {
            LOG.debug("An old draft of a backup stays", inUse);
        }
    }

    /** Or a crash after the move could leave an empty file where the last backup was. */
    private static void onDisk(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private Report write(Connection connection, ZipOutputStream zip, Progress progress)
            throws SQLException, IOException {
        var schema = new Schema(connection);
        schema.beginSnapshot();
        try {
            List<TableShape> all = schema.tables();
            List<TableShape> tables = Schema.backedUp(all);
            progress.expect(rows(schema, tables));
            zip.putNextEntry(new ZipEntry(BackupFile.HEAD));
            zip.write(BackupFile.JSON.writeValueAsBytes(head(schema, all)));
            zip.closeEntry();
            var sums = new LinkedHashMap<String, TableDigest.TableSum>();
            long[] read = {0};
            for (TableShape table : tables) {
                var digest = new TableDigest(table.columns());
                zip.putNextEntry(new ZipEntry(BackupFile.TABLES + table.name()));
                TableRows.<IOException>read(connection, table, values -> {
                    ByteArrayOutputStream line = digest.add(values);
                    line.write('\n');
                    line.writeTo(zip);
                    progress.at(++read[0]);
                });
                zip.closeEntry();
                sums.put(table.name(), digest.sum());
            }
            zip.putNextEntry(new ZipEntry(BackupFile.SUMS));
            zip.write(BackupFile.JSON.writeValueAsBytes(sums));
            zip.closeEntry();
            return new Report(tables.size(), read[0]);
        } finally {
            schema.endSnapshot();
        }
    }

    /** The sequences of all the tables, and the columns of those that are backed up. */
    private BackupFile.Head head(Schema schema, List<TableShape> all) throws SQLException {
        return new BackupFile.Head(
                BackupFile.FORMAT,
                schema.step(),
                clock.instant(),
                schema.counters(all),
                keys.ids(),
                storage.embedded() ? SecretFile.existing(storage.data()).orElse(null) : null,
                Schema.backedUp(all).stream()
                        .map(table -> new BackupFile.Columns(
                                table.name(),
                                table.columns().stream()
                                        .map(TableShape.TableColumn::name)
                                        .toList()))
                        .toList());
    }

    private static long rows(Schema schema, List<TableShape> tables) throws SQLException {
        long rows = 0;
        for (TableShape table : tables) {
            rows += schema.count(table.name());
        }
        return rows;
    }

    /**
     * Reads all of a backup and compares what its rows add up to with what it says.
     *
     * @return a line for each difference; none where it is whole
     */
    public List<String> check(BackupFile backup, LongConsumer progress) throws IOException {
        try (Connection connection = database.getConnection()) {
            return backup.differences(fitting(new Schema(connection), backup), progress);
        } catch (SQLException e) {
            throw new DatabaseFailure("The database could not be read", e);
        }
    }

    /** The tables of the database, where a backup has the same. */
    private static List<TableShape> fitting(Schema schema, BackupFile backup) throws SQLException, IOException {
        if (backup.schema() != schema.step()) {
            throw new IOException("it was made by another version (step " + backup.schema()
                    + " of its schema; this one has " + schema.step() + "): use that version, and upgrade afterwards");
        }
        var fitting = new ArrayList<TableShape>();
        List<TableShape> ours = Schema.backedUp(schema.tables());
        for (BackupFile.Columns theirs : backup.head().tables()) {
            ours.stream()
                    .filter(table -> table.name().equals(theirs.name()))
                    .forEach(table -> fitting.add(ordered(table, theirs.columns())));
        }
        if (fitting.size() != backup.head().tables().size() || fitting.size() != ours.size()) {
            throw new IOException("its tables are others than those of this database");
        }
        return ours.stream()
                .map(table -> fitting.stream()
                        .filter(f -> f.name().equals(table.name()))
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    private static TableShape ordered(TableShape table, List<String> names) {
        return new TableShape(
                table.name(),
                names.stream()
                        .flatMap(name ->
                                table.columns().stream().filter(c -> c.name().equals(name)))
                        .toList(),
                table.key(),
                table.identity());
    }

    /** What stands in the database already, in a few words; empty where nobody has used it. */
    public Optional<String> used() {
        return sql.joined("The database could not be read", Backups::used);
    }

    /** The same of any database, also of one whose schema is older or that has none. */
    public static Optional<String> used(Connection connection) throws SQLException {
        Map<String, Long> used = new Schema(connection).used();
        return used.isEmpty()
                ? Optional.empty()
                : used.entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .map(most -> most.getKey() + " has " + most.getValue() + " rows");
    }

    /**
     * Puts a backup into this database, which nobody has used yet, compares all of it, and only then keeps it. It is
     * {@link #unfinished} until {@link #finished}.
     *
     * @return a line for each difference, after which nothing is kept
     */
    public List<String> restore(BackupFile backup, LongConsumer progress) throws IOException {
        try (Connection connection = database.getConnection()) {
            var schema = new Schema(connection);
            List<TableShape> tables = fitting(schema, backup);
            var rows = new Load.Source() {
                @Override
                public <X extends Exception> void read(TableShape table, TableRows.Taker<X> taker)
                        throws IOException, X {
                    backup.read(table, taker);
                }
            };
            return new Load(connection, schema, tables, progress)
                    .load(
                            backup.head().counters(),
                            backup.sums(),
                            rows,
                            target -> note(
                                    target, UNFINISHED, backup.head().madeAt().toString()));
        } catch (SQLException e) {
            throw new DatabaseFailure("The backup could not be put into the database", e);
        }
    }

    /**
     * Copies all of this database into another one of the same schema, which nobody has used yet, and compares it.
     *
     * @return a line for each difference, after which nothing is kept there
     */
    public List<String> move(Connection target, Progress progress) throws IOException {
        try (Connection connection = database.getConnection()) {
            var here = new Schema(connection);
            var there = new Schema(target);
            if (here.step() != there.step()) {
                throw new IOException("its schema has the step " + there.step() + ", this one " + here.step());
            }
            Optional<String> used = used(target);
            if (used.isPresent()) {
                throw new IOException("it is in use already: " + used.get() + "; give an empty one");
            }
            here.beginSnapshot();
            try {
                return move(connection, here, target, there, progress);
            } finally {
                here.endSnapshot();
            }
        } catch (SQLException e) {
            throw new DatabaseFailure("The database could not be copied", e);
        }
    }

    private static List<String> move(Connection source, Schema here, Connection target, Schema there, Progress progress)
            throws SQLException, IOException {
        List<TableShape> ours = here.tables();
        progress.expect(2 * rows(here, ours));
        var sums = new LinkedHashMap<String, TableDigest.TableSum>();
        List<TableShape> theirs = there.tables().stream()
                .map(table -> ordered(
                        table,
                        ours.stream()
                                .filter(o -> o.name().equals(table.name()))
                                .flatMap(o -> o.columns().stream().map(TableShape.TableColumn::name))
                                .toList()))
                .toList();
        var rows = new Load.Source() {
            @Override
            public <X extends Exception> void read(TableShape table, TableRows.Taker<X> taker) throws SQLException, X {
                TableShape own = ours.stream()
                        .filter(o -> o.name().equals(table.name()))
                        .findFirst()
                        .orElseThrow();
                var digest = new TableDigest(own.columns());
                TableRows.<X>read(source, own, values -> {
                    digest.add(values);
                    taker.take(values);
                });
                sums.put(own.name(), digest.sum());
            }
        };
        return new Load(target, there, theirs, progress::at).load(here.counters(ours), sums, rows, nothing -> {});
    }

    private void remember(String said) {
        sql.inTransaction("The backup could not be noted", connection -> note(connection, LAST, said));
    }

    private int note(Connection connection, String name, String said) throws SQLException {
        try (var delete = connection.prepareStatement("delete from upkeep where name = ?");
                var insert = connection.prepareStatement("insert into upkeep (name, at, said) values (?, ?, ?)")) {
            delete.setString(1, name);
            delete.executeUpdate();
            insert.setString(1, name);
            insert.setObject(2, utc(clock.instant()));
            insert.setString(3, said);
            return insert.executeUpdate();
        }
    }

    /** When the last backup was made with {@link #write}, and its name. */
    public record Last(Instant at, String said) {}

    /** The last backup; empty where there was none. */
    public Optional<Last> last() {
        return noted(LAST);
    }

    /** When the backup was made whose rows are here while what comes after them is not done; empty where all is. */
    public Optional<Instant> unfinished() {
        return noted(UNFINISHED).map(restore -> Instant.parse(restore.said()));
    }

    /** Notes that what comes after the rows of a backup is done. */
    public void finished() {
        sql.inTransaction("The end of a restore could not be noted", "delete from upkeep where name = ?", delete -> {
            delete.setString(1, UNFINISHED);
            return delete.executeUpdate();
        });
    }

    private Optional<Last> noted(String name) {
        return sql.joined("The last backup could not be read", "select at, said from upkeep where name = ?", select -> {
            select.setString(1, name);
            try (var row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Last(DatabaseTime.known(row, 1), row.getString(2)))
                        : Optional.empty();
            }
        });
    }
}
