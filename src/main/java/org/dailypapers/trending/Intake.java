package org.dailypapers.trending;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Papers;
import org.dailypapers.source.Arrival;
import org.dailypapers.source.Ingest;
import org.dailypapers.source.IngestReport;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.PaperSource;
import org.dailypapers.source.Sample;
import org.dailypapers.source.SourceException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Brings papers into editions: news into the open one, the past into its own, which are closed and ranked at once. */
@ApplicationScoped
public class Intake {

    private static final Logger LOG = Logger.getLogger(Intake.class);

    /** How much of the past a new instance begins with. */
    private static final int FIRST_DAYS = 7;

    private final Ingest ingest;
    private final EditionClosing closing;
    private final Editions editions;
    private final Papers papers;
    private final EditionCalendar calendar;
    private final List<PaperSource> built;
    private final List<String> enabled;
    private final MeterRegistry metrics;

    Intake(
            Ingest ingest,
            EditionClosing closing,
            Editions editions,
            Papers papers,
            EditionCalendar calendar,
            @All List<PaperSource> built,
            @ConfigProperty(name = "daily-papers.sources") List<String> enabled,
            MeterRegistry metrics) {
        this.ingest = ingest;
        this.closing = closing;
        this.editions = editions;
        this.papers = papers;
        this.calendar = calendar;
        this.built = built;
        this.enabled = enabled;
        this.metrics = metrics;
    }

    /** The enabled sources, in order of authority. */
    public List<PaperSource> sources() {
        return enabled.stream().map(this::source).flatMap(Optional::stream).toList();
    }

    /** The source of that name, whether enabled or not; empty where there is none. */
    public Optional<PaperSource> source(String name) {
        return built.stream().filter(s -> s.name().equals(name)).findFirst();
    }

    /** The names of the sources that are built. */
    public List<String> names() {
        return built.stream().map(PaperSource::name).sorted().toList();
    }

    /** Fetches the news from every source; one that does not answer is named in the log and the rest go on. */
    public IngestReport live() {
        if (papers.count() == papers.countFrom(Ingest.SAMPLE)) {
            return first();
        }
        IngestReport sum = IngestReport.none();
        for (PaperSource source : sources()) {
            try {
                sum = sum.plus(news(source, n -> {}));
            } catch (SourceException | SourceException.WhileStreaming e) {
                failed(source, e);
            }
        }
        return sum;
    }

    /** Fetches the news of one source, which joins the open editions. */
    public IngestReport news(PaperSource source, IntConsumer progress) throws SourceException {
        LocalDate since = editions.oldestOpen().minusDays(1);
        return take(
                source.name(), source.fetch(since.atStartOfDay(ZoneOffset.UTC).toInstant()), Arrival.LIVE, progress);
    }

    /** The enabled sources that are not built. */
    public List<String> unknown() {
        return enabled.stream().filter(name -> source(name).isEmpty()).toList();
    }

    /** Fetches what a new instance begins with: the last week, closed but for today. */
    public IngestReport first() {
        LocalDate today = calendar.today();
        IngestReport sum = IngestReport.none();
        for (PaperSource source : sources()) {
            try {
                sum = sum.plus(history(source, today.minusDays(FIRST_DAYS), today, n -> {}));
            } catch (SourceException | SourceException.WhileStreaming e) {
                failed(source, e);
            }
        }
        return sum;
    }

    private void failed(PaperSource source, Exception e) {
        metrics.counter("dailypapers.ingest.failures", "source", source.name()).increment();
        LOG.warnf("%s brought no papers this time: %s", source.name(), e.getMessage());
    }

    /** Fetches the listings of (from, to), both included. */
    public IngestReport history(PaperSource source, LocalDate from, LocalDate to, IntConsumer progress)
            throws SourceException {
        return take(source.name(), source.fetch(from, to), Arrival.HISTORY, progress);
    }

    /** Takes records that were read from a file. */
    public IngestReport file(String source, Stream<PaperRecord> records, IntConsumer progress) {
        return take(source, records, Arrival.HISTORY, progress);
    }

    /** Lays the bundled papers into the last few editions. */
    public IngestReport sample() {
        return take(Ingest.SAMPLE, Sample.papers(calendar.today()).stream(), Arrival.HISTORY, n -> {});
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
