package org.dailypapers.command.verb;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.dailypapers.command.check.Failure;
import org.dailypapers.edition.Intake;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.source.IngestReport;
import org.dailypapers.source.PaperSource;
import org.dailypapers.source.SourceException;
import org.dailypapers.source.Sources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Fetches papers from the sources. */
@Dependent
@Command(name = "ingest", description = "Fetches the news from the sources, or the listings of the named days.")
class IngestCommand extends Verb {

    @Option(names = "--source", paramLabel = "NAME", description = "One source; all that are enabled when not named.")
    String source;

    @Option(
            names = "--since",
            paramLabel = "DATE",
            description = "From that edition on; the news when neither is named.")
    LocalDate since;

    @Option(names = "--until", paramLabel = "DATE", description = "Up to that edition; today's when not named.")
    LocalDate until;

    @Inject
    Intake intake;

    @Inject
    Sources sources;

    @Inject
    EditionCalendar calendar;

    @Override
    public Integer call() {
        LocalDate to = until == null ? calendar.today() : until;
        LocalDate from = since == null ? to.minusDays(1) : since;
        if (from.isAfter(to)) {
            throw new Failure("--since=" + from + " is after --until=" + to);
        }
        IngestReport sum = IngestReport.none();
        int failed = 0;
        for (PaperSource each : sources()) {
            try (Progress progress = Progress.of(console(), each.name(), -1)) {
                Optional<IngestReport> report = since == null && until == null
                        ? intake.news(each, progress::at)
                        : intake.history(each, from, to, progress::at);
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
}
