package org.dailypapers.command.verb;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.dailypapers.command.check.Failure;
import org.dailypapers.subscriber.file.RestoredLeavings;
import org.dailypapers.subscriber.file.SubscribersFile;
import org.dailypapers.subscriber.leaving.LeavingsJournal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads and writes the list of subscribers. */
@Dependent
@Command(
        name = "subscribers",
        description = "Reads or writes the list of subscribers as CSV.",
        subcommands = {SubscribersCommand.Import.class, SubscribersCommand.Export.class})
class SubscribersCommand extends Verb {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "say what to do: subscribers import FILE, or subscribers export FILE");
    }

    /** Brings subscribers in. */
    @Dependent
    @Command(
            name = "import",
            description = "Brings in subscribers; who is confirmed, the file says.",
            footer = {
                "%nThe first line names the columns, in any order; only email and status must be there:",
                "  email        the address",
                "  status       confirmed, pending or withdrawn",
                "  since        when they said so: 2026-01-31, 2026-01-31 08:00:00, 2026-01-31T08:00:00+01:00;",
                "               without a zone UTC; needed where the status is confirmed",
                "  frequency    daily, weekdays or weekly",
                "  weekday      1 (Monday) to 7, for weekly letters",
                "  hour         0 to 23, in their time zone",
                "  timezone     a name such as Europe/Berlin",
                "  size         papers at most, 1 to 50",
                "  fill         yes or no: whether trending papers fill a letter up",
                "  min-votes    papers with fewer are left out",
                "  pause-until  no letters before that date",
                "  topics, keywords, authors   with semicolons between the entries of one",
                "The journal leavings.csv of a data folder is read too: after a backup was restored, who left since",
                "is out again, and nobody comes in by it.",
                "A column that is not there leaves what a reader has. Who left is not brought back by an older date.",
                "Every line that cannot be taken is named with the reason; 1 is returned where none could be."
            })
    static class Import extends Verb {

        @Parameters(paramLabel = "FILE", description = "CSV with a header line, or a journal leavings.csv.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        String file;

        @Inject
        SubscribersFile subscribers;

        @Inject
        RestoredLeavings restored;

        @Override
        public Integer call() {
            Path path = console().resolve(file);
            try (Progress progress = Progress.of(console(), "subscribers", -1)) {
                if (LeavingsJournal.is(path)) {
                    console().say(restored.read(path, progress::at).toString());
                    return 0;
                }
                SubscribersFile.Report report = subscribers.read(path, progress::at);
                report.rejections().forEach(r -> console().complain(path.getFileName() + ": rejected: " + r));
                if (!report.gone().isEmpty()) {
                    console()
                            .complain(path.getFileName() + ": taken, though there is no such topic here: "
                                    + String.join(", ", report.gone()) + "; they bring no papers until topics.txt has"
                                    + " them");
                }
                console().say(report.toString());
                return report.taken() == 0 && !report.rejections().isEmpty() ? 1 : 0;
            } catch (NoSuchFileException e) {
                throw new Failure(path + ": no such file");
            } catch (IOException e) {
                throw new Failure(path + ": cannot be read: "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            }
        }
    }

    /** Writes them out. */
    @Dependent
    @Command(name = "export", description = "Writes every subscriber to a file.")
    static class Export extends Verb {

        @Parameters(paramLabel = "FILE", description = "The CSV to write.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        String file;

        @Inject
        SubscribersFile subscribers;

        @Override
        public Integer call() {
            Path path = console().resolve(file);
            try {
                console().say("wrote " + subscribers.write(path));
                return 0;
            } catch (IOException e) {
                throw new Failure(path + ": cannot be written: " + e.getMessage());
            }
        }
    }
}
