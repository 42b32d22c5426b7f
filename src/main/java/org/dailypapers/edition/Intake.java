package org.dailypapers.edition;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.Arrival;
import org.dailypapers.source.Ingest;
import org.dailypapers.source.IngestReport;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.PaperSource;
import org.dailypapers.source.RejectedRecords;
import org.dailypapers.source.Sample;
import org.dailypapers.source.SourceException;
import org.dailypapers.source.SourceException.Trouble;
import org.dailypapers.source.SourceStanding;
import org.dailypapers.source.SourceStandings;
import org.dailypapers.source.Sources;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Brings papers into editions: news into the open one, the past into its own, which are closed and ranked at once. */
@ApplicationScoped
public class Intake {

    private static final Logger LOG = Logger.getLogger(Intake.class);

    /** How much of the past a new instance begins with. */
    private static final int FIRST_DAYS = 7;

    /** A gap in a source's listings is closed by itself up to so many days. */
    private static final int LONGEST_GAP_DAYS = 31;

    /** How long an edition that is due waits for the news of a source. */
    static final Duration WORTH_WAITING = Duration.ofMinutes(10);

    /** Where entries say who listed them; every source knows better what the paper is. */
    private static final String BY_HAND = "operator";

    private final Ingest ingest;
    private final EditionClosing closing;
    private final Editions editions;
    private final SourceStandings standings;
    private final EditionCalendar calendar;
    private final Sources sources;
    private final RejectedRecords rejected;
    private final MeterRegistry metrics;

    Intake(
            Ingest ingest,
            EditionClosing closing,
            Editions editions,
            SourceStandings standings,
            EditionCalendar calendar,
            Sources sources,
            RejectedRecords rejected,
            MeterRegistry metrics) {
        this.rejected = rejected;
        this.ingest = ingest;
        this.closing = closing;
        this.editions = editions;
        this.standings = standings;
        this.calendar = calendar;
        this.sources = sources;
        this.metrics = metrics;
    }

    /**
     * Asks a source, if it is its turn, for what came since it was last read; where it does not answer, that stands in the
     * log.
     *
     * @param notSince one that answered need not rest where it was last asked before this moment, as before an edition
     *     closes
     */
    @ActivateRequestContext
    public IngestReport live(PaperSource source, Instant notSince) {
        ingest.prepare();
        Optional<SourceStanding> turn = standings.take(source.name(), notSince);
        if (turn.isEmpty()) {
            return IngestReport.none();
        }
        try {
            return news(source, turn.get(), n -> {});
        } catch (SourceException | SourceException.WhileStreaming e) {
            metrics.counter("dailypapers.ingest.failures", "source", source.name())
                    .increment();
            LOG.warnf("%s; asked again later", e.getMessage());
            return IngestReport.none();
        }
    }

    /**
     * Asks one source now, whatever its rest.
     *
     * @return what came; empty while another process asks it
     */
    public Optional<IngestReport> news(PaperSource source, IntConsumer progress) throws SourceException {
        ingest.prepare();
        Optional<SourceStanding> turn = standings.takeNow(source.name());
        return turn.isEmpty() ? Optional.empty() : Optional.of(news(source, turn.get(), progress));
    }

    /**
     * Whether some process has begun to ask a source not long ago: an edition that closes now would miss what it brings.
     * Who has not answered within {@link #WORTH_WAITING} holds nothing up.
     */
    public boolean asking() {
        return standings.anyAsked(sources.enabledNames(), WORTH_WAITING);
    }

    /** Forgets the records that were rejected long ago. */
    public void forgetRejected() {
        rejected.prune();
    }

    /** Those of the enabled sources that were ever asked. */
    public List<SourceStanding> standings() {
        return standings.of(sources.enabledNames());
    }

    /** What the operator should know of a source, in one line; empty where all is well. */
    public Optional<String> worry(SourceStanding standing) {
        String name = standing.name;
        if (standing.trouble == Trouble.FORBIDDEN) {
            return Optional.of(name + " does not want to be asked, and is not until you do so with: ingest --source="
                    + name + "; " + standing.failure);
        }
        if (standing.trouble == Trouble.LIES) {
            return Optional.of(name + " answers what it should not; " + standing.failure);
        }
        if (standing.silent(calendar.now())) {
            String since = standing.answeredAt == null
                    ? " has not answered since it was first asked, " + standing.since
                    : " has not answered since " + standing.answeredAt;
            return Optional.of(name + since + (standing.failure == null ? "" : "; the last time: " + standing.failure));
        }
        return sources.named(name)
                .filter(source -> standing.stale(calendar.now(), source::expects))
                .map(source ->
                        name + " answers, and has brought no paper that was not known since " + standing.freshAt);
    }

    private IngestReport news(PaperSource source, SourceStanding turn, IntConsumer progress) throws SourceException {
        String name = source.name();
        LocalDate today = calendar.today();
        Optional<LocalDate> readTo =
                Optional.ofNullable(turn.readTo).or(() -> editions.newestListedBy(name, turn.since));
        var read = new Reading(readTo.orElse(null), today.plusDays(1));
        boolean ended = false;
        try {
            IngestReport report = take(
                    name,
                    read.noting(
                            readTo.isPresent()
                                    ? source.fetch(since(readTo.get(), today))
                                    : source.fetch(today.minusDays(FIRST_DAYS), today)),
                    readTo.isPresent() ? Arrival.LIVE : Arrival.FIRST,
                    n -> {
                        standings.stillAsking(name);
                        progress.accept(n);
                    });
            source.stored();
            standings.answered(name, read.newest, report.added() > 0);
            ended = true;
            return report;
        } catch (SourceException e) {
            standings.failed(name, readTo.isPresent() ? read.newest : null, e);
            ended = true;
            throw e;
        } catch (SourceException.WhileStreaming e) {
            // A first reading that breaks off is begun anew; a later one goes on from what came.
            source.stored();
            standings.failed(name, readTo.isPresent() ? read.newest : null, e.getCause());
            ended = true;
            throw e;
        } finally {
            if (!ended) {
                standings.release(name);
            }
        }
    }

