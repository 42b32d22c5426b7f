package org.dailypapers.desk.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.dailypapers.desk.door.Times;

/**
 * Columns over time, as a picture and as the table behind it.
 *
 * @param id of its heading
 * @param words what the picture shows, for those who do not see it
 * @param marks what stands beside its lines
 */
record Chart(
        String id,
        String title,
        String words,
        List<Series> series,
        List<Rectangle> bars,
        List<Mark> marks,
        List<Label> labels,
        List<TableRow> rows) {

    private static final int LEFT = 52;
    private static final int WIDTH = 700;
    private static final int TOP = 8;
    private static final int HEIGHT = 180;
    private static final int LABELS = 6;

    /** @param colour a number from 1 on, of the style sheet's colours */
    record Series(String name, int colour) {}

    /** A piece of a column. */
    record Rectangle(String x, String y, String width, String height, int colour, String said) {}

    /** A line of the grid. */
    record Mark(String y, String text) {}

    /** A word below a column. */
    record Label(String x, String text) {}

    /** @param link where the rows of these figures are; empty where nowhere */
    record TableRow(String name, String link, List<String> values) {}

    /** What a chart is drawn from. */
    record Column(String name, String link, List<Long> values) {}

    /** The values of each column as one pile upon another. */
    static Chart of(String id, String title, List<String> series, List<Column> columns) {
        long most = columns.stream().mapToLong(Chart::sum).max().orElse(0);
        long top = round(most);
        double step = columns.isEmpty() ? WIDTH : (double) WIDTH / columns.size();
        double wide = Math.max(1, step * 0.8);
        var bars = new ArrayList<Rectangle>();
        var labels = new ArrayList<Label>();
        int every = Math.max(1, (columns.size() + LABELS - 1) / LABELS);
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            double x = LEFT + i * step + (step - wide) / 2;
            double y = TOP + HEIGHT;
            for (int s = 0; s < column.values().size(); s++) {
                long value = column.values().get(s);
                double high = (double) HEIGHT * value / top;
                if (value > 0) {
                    bars.add(new Rectangle(
                            number(x),
                            number(y - high),
                            number(wide),
                            number(Math.max(high, 0.5)),
                            s + 1,
                            column.name() + ", " + series.get(s) + ": " + Times.number(value)));
                }
                y -= high;
            }
            if (i % every == 0) {
                labels.add(new Label(number(x + wide / 2), column.name().replaceFirst("^\\d{4}-", "")));
            }
        }
        var marks = new ArrayList<Mark>();
        for (int quarter = 0; quarter <= 4; quarter += 2) {
            marks.add(new Mark(number(TOP + HEIGHT - HEIGHT * quarter / 4.0), Times.number(top * quarter / 4)));
        }
        var named = new ArrayList<Series>();
        for (int s = 0; s < series.size(); s++) {
            named.add(new Series(series.get(s), s + 1));
        }
        return new Chart(
                id,
                title,
                words(title, columns, most),
                named,
                bars,
                marks,
                labels,
                columns.reversed().stream()
                        .map(column -> new TableRow(
                                column.name(),
                                column.link(),
                                column.values().stream().map(Times::number).toList()))
                        .toList());
    }

    /** The columns of some facts. */
    static <T> List<Column> columns(
            List<T> facts, Function<T, String> name, Function<T, String> link, List<ToLongFunction<T>> values) {
        return facts.stream()
                .map(fact -> new Column(
                        name.apply(fact),
                        link.apply(fact),
                        values.stream().map(value -> value.applyAsLong(fact)).toList()))
                .toList();
    }

    private static String words(String title, List<Column> columns, long most) {
        if (columns.isEmpty()) {
            return title + ": nothing yet";
        }
        Column first = columns.getFirst();
        Column last = columns.getLast();
        return title + ": " + Times.number(sum(first)) + " on " + first.name() + ", " + Times.number(sum(last)) + " on "
                + last.name() + ", " + Times.number(most) + " at most. The table below has all of them.";
    }

    private static long sum(Column column) {
        return column.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The next number that ends a scale: 1, 2 or 5 and zeros, four at least. */
    private static long round(long most) {
        long size = 4;
        for (long ten = 1; size < most; ten *= 10) {
            for (long first : new long[] {4, 8, 20}) {
                if (size < most) {
                    size = Math.max(size, first * ten);
                }
            }
        }
        return size;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
