package org.dailypapers.command;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.dailypapers.subscriber.SubscribersFile;
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
    CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "say what to do: subscribers import FILE, or subscribers export FILE");
    }

    /** Brings subscribers in. */
    @Dependent
    @Command(name = "import", description = "Brings in subscribers; who is confirmed, the file says.")
    static class Import extends Verb {

        @Parameters(paramLabel = "FILE", description = "CSV with a header line.")
        String file;

        @Inject
        SubscribersFile subscribers;

        @Override
        public Integer call() {
            Path path = console().resolve(file);
            try (Progress progress = Progress.of(console(), "subscribers", -1)) {
                SubscribersFile.Report report = subscribers.read(path, progress::at);
                report.rejections().forEach(r -> console().complain(path.getFileName() + ": rejected: " + r));
                console().say(report.toString());
                return 0;
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
