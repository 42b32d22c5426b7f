package org.dailypapers.command.verb;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dailypapers.returns.Envelope;
import org.dailypapers.returns.Returns;
import org.dailypapers.returns.Taken;
import org.dailypapers.storage.DatabaseFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes in mails that came back, from files or from a local mail server's pipe. */
@Dependent
@Command(
        name = "bounces",
        description = "Reads mails that came back and does what follows from them: file, class, status, message, what"
                + " followed; a line each.",
        footer = {
            "%nA mail counts only where it is about a letter of ours, and once, however often it is read.",
            "From a pipe, 0 is returned where the mail was read, and 75 where it is to be tried again later, as mail",
            "servers expect. In Postfix's main.cf and master.cf:",
            "  transport_maps: bounces.example.org  papers:",
            "  papers unix - n n - 1 pipe flags=D user=papers argv=/opt/daily-papers/run bounces --to=${recipient} -"
        })
class BouncesCommand extends Verb {

    /** EX_TEMPFAIL of sysexits.h: a mail server keeps the mail and calls again. */
    static final int LATER = 75;

    @Option(
            names = "--to",
            paramLabel = "ADDRESS",
            description = "Whom the mail was delivered to, where its head does not say.")
    @Nullable
    String to;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "A mail each; - is standard input.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    List<String> files;

    @Inject
    Returns returns;

    @Override
    public Integer call() {
        int unreadable = 0;
        Envelope envelope = Optional.ofNullable(to)
                .map(address -> new Envelope(false, List.of(address)))
                .orElse(Envelope.UNKNOWN);
        for (String file : files) {
            try (InputStream in = open(file)) {
                console().say(line(file, returns.take(in, envelope)));
            } catch (IOException e) {
                unreadable++;
                console().complain(ClassifyCommand.cell(file) + ": " + ClassifyCommand.why(e));
            } catch (RuntimeException e) {
                if (!DatabaseFailure.isBehind(e)) {
                    throw e;
                }
                console()
                        .complain("The database is away, unwell or refuses; hand the mail over again: "
                                + DatabaseFailure.said(e));
                return LATER;
            }
        }
        return unreadable == 0 ? Commands.OK : Commands.FAILED;
    }

    private InputStream open(String file) throws IOException {
        if (file.equals(SpooledInput.NAME)) {
            return new BufferedInputStream(System.in);
        }
        Path path = console().resolve(file);
        if (Files.isDirectory(path)) {
            throw new IOException("is a folder; name the files in it");
        }
        return new BufferedInputStream(Files.newInputStream(path));
    }

    private static String line(String file, Taken taken) {
        return String.join(
                "\t",
                ClassifyCommand.cell(file),
                taken.outcome().kind().toString(),
                taken.outcome().status().map(Object::toString).orElse(""),
                taken.message().isPresent() ? Long.toString(taken.message().getAsLong()) : "",
                taken.followed().toString());
    }
}
