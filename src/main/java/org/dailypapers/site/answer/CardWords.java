package org.dailypapers.site.answer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.dailypapers.language.Language;
import org.dailypapers.language.PageMessages;
import org.dailypapers.template.Rendering;

/**
 * What a list says on each of its papers, looked up once: a page has eighty.
 *
 * @param more what a press shows of the abstract
 * @param rank with a place for the number; likewise the others that follow, which have two
 */
public record CardWords(
        String votes,
        String rising,
        String comments,
        String stars,
        String withdrawn,
        String trending,
        String more,
        String less,
        String ofAbstract,
        String whatThatMeans,
        String rank,
        String scored,
        String part,
        String row) {

    private static final String PLACE = "\u0000";
    private static final String SECOND = "\u0001";
    private static volatile Known known = new Known(Rendering.revision());

    /** Those of all languages, as messages of that revision have them. */
    private record Known(long revision, Map<Language, CardWords> words) {
        Known(long revision) {
            this(revision, new ConcurrentHashMap<>());
        }
    }

    /** Those of a language. */
    public static CardWords of(Language language) {
        Known now = known;
        if (now.revision() != Rendering.revision()) {
            now = new Known(Rendering.revision());
            known = now;
        }
        return now.words().computeIfAbsent(language, l -> of(l.page()));
    }

    private static CardWords of(PageMessages say) {
        return new CardWords(
                say.votesLabel(),
                say.risingLabel(),
                say.commentsLabel(),
                say.starsLabel(),
                say.withdrawn(),
                say.trendingLabel(),
                say.showMore(),
                say.showLess(),
                say.ofAbstract(),
                say.whatThatMeans(),
                say.rankNo(PLACE),
                say.trendingParts(PLACE, SECOND),
                say.partLine(PLACE, SECOND),
                say.listed(PLACE, SECOND));
    }

    /** A paper's trending score with its parts. */
    public String trendingScore(String factor, String parts) {
        return put(scored, factor, parts);
    }

    /** One part of it, such as votes 0.42. */
    public String part(String label, String value) {
        return put(part, label, value);
    }

    /** What stands in a row, with one more behind it. */
    public String listed(String before, String next) {
        return put(row, before, next);
    }

    private static String put(String sentence, String first, String second) {
        return sentence.replace(PLACE, first).replace(SECOND, second);
    }

    /** A rank, such as no. 3. */
    public String no(int rank) {
        return this.rank.replace(PLACE, Integer.toString(rank));
    }
}
