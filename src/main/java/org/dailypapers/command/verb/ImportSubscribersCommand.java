package org.dailypapers.command.verb;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.dailypapers.command.check.Failure;
import org.dailypapers.subscriber.file.ImportOutcome;
import org.dailypapers.subscriber.file.ImportWishes;
import org.dailypapers.subscriber.file.RestoredLeavings;
import org.dailypapers.subscriber.file.SubscribersFile;
import org.dailypapers.subscriber.leaving.LeavingsJournal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings subscribers in. */
@Dependent
@Command(
        name = "import",
        description = "Brings in subscribers, also those of other programs; who is confirmed, the files say.",
        footer = {
            "%nThe exports of Mailchimp, Substack, beehiiv, Ghost, Buttondown, listmonk and Curated are known by their",
            "columns, others by what theirs are called; a list may also be an address a line. In a list of ours the first",
            "line names the columns, in any order; only email and status must be there:",
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
            "  language     of the letters: a tag such as en or de; one that is not offered leaves it",
            "  pause-until  no letters before that date",
            "  topics, keywords, authors   with semicolons between the entries of one",
            "The journal leavings.csv of a data folder is read too: after a backup was restored, who left since",
            "is out again, and nobody comes in by it.",
            "A column that is not there leaves what a reader has. Who left is not brought back by an older date, nor by",
            "any date of another program's list.",
            "Every line that cannot be taken is named with the reason; 1 is returned where none could be."
        })
class ImportSubscribersCommand extends Verb {

    private static final int PREVIEWED = 10;

    @Option(
            names = "--dry-run",
            description = "Says what each column means and what would come of the lines; changes nothing.")
    boolean dryRun;

    @Option(
            names = "--since",
            paramLabel = "DATE",
            description = "When those said yes whose list has no dates; without it they are pending.")
    @Nullable
    LocalDate since;

    @Option(
            names = "--left",
            paramLabel = "FILE",
            description =
                    "Addresses of people who left, in a list of any kind; read first, and none of them comes in by another"
                            + " list. May be named several times.")
    List<String> left = List.of();

    @Option(
            names = "--nobody-left",
            description = "Nobody left a list that does not say who did, as listmonk's export.")
    boolean nobodyLeft;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Writes what came of each line: file,line,outcome,reason.")
    @Nullable
    String report;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "CSV with a header line, or a journal leavings.csv.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    List<String> files;

    @Inject
    SubscribersFile subscribers;

    @Inject
    RestoredLeavings restored;

    private int previewed;

    @Override
    public Integer call() {
        var wishes = ImportWishes.of(dryRun, Optional.ofNullable(since), nobodyLeft || !left.isEmpty());
        boolean failed = false;
        try (PrintWriter out = report()) {
            for (String file : left) {
                failed |= read(file, wishes.ofLeavers(), out);
            }
            for (String file : files) {
                failed |= read(file, wishes, out);
            }
        }
        return failed ? Commands.FAILED : Commands.OK;
    }

    private PrintWriter report() {
        if (report == null) {
            return new PrintWriter(Writer.nullWriter());
        }
        Path path = console().resolve(report);
        try {
            var out = new PrintWriter(Files.newBufferedWriter(path, StandardCharsets.UTF_8));
            out.println("file,line,outcome,reason");
            return out;
        } catch (IOException e) {
            throw new Failure(path + ": cannot be written: " + e.getMessage());
        }
    }

    /** Whether none of its lines could be taken. */
    private boolean read(String file, ImportWishes wishes, PrintWriter out) {
        Path path = console().resolve(file);
        try (Progress progress = Progress.of(console(), "subscribers", -1)) {
            if (LeavingsJournal.is(path)) {
                if (dryRun) {
                    throw new Failure(path + ": a journal has no dry run");
                }
                console().say(restored.read(path, progress::at).toString());
                return false;
            }
            SubscribersFile.Report done =
                    subscribers.read(path, wishes, new Told(String.valueOf(path.getFileName()), progress, out));
            say(String.valueOf(path.getFileName()), done);
            if (wishes.allLeft() && done.taken() == 0) {
                throw new Failure(
                        path + ": no line of this list of people who left was taken, so nobody was brought in;"
                                + " where nobody left, say --nobody-left");
            }
            return done.taken() == 0 && done.rejected() > 0;
        } catch (NoSuchFileException e) {
            throw new Failure(path + ": no such file");
        } catch (IOException e) {
            throw new Failure(path + ": cannot be read: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private void say(String name, SubscribersFile.Report done) {
        if (!done.gone().isEmpty()) {
            console()
                    .complain(name + ": taken, though there is no such topic here: " + String.join(", ", done.gone())
                            + "; they bring no papers until topics.txt has them");
        }
        if (!done.unspoken().isEmpty()) {
            console()
                    .complain(name + ": taken, though letters are not written in " + String.join(", ", done.unspoken())
                            + "; these readers keep the language that they have, new ones get English");
        }
        if (done.undated() > 0) {
            console()
                    .complain(name + ": " + done.undated()
                            + " are pending and sent nothing, for the list does not say when"
                            + " they said yes; where you know it, say --since=DATE");
        }
        console().say((dryRun ? "would have " : "") + done + (done.outcomes().isEmpty() ? "" : ": " + done.inWords()));
    }

    /** What is told while a file is read. */
    private final class Told implements SubscribersFile.Listener {

        private final String name;
        private final Progress progress;
        private final PrintWriter out;

        Told(String name, Progress progress, PrintWriter out) {
            this.name = name;
            this.progress = progress;
            this.out = out;
            previewed = 0;
        }

        @Override
        public void at(int read) {
            progress.at(read);
        }

        @Override
        public void form(String program, Map<String, String> columns) {
            if (dryRun) {
                console().say(DeliveriesCommand.harmless(name) + ": a list of " + program);
                columns.forEach((heading, meaning) ->
                        console().say("\t" + DeliveriesCommand.harmless(heading) + ": " + meaning));
            }
        }

        @Override
        public void taken(int line, String address, ImportOutcome outcome) {
            String said = outcome.name().toLowerCase(Locale.ROOT);
            if (dryRun && previewed++ < PREVIEWED) {
                console().say("\tline " + line + "\t" + DeliveriesCommand.harmless(address) + "\t" + said);
            }
            out.println(cell(name) + "," + line + "," + said + ",");
        }

        @Override
        public void rejected(int line, String reason) {
            console()
                    .complain(DeliveriesCommand.harmless(name) + ": rejected: line " + line + ": "
                            + DeliveriesCommand.harmless(reason));
            out.println(cell(name) + "," + line + ",rejected," + cell(reason));
        }
    }

    private static String cell(String text) {
        return "\"" + DeliveriesCommand.harmless(text).replace("\"", "\"\"") + "\"";
    }
}
