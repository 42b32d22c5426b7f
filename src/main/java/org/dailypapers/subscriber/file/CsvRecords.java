package org.dailypapers.subscriber.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The records of a CSV file (RFC 4180), read one after another with no more than one of them in memory. One that cannot
 * be read costs its first line alone: what follows is read as if that line were not there.
 */
final class CsvRecords implements AutoCloseable {

    /** In octets. */
    static final int LONGEST_LINE = 1 << 16;

    /** Of one record, whose cells may hold ends of lines. */
    static final int MOST_LINES = 50;

    private static final char QUOTE = '"';
    private static final int END = -1;

    private static final ObjectReader ROWS = new CsvMapper()
            .readerFor(String[].class)
            .with(CsvParser.Feature.WRAP_AS_ARRAY)
            .with(CsvParser.Feature.TRIM_SPACES);

    private final InputStream in;
    private final Deque<PhysicalLine> ahead = new ArrayDeque<>();
    private final List<PhysicalLine> last = new ArrayList<>();
    private char separator = ',';
    private int number;
    private @Nullable PhysicalLine heading;

    /** What stands next in the file. */
    sealed interface Next {
        /** The line that it begins in, from 1. */
        int line();
    }

    /** A record. */
    record Row(int line, List<String> cells) implements Next {}

    /** A line that belongs to none, and why. */
    record Broken(int line, String reason) implements Next {}

    /** @param fault why it cannot be read, if it cannot */
    private record PhysicalLine(
            int number, String text, @Nullable String fault) {}

    /** @param in is closed with the records */
    CsvRecords(InputStream in) throws IOException {
        this.in = new BufferedInputStream(in);
        this.in.mark(4);
        byte[] first = this.in.readNBytes(3);
        int begin = first.length < 2 ? 0 : (first[0] & 0xff) << 8 | first[1] & 0xff;
        if (begin == 0xFEFF || begin == 0xFFFE) {
            throw new IOException("it is text in UTF-16; save it as \"CSV UTF-8\"");
        }
        // What spreadsheet programs put before text in UTF-8.
        if (!(begin == 0xEFBB && first.length == 3 && (first[2] & 0xff) == 0xBF)) {
            this.in.reset();
        }
    }

    void separatedBy(char character) {
        separator = character;
    }

    /** The first line that holds something, as it stands; empty where there is none. */
    Optional<String> heading() throws IOException {
        PhysicalLine line = filledLine();
        if (line != null && line.fault() != null) {
            throw new IOException("its first line cannot be read: " + line.fault());
        }
        heading = line;
        return Optional.ofNullable(line).map(PhysicalLine::text);
    }

    /** Takes what {@link #heading} gave for a record: there is no heading. */
    void unreadHeading() {
        if (heading != null) {
            ahead.addFirst(heading);
        }
    }

    private @Nullable PhysicalLine filledLine() throws IOException {
        PhysicalLine line = line();
        while (line != null && line.fault() == null && line.text().isBlank()) {
            line = line();
        }
        return line;
    }

    /** The next record or broken line; empty at the end. Lines without anything are passed over. */
    Optional<Next> next() throws IOException {
        last.clear();
        PhysicalLine line = filledLine();
        if (line == null) {
            return Optional.empty();
        }
        return Optional.of(line.fault() == null ? record(line) : new Broken(line.number(), line.fault()));
    }

    /** Takes the lines of the record that was read last apart: all but its first are read again, by themselves. */
    void rereadAllButFirstLine() {
        for (int i = last.size() - 1; i > 0; i--) {
            ahead.addFirst(last.get(i));
        }
        last.clear();
    }

    private Next record(PhysicalLine first) throws IOException {
        last.add(first);
        var text = new StringBuilder(first.text());
        while (true) {
            try {
                return new Row(first.number(), cells(text.toString(), separator));
            } catch (JsonProcessingException e) {
                boolean open = text.chars().filter(c -> c == QUOTE).count() % 2 != 0;
                PhysicalLine more = open && last.size() < MOST_LINES && text.length() < LONGEST_LINE ? line() : null;
                if (more != null) {
                    last.add(more);
                }
                if (more == null || more.fault() != null) {
                    rereadAllButFirstLine();
                    return new Broken(
                            first.number(),
                            open
                                    ? "a quote is opened that is never closed"
                                    : "a quote stands in the middle of a cell; put the cell into quotes and double those"
                                            + " within it");
                }
                text.append('\n').append(more.text());
            }
        }
    }

    /** The cells of the text, which is one record. */
    static List<String> cells(String text, char separator) throws JsonProcessingException {
        ObjectReader reader =
                ROWS.with(CsvSchema.emptySchema().withColumnSeparator(separator).withQuoteChar(QUOTE));
        try (MappingIterator<String[]> rows = reader.readValues(text)) {
            return rows.hasNextValue() ? Arrays.asList(rows.nextValue()) : List.of();
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("A text in memory can be read", e);
        }
    }

    private @Nullable PhysicalLine line() throws IOException {
        if (!ahead.isEmpty()) {
            return ahead.removeFirst();
        }
        var bytes = new ByteArrayOutputStream(256);
        int c = in.read();
        if (c == END) {
            return null;
        }
        number++;
        boolean tooLong = false;
        boolean nul = false;
        while (c != END && c != '\n' && c != '\r') {
            nul |= c == 0;
            tooLong |= bytes.size() >= LONGEST_LINE;
            if (!tooLong) {
                bytes.write(c);
            }
            c = in.read();
        }
        if (c == '\r') {
            in.mark(1);
            if (in.read() != '\n') {
                in.reset();
            }
        }
        return line(bytes, tooLong, nul);
    }

    private PhysicalLine line(ByteArrayOutputStream bytes, boolean tooLong, boolean nul) {
        if (nul) {
            return new PhysicalLine(
                    number, "", "it holds a NUL, as text in UTF-16 does; save the file as \"CSV UTF-8\"");
        }
        if (tooLong) {
            return new PhysicalLine(number, "", "it is longer than " + LONGEST_LINE + " octets");
        }
        try {
            // A new decoder reports what is malformed instead of replacing it.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            return new PhysicalLine(number, text, null);
        } catch (CharacterCodingException e) {
            return new PhysicalLine(number, "", "it is not text in UTF-8; save the file as \"CSV UTF-8\"");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
