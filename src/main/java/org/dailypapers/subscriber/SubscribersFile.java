package org.dailypapers.subscriber;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Topics;

/** The list of subscribers as a CSV file (RFC 4180), there and back. */
@ApplicationScoped
public class SubscribersFile {

    private static final List<String> COLUMNS = List.of(
            "email",
            "status",
            "frequency",
            "weekday",
            "hour",
            "timezone",
            "size",
            "fill",
            "min-votes",
            "pause-until",
            "topics",
            "keywords",
            "authors",
            "since");

    /** What spreadsheet programs take for the beginning of a formula. */
    private static final String FORMULA = "=+-@\t\r";

    /** What spreadsheet programs put before text in UTF-8. */
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private static final int PAGE = 500;

    private final Subscriptions subscriptions;
    private final Topics topics;
    private final EditionCalendar calendar;
    private final CsvMapper csv = new CsvMapper();

    SubscribersFile(Subscriptions subscriptions, Topics topics, EditionCalendar calendar) {
        this.subscriptions = subscriptions;
        this.topics = topics;
        this.calendar = calendar;
    }

    /** What became of a file's lines. */
    public record Report(int read, int taken, List<String> rejections) {
        public Report {
            rejections = List.copyOf(rejections);
        }

        @Override
        public String toString() {
            return "read %d, taken %d, rejected %d".formatted(read, taken, rejections.size());
        }
    }

    /**
     * Brings in every line that can be read.
     *
     * @param progress told how many lines were read so far
     * @throws IOException where the file is no CSV with a column {@code email}
     */
    public Report read(Path file, IntConsumer progress) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            reader.mark(1);
            if (reader.read() != BYTE_ORDER_MARK) {
                reader.reset();
            }
            try (MappingIterator<Map<String, String>> lines = csv.readerForMapOf(String.class)
                    .with(CsvSchema.emptySchema().withHeader())
                    .readValues(reader)) {
                return read(lines, progress);
            }
        } catch (CharacterCodingException e) {
            throw new IOException("it is not text in UTF-8; save it as \"CSV UTF-8\"", e);
        } catch (JsonProcessingException e) {
            throw noEmail();
        }
    }

    private Report read(MappingIterator<Map<String, String>> lines, IntConsumer progress) throws IOException {
        int read = 0;
        int taken = 0;
        var rejections = new ArrayList<String>();
        while (true) {
            try {
                boolean more = lines.hasNextValue();
                if (((CsvSchema) lines.getParserSchema()).column("email") == null) {
                    throw noEmail();
                }
                if (!more) {
                    return new Report(read, taken, rejections);
                }
                Map<String, String> line = lines.nextValue();
                read++;
                take(line);
                taken++;
            } catch (IllegalArgumentException e) {
                rejections.add("line " + (read + 1) + ": " + e.getMessage());
            } catch (JsonProcessingException e) {
                throw new IOException("line " + (read + 2) + " is no CSV: " + e.getOriginalMessage(), e);
            }
            progress.accept(read);
        }
    }

    private static IOException noEmail() {
        return new IOException(
                "the first line names no column \"email\"; the columns are " + String.join(",", COLUMNS));
    }

    private void take(Map<String, String> line) {
        EmailAddress address =
                switch (EmailAddress.read(plain(line.getOrDefault("email", "")))) {
                    case EmailAddress.Good(EmailAddress good) -> good;
                    case EmailAddress.Faulty(String reason) ->
                        throw new IllegalArgumentException("no e-mail address in the column email: " + reason);
                };
        var form = new PreferencesForm(
                list(line, "topics"),
                String.join("\n", list(line, "keywords")),
                String.join("\n", list(line, "authors")),
                plain(line.get("frequency")),
                plain(line.get("weekday")),
                plain(line.get("hour")),
                plain(line.get("timezone")),
                plain(line.get("size")),
                !List.of("no", "false", "0", "off")
                        .contains(plain(line.getOrDefault("fill", "")).toLowerCase(Locale.ROOT)),
                plain(line.get("min-votes")));
        Preferences preferences =
                switch (form.read(topics, Preferences.standard(calendar.zone()))) {
                    case PreferencesForm.Good(Preferences good) -> good;
                    case PreferencesForm.Faulty(Map<String, String> faults) ->
                        throw new IllegalArgumentException(faults.entrySet().stream()
                                .map(f -> f.getKey() + ": " + f.getValue())
                                .collect(Collectors.joining("; ")));
                };
        Consent consent = consent(plain(line.getOrDefault("status", "")));
        Instant since = since(plain(line.getOrDefault("since", "")), consent);
        subscriptions.bringIn(address, preferences, consent, since, date(plain(line.getOrDefault("pause-until", ""))));
    }

    private static Consent consent(String status) {
        return Arrays.stream(Consent.values())
                .filter(c -> c.name().equalsIgnoreCase(status.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "status is confirmed, pending or withdrawn, not \"" + status + "\""));
    }

    private static Instant since(String text, Consent consent) {
        try {
            if (!text.isBlank()) {
                return text.length() == 10
                        ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                        : Instant.parse(text.strip());
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("since is a date such as 2026-01-31, not \"" + text + "\"", e);
        }
        if (consent == Consent.CONFIRMED) {
            throw new IllegalArgumentException("a confirmed reader needs the column since: when they said yes");
        }
        return null;
    }

    private static LocalDate date(String text) {
        try {
            return text.isBlank() ? null : LocalDate.parse(text.strip());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("pause-until is a date such as 2026-01-31, not \"" + text + "\"", e);
        }
    }

    private static List<String> list(Map<String, String> line, String column) {
        return Arrays.stream(plain(line.getOrDefault(column, "")).split(";"))
                .map(String::strip)
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
        COLUMNS.forEach(schema::addColumn);
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
        line.put("email", guarded(s.email));
        line.put("status", s.consent.name().toLowerCase(Locale.ROOT));
        line.put("frequency", p.frequency().id());
        line.put("weekday", Integer.toString(p.weekday().getValue()));
        line.put("hour", Integer.toString(p.hour()));
        line.put("timezone", p.zone().getId());
        line.put("size", Integer.toString(p.size()));
        line.put("fill", p.fill() ? "yes" : "no");
        line.put("min-votes", Integer.toString(p.minVotes()));
        line.put(
                "pause-until",
                Optional.ofNullable(s.pauseUntil).map(LocalDate::toString).orElse(""));
        line.put("topics", guarded(String.join(";", p.topics())));
        line.put("keywords", guarded(joined(p.keywords())));
        line.put("authors", guarded(joined(p.authors())));
        line.put("since", since(s).toString());
        return line;
    }

    /** Since when they are what the column status says. */
    private static Instant since(Subscriber s) {
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

    /** Keeps a spreadsheet from running a cell; {@link #plain} takes it away again. */
    private static String guarded(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String plain(String cell) {
        return cell != null && cell.length() > 1 && cell.charAt(0) == '\'' && FORMULA.indexOf(cell.charAt(1)) >= 0
                ? cell.substring(1)
                : cell == null ? "" : cell;
    }
}
