package org.dailypapers.site;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dailypapers.digest.ReaderProfile;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.interest.Query;
import org.dailypapers.language.Language;
import org.dailypapers.matching.FirstLetter;
import org.dailypapers.matching.Forecast;
import org.dailypapers.matching.Forecasts;
import org.dailypapers.matching.Match;
import org.dailypapers.matching.Profile;
import org.dailypapers.paper.Topic;
import org.dailypapers.paper.Topics;
import org.dailypapers.subscriber.preference.Preferences;

/** What preferences would bring: the letter that would follow a confirmation, and a forecast. */
@ApplicationScoped
class Previews {

    private final FirstLetter firstLetter;
    private final Topics topics;
    private final Forecasts forecasts;

    Previews(FirstLetter firstLetter, Topics topics, Forecasts forecasts) {
        this.firstLetter = firstLetter;
        this.topics = topics;
        this.forecasts = forecasts;
    }

    FormView.Preview of(Language language, Preferences p) {
        return of(language, p, List.of());
    }

    /** @param learned the lines that letters follow beside those of the preferences */
    FormView.Preview of(Language language, Preferences p, List<String> learned) {
        Profile profile = ReaderProfile.of(p, learned);
        Optional<FirstLetter.Choice> first = firstLetter.of(profile);
        // More interests than a forecast takes: the letter is shown without one.
        Optional<Forecast> forecast = Optional.of(profile)
                .filter(asked -> asked.interests().size() <= Forecasts.MOST_INTERESTS)
                .map(forecasts::of);
        return new FormView.Preview(
                first.map(choice -> language.withWeekday(choice.edition())).orElse(null),
                forecast.map(f -> language.decimal(f.perDay(), 1)).orElse(null),
                forecast.map(f -> f.days().size()).orElse(0),
                forecast.map(Forecast::lines).orElse(List.of()).stream()
                        .filter(line -> !line.hints().isEmpty() && !learned.contains(line.interest()))
                        .map(line -> language.reader()
                                .hintOf(why(language, line.interest()), Hints.joined(line.hints(), language)))
                        .toList(),
                first.map(FirstLetter.Choice::matches).orElse(List.of()).stream()
                        .map(match -> shown(language, match))
                        .toList());
    }

    private String why(Language language, String line) {
        if (line == null) {
            return language.page().trending();
        }
        if (InterestParser.parse(line) instanceof Interest interest && interest.likes()) {
            // Unnamed: the link to this page stands in letters, which are forwarded.
            return language.page().likeOfLiked();
        }
        return topics.all().stream()
                .filter(t -> Interest.topicLine(t.slug()).equals(line))
                .map(Topic::name)
                .findFirst()
                .orElseGet(() -> author(line));
    }

    /** The author's name where the line asks for one, else the line. */
    private static String author(String line) {
        return InterestParser.parse(line) instanceof Interest interest
                        && interest.query() instanceof Query.Phrase(Query.Field field, String name)
                        && field == Query.Field.AUTHOR
                        && Interest.authorLine(name).equals(line)
                ? name
                : line;
    }

    private FormView.Previewed shown(Language language, Match match) {
        return new FormView.Previewed(
                PaperCard.of(
                        language, match.candidate().paper(), match.candidate().gained()),
                Stream.concat(
                                Stream.of(why(language, match.interest())),
                                match.also().stream().map(line -> why(language, line)))
                        .collect(Collectors.joining(" · ")),
                match.words().isEmpty() ? null : String.join(", ", match.words()));
    }
}
