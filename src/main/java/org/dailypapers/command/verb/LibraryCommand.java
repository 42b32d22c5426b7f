package org.dailypapers.command.verb;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dailypapers.command.check.Failure;
import org.dailypapers.language.Languages;
import org.dailypapers.site.library.Library;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.Subscriptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lets a reader like the papers of their library. */
@Dependent
@Command(
        name = "library",
        description = "Lets a reader like the papers of a file: BibTeX, RIS, CSL-JSON (Zotero, Mendeley), ORCID's works"
                + " or arXiv ids, DOIs and links; 5,000 at most.")
class LibraryCommand extends Verb {

    @Parameters(index = "0", paramLabel = "ADDRESS", description = "The reader's address.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    String address;

    @Parameters(index = "1", paramLabel = "FILE", description = "The library.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    String file;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Library library;

    @Inject
    Languages languages;

    @Override
    public Integer call() {
        EmailAddress whose =
                switch (EmailAddress.read(address)) {
                    case EmailAddress.Good(EmailAddress good) -> good;
                    case EmailAddress.Faulty faulty ->
                        throw new Failure("That is no e-mail address. " + faulty.reason());
                };
        long subscriber = subscriptions.find(whose).orElseThrow(() -> new Failure("There is no such reader.")).id;
        Library.Report report = library.like(subscriber, text(console().resolve(file)));
        if (report.read() == 0) {
            throw new Failure(report.inWords(languages.english().reader()));
        }
        console().say("read " + report.read() + ", known " + report.known() + ", liked " + report.added());
        return Commands.OK;
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > Library.LONGEST) {
                throw new Failure(file + " is larger than the 20 MB that are read; split it.");
            }
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new Failure(file + " cannot be read.");
        }
    }
}
