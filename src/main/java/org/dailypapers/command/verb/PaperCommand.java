package org.dailypapers.command.verb;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.LocalDate;
import org.dailypapers.command.check.Failure;
import org.dailypapers.edition.Curation;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.SourceException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Adds, hides and pins single papers. */
@Dependent
@Command(
        name = "paper",
        description = "Adds, hides or pins one paper.",
        subcommands = {
            PaperCommand.Add.class,
            PaperCommand.Hide.class,
            PaperCommand.Show.class,
            PaperCommand.Pin.class,
            PaperCommand.Unpin.class
        })
class PaperCommand extends Verb {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "say what to do: paper add, hide, show, pin or unpin, and which: an id or a link");
    }

    /** What is done to one paper. */
    abstract static class OnePaper extends Verb {

        @Parameters(paramLabel = "ID", description = "An arXiv id, a DOI, a link to either, or an id of this service.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        String id;

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it
        CommandSpec spec;

        @Inject
        Curation curation;

        PaperId id() {
            String name = id.strip().replaceFirst("^https?://[^/]+/papers/", "");
            return PaperId.parse(name)
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(), "'" + id + "' is no paper's id; write it like 2402.17764"));
        }

        Paper paper() {
            return curation.find(id()).orElseThrow(() -> new Failure("There is no paper " + id() + " here."));
        }
    }

    /** Adds a paper. */
    @Dependent
    @Command(name = "add", description = "Adds a paper to the open edition, as the sources know it.")
    static class Add extends OnePaper {
        @Override
        public Integer call() {
            boolean known = curation.find(id()).isPresent();
            try {
                Paper paper =
                        curation.add(id()).orElseThrow(() -> new Failure("None of the sources knows " + id() + "."));
                console()
                        .say(paper.publicId + (known ? " is here already, first in" : " joins") + " the edition of "
                                + paper.firstEdition + (paper.hidden ? ", hidden" : "") + ": " + paper.title);
                return 0;
            } catch (SourceException e) {
                throw new Failure(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Takes a paper out. */
    @Dependent
    @Command(
            name = "hide",
            description = "Takes a paper out of pages, feeds, search and letters that are still to be sent.")
    static class Hide extends OnePaper {
        @Override
        public Integer call() {
            Paper paper = paper();
            curation.hide(id(), true);
            console().say(paper.publicId + " is hidden: " + paper.title);
            return 0;
        }
    }

    /** Lets a paper in again. */
    @Dependent
    @Command(name = "show", description = "Shows a paper again that was hidden.")
    static class Show extends OnePaper {
        @Override
        public Integer call() {
            Paper paper = paper();
            curation.hide(id(), false);
            console().say(paper.publicId + " is shown: " + paper.title);
            return 0;
        }
    }

    /** What is done to a paper's place in an edition. */
    abstract static class InEdition extends OnePaper {

        @Option(names = "--edition", paramLabel = "DATE", description = "The one that it was first in when not named.")
        @Nullable
        LocalDate edition;

        int pin(boolean pinned, String done) {
            Paper paper = paper();
            LocalDate date = edition == null ? paper.firstEdition : edition;
            if (!curation.pin(id(), date, pinned)) {
                throw new Failure(paper.publicId + " is not in the edition of " + date + "; it was first in that of "
                        + paper.firstEdition + ".");
            }
            console().say(paper.publicId + done + date + ": " + paper.title);
            return 0;
        }
    }

    /** Puts a paper at the head. */
    @Dependent
    @Command(name = "pin", description = "Puts a paper at the head of an edition's page and feed; no letter changes.")
    static class Pin extends InEdition {
        @Override
        public Integer call() {
            return pin(true, " stands at the head of the edition of ");
        }
    }

    /** Puts a paper back into its place. */
    @Dependent
    @Command(name = "unpin", description = "Takes a paper from the head of an edition again.")
    static class Unpin extends InEdition {
        @Override
        public Integer call() {
            return pin(false, " stands in its place alone in the edition of ");
        }
    }
}
