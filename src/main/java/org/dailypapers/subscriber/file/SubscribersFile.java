package org.dailypapers.subscriber.file;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.dailypapers.subscriber.Newcomers;
import org.dailypapers.subscriber.Subscriptions;

/** The list of subscribers as a CSV file (RFC 4180), there and back; and the exports of other programs. */
@ApplicationScoped
public class SubscribersFile {

    /** Of the rejections, as a report keeps them; each is told as it is met. */
    private static final int KEPT_REJECTIONS = 1_000;

    private final Subscriptions subscriptions;
    private final SubscriberLines lines;
    private final Newcomers newcomers;

    SubscribersFile(Subscriptions subscriptions, SubscriberLines lines, Newcomers newcomers) {
        this.subscriptions = subscriptions;
        this.lines = lines;
        this.newcomers = newcomers;
    }

    /**
     * What became of a file's lines.
     *
     * @param rejections the first thousand, each with its line and reason
     * @param gone the first hundred topics that were taken though this instance does not offer them
     * @param unspoken the first hundred languages that lines name in which no letters are written
     * @param outcomes how many lines came to what
     * @param undated how many of another program's list are pending because the file does not say when they said yes
     */
    public record Report(
            int read,
            int taken,
            int rejected,
            List<String> rejections,
            Set<String> gone,
            Set<String> unspoken,
            Map<ImportOutcome, Integer> outcomes,
            int undated) {
        public Report {
            rejections = List.copyOf(rejections);
            gone = new TreeSet<>(gone);
            unspoken = new TreeSet<>(unspoken);
            outcomes = new EnumMap<>(outcomes);
        }

        @Override
        public String toString() {
            return "read %d, taken %d, rejected %d".formatted(read, taken, rejected);
        }

        /** How many lines came to what, in words; such as "new 3, left 1". */
        public String inWords() {
            return outcomes.entrySet().stream()
                    .map(o -> o.getKey().name().toLowerCase(Locale.ROOT) + " " + o.getValue())
                    .collect(Collectors.joining(", "));
        }
    }

    /** What is told of a file while it is read. */
    public interface Listener {

        /** How many records were read so far. */
        void at(int read);

        /** Whose list it is, and what each of its columns means. */
        default void form(String program, Map<String, String> columns) {}

        /** What a line comes to: the address as it is written there. */
        default void taken(int line, String address, ImportOutcome outcome) {}

        /** A line that cannot be taken, and why. */
        default void rejected(int line, String reason) {}
    }

    /**
     * Brings in every line that can be read; the others are rejected with their number and the reason.
     *
     * @param progress told how many records were read so far
     * @throws IOException where the file is no list
     */
    public Report read(Path file, IntConsumer progress) throws IOException {
        return read(file, ImportWishes.NONE, progress::accept);
    }

    /** The same, as the operator wishes; with a dry run nothing is changed. */
    public Report read(Path file, ImportWishes wishes, Listener listener) throws IOException {
        var kept = new ArrayList<String>();
        try (var reading = new ListReading(file, wishes, lines, newcomers, subscriptions, new Listener() {
            @Override
            public void at(int read) {
                listener.at(read);
            }

            @Override
            public void form(String program, Map<String, String> columns) {
                listener.form(program, columns);
            }

            @Override
            public void taken(int line, String address, ImportOutcome outcome) {
                listener.taken(line, address, outcome);
            }

            @Override
            public void rejected(int line, String reason) {
                if (kept.size() < KEPT_REJECTIONS) {
                    kept.add("line " + line + ": " + reason);
                }
                listener.rejected(line, reason);
            }
        })) {
            return reading.all(kept);
        }
    }

    /**
     * Writes every subscriber; how many.
     *
     * @throws IOException where the file cannot be written; what stood there before stays
     */
    public int write(Path file) throws IOException {
        return new ListWriting(subscriptions).write(file);
    }
}
