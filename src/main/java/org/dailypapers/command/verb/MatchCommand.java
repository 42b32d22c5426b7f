package org.dailypapers.command.verb;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.dailypapers.command.check.Failure;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestError;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.matching.FirstLetter;
import org.dailypapers.matching.Match;
import org.dailypapers.matching.Matcher;
import org.dailypapers.matching.Profile;
import org.dailypapers.matching.index.EditionIndexes;
import org.dailypapers.paper.Editions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a profile would be sent. */
@Dependent
@Command(
        name = "match",
        description = "Shows what a profile would be sent: rank, score, paper, title, reason; a line each.")
class MatchCommand extends Verb {

    private static final int MOST = 1_000;

    @Option(
            names = "--edition",
            paramLabel = "DATE",
            description = "The newest closed one that has papers for it when not named.")
    @Nullable
    LocalDate edition;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "The most papers; ${DEFAULT-VALUE} when not named.",
            defaultValue = "20")
    int limit;

    @Parameters(arity = "1..*", paramLabel = "QUERY", description = "Interests, one an argument.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    List<String> queries;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Inject
    Editions editions;

    @Inject
    EditionIndexes indexes;

    @Inject
    FirstLetter firstLetter;

    @Override
    public Integer call() {
        if (limit < 1 || limit > MOST) {
            throw new ParameterException(spec.commandLine(), "--limit is a number from 1 to " + MOST);
        }
        var interests = new ArrayList<Interest>();
        for (String query : queries) {
            switch (InterestParser.parse(query)) {
                case Interest interest -> {
                    interests.add(interest);
                    InterestParser.notes(query).forEach(n -> console().complain("\"" + query + "\" " + n + "."));
                }
                case InterestError error ->
                    throw new ParameterException(spec.commandLine(), "\"" + error.line() + "\": " + error.message());
            }
        }
        if (!indexes.prepare(interests)) {
            console().complain(Commands.NOT_LEARNED);
        }
        var profile = new Profile(interests, limit, false, 0);
        List<Match> matches = edition == null ? newest(profile) : of(edition, profile);
        int rank = 0;
        for (Match match : matches) {
            console()
                    .say(String.join(
                            "\t",
                            Integer.toString(++rank),
                            String.format(Locale.ROOT, "%.4f", match.score()),
                            match.candidate().paper().publicId,
                            match.candidate().paper().title,
                            match.interest()
                                    + (match.words().isEmpty() ? "" : ": " + String.join(", ", match.words()))));
        }
        return 0;
    }

    private List<Match> newest(Profile profile) {
        if (editions.newestClosed().isEmpty()) {
            throw new Failure("No edition is closed yet; name one with --edition");
        }
        Commands.refuseSample(firstLetter);
        Optional<FirstLetter.Choice> choice = firstLetter.of(profile);
        if (choice.isEmpty()) {
            console().complain("None of the last closed editions has a paper for this.");
        }
        return choice.map(FirstLetter.Choice::matches).orElse(List.of());
    }

    private List<Match> of(LocalDate date, Profile profile) {
        if (editions.find(date).isEmpty()) {
            throw new Failure("There is no edition of " + date + ".");
        }
        return Matcher.match(indexes.edition(date), profile, id -> false);
    }
}
