package org.dailypapers.edition;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.dailypapers.source.IngestReport;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.Rejections;
import org.dailypapers.source.file.PaperFiles;
import org.dailypapers.source.file.UnreadableFileException;

/** Takes the papers of a file, a thousand at a time, so that a large one does not fill the memory. */
@ApplicationScoped
public class FileIntake {

    private static final int AT_ONCE = 1_000;

    private final Intake intake;
    private final Rejections rejections;

    FileIntake(Intake intake, Rejections rejections) {
        this.rejections = rejections;
        this.intake = intake;
    }

    /**
     * What became of a file.
     *
     * @param failure why it could not be read, or not to its end; what came before is in
     */
    public record Outcome(IngestReport report, Optional<UnreadableFileException> failure) {}

    /**
     * Reads one file.
     *
     * @param format recognised by the content where empty
     * @param date the edition of papers whose file names none
     */
    public Outcome read(Path file, Optional<String> format, Optional<LocalDate> date) {
        var taking = new Taking();
        Optional<UnreadableFileException> failure = Optional.empty();
        try {
            read(file, format, date, taking);
        } catch (UnreadableFileException e) {
            failure = Optional.of(e);
        } finally {
            // Also where it breaks off: what came before is in and its editions are not left without ranks.
            intake.rank(taking.past);
        }
        return new Outcome(taking.report, failure);
    }

    private void read(Path file, Optional<String> format, Optional<LocalDate> date, Taking taking)
            throws UnreadableFileException {
        try {
            PaperFiles.read(file, format, date, f -> taking.source = f.source(), taking::accept, r -> {
                taking.reject(r.toString());
                rejections.note(taking.source, r.reason(), r.place() + " of " + file.getFileName());
            });
        } finally {
            taking.flush();
        }
    }

    private final class Taking {
        private final List<PaperRecord> batch = new ArrayList<>();
        private String source = "";
        private final Set<LocalDate> past = new TreeSet<>();
        private IngestReport report = IngestReport.none();

        void accept(PaperRecord record) {
            batch.add(record);
            if (batch.size() == AT_ONCE) {
                flush();
            }
        }

        void reject(String reason) {
            report = report.rejecting(reason);
        }

        void flush() {
            if (!batch.isEmpty()) {
                report = report.plus(intake.part(source, List.copyOf(batch), past));
                batch.clear();
            }
        }
    }
}
