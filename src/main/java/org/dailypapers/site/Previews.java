package org.dailypapers.site;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.dailypapers.interest.Interest;
import org.dailypapers.matching.EditionIndexes;
import org.dailypapers.matching.Forecast;
import org.dailypapers.matching.Forecasts;
import org.dailypapers.matching.Match;
import org.dailypapers.matching.Matcher;
import org.dailypapers.matching.Profile;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Topic;
import org.dailypapers.paper.Topics;
import org.dailypapers.subscriber.Preferences;

/** What preferences would bring, shown on the newest edition with papers. */
@ApplicationScoped
class Previews {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH);

    private final Editions editions;
    private final EditionIndexes indexes;
    private final Topics topics;
    private final Forecasts forecasts;
    private final EditionCalendar calendar;

    Previews(Editions editions, EditionIndexes indexes, Topics topics, Forecasts forecasts, EditionCalendar calendar) {
        this.forecasts = forecasts;
        this.topics = topics;
        this.editions = editions;
        this.indexes = indexes;
        this.calendar = calendar;
    }

    FormView.Preview of(Preferences p) {
        LocalDate date = editions.newestWithPapers(calendar.today()).orElse(calendar.today());
        var profile = new Profile(p.readable(), p.size(), p.fill(), p.minVotes());
        // More interests than a forecast takes: the letter is shown without one.
        Optional<Forecast> forecast = Optional.of(profile)
                .filter(asked -> asked.interests().size() <= Forecasts.MOST_INTERESTS)
                .map(forecasts::of);
        return new FormView.Preview(
                DATE.format(date),
                forecast.map(f -> String.format(Locale.ENGLISH, "%.1f", f.perDay()))
                        .orElse(null),
                forecast.map(f -> f.days().size()).orElse(0),
                forecast.map(Forecast::lines).orElse(List.of()).stream()
                        .filter(line -> line.hint() != null)
                        .map(line -> "“" + why(line.interest()) + "” " + line.hint() + ".")
                        .toList(),
                Matcher.match(indexes.edition(date), profile, id -> false).stream()
                        .map(this::shown)
                        .toList());
    }

    private String why(String line) {
        if (line == null) {
            return "Trending";
        }
        return topics.all().stream()
                .filter(t -> Interest.topicLine(t.slug()).equals(line))
                .map(Topic::name)
                .findFirst()
                .orElse(line);
    }

    private FormView.Previewed shown(Match match) {
        return new FormView.Previewed(
                PaperCard.of(match.candidate().paper(), match.candidate().gained()),
                why(match.interest()),
                match.words().isEmpty() ? null : String.join(", ", match.words()));
    }
}
