package org.dailypapers.backup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many rows a table has, and a sum over them that does not depend on their order: two databases sort texts
 * differently.
 */
final class TableDigest {

    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII) // Half a surrogate pair is written too.
            .build();

    private final List<TableShape.TableColumn> columns;
    private final MessageDigest sha;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    private BigInteger sum = BigInteger.ZERO;
    private long rows;

    TableDigest(List<TableShape.TableColumn> columns) {
        this.columns = columns;
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Counts a row; its text, which is good until the next one. */
    ByteArrayOutputStream add(@Nullable Object[] values) {
        line.reset();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartArray();
            for (int i = 0; i < values.length; i++) {
                Object value = values[i];
                if (value == null) {
                    json.writeNull();
                } else {
                    columns.get(i).kind().write(json, value);
                }
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("A row could not be written into memory", e);
        }
        sum = sum.add(new BigInteger(1, sha.digest(line.toByteArray()))).mod(MODULUS);
        rows++;
        return line;
    }

    long rows() {
        return rows;
    }

    /** The number of rows and their sum, as texts are compared. */
    TableSum sum() {
        return new TableSum(rows, sum.toString(16));
    }

    /** What two copies of a table have in common. */
    record TableSum(long rows, String sum) {}
}
