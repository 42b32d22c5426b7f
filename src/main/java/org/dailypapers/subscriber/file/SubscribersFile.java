package org.dailypapers.subscriber.file;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dailypapers.interest.Interest;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Titles;
import org.dailypapers.paper.Topics;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.SubscriberImport;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.subscriber.preference.PreferenceField;
import org.dailypapers.subscriber.preference.Preferences;
import org.dailypapers.subscriber.preference.PreferencesForm;
import org.jspecify.annotations.Nullable;

/** The list of subscribers as a CSV file (RFC 4180), there and back. */
@ApplicationScoped
public class SubscribersFile {

    private static final Pattern MOMENT = Pattern.compile("(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
            + "(?:(?: +|[Tt])(?<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,9})?)?)"
            + " *(?<zone>[Zz]|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?(?: UTC)?)?");

    /** Of what is wrong, as a rejection repeats it. */
    private static final int LONGEST_QUOTED = 60;

    private static final int PAGE = 500;

    private final Subscriptions subscriptions;
    private final SubscriberImport imports;
    private final Topics topics;
    private final EditionCalendar calendar;
    private final CsvMapper csv = new CsvMapper();

    SubscribersFile(Subscriptions subscriptions, SubscriberImport imports, Topics topics, EditionCalendar calendar) {
        this.subscriptions = subscriptions;
        this.imports = imports;
        this.topics = topics;
        this.calendar = calendar;
    }

    /**
     * What became of a file's lines.
     *
     * @param gone the topics that were taken though this instance does not offer them
     */
    public record Report(int read, int taken, List<String> rejections, Set<String> gone) {
        public Report {
            rejections = List.copyOf(rejections);
            gone = new TreeSet<>(gone);
        }

        @Override
        public String toString() {
            return "read %d, taken %d, rejected %d".formatted(read, taken, rejections.size());
        }
    }

    /**
     * Brings in every line that can be read; the others are rejected with their number and the reason.
     *
     * @param progress told how many records were read so far
     * @throws IOException where the file is no CSV with the columns {@code email} and {@code status}
     */
    public Report read(Path file, IntConsumer progress) throws IOException {
        Instant written = Files.getLastModifiedTime(file).toInstant();
        try (var records = new CsvRecords(Files.newInputStream(file))) {
            List<String> columns = SubscriberColumns.columns(records);
            int read = 0;
            int taken = 0;
            var rejections = new ArrayList<String>();
            var gone = new TreeSet<String>();
            Optional<CsvRecords.Next> next;
            while ((next = records.next()).isPresent()) {
                try {
                    if (take(next.get(), columns, written, records, gone)) {
                        taken++;
                        read++;
                    }
                } catch (IllegalArgumentException e) {
                    read++;
                    rejections.add("line " + next.get().line() + ": " + e.getMessage());
                }
                progress.accept(read);
            }
            return new Report(read, taken, rejections, gone);
        }
    }

    /** Whether there was something in the record. */
    private boolean take(
            CsvRecords.Next next, List<String> columns, Instant written, CsvRecords records, Set<String> gone) {
        switch (next) {
            case CsvRecords.Broken(int line, String reason) -> throw new IllegalArgumentException(reason);
            case CsvRecords.Row(int line, List<String> cells) -> {
                if (cells.stream().allMatch(String::isBlank)) {
                    return false;
                }
                Map<String, String> known = SubscriberColumns.named(cells, columns, records);
                QuarkusTransaction.requiringNew().run(() -> take(known, written));
                list(known, "topics").stream().filter(this::gone).forEach(gone::add);
                return true;
            }
        }
    }

