package org.dailypapers.command.verb;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.dailypapers.command.check.Failure;
import org.dailypapers.edition.EditionClosing;
import org.dailypapers.paper.Editions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Closes an edition now. */
@Dependent
@Command(name = "close", description = "Closes the oldest open edition now, or the named one and all before it.")
class CloseCommand extends Verb {

    @Option(names = "--edition", paramLabel = "DATE", description = "Which edition, such as 2026-01-31.")
    @Nullable
    LocalDate edition;

    @Inject
    Editions editions;

    @Inject
    EditionClosing closing;

    @Override
    public Integer call() {
        LocalDate date = edition == null ? editions.oldestOpen() : edition;
        try {
            List<LocalDate> closed = closing.close(date);
            console()
                    .say(
                            closed.isEmpty()
                                    ? "The edition of " + date + " was closed already."
                                    : "Closed "
                                            + closed.stream()
                                                    .map(LocalDate::toString)
                                                    .collect(Collectors.joining(", ")) + ".");
            return 0;
        } catch (IllegalArgumentException e) {
            throw new Failure(String.valueOf(e.getMessage()));
        }
    }
}
