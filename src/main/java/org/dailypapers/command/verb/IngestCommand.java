package org.dailypapers.command.verb;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dailypapers.command.check.Failure;
import org.dailypapers.edition.Intake;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.source.IngestReport;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.PaperSource;
import org.dailypapers.source.RejectedRecords;
import org.dailypapers.source.SourceException;
import org.dailypapers.source.Sources;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Fetches papers from the sources. */
@Dependent
@Command(name = "ingest", description = "Fetches the news from the sources, or the listings of the named days.")
class IngestCommand extends Verb {

    private static final int MOST_SHOWN = 10_000;

    @Option(names = "--source", paramLabel = "NAME", description = "One source; all that are enabled when not named.")
    @Nullable
    String source;

    @Option(
            names = "--since",
            paramLabel = "DATE",
            description = "From that edition on; the news when neither is named.")
    @Nullable
    LocalDate since;

    @Option(names = "--until", paramLabel = "DATE", description = "Up to that edition; today's when not named.")
    @Nullable
    LocalDate until;

    @Option(
            names = "--rejected",
            description = "Fetches nothing; prints what was rejected in the last 30 days: when, source, reason and"
                    + " the beginning of the record, separated by tabs.")
    boolean rejected;

    @Inject
    Intake intake;

    @Inject
    RejectedRecords rejections;

    @Inject
    Sources sources;

    @Inject
    EditionCalendar calendar;

    @Override
    public Integer call() {
        if (rejected) {
            rejections.newest(MOST_SHOWN).stream()
                    .filter(one -> source == null || source.equals(one.source()))
                    .forEach(one -> console()
                            .say(String.join("\t", one.at().toString(), one.source(), one.reason(), one.excerpt())));
            return 0;
        }
        LocalDate to = until == null ? calendar.today() : until;
        LocalDate from = since == null ? to.minusDays(1) : since;
        if (from.isAfter(to)) {
            throw new Failure("--since=" + from + " is after --until=" + to);
        }
        IngestReport sum = IngestReport.none();
        int failed = 0;
        for (PaperSource each : sources()) {
            boolean news = since == null && until == null;
            long days = news ? -1 : ChronoUnit.DAYS.between(from, to) + 1;
            try (Progress progress = Progress.of(console(), each.name(), days)) {
                Optional<IngestReport> report = news
                        ? intake.news(each, progress::at)
                        : intake.history(new ByDays(each, progress), from, to, n -> progress.say(n + " papers"));
                sum = sum.plus(report.orElseThrow(() -> new Failure(
                        each.name() + " is being asked by another process just now; try again in a minute")));
            } catch (SourceException | SourceException.WhileStreaming e) {
                console().complain(each.name() + ": " + e.getMessage());
                failed++;
            }
        }
        sum.rejections().forEach(r -> console().complain("rejected: " + r));
        console().say(sum.toString());
        return failed == 0 ? 0 : 1;
    }

    private List<PaperSource> sources() {
        if (source == null) {
            return sources.enabled();
        }
        return List.of(sources.named(source)
                .orElseThrow(() -> new Failure("The source " + source + " is not built; there is "
                        + String.join(", ", sources.names()) + ".")));
    }

    /**
     * A source whose progress is told in days, of which it is known how many are left. It is not told of
     * {@link PaperSource#stored}: what is fetched by hand moves no bookmark.
     */
    private record ByDays(PaperSource source, Progress progress) implements PaperSource {

        @Override
        public String name() {
            return source.name();
        }

        @Override
        public Stream<PaperRecord> fetch(Instant from) throws SourceException {
            return source.fetch(from);
        }

        @Override
        public Stream<PaperRecord> fetch(LocalDate from, LocalDate to) throws SourceException {
            return source.fetch(from, to).peek(paper -> {
                if (paper.listed() != null) {
                    progress.at(ChronoUnit.DAYS.between(from, paper.listed()) + 1);
                }
            });
        }
    }
}
