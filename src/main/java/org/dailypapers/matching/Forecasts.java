package org.dailypapers.matching;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dailypapers.interest.Interest;
import org.dailypapers.paper.EditionCalendar;

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
    private final EditionCalendar calendar;

    Forecasts(EditionIndexes indexes, FirstLetter firstLetter, EditionCalendar calendar) {
        this.indexes = indexes;
        this.firstLetter = firstLetter;
        this.calendar = calendar;
    }

    /** Indexes the editions that forecasts look at, so that nobody who types waits for it. */
    public void prepare() {
        indexes.newest(calendar.today(), EDITIONS);
    }

    /** What the profile would have brought over the last {@value #EDITIONS} editions with papers, or as many as can be kept. */
    public Forecast of(Profile profile) {
        Map<LocalDate, EditionIndex> newest = indexes.newest(calendar.today(), EDITIONS);
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
        var lines = new ArrayList<Forecast.Line>();
        for (int i = 0; i < found.length; i++) {
            Interest interest = profile.interests().get(i);
            lines.add(new Forecast.Line(interest.line(), found[i], hint(found[i], papers, dates.size())));
        }
        return new Forecast(
                days, days.stream().mapToInt(Forecast.Day::papers).average().orElse(0), lines, best(profile));
    }

    private List<Match> best(Profile profile) {
        var few = new Profile(profile.interests(), Math.min(BEST, profile.size()), profile.fill(), profile.minVotes());
        return firstLetter.of(few).map(FirstLetter.Choice::matches).orElse(List.of());
    }

    private static String hint(int found, int papers, int editions) {
        if (papers == 0) {
            return null;
        }
        if (found == 0) {
            return "finds nothing in the last " + editions + " editions; fewer or other words may";
        }
        return found > papers * NEARLY_ALL ? "finds nearly everything; another word narrows it" : null;
    }
}
