package org.dailypapers.subscriber.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dailypapers.paper.Titles;
import org.dailypapers.subscriber.EmailAddress;

/**
 * What the columns of a list mean: of our own, of another program's export, or of addresses alone. What a line of another
 * program says becomes a line of ours.
 */
final class ListForm {

    /** In a line of ours, why the address is to be suppressed; no file has the column. */
    static final String SUPPRESS = "(suppress)";

    /** In a line of ours, that it is pending for lack of a date alone; no file has the column. */
    static final String UNDATED = "(undated)";

    /** In a line of ours, that another program's list said it; no file has the column. */
    static final String FOREIGN = "(foreign)";

    private static final int LONGEST_QUOTED = 60;

    private final Program program;
    private final List<String> headings;
    private final List<String> ours;
    private final Map<ColumnMeaning, Integer> foreign;

    /** Whose list it is. */
    enum Program {
        OURS("this service"),
        ADDRESSES("a list of addresses"),
        MAILCHIMP("Mailchimp"),
        BEEHIIV("beehiiv"),
        SUBSTACK("Substack"),
        GHOST("Ghost"),
        LISTMONK("listmonk"),
        BUTTONDOWN("Buttondown"),
        CURATED("Curated"),
        ANOTHER("another program");

        private final String words;

        Program(String words) {
            this.words = words;
        }

        /** In words. */
        String words() {
            return words;
        }
    }

    private ListForm(Program program, List<String> headings, List<String> ours, Map<ColumnMeaning, Integer> foreign) {
        this.program = program;
        this.headings = headings;
        this.ours = ours;
        this.foreign = foreign;
    }

    /** The form of a file, by its first line, which is a record itself where it is an address alone. */
    static ListForm of(CsvRecords records) throws IOException {
        String heading = records.heading().orElse("");
        if (heading.startsWith("sep=")) {
            heading = records.heading().orElse(""); // Spreadsheet programs name the separator so.
        }
        if (EmailAddress.parse(SubscriberColumns.stripped(heading)).isPresent()) {
            records.unreadHeading();
            return new ListForm(Program.ADDRESSES, List.of("email"), List.of(), Map.of(ColumnMeaning.EMAIL, 0));
        }
        for (char separator : SubscriberColumns.SEPARATORS) {
            List<String> headings = SubscriberColumns.cells(heading, separator);
            List<String> letters =
                    headings.stream().map(SubscriberColumns::letters).toList();
            if (letters.stream().anyMatch(l -> ColumnMeaning.of(l) == ColumnMeaning.EMAIL)) {
                records.separatedBy(separator);
                return of(headings, letters);
            }
        }
        throw new IOException("the first line names no column \"email\"; the columns are "
                + String.join(",", SubscriberColumns.ALL) + ", or those of another program's export");
    }

    private static ListForm of(List<String> headings, List<String> letters) throws IOException {
        Map<ColumnMeaning, Integer> foreign = foreign(letters);
        List<String> ours = headings.stream().map(SubscriberColumns::column).toList();
        Program program = program(Set.copyOf(letters), foreign, ours);
        return program == Program.OURS
                ? new ListForm(program, headings, SubscriberColumns.checked(ours), Map.of())
                : new ListForm(program, headings, List.of(), foreign);
    }

    private static Map<ColumnMeaning, Integer> foreign(List<String> letters) throws IOException {
        var foreign = new EnumMap<ColumnMeaning, Integer>(ColumnMeaning.class);
        for (int i = 0; i < letters.size(); i++) {
            ColumnMeaning meaning = ColumnMeaning.of(letters.get(i));
            // Buttondown calls the state so; Substack's column of that name says who pays.
            if (letters.get(i).equals("type") && letters.contains("creationdate")) {
                meaning = ColumnMeaning.STATUS;
            }
            Integer before = foreign.get(meaning);
            if (meaning == ColumnMeaning.EMAIL && before != null) {
                throw new IOException("the first line names the column \"email\" twice");
            }
            if (meaning != ColumnMeaning.NOTHING
                    && (before == null || meaning.rank(letters.get(i)) < meaning.rank(letters.get(before)))) {
                foreign.put(meaning, i);
            }
        }
        return foreign;
    }

    private static Program program(Set<String> letters, Map<ColumnMeaning, Integer> foreign, List<String> ours) {
        boolean dated = foreign.keySet().stream().anyMatch(ColumnMeaning.FOREIGN::contains);
        // Lists of anybody have these two.
        boolean hasOurs = ours.stream()
                .anyMatch(column -> !Set.of("", "email", "language").contains(column));
        if (!dated) {
            return hasOurs ? Program.OURS : Program.ADDRESSES;
        }
        if (letters.contains("leid") || letters.contains("euid") || letters.contains("memberrating")) {
            return Program.MAILCHIMP;
        }
        if (letters.contains("uuid") && letters.contains("status")) {
            return Program.LISTMONK;
        }
        if (letters.contains("emaildisabled")) {
            return Program.SUBSTACK;
        }
        if (letters.contains("subscribedtoemails")) {
            return Program.GHOST;
        }
        if (letters.contains("subscribertype") || letters.contains("creationdate")) {
            return Program.BUTTONDOWN;
        }
        if (letters.contains("tier") && letters.contains("status")) {
            return Program.BEEHIIV;
        }
        return letters.contains("subscribedat") ? Program.CURATED : Program.ANOTHER;
    }

    Program program() {
        return program;
    }

