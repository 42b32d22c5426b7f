package org.dailypapers.backup;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A backup: a zip of {@value #HEAD}, a file of JSON lines for each table, and {@value #SUMS}, which says how many rows
 * there are and what they add up to. One that was cut off lacks the end of a zip.
 */
public final class BackupFile implements AutoCloseable {

    static final String HEAD = "backup.json";
    static final String SUMS = "sums.json";
    static final String TABLES = "tables/";
    static final int FORMAT = 1;
    static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    private static final int LONGEST_HEAD = 1 << 20;

    private final ZipFile zip;
    private final Head head;
    private final Map<String, TableDigest.TableSum> sums;

    /**
     * What a backup says of itself.
     *
     * @param schema the last step of the migrations
     * @param counters what sequences give next
     * @param keys the ids of the keys that sign links
     * @param secret the secret of the data folder; none where there was none
     */
    record Head(
            int format,
            int schema,
            Instant madeAt,
            Map<String, Long> counters,
            List<String> keys,
            @Nullable String secret,
            List<Columns> tables) {}

    /** A table and its columns, in the order of the rows' cells. */
    record Columns(String name, List<String> columns) {}

    private BackupFile(ZipFile zip) throws IOException {
        this.zip = zip;
        head = JSON.readValue(bytes(HEAD), Head.class);
        if (head.format() != FORMAT) {
            throw new IOException(
                    "it is a backup of another format (" + head.format() + "); this version knows " + FORMAT);
        }
        sums = JSON.readValue(
                bytes(SUMS),
                JSON.getTypeFactory().constructMapType(Map.class, String.class, TableDigest.TableSum.class));
    }

    /** Opens one. Its message says what is wrong where it is none, or not whole. */
    public static BackupFile open(Path file) throws IOException {
        ZipFile zip = new ZipFile(file.toFile());
        try {
            return new BackupFile(zip);
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private byte[] bytes(String name) throws IOException {
        try (InputStream in = zip.getInputStream(entry(name))) {
            return in.readNBytes(LONGEST_HEAD);
        }
    }

    private ZipEntry entry(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("it is no backup of this service: there is no " + name + " in it");
        }
        return entry;
    }

    Head head() {
        return head;
    }

    Map<String, TableDigest.TableSum> sums() {
        return sums;
    }

    /** When it was made. */
    public Instant madeAt() {
        return head.madeAt();
    }

    /** The last step of the migrations of the database that it was made of. */
    public int schema() {
        return head.schema();
    }

    /** The ids of the keys that signed the links of letters then. */
    public List<String> keys() {
        return head.keys();
    }

    /** The secret that the data folder held then. */
    public Optional<String> secret() {
        return Optional.ofNullable(head.secret());
    }

    /** How many rows it holds. */
    public long rows() {
        return sums.values().stream().mapToLong(TableDigest.TableSum::rows).sum();
    }

    /** How many tables. */
    public int tables() {
        return head.tables().size();
    }

    /** Hands over the rows of a table, as they stand in the file. */
    <X extends Exception> void read(TableShape table, TableRows.Taker<X> taker) throws IOException, X {
        try (InputStream in = new BufferedInputStream(zip.getInputStream(entry(TABLES + table.name())));
                JsonParser rows = JSON.createParser(in)) {
            long row = 0;
            while (rows.nextToken() != null) {
                row++;
                taker.take(values(rows.readValueAsTree(), table, row));
            }
        }
    }

    private static @Nullable Object[] values(JsonNode cells, TableShape table, long row) throws IOException {
        var values = new @Nullable Object[table.columns().size()];
        if (cells.size() != values.length) {
            throw new IOException("row " + row + " of " + table.name() + " has " + cells.size() + " cells");
        }
        for (int i = 0; i < values.length; i++) {
            JsonNode cell = cells.get(i);
            try {
                values[i] = cell.isNull() ? null : table.columns().get(i).kind().parse(cell);
            } catch (RuntimeException e) {
                throw new IOException(
                        "row " + row + " of " + table.name() + " cannot be read in the column "
                                + table.columns().get(i).name(),
                        e);
            }
        }
        return values;
    }

    /**
     * Reads every row and compares what they add up to; a line for each difference, none where it is whole.
     *
     * @param shapes the tables of a database of the same schema
     * @param progress told how many rows were read so far
     */
    List<String> differences(List<TableShape> shapes, LongConsumer progress) throws IOException {
        var differences = new ArrayList<String>();
        long[] read = {0};
        for (TableShape table : shapes) {
            var digest = new TableDigest(table.columns());
            read(table, values -> {
                digest.add(values);
                progress.accept(++read[0]);
            });
            if (!digest.sum().equals(sums.get(table.name()))) {
                differences.add(table.name() + " is not what it was when the backup was made");
            }
        }
        return differences;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
