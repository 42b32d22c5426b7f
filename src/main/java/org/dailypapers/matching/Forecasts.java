package org.dailypapers.matching;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.interest.Query;
import org.dailypapers.language.Said;
import org.dailypapers.matching.index.EditionIndex;
import org.dailypapers.matching.index.EditionIndexes;
import org.dailypapers.matching.index.Hits;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Editions;

/** Tells somebody who types interests how many papers these would have brought. */
@ApplicationScoped
public class Forecasts {

    /** The most interests of one forecast: each is asked of thirty editions. */
    public static final int MOST_INTERESTS = 60;

    /** The editions looked at. */
    static final int EDITIONS = 30;

    /** An interest that finds more than this share of all papers hardly chooses. */
    private static final double NEARLY_ALL = 0.5;

    private static final int BEST = 5;

    private final EditionIndexes indexes;
    private final FirstLetter firstLetter;
    private final Editions editions;
    private final EditionCalendar calendar;
    private volatile boolean tried;

    Forecasts(EditionIndexes indexes, FirstLetter firstLetter, Editions editions, EditionCalendar calendar) {
        this.indexes = indexes;
        this.firstLetter = firstLetter;
        this.editions = editions;
        this.calendar = calendar;
    }

    /** Indexes the editions that forecasts look at, and makes a first one, so that nobody who types waits for it. */
    public void prepare() {
        newest();
        if (!tried && InterestParser.parse("language model*") instanceof Interest any) {
            of(new Profile(List.of(any), BEST, true, 0));
            tried = true;
        }
    }

    /** The closed ones: the open edition's papers are still coming in. */
    private Map<LocalDate, EditionIndex> newest() {
        return indexes.newest(editions.newestClosed().orElseGet(calendar::today), EDITIONS);
    }

    /** What the profile would have brought over the last {@value #EDITIONS} editions with papers, or as many as can be kept. */
    public Forecast of(Profile profile) {
        Map<LocalDate, EditionIndex> newest = newest();
        List<LocalDate> dates = List.copyOf(newest.keySet());
        var everything = new Profile(profile.interests(), Integer.MAX_VALUE, false, profile.minVotes());
        var days = new ArrayList<Forecast.Day>();
        int[] found = new int[profile.interests().size()];
        int papers = 0;
        List<EditionIndex> asked = List.copyOf(newest.values());
        for (int day = dates.size() - 1; day >= 0; day--) {
            EditionIndex index = asked.get(day);
            papers += index.size();
            days.add(new Forecast.Day(dates.get(day), Matcher.count(index, everything)));
            for (int i = 0; i < found.length; i++) {
                found[i] += index.ask(profile.interests().get(i).line())
                        .map(Hits::size)
                        .orElse(0);
            }
        }
        var lines = new ArrayList<Forecast.InterestCount>();
        for (int i = 0; i < found.length; i++) {
            Interest interest = profile.interests().get(i);
            lines.add(new Forecast.InterestCount(
                    interest.line(), found[i], hints(interest, found[i], papers, dates.size())));
        }
        return new Forecast(
                days, days.stream().mapToInt(Forecast.Day::papers).average().orElse(0), lines, best(profile));
    }

    private List<Match> best(Profile profile) {
        var few = new Profile(profile.interests(), Math.min(BEST, profile.size()), profile.fill(), profile.minVotes());
        return firstLetter.of(few).map(FirstLetter.Choice::matches).orElse(List.of());
    }

    private static List<Said> hints(Interest interest, int found, int papers, int editions) {
        var hints = new ArrayList<Said>();
        if (papers > 0) {
            finds(interest, found, found > papers * NEARLY_ALL, editions).ifPresent(hints::add);
        }
        hints.addAll(InterestParser.notes(interest.line()));
        return hints;
    }

    /** What to mend where a line finds nothing or nearly everything: a mute that finds nothing has nothing to mend. */
    private static Optional<Said> finds(Interest interest, int found, boolean nearlyAll, int editions) {
        if (interest.muted()) {
            return nearlyAll
                    ? Optional.of(Said.of(
                            "hintMutesAll", "keeps nearly everything out of the letter; another word narrows it"))
                    : Optional.empty();
        }
        if (found == 0) {
            String last = editions == 1 ? " in the last edition; " : " in the last " + editions + " editions; ";
            return Optional.of(
                    asksForSomebody(interest.query())
                            ? Said.of(
                                    "hintNobodyYet",
                                    "has no paper" + last + "the next one will be in a letter",
                                    editions)
                            : Said.of("hintNothing", "finds nothing" + last + "fewer or other words may", editions));
        }
        return nearlyAll
                ? Optional.of(Said.of("hintEverything", "finds nearly everything; another word narrows it"))
                : Optional.empty();
    }

    /** Whether authors, an organisation or a topic are asked for, of whom other words would find no more. */
    private static boolean asksForSomebody(Query query) {
        return switch (query) {
            case Query.All all ->
                all.parts().stream()
                        .filter(part -> !(part instanceof Query.Not))
                        .allMatch(Forecasts::asksForSomebody);
            case Query.Any any -> any.parts().stream().allMatch(Forecasts::asksForSomebody);
            case Query.InTopic topic -> true;
            case Query.Like like -> true;
            case Query.Word word -> isSomebody(word.field());
            case Query.Phrase phrase -> isSomebody(phrase.field());
            case Query.Exact exact -> isSomebody(exact.field());
            case Query.Prefix prefix -> isSomebody(prefix.field());
            case Query.Not not -> false;
        };
    }

    private static boolean isSomebody(Query.Field field) {
        return field == Query.Field.AUTHOR || field == Query.Field.ORGANIZATION;
    }
}
