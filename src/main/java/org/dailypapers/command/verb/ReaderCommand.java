package org.dailypapers.command.verb;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.Locale;
import org.dailypapers.audience.Audience;
import org.dailypapers.audience.Dossier;
import org.dailypapers.audience.ReaderActs;
import org.dailypapers.command.check.Failure;
import org.dailypapers.command.verb.text.ReaderText;
import org.dailypapers.subscriber.EmailAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds one reader, and helps them. */
@Dependent
@Command(
        name = "reader",
        description = "Shows one reader, or does something for them.",
        footer = {
            "%nWhat can be done:",
            "  show         state, consents, preferences, letters with why, tries and what came back (the default)",
            "  unsubscribe  ends the subscription; they come back by their own act alone",
            "  pause        lets letters rest until --until; resume lets them go on",
            "  resend       sends the newest digest again, or the confirmation to who has not pressed its button",
            "  change-address  asks NEW whether their letters may go there; the old address gets a notice",
            "  release      lets a suppressed address be written to again, also after a complaint",
            "  export       prints everything that is kept about them, as JSON",
            "  erase        forgets them; a code without the address keeps lists from bringing them back"
        })
class ReaderCommand extends Verb {

    private static final String BY = "at the command line";

    /** What is done. */
    enum Act {
        SHOW,
        UNSUBSCRIBE,
        PAUSE,
        RESUME,
        RESEND,
        CHANGE_ADDRESS,
        RELEASE,
        EXPORT,
        ERASE
    }

    @Parameters(index = "0", paramLabel = "ADDRESS", description = "Whose; by any spelling of case.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    String address;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ACT", description = "What to do; show when not named.")
    String act = "show";

    @Parameters(index = "2", arity = "0..1", paramLabel = "NEW", description = "The new address, to change-address.")
    @Nullable
    String newAddress;

    @Option(names = "--until", paramLabel = "DATE", description = "Until when letters rest, such as 2026-01-31.")
    @Nullable
    LocalDate until;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Inject
    Audience audience;

    @Inject
    ReaderActs acts;

    @Override
    public Integer call() {
        Act what = what();
        if (newAddress != null && what != Act.CHANGE_ADDRESS) {
            throw new ParameterException(spec.commandLine(), "only change-address takes a new address");
        }
        EmailAddress whose = read(address);
        return switch (what) {
            case SHOW -> show(whose);
            case UNSUBSCRIBE -> say(acts.unsubscribe(whose, BY));
            case PAUSE -> say(acts.pause(whose, until()));
            case RESUME -> say(acts.resume(whose));
            case RESEND -> say(acts.resend(whose));
            case CHANGE_ADDRESS -> say(acts.changeAddress(whose, read(newAddress()), BY));
            case RELEASE -> say(acts.release(whose));
            case EXPORT -> export(whose);
            case ERASE -> say(acts.erase(whose));
        };
    }

    private static EmailAddress read(String address) {
        return switch (EmailAddress.read(address)) {
            case EmailAddress.Good(EmailAddress good) -> good;
            case EmailAddress.Faulty faulty -> throw new Failure("That is no e-mail address. " + faulty.reason());
        };
    }

    private String newAddress() {
        if (newAddress == null) {
            throw new ParameterException(spec.commandLine(), "say which address letters shall go to");
        }
        return newAddress;
    }

    private Act what() {
        try {
            return Act.valueOf(act.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "'" + act + "' is nothing that can be done; say show, unsubscribe, pause, resume, resend,"
                            + " change-address, release, export or erase");
        }
    }

    private LocalDate until() {
        if (until == null) {
            throw new ParameterException(spec.commandLine(), "say until when letters rest, with --until=DATE");
        }
        return until;
    }

    private int show(EmailAddress whose) {
        Dossier dossier = audience.of(whose);
        ReaderText.of(dossier).forEach(console()::say);
        return dossier.subscriber().isPresent() ? Commands.OK : Commands.FAILED;
    }

    private int export(EmailAddress whose) {
        byte[] all = acts.export(whose).orElseThrow(() -> new Failure("There is no such reader."));
        console().out().writeBytes(all);
        console().out().println();
        return Commands.OK;
    }

    private int say(ReaderActs.Outcome outcome) {
        if (outcome.done()) {
            console().say(outcome.said());
            return Commands.OK;
        }
        throw new Failure(outcome.said());
    }
}
