package org.dailypapers.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.dailypapers.paper.Dates;
import org.dailypapers.paper.Entry;
import org.dailypapers.paper.TrendingScore;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a paper's trending score in one edition, as a bar: each as wide as what it gave, of 100 in all.
 *
 * @param factor from 1 to 2
 * @param rank in the edition
 * @param edition its date
 * @param editionPage its address
 * @param parts those that were known, in order
 */
record ScoreChart(String factor, @Nullable Integer rank, String edition, String editionPage, List<Part> parts) {

    private static final int WIDEST = 100;

    /**
     * One part.
     *
     * @param name of its colour
     * @param from where it begins, of 100
     * @param width of 100
     */
    record Part(String name, String label, String value, String from, String width) {}

    static ScoreChart of(Entry entry) {
        TrendingScore score = entry.parts();
        var parts = new ArrayList<Part>();
        double at = 0;
        at = add(parts, "votes", "Votes", score.votes(), at);
        at = add(parts, "comments", "Comments", score.comments(), at);
        at = add(parts, "stars", "Stars", score.stars(), at);
        add(parts, "growth", "New stars", score.growth(), at);
        return new ScoreChart(
                number("%.2f", entry.score == null ? 1 : entry.score),
                entry.rank,
                Dates.LONG.format(entry.edition),
                "/papers?date=" + entry.edition,
                List.copyOf(parts));
    }

    private static double add(List<Part> parts, String name, String label, @Nullable Double given, double at) {
        if (given == null) {
            return at;
        }
        double end = Math.min(WIDEST, at + given * WIDEST);
        parts.add(new Part(name, label, number("%.2f", given), number("%.1f", at), number("%.1f", end - at)));
        return end;
    }

    private static String number(String form, double number) {
        return String.format(Locale.ROOT, form, number);
    }

    /** Whether anything is known that a bar can show. */
    public boolean tells() {
        return !parts.isEmpty();
    }

    /** The same in words. */
    public String words() {
        return parts.stream()
                .map(part -> part.label().toLowerCase(Locale.ROOT) + " " + part.value())
                .collect(Collectors.joining(", ", "Parts of the trending score: ", ""));
    }
}
