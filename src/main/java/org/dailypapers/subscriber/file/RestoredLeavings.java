package org.dailypapers.subscriber.file;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.subscriber.leaving.Leavings;
import org.dailypapers.subscriber.leaving.LeavingsJournal;

/**
 * Makes good in a restored database what the journal of leavings tells: who left since the backup is out, who was erased
 * is gone, and what was suppressed is suppressed. Doing it twice changes nothing; nobody is subscribed by it.
 */
@ApplicationScoped
public class RestoredLeavings {

    private static final int PAGE = 500;

    private final Subscriptions subscriptions;
    private final Leavings leavings;
    private final SuppressionList suppressions;
    private final LeavingsJournal journal;

    RestoredLeavings(
            Subscriptions subscriptions, Leavings leavings, SuppressionList suppressions, LeavingsJournal journal) {
        this.subscriptions = subscriptions;
        this.leavings = leavings;
        this.suppressions = suppressions;
        this.journal = journal;
    }

    /** What a journal changed. */
    public record Report(int read, int withdrawn, int erased, int suppressed, int unreadable, int foreign) {
        @Override
        public String toString() {
            return "read %d, withdrawn %d, erased %d, suppressed %d, rejected %d"
                            .formatted(read, withdrawn, erased, suppressed, unreadable)
                    + (foreign == 0 ? "" : ", of another database " + foreign);
        }
    }

    /** The last word of each address, and of each suppression. */
    private record Told(
            Map<String, LeavingsJournal.JournalEntry> people, Map<String, LeavingsJournal.JournalEntry> suppressions) {}

    /**
     * Reads that journal.
     *
     * @param progress told how many subscribers were looked at
     * @throws IOException where it cannot be read, or was written by another instance
     */
    public Report read(Path file, IntConsumer progress) throws IOException {
        var lines = new ArrayList<LeavingsJournal.JournalEntry>();
        int[] unreadable = {0};
        try (Stream<String> texts = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            texts.filter(text -> !text.isBlank() && !text.equals(LeavingsJournal.HEADING))
                    .forEach(text ->
                            LeavingsJournal.JournalEntry.of(text).ifPresentOrElse(lines::add, () -> unreadable[0]++));
        }
        String ours = journal.key();
        int all = lines.size();
        // The folder may have served another database before, as before a move to PostgreSQL.
        lines.removeIf(line -> !line.key().equals(ours));
        if (lines.isEmpty() && all > 0) {
            throw new IOException("it is the journal of another database; this one, or its backup, knows nobody in it");
        }
        Told told = told(lines);
        told.people().values().stream()
                .filter(line -> line.what() == LeavingsJournal.What.ERASED)
                .forEach(line ->
                        QuarkusTransaction.requiringNew().run(() -> leavings.keepHash(line.mailbox(), line.at())));
        int[] changed = people(told.people(), progress);
        int suppressed = (int) told.suppressions().values().stream()
                .filter(line -> line.what() == LeavingsJournal.What.SUPPRESSED)
                .filter(line -> suppressions.restore(line.address(), line.reason(), line.at()))
                .count();
        return new Report(all + unreadable[0], changed[0], changed[1], suppressed, unreadable[0], all - lines.size());
    }

    private static Told told(List<LeavingsJournal.JournalEntry> lines) {
        var told = new Told(new HashMap<>(), new HashMap<>());
        for (LeavingsJournal.JournalEntry line : lines) {
            switch (line.what()) {
                case LEFT, ERASED -> told.people().put(line.address(), line);
                // A clock may have been wrong, and files may have been put together: a yes counts that is the later
                // one by its place and by its time.
                case RETURNED -> told.people().merge(line.address(), line, RestoredLeavings::later);
                case SUPPRESSED, LIFTED -> told.suppressions().merge(line.address(), line, RestoredLeavings::later);
            }
        }
        return told;
    }

    private static LeavingsJournal.JournalEntry later(
            LeavingsJournal.JournalEntry before, LeavingsJournal.JournalEntry line) {
        return line.at().isAfter(before.at()) ? line : before;
    }

    /** How many were withdrawn and erased. */
    private int[] people(Map<String, LeavingsJournal.JournalEntry> told, IntConsumer progress) {
        int[] changed = {0, 0};
        int seen = 0;
        long after = Long.MIN_VALUE;
        List<Subscriber> page;
        while (!(page = subscriptions.after(after, PAGE)).isEmpty()) {
            for (Subscriber subscriber : page) {
                LeavingsJournal.JournalEntry line = told.get(suppressions.hash(subscriber.emailKey));
                if (line != null && line.what() == LeavingsJournal.What.LEFT) {
                    changed[0] += subscriptions.leftBefore(subscriber.id, line.at()) ? 1 : 0;
                } else if (line != null && line.what() == LeavingsJournal.What.ERASED) {
                    changed[1] += subscriptions.erasedBefore(subscriber.id, line.at()) ? 1 : 0;
                }
            }
            seen += page.size();
            progress.accept(seen);
            after = page.getLast().id;
        }
        return changed;
    }
}