    private void take(Map<String, String> line, Instant written) {
        EmailAddress address =
                switch (EmailAddress.read(line.getOrDefault("email", ""))) {
                    case EmailAddress.Good(EmailAddress good) -> good;
                    case EmailAddress.Faulty(String reason) ->
                        throw new IllegalArgumentException("no e-mail address in the column email: " + reason);
                };
        Consent consent = consent(line.getOrDefault("status", ""));
        Instant since = since(line.getOrDefault("since", ""), consent);
        Optional<Subscriber> present = subscriptions.locked(address);
        Preferences before = present.map(Subscriber::preferences).orElse(Preferences.standard(calendar.zone()));
        LocalDate pausedBefore = present.map(s -> s.pauseUntil).orElse(null);
        Preferences preferences = before;
        LocalDate pause = pausedBefore;
        try {
            preferences = merged(line, before);
            pause = line.containsKey("pause-until") ? date(line.get("pause-until")) : pausedBefore;
        } catch (IllegalArgumentException e) {
            // Whatever else cannot be read: that somebody left is not lost for it.
            if (consent != Consent.WITHDRAWN) {
                throw e;
            }
        }
        Instant chosen = present.map(s -> s.chosenAt).orElse(null);
        if (chosen != null && written.isBefore(chosen)) {
            var newer = new ArrayList<>(changed(before, preferences));
            if (!Objects.equals(pause, pausedBefore)) {
                newer.add("pause-until");
            }
            if (!newer.isEmpty() && consent != Consent.WITHDRAWN) {
                throw new IllegalArgumentException(String.join(", ", newer) + ": the reader chose otherwise at "
                        + chosen + ", after this file was written (" + written
                        + "); a file without the column leaves it");
            }
            preferences = before;
            pause = pausedBefore;
        }
        imports.bringIn(address, preferences, consent, since, pause);
    }

    /** What there was, with what the line says; a column that is not there leaves what there was. */
    private Preferences merged(Map<String, String> line, Preferences before) {
        // A topic that another instance offers, or this one did, is no fault: it may come back.
        List<String> named = list(line, "topics");
        var form = PreferencesForm.of(
                named.stream().filter(slug -> !gone(slug)).toList(),
                String.join("\n", list(line, "keywords")),
                String.join("\n", list(line, "authors")),
                line,
                fill(line.getOrDefault("fill", "")));
        Preferences said =
                switch (form.read(topics, before)) {
                    case PreferencesForm.Good(Preferences good) -> good;
                    case PreferencesForm.Faulty(Map<String, String> faults) ->
                        throw new IllegalArgumentException(faults.entrySet().stream()
                                .map(f -> f.getKey() + ": " + f.getValue())
                                .collect(Collectors.joining("; ")));
                };
        var interests = new LinkedHashSet<String>();
        (line.containsKey("topics") ? said : before)
                .topics().stream().map(Interest::topicLine).forEach(interests::add);
        named.stream().filter(this::gone).map(Interest::topicLine).forEach(interests::add);
        interests.addAll((line.containsKey("keywords") ? said : before).keywords());
        (line.containsKey("authors") ? said : before)
                .authors().stream().map(Interest::authorLine).forEach(interests::add);
        if (interests.size() > Preferences.MOST_INTERESTS) {
            throw new IllegalArgumentException("more than " + Preferences.MOST_INTERESTS + " interests");
        }
        boolean zoneNamed = !line.getOrDefault("timezone", "").isBlank();
        return said.with(List.copyOf(interests), before.zoneChosen() || zoneNamed);
    }

    private boolean gone(String slug) {
        return Topics.isSlug(slug) && topics.find(slug).isEmpty();
    }

    /** The columns in which they differ. */
    private static List<String> changed(Preferences before, Preferences after) {
        var changed = new ArrayList<String>();
        for (PreferenceField field : PreferenceField.values()) {
            if (!field.of(before).equals(field.of(after))) {
                changed.add(field.id());
            }
        }
        var interests = new LinkedHashMap<String, Function<Preferences, List<String>>>();
        interests.put("topics", Preferences::topics);
        interests.put("keywords", Preferences::keywords);
        interests.put("authors", Preferences::authors);
        interests.forEach((column, of) -> {
            if (!Set.copyOf(of.apply(before)).equals(Set.copyOf(of.apply(after)))) {
                changed.add(column);
            }
        });
        return changed;
    }

