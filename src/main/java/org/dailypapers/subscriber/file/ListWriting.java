package org.dailypapers.subscriber.file;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.subscriber.preference.PreferenceField;
import org.dailypapers.subscriber.preference.Preferences;
import org.jspecify.annotations.Nullable;

/** Writes the list of subscribers. */
final class ListWriting {

    private static final int PAGE = 500;

    private final Subscriptions subscriptions;
    private final CsvMapper csv = new CsvMapper();

    ListWriting(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    /** Writes all of them; what stood there before stays until the file is whole. */
    int write(Path file) throws IOException {
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
