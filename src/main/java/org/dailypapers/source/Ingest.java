package org.dailypapers.source;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.dailypapers.paper.Edition;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Entries;
import org.dailypapers.paper.Entry;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Papers;
import org.dailypapers.source.PaperRecord.Announced;
import org.dailypapers.storage.DatabaseFailure;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Merges records into the catalogue and gives each its entry in an edition.
 *
 * <p>One row for a paper however many sources list it, as {@link KnownPapers} tells; a record that cannot be stored is
 * named and the rest go on.
 */
@ApplicationScoped
public class Ingest {

    private static final Logger LOG = Logger.getLogger(Ingest.class);
    private static final int BATCH = 100;
    private static final int LONG_AGO_DAYS = 28;

    private final Papers papers;
    private final KnownPapers known;
    private final Turn turn;
    private final Editions editions;
    private final Entries entries;
    private final EditionCalendar calendar;
    private final StoredTexts texts;
    private final Sources sources;
    private final Rejections rejections;
    private volatile boolean stopping;

    Ingest(
            Papers papers,
            KnownPapers known,
            Turn turn,
            Editions editions,
            Entries entries,
            EditionCalendar calendar,
            StoredTexts texts,
            Sources sources,
            Rejections rejections) {
        this.rejections = rejections;
        this.papers = papers;
        this.known = known;
        this.turn = turn;
        this.editions = editions;
        this.entries = entries;
        this.calendar = calendar;
        this.texts = texts;
        this.sources = sources;
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    /**
     * Does what has to be done once in the life of a database before titles are compared with those of records. It may
     * take minutes: nobody does it in a source's turn.
     */
    public void prepare() {
        texts.makePlainOnce();
    }

    /**
     * Takes every record of the stream; the stream is closed at the end.
     *
     * @param source the name that the entries carry
     * @param progress told how many records were taken so far
     * @param past given the editions of past days that took papers and must now be closed and ranked
     * @throws CancellationException where the process stops; what was taken stays
     */
    public IngestReport ingest(
            String source, Stream<PaperRecord> records, Arrival arrival, IntConsumer progress, Set<LocalDate> past) {
        IngestReport report = IngestReport.none();
        var batch = new ArrayList<PaperRecord>();
        try (records) {
            Iterator<PaperRecord> all = records.iterator();
            while (all.hasNext()) {
                if (stopping) {
                    throw new CancellationException("The process stops; what was read so far is kept");
                }
                batch.add(all.next());
                if (batch.size() == BATCH) {
                    report = report.plus(take(source, batch, arrival, past));
                    progress.accept(report.read());
                    batch.clear();
                }
            }
        } finally {
            // Also where the stream breaks off: what it gave before is not lost.
            report = report.plus(take(source, batch, arrival, past));
            progress.accept(report.read());
        }
        return report;
    }

    private IngestReport take(String source, List<PaperRecord> batch, Arrival arrival, Set<LocalDate> past) {
        if (batch.isEmpty()) {
            return IngestReport.none();
        }
        if (!source.equals(Paper.SAMPLE)) {
            papers.removeFrom(Paper.SAMPLE);
        }
        try {
            return together(source, batch, arrival, past);
        } catch (RuntimeException e) {
            DatabaseFailure.throwIfBehind(e);
            LOG.debugf(e, "A batch of %d records from %s failed; taking them one by one", batch.size(), source);
        }
        IngestReport report = IngestReport.none();
        for (PaperRecord record : batch) {
            try {
                report = report.plus(together(source, List.of(record), arrival, past));
            } catch (RuntimeException e) {
                DatabaseFailure.throwIfBehind(e);
                LOG.warnf(e, "%s from %s could not be stored", record.id().value(), source);
                rejections.note(
                        source, record.id().value() + ": could not be stored, the log says why", record.title());
                report = report.rejecting(record.id().value() + ": could not be stored, the log says why");
            }
        }
        return report;
    }

    private IngestReport together(String source, List<PaperRecord> batch, Arrival arrival, Set<LocalDate> past) {
        var touched = new TreeSet<LocalDate>();
        IngestReport report = turn.take(() -> {
            var taking = new Taking(source, arrival, touched, known.possible(batch));
            IngestReport sum = IngestReport.none();
            for (PaperRecord record : batch) {
                sum = sum.plus(taking.one(record));
            }
            return sum;
        });
        past.addAll(touched);
        return report;
    }

    /** Takes the records of one transaction. */
    private final class Taking {
        private final String source;
        private final Arrival arrival;
        private final Set<LocalDate> past;
        private final PossiblePapers possible;

        /** The editions whose lock this transaction has. */
        private final Map<LocalDate, Edition> shared = new HashMap<>();

        Taking(String source, Arrival arrival, Set<LocalDate> past, PossiblePapers possible) {
            this.source = source;
            this.arrival = arrival;
            this.past = past;
            this.possible = possible;
        }

        IngestReport one(PaperRecord record) {
            Optional<Paper> known = KnownPapers.find(record, possible);
            boolean changeOnly = record.announced() == Announced.CHANGED || record.announced() == Announced.REMOVED;
            if (known.isEmpty() && changeOnly) {
                return new IngestReport(1, 0, 0, 1, List.of());
            }
            if (known.isEmpty()) {
                Edition edition = edition(record.listed());
                Paper paper = new Paper();
                paper.origin = source;
                paper.publicId = record.id().value();
                paper.title = "";
                paper.summary = "";
                paper.firstEdition = edition.date;
                papers.touch(paper);
                Merge.into(paper, record, source, sources::outranks, none -> {});
                papers.persist(paper);
                possible.add(paper);
                list(paper, edition, source);
                return new IngestReport(1, 1, 0, 0, List.of());
            }
            Paper paper = known.get();
            boolean changed = Merge.into(paper, record, source, sources::outranks, papers::note);
            possible.add(paper);
            if (record.announced() != Announced.NEW) {
                return told(paper, changed, false);
            }
            boolean listed = entries.listedBy(paper, source);
            boolean foreign = !listed && !paper.origin.equals(source);
            if (!listed) {
                Edition edition = edition(record.listed());
                list(paper, edition, source);
                if (edition.date.isBefore(paper.firstEdition)) {
                    paper.firstEdition = edition.date;
                }
            }
            if (isPast(arrival, label(record.listed()), editions.find(label(record.listed())))) {
                past.add(label(record.listed()));
            }
            return told(paper, changed, foreign);
        }

        private Edition edition(@Nullable LocalDate listed) {
            LocalDate label = label(listed);
            Optional<Edition> known = share(label);
            if (isPast(arrival, label, known)) {
                past.add(label);
                return known.orElseGet(() -> editions.ensurePast(label));
            }
            if (known.map(edition -> !edition.closed()).orElse(false)) {
                return known.get();
            }
            LocalDate open = editions.oldestOpen();
            LocalDate date = known.isPresent() || label.isBefore(open) ? open : label;
            editions.ensure(date);
            // It may have closed while its lock was waited for: what a closed one takes reaches nobody.
            Edition edition = share(date).orElseThrow();
            return edition.closed() ? edition(listed) : edition;
        }

        /** What is locked stays as it is until the transaction ends. */
        private Optional<Edition> share(LocalDate date) {
            Optional<Edition> locked = Optional.ofNullable(shared.get(date)).or(() -> editions.share(date));
            locked.ifPresent(edition -> shared.put(date, edition));
            return locked;
        }
    }

    private IngestReport told(Paper paper, boolean changed, boolean foreign) {
        if (changed) {
            papers.touch(paper);
        }
        return foreign || changed ? new IngestReport(1, 0, 1, 0, List.of()) : new IngestReport(1, 0, 0, 1, List.of());
    }

    private LocalDate label(LocalDate listed) {
        LocalDate today = calendar.today();
        return listed == null || listed.isAfter(today.plusDays(1)) ? today : listed;
    }

    /** Whether the paper joins the edition of its date, whose time is over: it is closed, or would be by now. */
    private boolean isPast(Arrival arrival, LocalDate label, Optional<Edition> known) {
        return switch (arrival) {
            case LIVE -> false;
            case HISTORY -> known.map(Edition::closed).orElseGet(() -> calendar.mayClose(label));
            case FIRST ->
                known.map(edition -> edition.history || edition.closed() && isLongAgo(label))
                        .orElseGet(() -> calendar.mayClose(label));
        };
    }

    /** So old that no letter holds what it brings. */
    private boolean isLongAgo(LocalDate label) {
        return label.isBefore(calendar.today().minusDays(LONG_AGO_DAYS));
    }

    private void list(Paper paper, Edition edition, String source) {
        var entry = new Entry();
        entry.edition = edition.date;
        entry.paper = paper;
        entry.reason = Entry.Reason.LISTED;
        entry.source = source;
        entries.add(entry);
    }
}
