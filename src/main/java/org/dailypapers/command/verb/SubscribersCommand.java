package org.dailypapers.command.verb;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import org.dailypapers.command.check.Failure;
import org.dailypapers.subscriber.file.SubscribersFile;
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
        subcommands = {ImportSubscribersCommand.class, SubscribersCommand.Export.class})
class SubscribersCommand extends Verb {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "say what to do: subscribers import FILE, or subscribers export FILE");
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
