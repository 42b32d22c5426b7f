package org.dailypapers.subscriber.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dailypapers.subscriber.preference.PreferenceField;

/** The columns of the list of subscribers: by which names they are known, and how their cells are guarded. */
final class SubscriberColumns {

    /** The columns in their order. */
    static final List<String> ALL = Stream.of(
                    Stream.of("email", "status"),
                    Arrays.stream(PreferenceField.values())
                            .filter(field -> field != PreferenceField.LANGUAGE)
                            .map(PreferenceField::id),
                    Stream.of("pause-until", "topics", "keywords", "authors", "since"),
                    // The youngest: who reads a list by the places of its columns finds the others where they were.
                    Stream.of(PreferenceField.LANGUAGE.id()))
            .flatMap(Function.identity())
            .toList();

    /** What spreadsheet programs take for the beginning of a formula. */
    private static final String FORMULA = "=+-@\t\r";

    static final char[] SEPARATORS = {',', ';', '\t'};

    private static final int LONGEST_CELL = 20_000;

    private static final Pattern AROUND =
            Pattern.compile("^[\\s\\p{Z}\\u0085\\uFEFF\\u200B]+|[\\s\\p{Z}\\u0085\\uFEFF\\u200B]+$");

    private SubscriberColumns() {}

    /** The cells of a first line, as they stand; none where it cannot be read. */
    static List<String> cells(String header, char separator) {
        try {
            return CsvRecords.cells(header, separator);
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    /** A column is known whatever its case, and with blanks or other signs between its words. */
    static String column(String cell) {
        String letters = letters(cell);
        return ALL.stream().filter(c -> letters(c).equals(letters)).findFirst().orElse("");
    }

    static String letters(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
    }

    /** The columns, empty where a name is none of ours, where they can be read as a list of ours. */
    static List<String> checked(List<String> columns) throws IOException {
        for (String column : ALL) {
            if (Collections.frequency(columns, column) > 1) {
                throw new IOException("the first line names the column \"" + column + "\" twice");
            }
        }
        if (!columns.contains("status")) {
            throw new IOException(
                    "the first line names no column \"status\": who is confirmed, pending or withdrawn, the"
                            + " file has to say; the columns are " + String.join(",", ALL));
        }
        return columns;
    }

    /** The cells by the names of their columns; those of other columns are passed over. */
    static Map<String, String> named(List<String> cells, List<String> columns, CsvRecords records) {
        var known = new LinkedHashMap<String, String>();
        for (int i = 0; i < cells.size(); i++) {
            String cell = plain(stripped(cells.get(i)));
            if (i >= columns.size() && !cell.isEmpty()) {
                throw new IllegalArgumentException(
                        "has " + cells.size() + " cells; the first line names " + columns.size() + " columns");
            }
            if (i >= columns.size() || columns.get(i).isEmpty()) {
                continue;
            }
            if (cell.indexOf('\n') >= 0) {
                // No column of ours has more than one line: this is a quote that was closed by a later one.
                records.rereadAllButFirstLine();
                throw new IllegalArgumentException("a quote is opened and not closed in the same line");
            }
            if (cell.length() > LONGEST_CELL) {
                throw new IllegalArgumentException(columns.get(i) + " has more than " + LONGEST_CELL + " characters");
            }
            known.put(columns.get(i), cell);
        }
        return known;
    }

    /** The cell without the blanks of any kind around it. */
    static String stripped(String cell) {
        return AROUND.matcher(cell).replaceAll("");
    }

    /** Keeps a spreadsheet from running a cell; {@link #plain} takes it away again. */
    static String guarded(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    /** The cell without what {@link #guarded} put before it. */
    static String plain(String cell) {
        return cell != null && cell.length() > 1 && cell.charAt(0) == '\'' && FORMULA.indexOf(cell.charAt(1)) >= 0
                ? cell.substring(1)
                : cell == null ? "" : cell;
    }
}
