package org.dailypapers.site;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestError;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.language.FaultMessages;
import org.dailypapers.language.Language;
import org.dailypapers.language.Languages;
import org.dailypapers.matching.Forecast;
import org.dailypapers.matching.Forecasts;
import org.dailypapers.matching.Profile;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.subscriber.preference.Preferences;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What interests would have brought, as JSON. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "papers")
@Blocking
public class ForecastApi {

    private final Forecasts forecasts;
    private final EditionCalendar calendar;
    private final Languages languages;

    ForecastApi(Forecasts forecasts, EditionCalendar calendar, Languages languages) {
        this.forecasts = forecasts;
        this.calendar = calendar;
        this.languages = languages;
    }

    /**
     * Interests to try; what is left out takes the form's defaults.
     *
     * @param interests lines of the language; topics and authors are lines too
     */
    public record ForecastJson(List<String> interests, Integer size, Boolean fill, Integer minVotes) {}

    /** A paper and the interest that it meets; null where it completes the letter as a trending one. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record MatchJson(String interest, List<String> words, double score, Api.PaperJson paper) {}

    /** An interest that cannot be read, by its number from 1, and why. */
    public record FaultJson(int number, String interest, String message) {}

    /** An interest, how many papers it found in all, and what there is to tell who typed it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record InterestCount(String interest, int papers, String hint) {}

    /**
     * What the interests would have brought.
     *
     * @param faults those that cannot be read; the others are answered for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ForecastAnswer(
            double perDay,
            List<Forecast.Day> days,
            List<InterestCount> interests,
            List<MatchJson> best,
            List<FaultJson> faults) {}

    @POST
    @Path("forecast")
    @Operation(summary = "How many papers a day interests would have brought, and the best of the first letter")
    public ForecastAnswer forecast(
            ForecastJson asked,
            @Parameter(description = "Of hints and faults; English where there is none of it") @QueryParam("lang")
                    String lang) {
        Optional<Language> language = Optional.ofNullable(lang).flatMap(languages::find);
        Optional<FaultMessages> said = language.map(Language::fault);
        if (asked == null || asked.interests() == null || asked.interests().isEmpty()) {
            throw new BadRequestException("Say what to look for: {\"interests\": [\"diffusion model\"]}");
        }
        if (asked.interests().size() > Forecasts.MOST_INTERESTS) {
            throw new BadRequestException(
                    said.orElseGet(languages.english()::fault).interestsAtMost(Forecasts.MOST_INTERESTS));
        }
        var interests = new ArrayList<Interest>();
        var faults = new ArrayList<FaultJson>();
        for (int i = 0; i < asked.interests().size(); i++) {
            switch (InterestParser.parse(String.valueOf(asked.interests().get(i)))) {
                case Interest interest -> interests.add(interest);
                case InterestError error ->
                    faults.add(new FaultJson(
                            i + 1, error.line(), said.map(error.said()::in).orElseGet(error::message)));
            }
        }
        if (interests.isEmpty()) {
            throw new BadRequestException(faults.stream()
                    .map(f -> "Interest " + f.number() + ": " + f.message())
                    .collect(Collectors.joining(". ")));
        }
        Preferences defaults = Preferences.standard(calendar.zone());
        int size = asked.size() == null ? defaults.size() : asked.size();
        int minVotes = asked.minVotes() == null ? defaults.minVotes() : asked.minVotes();
        if (size < 1 || size > Preferences.LARGEST_SIZE || minVotes < 0) {
            throw new BadRequestException("size is 1 to " + Preferences.LARGEST_SIZE + ", minVotes 0 or more.");
        }
        boolean fill = asked.fill() == null ? defaults.fill() : asked.fill();
        Forecast forecast = forecasts.of(new Profile(interests, size, fill, minVotes));
        return new ForecastAnswer(
                forecast.perDay(),
                forecast.days(),
                forecast.lines().stream()
                        .map(line -> new InterestCount(
                                line.interest(),
                                line.papers(),
                                line.hints().isEmpty()
                                        ? null
                                        : language.map(it -> Hints.joined(line.hints(), it))
                                                .orElseGet(line::hint)))
                        .toList(),
                forecast.best().stream()
                        .map(m -> new MatchJson(
                                m.interest(),
                                m.words(),
                                m.score(),
                                Api.PaperJson.of(m.candidate().paper())))
                        .toList(),
                faults);
    }
}
