package org.dailypapers.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dailypapers.language.Language;
import org.dailypapers.language.PageMessages;
import org.dailypapers.paper.Entry;
import org.dailypapers.paper.TrendingScore;
import org.dailypapers.site.answer.CardWords;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a paper's trending score in one edition, as a bar: each as wide as what it gave, of 100 in all.
 *
 * @param language in which it is told
 * @param factor from 1 to 2
 * @param rank in the edition
 * @param edition its date
 * @param editionPage its address
 * @param parts those that were known, in order
 */
record ScoreChart(
        Language language,
        String factor,
        @Nullable Integer rank,
        String edition,
        String editionPage,
        List<Part> parts) {

    private static final int WIDEST = 100;

    /**
     * One part.
     *
     * @param name of its colour
     * @param from where it begins, of 100
     * @param width of 100
     */
    record Part(String name, String label, String value, String from, String width) {}

    static ScoreChart of(Language language, Entry entry) {
        PageMessages say = language.page();
        TrendingScore score = entry.parts();
        var parts = new ArrayList<Part>();
        double at = 0;
        at = add(language, parts, "votes", say.partVotes(), score.votes(), at);
        at = add(language, parts, "comments", say.partComments(), score.comments(), at);
        at = add(language, parts, "stars", say.partStars(), score.stars(), at);
        add(language, parts, "growth", say.partGrowth(), score.growth(), at);
        return new ScoreChart(
                language,
                language.decimal(entry.score == null ? 1 : entry.score, 2),
                entry.rank,
                language.longDate(entry.edition),
                "/papers?date=" + entry.edition,
                List.copyOf(parts));
    }

    private static double add(
            Language language, List<Part> parts, String name, String label, @Nullable Double given, double at) {
        if (given == null) {
            return at;
        }
        double end = Math.min(WIDEST, at + given * WIDEST);
        parts.add(new Part(name, label, language.decimal(given, 2), number(at), number(end - at)));
        return end;
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    /** Whether anything is known that a bar can show. */
    public boolean tells() {
        return !parts.isEmpty();
    }

    /** The same in words. */
    public String words() {
        return language.page().scoreWords(row());
    }

    /** The same as a sentence of a list. */
    public String sentence() {
        return CardWords.of(language).trendingScore(factor, row());
    }

    private String row() {
        CardWords words = CardWords.of(language);
        return parts.stream()
                .map(part -> words.part(part.label(), part.value()))
                .reduce(words::listed)
                .orElse("");
    }

    /** What stands below the bar, with a link in it to the edition. */
    public String caption() {
        return rank == null
                ? language.page().scoreCaption(factor, edition)
                : language.page().scoreCaptionRanked(factor, language.number(rank), edition);
    }
}
