package org.dailypapers.command.verb;

import io.quarkus.arc.Arc;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.concurrent.CancellationException;
import org.dailypapers.command.check.Failure;
import org.dailypapers.matching.FirstLetter;
import org.dailypapers.source.Sources;
import org.dailypapers.storage.DatabaseFailure;
import org.jboss.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** The command line: which verbs there are, and how each call ends. */
@Command(
        name = "./run",
        synopsisSubcommandLabel = "[COMMAND]",
        synopsisHeading = "usage: ",
        description = "%nDaily Papers. Without a command the service starts; the commands work beside it.",
        commandListHeading = "%nCommands:%n",
        subcommands = {
            ImportCommand.class,
            IngestCommand.class,
            CloseCommand.class,
            DigestCommand.class,
            MatchCommand.class,
            SubscribersCommand.class,
            DeliveriesCommand.class,
            RetryCommand.class,
            ReplayCommand.class,
            LibraryCommand.class,
            ReaderCommand.class,
            PaperCommand.class,
            OperatorCommand.class,
            ClassifyCommand.class,
            BouncesCommand.class,
            DoctorCommand.class,
            StatusCommand.class,
            TemplatesCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            MoveCommand.class,
            McpCommand.class
        },
        footer = "%nEach command has its own --help. Settings: see .env.example.")
public final class Commands {

    /** All went well. */
    public static final int OK = 0;

    /** What was asked cannot be done. */
    public static final int FAILED = 1;

    /** What was asked cannot be understood. */
    static final int MISUSED = 2;

    /** Said where lines that name papers find nothing. */
    static final String NOT_LEARNED =
            "What papers have in common cannot be learned, see the log: like: and less: lines find nothing.";

    private static final Logger LOG = Logger.getLogger(Commands.class);

    @CommandLine.Option(names = "--help", usageHelp = true, description = "Shows this and does nothing.")
    boolean help;

    private Commands() {}

    private static CommandLine line(CommandLine.IFactory factory) {
        var line = new CommandLine(new Commands(), factory);
        line.registerConverter(LocalDate.class, Commands::date);
        return line;
    }

    private static LocalDate date(String text) {
        try {
            LocalDate date = LocalDate.parse(text);
            // A database takes no year of the length that the parser does.
            if (date.getYear() > 0 && date.getYear() < 10_000) {
                return date;
            }
            throw new TypeConversionException(
                    "'" + text + "' is in no year that papers have; write it like 2026-01-31");
        } catch (DateTimeParseException e) {
            throw new TypeConversionException("'" + text + "' is no date; write it like 2026-01-31");
        }
    }

    /** Whether there is nothing left to do but to end with this status: help was asked for, or the arguments are wrong. */
    public static java.util.OptionalInt settled(String[] arguments, Console console) {
        CommandLine line = line(CommandLine.defaultFactory());
        try {
            ParseResult parsed = line.parseArgs(arguments);
            if (CommandLine.printHelpIfRequested(
                    parsed.asCommandLineList(),
                    console.out(),
                    console.err(),
                    CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))) {
                return java.util.OptionalInt.of(OK);
            }
            if (!parsed.hasSubcommand()) {
                console.complain("No command was named; --help lists them.");
                return java.util.OptionalInt.of(MISUSED);
            }
            return java.util.OptionalInt.empty();
        } catch (ParameterException e) {
            return java.util.OptionalInt.of(misused(e, console));
        }
    }

    /** Whether these arguments, which are right, name a command that needs no container. */
    public static boolean standAlone(String[] arguments) {
        ParseResult parsed = line(CommandLine.defaultFactory()).parseArgs(arguments);
        return parsed.subcommand().commandSpec().userObject() instanceof StandsAlone;
    }

    /** Runs a command in this process, with the beans of the running container where one runs. */
    public static int run(String[] arguments, Console console) {
        CommandLine line = line(new CommandLine.IFactory() {
            private final CommandLine.IFactory plain = CommandLine.defaultFactory();

            @Override
            public <K> K create(Class<K> type) throws Exception {
                K made = made(type);
                if (made instanceof Verb verb) {
                    verb.at(console);
                }
                return made;
            }

            private <K> K made(Class<K> type) throws Exception {
                if (Arc.container() == null) {
                    return plain.create(type);
                }
                var instance = Arc.container().instance(type);
                return instance.isAvailable() ? instance.get() : plain.create(type);
            }
        });
        line.setOut(writer(console.out()));
        line.setErr(writer(console.err()));
        line.setParameterExceptionHandler((e, args) -> misused(e, console));
        line.setExecutionExceptionHandler((e, command, parsed) -> failed(e, console));
        return line.execute(arguments);
    }

    private static int misused(ParameterException e, Console console) {
        String reason = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        console.complain(reason.replaceFirst("\\.$", "") + ". See "
                + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return MISUSED;
    }

    private static int failed(Exception e, Console console) {
        if (e instanceof ParameterException misuse) {
            return misused(misuse, console);
        }
        if (e instanceof Failure || e instanceof DatabaseFailure || e instanceof CancellationException) {
            console.complain(String.valueOf(e.getMessage()));
        } else if (DatabaseFailure.isBehind(e)) {
            console.complain("The database is away, unwell or refuses: " + DatabaseFailure.said(e));
        } else {
            LOG.error("A command failed", e);
            console.complain("Failed: " + e);
        }
        return FAILED;
    }

    private static PrintWriter writer(java.io.PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /** Before letters are made by hand: with a relay there are none of the sample. */
    static void refuseSample(FirstLetter firstLetter) {
        if (!firstLetter.mailable()) {
            throw new Failure("There is only the bundled sample of papers, which a relay never carries to readers;"
                    + " letters begin once a source answers, or with: import FILE");
        }
    }

    /** Settings name a source that is not built: better one line at the start than a day without papers. */
    public static void refuseUnknownSources(Sources sources) {
        if (!sources.ambiguous().isEmpty()) {
            throw new Failure("DAILY_PAPERS_FEEDS: " + String.join(", ", sources.ambiguous())
                    + " is the name of a source that is built; name the feed otherwise.");
        }
        if (!sources.unbuilt().isEmpty()) {
            throw new Failure("DAILY_PAPERS_SOURCES: " + String.join(", ", sources.unbuilt())
                    + " is not built; there is " + String.join(", ", sources.names()) + ".");
        }
    }
}
