package org.dailypapers.command.verb;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.dailypapers.command.check.Failure;
import org.dailypapers.digest.Replay;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestError;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.matching.Match;
import org.dailypapers.matching.Matcher;
import org.dailypapers.matching.Profile;
import org.dailypapers.matching.index.EditionIndexes;
import org.dailypapers.matching.likeness.LearnedCatalogue;
import org.dailypapers.paper.Editions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows what letters of past editions would be by the present rules and settings. */
@Dependent
@Command(
        name = "replay",
        description = "Shows what letters of past editions would be by the present rules and settings: for each letter"
                + " that was sent its edition, its papers, those of now, and how many are in both; or, for a profile,"
                + " each edition's letter: date, rank, score, paper, title, reason.")
class ReplayCommand extends Verb {

    private static final int SIZE = 10;
    private static final int PAGE = 200;
    private static final long LARGEST = 1 << 20;

    @Option(names = "--from", paramLabel = "DATE", required = true, description = "The first edition.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    LocalDate from;

    @Option(names = "--to", paramLabel = "DATE", required = true, description = "The last edition.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    LocalDate to;

    @Option(names = "--profile", paramLabel = "FILE", description = "Interests, one a line, instead of the readers.")
    @Nullable
    String profile;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Inject
    Editions editions;

    @Inject
    EditionIndexes indexes;

    @Inject
    Replay replay;

    @Inject
    LearnedCatalogue likeness;

    @Override
    public Integer call() {
        if (from.isAfter(to)) {
            throw new ParameterException(spec.commandLine(), "--from is no later than --to");
        }
        if (!likeness.await()) {
            console().complain(Commands.NOT_LEARNED);
        }
        if (profile == null) {
            readers();
        } else {
            letters(new Profile(interests(console().resolve(profile)), SIZE, false, 0));
        }
        return Commands.OK;
    }

    private void readers() {
        long after = 0;
        long letters = 0;
        long sent = 0;
        long now = 0;
        long both = 0;
        List<Replay.Compared> page;
        do {
            page = replay.after(after, from, to, PAGE);
            for (Replay.Compared one : page) {
                console()
                        .say(one.to() + "\t" + one.digest() + "\t" + one.sent() + "\t" + one.now() + "\t" + one.both());
                after = one.digest();
                letters++;
                sent += one.sent();
                now += one.now();
                both += one.both();
            }
        } while (!page.isEmpty());
        console().say("letters " + letters + ", papers sent " + sent + ", now " + now + ", in both " + both);
    }

    private void letters(Profile asked) {
        var seen = new HashSet<Long>();
        for (LocalDate date = from; !date.isAfter(to); date = date.plusDays(1)) {
            if (editions.find(date).isEmpty()) {
                continue;
            }
            int rank = 0;
            for (Match match : Matcher.match(indexes.edition(date), asked, seen::contains)) {
                console()
                        .say(String.join(
                                "\t",
                                date.toString(),
                                Integer.toString(++rank),
                                String.format(Locale.ROOT, "%.4f", match.score()),
                                match.candidate().paper().publicId,
                                match.candidate().paper().title,
                                match.interest()
                                        + (match.words().isEmpty() ? "" : ": " + String.join(", ", match.words()))));
                seen.add(match.candidate().paper().id);
            }
        }
    }

    private static List<Interest> interests(Path file) {
        var interests = new ArrayList<Interest>();
        try {
            if (Files.size(file) > LARGEST) {
                throw new Failure(file + " is no list of interests: it is larger than a megabyte.");
            }
            for (String line : InterestParser.lines(Files.readString(file))) {
                switch (InterestParser.parse(line)) {
                    case Interest interest -> interests.add(interest);
                    case InterestError error -> throw new Failure("\"" + error.line() + "\": " + error.message());
                }
            }
        } catch (MalformedInputException e) {
            throw new Failure(file + " is not text in UTF-8.");
        } catch (IOException e) {
            throw new Failure(file + " cannot be read.");
        }
        return interests;
    }
}
