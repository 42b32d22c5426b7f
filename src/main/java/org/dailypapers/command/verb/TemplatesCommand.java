package org.dailypapers.command.verb;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dailypapers.command.check.Failure;
import org.dailypapers.template.OwnTemplates;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks at templates and messages of the operator's own. */
@Dependent
@Command(
        name = "templates",
        description =
                "Tries the templates and messages of your own with examples and says of each file how it stands; 1 is"
                        + " returned where one is not used.",
        footer = "%nA line each: a mark (! where something is to be done), the file, why; tabs between.")
class TemplatesCommand extends Verb {

    @Parameters(
            arity = "0..1",
            paramLabel = "FOLDER",
            description = "Another one than DAILY_PAPERS_TEMPLATES; it is tried and not used.")
    @Nullable
    Path folder;

    @Option(
            names = "--print",
            paramLabel = "NAME",
            description = "Prints a built-in one to begin with, such as letter/service.html or"
                    + " messages/letter_en.properties.")
    @Nullable
    String print;

    @Inject
    OwnTemplates templates;

    @Override
    public Integer call() {
        if (print != null) {
            console()
                    .out()
                    .print(templates
                            .builtIn(print)
                            .orElseThrow(() -> new Failure("There is no built-in " + print
                                    + " that can be replaced; docs/operations.md says which there are.")));
            console().out().flush();
            return Commands.OK;
        }
        OwnTemplates.Report report = report();
        report.used().stream()
                .filter(name ->
                        report.faults().stream().noneMatch(fault -> fault.file().equals(name)))
                .forEach(name -> console().say("ok\t" + name));
        report.faults().forEach(fault -> console()
                .say("!\t" + fault.file() + (fault.line() > 0 ? ", line " + fault.line() : "") + "\t"
                        + DeliveriesCommand.harmless(fault.reason())));
        if (report.used().isEmpty() && report.faults().isEmpty()) {
            console().say("ok\tno files\tthe built-in ones are used");
        }
        return report.faults().isEmpty() ? Commands.OK : Commands.FAILED;
    }

    private OwnTemplates.Report report() {
        if (folder == null) {
            if (templates.folder().isEmpty()) {
                throw new Failure("DAILY_PAPERS_TEMPLATES is not set; name the folder: ./run templates FOLDER");
            }
            templates.look();
            return templates.report();
        }
        Path asked = console().resolve(folder.toString());
        if (!Files.isDirectory(asked)) {
            throw new Failure("There is no folder " + asked + ".");
        }
        return templates.check(asked);
    }
}