    /** What each column means, in its order. */
    Map<String, String> meanings() {
        var meanings = new LinkedHashMap<String, String>();
        for (int i = 0; i < headings.size(); i++) {
            int at = i;
            meanings.put(
                    SubscriberColumns.stripped(headings.get(i)),
                    program == Program.OURS
                            ? ours.get(i).isEmpty() ? ColumnMeaning.NOTHING.words() : ours.get(i)
                            : foreign.entrySet().stream()
                                    .filter(e -> e.getValue() == at)
                                    .map(e -> e.getKey().words())
                                    .findFirst()
                                    .orElse(ColumnMeaning.NOTHING.words()));
        }
        return meanings;
    }

    /**
     * The line as one of ours.
     *
     * @param wishes what the operator says of those whose line has no date
     */
    Map<String, String> line(List<String> cells, CsvRecords records, ImportWishes wishes) {
        if (program == Program.OURS) {
            Map<String, String> line = SubscriberColumns.named(cells, ours, records);
            if (wishes.allLeft()) {
                line.put("status", "withdrawn");
            }
            return line;
        }
        if (cells.size() > headings.size()
                && cells.subList(headings.size(), cells.size()).stream().anyMatch(cell -> !cell.isBlank())) {
            throw new IllegalArgumentException(
                    "has " + cells.size() + " cells; the first line names " + headings.size() + " columns");
        }
        var said = new HashMap<ColumnMeaning, String>();
        foreign.forEach((meaning, at) -> said.put(
                meaning, at < cells.size() ? SubscriberColumns.plain(SubscriberColumns.stripped(cells.get(at))) : ""));
        dated(said, ColumnMeaning.ON, ColumnMeaning.SAID);
        dated(said, ColumnMeaning.OFF, ColumnMeaning.LEFT);
        return line(said, wishes);
    }

    /** What some call "subscribed" holds a date at others. */
    private static void dated(Map<ColumnMeaning, String> said, ColumnMeaning truth, ColumnMeaning moment) {
        String cell = said.getOrDefault(truth, "");
        if (Moments.read(cell).isPresent()) {
            said.putIfAbsent(moment, cell);
            said.remove(truth);
        }
    }

    private static Map<String, String> line(Map<ColumnMeaning, String> said, ImportWishes wishes) {
        var line = new LinkedHashMap<String, String>();
        line.put("email", said.getOrDefault(ColumnMeaning.EMAIL, ""));
        line.put(FOREIGN, "");
        if (said.containsKey(ColumnMeaning.LANGUAGE)) {
            line.put("language", said.get(ColumnMeaning.LANGUAGE));
        }
        ForeignStatus status = wishes.allLeft() ? ForeignStatus.LEFT : status(said);
        switch (status) {
            case CONFIRMED -> confirmed(line, said, wishes);
            case PENDING -> line.put("status", "pending");
            case LEFT, COMPLAINED, BOUNCED -> {
                line.put("status", status == ForeignStatus.BOUNCED ? "" : "withdrawn");
                moment(said, ColumnMeaning.LEFT, ColumnMeaning.COMPLAINED, ColumnMeaning.BOUNCED, ColumnMeaning.CHANGED)
                        .ifPresent(left -> line.put("since", left));
                if (status == ForeignStatus.BOUNCED) {
                    line.put(SUPPRESS, "bounced elsewhere, as an imported list says");
                } else if (status == ForeignStatus.COMPLAINED) {
                    line.put(SUPPRESS, "complaint: made elsewhere, as an imported list says");
                }
            }
        }
        return line;
    }

    private static void confirmed(Map<String, String> line, Map<ColumnMeaning, String> said, ImportWishes wishes) {
        String since = said.getOrDefault(ColumnMeaning.SAID, "");
        if (!Moments.isNever(since)) {
            line.put("status", "confirmed");
            line.put("since", since);
        } else if (wishes.since().isPresent()) {
            line.put("status", "confirmed");
            line.put("since", wishes.since().get().toString());
        } else {
            line.put("status", "pending");
            line.put(UNDATED, "");
        }
    }

    /** The worst that a line says: whoever left by any of its columns has left. */
    private static ForeignStatus status(Map<ColumnMeaning, String> said) {
        var told = new ArrayList<ForeignStatus>();
        String word = said.getOrDefault(ColumnMeaning.STATUS, "");
        if (!word.isEmpty()) {
            told.add(ForeignStatus.of(word)
                    .orElseThrow(() -> new IllegalArgumentException("it is not known what the status \""
                            + Titles.shortened(word, LONGEST_QUOTED) + "\" means; name it confirmed, pending or"
                            + " withdrawn")));
        }
        Map.of(
                        ColumnMeaning.LEFT, ForeignStatus.LEFT,
                        ColumnMeaning.BOUNCED, ForeignStatus.BOUNCED,
                        ColumnMeaning.COMPLAINED, ForeignStatus.COMPLAINED)
                .forEach((column, status) -> {
                    if (!Moments.isNever(said.getOrDefault(column, ""))) {
                        told.add(status);
                    }
                });
        if (ColumnMeaning.truth(said.getOrDefault(ColumnMeaning.OFF, "")).orElse(false)
                || !ColumnMeaning.truth(said.getOrDefault(ColumnMeaning.ON, "")).orElse(true)) {
            told.add(ForeignStatus.LEFT);
        }
        return told.stream().reduce(ForeignStatus.CONFIRMED, ForeignStatus::or);
    }

    /** The first of these moments that can be read: a leaving counts whether its date can be or not. */
    private static Optional<String> moment(Map<ColumnMeaning, String> said, ColumnMeaning... columns) {
        for (ColumnMeaning column : columns) {
            String cell = said.getOrDefault(column, "");
            if (!Moments.isNever(cell) && Moments.read(cell).isPresent()) {
                return Optional.of(cell);
            }
        }
        return Optional.empty();
    }
}