    private static Consent consent(String status) {
        return Arrays.stream(Consent.values())
                .filter(c -> c.name().equalsIgnoreCase(status))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("status is confirmed, pending or withdrawn, not \""
                        + Titles.shortened(status, LONGEST_QUOTED) + "\""));
    }

    private static @Nullable Boolean fill(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "" -> null;
            case "yes", "true", "1", "on" -> true;
            case "no", "false", "0", "off" -> false;
            default ->
                throw new IllegalArgumentException(
                        "fill is yes or no, not \"" + Titles.shortened(text, LONGEST_QUOTED) + "\"");
        };
    }

    /** When they said what the status says, where that is known. */
    private static @Nullable Instant since(String text, Consent consent) {
        if (!text.isEmpty()) {
            return moment(text)
                    .map(OffsetDateTime::toInstant)
                    .filter(i -> i.isAfter(Instant.EPOCH))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "since is a date such as 2026-01-31, or a time such as 2026-01-31T08:00:00Z, not \""
                                    + Titles.shortened(text, LONGEST_QUOTED) + "\""));
        }
        if (consent == Consent.CONFIRMED) {
            throw new IllegalArgumentException("a confirmed reader needs the column since: when they said yes");
        }
        return null;
    }

    /**
     * The moment that programs write as a date, or as a date and a time with a blank or a T between, with seconds and zone
     * or without; without, it is UTC.
     */
    private static Optional<OffsetDateTime> moment(String text) {
        Matcher parts = MOMENT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            LocalDate date = LocalDate.parse(parts.group("date"));
            LocalTime time = parts.group("time") == null ? LocalTime.MIDNIGHT : LocalTime.parse(parts.group("time"));
            String zone = parts.group("zone");
            ZoneOffset offset =
                    zone == null || Character.isLetter(zone.charAt(0)) ? ZoneOffset.UTC : ZoneOffset.of(zone);
            return Optional.of(OffsetDateTime.of(date, time, offset));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static @Nullable LocalDate date(String text) {
        if (text.isEmpty()) {
            return null;
        }
        return moment(text)
                .map(OffsetDateTime::toLocalDate)
                .orElseThrow(() -> new IllegalArgumentException("pause-until is a date such as 2026-01-31, not \""
                        + Titles.shortened(text, LONGEST_QUOTED) + "\""));
    }

    private static List<String> list(Map<String, String> line, String column) {
        return Arrays.stream(line.getOrDefault(column, "").split(";"))
                .map(SubscriberColumns::stripped)
                .filter(s -> !s.isEmpty())
                .toList();
    }

    /**
     * Writes every subscriber; how many.
     *
     * @throws IOException where the file cannot be written; what stood there before stays
     */
    public int write(Path file) throws IOException {
        Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), ".subscribers", ".csv");
        try {
            int written = writeAll(draft);
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
            return written;
        } catch (IOException e) {
            Files.deleteIfExists(draft);
            throw e;
        }
    }

    private int writeAll(Path file) throws IOException {
        int written = 0;
        CsvSchema.Builder schema = CsvSchema.builder();
        SubscriberColumns.ALL.forEach(schema::addColumn);
        try (var writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
                SequenceWriter lines =
                        csv.writer(schema.setUseHeader(true).build()).writeValues(writer)) {
            long after = Long.MIN_VALUE;
            List<Subscriber> page;
            while (!(page = subscriptions.after(after, PAGE)).isEmpty()) {
                for (Subscriber subscriber : page) {
                    lines.write(line(subscriber));
                    written++;
                }
                after = page.getLast().id;
            }
        }
        return written;
    }

    private static Map<String, String> line(Subscriber s) {
        Preferences p = s.preferences();
        var line = new LinkedHashMap<String, String>();
        line.put("email", SubscriberColumns.guarded(s.email));
        line.put("status", s.consent.name().toLowerCase(Locale.ROOT));
        for (PreferenceField field : PreferenceField.values()) {
            line.put(field.id(), cell(field.of(p)));
        }
        line.put(
                "pause-until",
                Optional.ofNullable(s.pauseUntil).map(LocalDate::toString).orElse(""));
        line.put("topics", SubscriberColumns.guarded(String.join(";", p.topics())));
        line.put("keywords", SubscriberColumns.guarded(joined(p.keywords())));
        line.put("authors", SubscriberColumns.guarded(joined(p.authors())));
        line.put("since", Objects.toString(since(s)));
        return line;
    }

    private static String cell(Object value) {
        return value instanceof Boolean truth ? truth ? "yes" : "no" : value.toString();
    }

    /** Since when they are what the column status says. */
    private static @Nullable Instant since(Subscriber s) {
        return switch (s.consent) {
            case PENDING -> s.createdAt;
            case CONFIRMED -> s.confirmedAt;
            case WITHDRAWN -> s.leftAt;
        };
    }

    /** The entries as one cell; a semicolon within one means no more than a space to the language of interests. */
    private static String joined(List<String> entries) {
        return entries.stream().map(e -> e.replace(';', ' ')).collect(Collectors.joining(";"));
    }
}
