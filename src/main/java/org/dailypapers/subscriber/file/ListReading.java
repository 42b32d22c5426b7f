package org.dailypapers.subscriber.file;

import io.quarkus.narayana.jta.QuarkusTransaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.dailypapers.storage.DatabaseFailure;
import org.dailypapers.subscriber.Newcomers;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;

/**
 * One reading of a list, in its order. Lines of people who said yes are put by, and those of them who are not known are
 * brought in together; each other line has a transaction of its own.
 */
final class ListReading implements AutoCloseable {

    private static final int TOGETHER = 1_000;

    /** Of topics and languages that are not offered, as a report names them. */
    private static final int MOST_GONE = 100;

    private final ImportWishes wishes;
    private final SubscriberLines lines;
    private final Newcomers newcomers;
    private final Subscriptions subscriptions;
    private final SubscribersFile.Listener listener;
    private final CsvRecords records;
    private final ListForm form;
    private final Instant written;

    private final List<PutBy> putBy = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private final Map<ImportOutcome, Integer> outcomes = new EnumMap<>(ImportOutcome.class);
    private final Set<String> gone = new TreeSet<>();
    private final Set<String> unspoken = new TreeSet<>();
    private int read;
    private int rejected;
    private int undated;

    private record PutBy(int number, Map<String, String> line, Newcomers.Newcomer newcomer) {}

    ListReading(
            Path file,
            ImportWishes wishes,
            SubscriberLines lines,
            Newcomers newcomers,
            Subscriptions subscriptions,
            SubscribersFile.Listener listener)
            throws IOException {
        this.wishes = wishes;
        this.lines = lines;
        this.newcomers = newcomers;
        this.subscriptions = subscriptions;
        this.listener = listener;
        written = Files.getLastModifiedTime(file).toInstant();
        records = new CsvRecords(Files.newInputStream(file));
        try {
            form = ListForm.of(records);
            if (form.program() == ListForm.Program.LISTMONK && !wishes.leaversKnown()) {
                throw new IOException("listmonk's export does not say who left a list; give the addresses of those who"
                        + " did with --left=FILE, or say --nobody-left");
            }
        } catch (IOException e) {
            records.close();
            throw e;
        }
    }

    /** @param rejections the first of them, which the listener keeps */
    SubscribersFile.Report all(List<String> rejections) throws IOException {
        listener.form(form.program().words(), form.meanings());
        Optional<CsvRecords.Next> next;
        while ((next = records.next()).isPresent()) {
            try {
                record(next.get());
            } catch (IllegalArgumentException e) {
                bringIn();
                reject(next.get().line(), e);
            }
            listener.at(read);
        }
        bringIn();
        return new SubscribersFile.Report(
                read, read - rejected, rejected, rejections, gone, unspoken, outcomes, undated);
    }

    private void record(CsvRecords.Next next) {
        switch (next) {
            case CsvRecords.Broken(int number, String reason) -> {
                read++;
                throw new IllegalArgumentException(reason);
            }
            case CsvRecords.Row(int number, List<String> cells) -> {
                if (cells.stream().allMatch(String::isBlank)) {
                    return;
                }
                read++;
                Map<String, String> line = form.line(cells, records, wishes);
                leavers(line);
                Optional<Newcomers.Newcomer> newcomer = wishes.dryRun() ? Optional.empty() : lines.newcomer(line);
                if (newcomer.isEmpty()) {
                    bringIn();
                    byItself(number, line);
                    return;
                }
                String key = newcomer.get().address().key();
                if (putBy.size() >= TOGETHER || keys.contains(key)) {
                    bringIn();
                }
                keys.add(key);
                putBy.add(new PutBy(number, line, newcomer.get()));
            }
        }
    }

    /** Whoever a list of this run says has left comes in by none of its others, whatever the dates are. */
    private void leavers(Map<String, String> line) {
        if (wishes.allLeft()) {
            wishes.left().add(SubscriberLines.address(line).mailbox());
        } else if (!wishes.left().isEmpty()
                && SubscriberLines.bringsIn(line)
                && wishes.left().contains(SubscriberLines.address(line).mailbox())) {
            throw new IllegalArgumentException(
                    "is named in a list of people who left, and comes back by their own act" + " alone");
        }
    }

    private void byItself(int number, Map<String, String> line) {
        ImportOutcome outcome =
                QuarkusTransaction.requiringNew().call(() -> lines.take(line, written, wishes.dryRun()));
        took(number, line, outcome);
    }

    private void took(int number, Map<String, String> line, ImportOutcome outcome) {
        outcomes.merge(outcome, 1, Integer::sum);
        undated += outcome == ImportOutcome.PENDING && line.containsKey(ListForm.UNDATED) ? 1 : 0;
        for (String slug : lines.gone(line)) {
            if (gone.size() < MOST_GONE) {
                gone.add(slug);
            }
        }
        lines.unspoken(line).filter(tag -> unspoken.size() < MOST_GONE).ifPresent(unspoken::add);
        listener.taken(number, line.getOrDefault("email", ""), outcome);
    }

    private void reject(int number, IllegalArgumentException reason) {
        rejected++;
        listener.rejected(number, String.valueOf(reason.getMessage()));
    }

    /** Brings in together who is put by, and by themselves those of them who are known or have left. */
    private void bringIn() {
        if (putBy.isEmpty()) {
            return;
        }
        List<PutBy> all = List.copyOf(putBy);
        putBy.clear();
        keys.clear();
        Map<Integer, ImportOutcome> done = together(all);
        for (PutBy each : all) {
            ImportOutcome outcome = done.get(each.number());
            try {
                if (outcome == null) {
                    byItself(each.number(), each.line());
                } else {
                    took(each.number(), each.line(), outcome);
                }
            } catch (IllegalArgumentException e) {
                reject(each.number(), e);
            }
        }
    }

    private Map<Integer, ImportOutcome> together(List<PutBy> all) {
        try {
            return QuarkusTransaction.requiringNew().call(() -> {
                var done = new LinkedHashMap<Integer, ImportOutcome>();
                Map<String, Subscriber> known = subscriptions.byKeys(
                        all.stream().map(each -> each.newcomer().address()).toList());
                var fresh = new ArrayList<PutBy>();
                for (PutBy each : all) {
                    Subscriber there = known.get(each.newcomer().address().key());
                    if (there == null) {
                        fresh.add(each);
                    } else if (lines.isKnown(each.line(), each.newcomer(), there)) {
                        done.put(each.number(), ImportOutcome.UNCHANGED);
                    }
                }
                Set<String> came =
                        newcomers.bringIn(fresh.stream().map(PutBy::newcomer).toList());
                fresh.stream()
                        .filter(each -> came.contains(each.newcomer().address().key()))
                        .forEach(each -> done.put(each.number(), ImportOutcome.NEW));
                return done;
            });
        } catch (DatabaseFailure e) {
            // Somebody of them signed up at this moment; each by themselves is judged anew.
            if (DatabaseFailure.isBehind(e)) {
                throw e;
            }
            return Map.of();
        }
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
