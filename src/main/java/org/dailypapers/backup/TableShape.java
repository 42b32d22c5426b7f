package org.dailypapers.backup;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A table: its columns, and those of its primary key in their order.
 *
 * @param identity the column that the database counts by itself; empty where there is none
 */
record TableShape(String name, List<TableColumn> columns, List<String> key, List<String> identity) {

    /** A column. */
    record TableColumn(String name, ColumnKind kind) {}

    String columnNames() {
        return columns.stream().map(TableColumn::name).collect(Collectors.joining(", "));
    }

    /** Where the columns of the key stand among the columns. */
    int[] keyPlaces() {
        Map<String, Integer> places =
                columns.stream().collect(Collectors.toMap(TableColumn::name, c -> columns.indexOf(c)));
        return key.stream().mapToInt(places::get).toArray();
    }
}
