package org.dailypapers.command.verb;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.dailypapers.bounce.BounceReader;
import org.dailypapers.bounce.Outcome;
import org.dailypapers.bounce.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says what mails mean that came back; it needs neither the service nor its database. */
@Command(
        name = "classify",
        description = "Says what mails mean that came back: file, class, status, recipient, reason; a line each.",
        footer = "%nThe classes: hard, soft, policy, fault, complaint, auto-reply, delivered, none.")
class ClassifyCommand extends Verb implements StandsAlone {

    /** What would end the line or the column, or turn what follows around on a terminal. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\s]+");

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "A mail each; - is standard input.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    List<String> files;

    @Override
    public Integer call() {
        int unreadable = 0;
        for (String file : files) {
            try (InputStream in = open(file)) {
                console().say(line(file, BounceReader.read(in)));
            } catch (IOException e) {
                unreadable++;
                console().complain(cell(file) + ": " + why(e));
            }
        }
        return unreadable == 0 ? Commands.OK : Commands.FAILED;
    }

    private InputStream open(String file) throws IOException {
        if (file.equals("-")) {
            return new BufferedInputStream(System.in);
        }
        Path path = console().resolve(file);
        if (Files.isDirectory(path)) {
            throw new IOException("is a folder; name the files in it");
        }
        return new BufferedInputStream(Files.newInputStream(path));
    }

    private static String line(String file, Report report) {
        Outcome main = report.main();
        return String.join(
                "\t",
                cell(file),
                main.kind().toString(),
                main.status().map(Object::toString).orElse(""),
                cell(report.recipients()),
                cell(main.reason()));
    }

    static String cell(String text) {
        return UNPRINTABLE.matcher(text).replaceAll(" ").strip();
    }

    static String why(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no such file";
            case AccessDeniedException denied -> "may not be read";
            default -> String.valueOf(e.getMessage());
        };
    }
}