    /** A day before what was read and before what is open, for listings grow late; not beyond the longest gap. */
    private Instant since(LocalDate readTo, LocalDate today) {
        LocalDate open = editions.oldestOpen();
        LocalDate since = (readTo.isBefore(open) ? readTo : open).minusDays(1);
        LocalDate longest = today.minusDays(LONGEST_GAP_DAYS);
        if (since.isBefore(longest)) {
            LOG.warnf(
                    "Listings before %s are not fetched by themselves; do it by hand with: ingest --since=%s --until=%s",
                    longest, since, longest.minusDays(1));
        }
        return (since.isBefore(longest) ? longest : since)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }

    /** The newest listing among records that pass; what is listed later than any place on Earth can does not count. */
    private static final class Reading {
        private final LocalDate latest;
        private @Nullable LocalDate newest;

        Reading(@Nullable LocalDate newest, LocalDate latest) {
            this.newest = newest;
            this.latest = latest;
        }

        Stream<PaperRecord> noting(Stream<PaperRecord> records) {
            return records.peek(record -> {
                LocalDate listed = record.listed();
                if (listed != null && !listed.isAfter(latest) && (newest == null || listed.isAfter(newest))) {
                    newest = listed;
                }
            });
        }
    }

    /** Ranks what an import or a first start that was killed left without ranks. */
    public void finish() {
        closing.closeHistory(editions.unranked(FIRST_DAYS + 1));
    }

    /**
     * Fetches the listings of (from, to), both included.
     *
     * @return what came; empty while another process asks the source
     */
    public Optional<IngestReport> history(PaperSource source, LocalDate from, LocalDate to, IntConsumer progress)
            throws SourceException {
        String name = source.name();
        ingest.prepare();
        if (standings.takeNow(name).isEmpty()) {
            return Optional.empty();
        }
        try {
            IngestReport report = take(name, source.fetch(from, to), Arrival.HISTORY, n -> {
                standings.stillAsking(name);
                progress.accept(n);
            });
            source.stored();
            return Optional.of(report);
        } catch (SourceException e) {
            standings.failed(name, null, e);
            throw e;
        } catch (SourceException.WhileStreaming e) {
            standings.failed(name, null, e.getCause());
            throw e;
        } finally {
            standings.handBack(name);
        }
    }

    /** Takes records that were read from a file. */
    public IngestReport file(String source, Stream<PaperRecord> records, IntConsumer progress) {
        ingest.prepare();
        return take(source, records, Arrival.HISTORY, progress);
    }

    /**
     * Takes some of a file's records.
     *
     * @param past given the past editions that took some, which {@link #rank} is to be told of when the file has ended:
     *     ranking them after each part would read each paper again and again
     */
    IngestReport part(String source, List<PaperRecord> records, Set<LocalDate> past) {
        ingest.prepare();
        IngestReport report = ingest.ingest(source, records.stream(), Arrival.HISTORY, n -> {}, past);
        metrics.counter("dailypapers.papers.ingested", "source", source).increment(report.added());
        return report;
    }

    /** Ranks past editions that took papers. */
    void rank(Set<LocalDate> past) {
        closing.closeHistory(past);
    }

    /**
     * Asks a source for one paper, in its turn, as for its news.
     *
     * @return empty where it does not know the paper
     * @throws SourceException where it does not answer, is being asked already, or wants to be left alone
     */
    Optional<PaperRecord> find(PaperSource source, PaperId id) throws SourceException {
        if (!source.finds(id)) {
            return Optional.empty();
        }
        String name = source.name();
        if (standings.takeForOne(name).isEmpty()) {
            throw new SourceException(
                    name + " is being asked just now, or wants to be left alone for a while; try again in some minutes",
                    null);
        }
        try {
            Optional<PaperRecord> found = source.find(id);
            standings.handBack(name);
            return found;
        } catch (SourceException e) {
            standings.failed(name, null, e);
            throw e;
        } catch (RuntimeException | Error e) {
            standings.handBack(name);
            throw e;
        }
    }

    /** Takes a paper that the operator asked for into the open edition. */
    IngestReport byHand(PaperRecord record) {
        ingest.prepare();
        return take(BY_HAND, Stream.of(record), Arrival.LIVE, n -> {});
    }

    /** Lays the bundled papers into the last few editions; none where another process does so just now. */
    public IngestReport sample() {
        if (standings.takeNow(Paper.SAMPLE).isEmpty()) {
            return IngestReport.none();
        }
        try {
            editions.ensureToday();
            return take(Paper.SAMPLE, Sample.papers(calendar.today()).stream(), Arrival.FIRST, n -> {});
        } finally {
            standings.release(Paper.SAMPLE);
        }
    }

    private IngestReport take(String source, Stream<PaperRecord> records, Arrival arrival, IntConsumer progress) {
        var past = new TreeSet<LocalDate>();
        try {
            IngestReport report = ingest.ingest(source, records, arrival, progress, past);
            metrics.counter("dailypapers.papers.ingested", "source", source).increment(report.added());
            return report;
        } finally {
            // Also where the stream breaks off: what came before is in and its editions are not left open.
            closing.closeHistory(past);
        }
    }
}
