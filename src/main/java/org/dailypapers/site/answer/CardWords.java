package org.dailypapers.site.answer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.dailypapers.language.Language;
import org.dailypapers.language.PageMessages;

/**
 * What a list says on each of its papers, looked up once: a page has eighty.
 *
 * @param more what a press shows of the abstract
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
        String rank) {

    private static final String PLACE = "\u0000";
    private static final Map<Language, CardWords> KNOWN = new ConcurrentHashMap<>();

    static CardWords of(Language language) {
        return KNOWN.computeIfAbsent(language, l -> of(l.page()));
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
                say.rankNo(PLACE));
    }

    /** A rank, such as no. 3. */
    public String no(int rank) {
        return this.rank.replace(PLACE, Integer.toString(rank));
    }
}
