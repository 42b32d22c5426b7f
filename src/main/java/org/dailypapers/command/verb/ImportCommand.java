package org.dailypapers.command.verb;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.dailypapers.edition.FileIntake;
import org.dailypapers.source.IngestReport;
import org.dailypapers.source.file.PaperFiles;
import org.dailypapers.source.file.UnreadableFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads papers from files. */
@Dependent
@Command(name = "import", description = "Reads papers from files into their editions.")
class ImportCommand extends Verb {

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "hf-json, jsonl or page-text; recognised by the content when not named.")
    @Nullable
    String format;

    @Option(names = "--date", paramLabel = "DATE", description = "The edition of papers whose file names none.")
    @Nullable
    LocalDate date;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The files to read.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    List<String> files;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Inject
    FileIntake intake;

    @Override
    public Integer call() {
        if (format != null) {
            try {
                PaperFiles.format(format);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), e.getMessage());
            }
        }
        IngestReport sum = IngestReport.none();
        int unreadable = 0;
        try (Progress progress = Progress.of(console(), "import", files.size())) {
            for (int i = 0; i < files.size(); i++) {
                Path file = console().resolve(files.get(i));
                FileIntake.Outcome outcome = intake.read(file, Optional.ofNullable(format), Optional.ofNullable(date));
                sum = sum.plus(outcome.report());
                outcome.report().rejections().forEach(r -> console().complain(file.getFileName() + ": rejected: " + r));
                unreadable += outcome.failure().isPresent() ? 1 : 0;
                outcome.failure().map(UnreadableFileException::getMessage).ifPresent(console()::complain);
                progress.at(i + 1);
            }
        }
        console().say(sum.toString());
        return unreadable == 0 ? 0 : 1;
    }
}
