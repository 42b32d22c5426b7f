package org.dailypapers.desk.page;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dailypapers.desk.DeskWork;
import org.dailypapers.desk.door.Times;
import org.dailypapers.desk.figure.ReaderFigures;
import org.dailypapers.desk.figure.RunFigures;
import org.dailypapers.digest.DigestRetry;
import org.dailypapers.edition.EditionClosing;
import org.dailypapers.edition.Intake;
import org.dailypapers.paper.Editions;
import org.dailypapers.source.IngestReport;
import org.dailypapers.source.PaperSource;
import org.dailypapers.source.Sources;

/** What moves the day, by hand: the same as the command line's close, ingest and retry. */
@ApplicationScoped
class Deeds {

    private final DeskWork work;
    private final Editions editions;
    private final EditionClosing closing;
    private final Intake intake;
    private final Sources sources;
    private final DigestRetry retry;
    private final RunFigures runs;
    private final ReaderFigures readers;

    Deeds(
            DeskWork work,
            Editions editions,
            EditionClosing closing,
            Intake intake,
            Sources sources,
            DigestRetry retry,
            RunFigures runs,
            ReaderFigures readers) {
        this.work = work;
        this.editions = editions;
        this.closing = closing;
        this.intake = intake;
        this.sources = sources;
        this.retry = retry;
        this.runs = runs;
        this.readers = readers;
    }

    /** Closes the oldest open edition; false where other work is under way. */
    boolean close(LocalDate edition) {
        return work.begin("Closing " + edition, progress -> {
            List<LocalDate> closed = closing.close(edition);
            changed();
            return closed.isEmpty()
                    ? "The edition of " + edition + " was closed already."
                    : "Closed " + closed.stream().map(LocalDate::toString).collect(Collectors.joining(", ")) + ".";
        });
    }

    /** Asks every source now. */
    boolean fetch() {
        return work.begin("Fetching papers", progress -> {
            IngestReport sum = IngestReport.none();
            var trouble = new StringBuilder();
            for (PaperSource source : sources.enabled()) {
                try {
                    Optional<IngestReport> report =
                            intake.news(source, n -> progress.accept(source.name() + ": " + n + " papers"));
                    sum = sum.plus(report.orElse(IngestReport.none()));
                    if (report.isEmpty()) {
                        trouble.append(" ")
                                .append(source.name())
                                .append(" is being asked by another process just now.");
                    }
                } catch (Exception e) {
                    trouble.append(" ")
                            .append(source.name())
                            .append(": ")
                            .append(e.getMessage())
                            .append('.');
                }
            }
            return "Papers: " + sum + "." + trouble;
        });
    }

    /** Queues the digests of an edition again that were refused or expired. */
    boolean retry(LocalDate edition) {
        return work.begin("Sending " + edition + " again", progress -> {
            DigestRetry.Report report = retry.retry(edition, n -> progress.accept(n + " looked at"));
            changed();
            return "Of " + report.failed() + " that failed " + report.queued() + " are queued again; "
                    + (report.failed() - report.queued()) + " are left, for their readers left, rest, are suppressed or"
                    + " had the papers since.";
        });
    }

    private void changed() {
        runs.changed();
        readers.changed();
    }

    /** Whether somebody holds it. */
    boolean isHeld(LocalDate edition) {
        return editions.find(edition)
                .filter(found -> found.held && !found.closed())
                .isPresent();
    }

    /** The oldest open edition. */
    LocalDate open() {
        return editions.oldestOpen();
    }

    /** The newest closed edition that was lived through. */
    Optional<LocalDate> closed() {
        return editions.newestLived();
    }

    /** The sources that are asked. */
    List<String> sources() {
        return sources.enabledNames();
    }

    /** What is under way, in words. */
    Optional<String> running() {
        return work.running()
                .map(running -> running.name() + ", since " + Times.of(running.since())
                        + (running.progress().isEmpty() ? "" : ": " + running.progress()));
    }

    /** What was done, newest first. */
    List<TodayView.Done> done() {
        return work.ended().stream()
                .map(ended -> new TodayView.Done(Times.of(ended.at()), ended.name() + ": " + ended.result()))
                .toList();
    }
}
