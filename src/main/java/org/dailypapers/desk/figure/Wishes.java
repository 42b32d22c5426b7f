package org.dailypapers.desk.figure;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.matching.Forecast;
import org.dailypapers.matching.Forecasts;
import org.dailypapers.matching.Profile;
import org.dailypapers.storage.Sql;

/** What readers ask for, and what of it finds nothing. */
@ApplicationScoped
public class Wishes {

    private static final String FAILURE = "What readers ask for could not be counted";
    private static final int MOST = 40;
    private static final int ASKED = 240;
    private static final int PAGE = 5_000;

    /** Of different lines that are counted at once; what comes later is in none of the first places. */
    private static final int MOST_LINES = 500_000;

    private final Sql sql;
    private final Forecasts forecasts;
    private final Kept<Counted> counted = new Kept<>(Duration.ofMinutes(30), this::count);

    Wishes(Sql sql, Forecasts forecasts) {
        this.sql = sql;
        this.forecasts = forecasts;
    }

    /** An interest, how many readers have it, and how many papers of the last thirty editions it found. */
    public record Wish(String line, long readers, int papers) {}

    /**
     * What was counted.
     *
     * @param top the most wanted
     * @param vain the most wanted of those that find nothing
     */
    public record Counted(List<Wish> top, List<Wish> vain) {}

    /** The last count; empty while the first is under way. */
    public Optional<Counted> counted() {
        return counted.soon();
    }

    /** Counts anew at the next look. */
    public void changed() {
        counted.forget();
    }

    private Counted count() {
        List<Map.Entry<String, Long>> wanted = lines().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(ASKED)
                .toList();
        var wishes = new ArrayList<Wish>();
        for (int i = 0; i < wanted.size(); i += Forecasts.MOST_INTERESTS) {
            List<Map.Entry<String, Long>> some =
                    wanted.subList(i, Math.min(i + Forecasts.MOST_INTERESTS, wanted.size()));
            Map<String, Integer> found = new HashMap<>();
            List<Interest> interests = some.stream()
                    .map(entry -> InterestParser.parse(entry.getKey()))
                    .filter(Interest.class::isInstance)
                    .map(Interest.class::cast)
                    .toList();
            for (Forecast.InterestCount each :
                    forecasts.of(new Profile(interests, 10, false, 0)).lines()) {
                found.put(each.interest(), each.papers());
            }
            some.forEach(entry ->
                    wishes.add(new Wish(entry.getKey(), entry.getValue(), found.getOrDefault(entry.getKey(), 0))));
        }
        return new Counted(
                wishes.stream().limit(MOST).toList(),
                // What is muted is meant to find little.
                wishes.stream()
                        .filter(wish -> wish.papers() == 0 && !wish.line().startsWith("!"))
                        .limit(MOST)
                        .toList());
    }

    private Map<String, Long> lines() {
        var lines = new HashMap<String, Long>();
        long after = 0;
        int read;
        do {
            long from = after;
            record Page(int rows, long last) {}
            Page page = sql.joined(FAILURE, """
                    select id, interests
                    from subscriber
                    where id > ? and consent = 'CONFIRMED'
                    order by id
                    limit ?""", select -> {
                select.setLong(1, from);
                select.setInt(2, PAGE);
                try (ResultSet row = select.executeQuery()) {
                    int rows = 0;
                    long last = from;
                    while (row.next()) {
                        rows++;
                        last = row.getLong(1);
                        for (String line : InterestParser.lines(row.getString(2))) {
                            if (lines.size() < MOST_LINES || lines.containsKey(line)) {
                                lines.merge(line, 1L, Long::sum);
                            }
                        }
                    }
                    return new Page(rows, last);
                }
            });
            read = page.rows();
            after = page.last();
        } while (read == PAGE);
        return lines;
    }
}
