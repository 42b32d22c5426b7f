package org.dailypapers.matching.likeness;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.dailypapers.matching.word.Analysis;

/** The words and pairs of words of a paper by their stems, each with how often it stands there. */
final class Terms {

    /** A word of the title counts as often. */
    private static final int TITLE = 2;

    private Terms() {}

    static Map<String, Integer> of(String title, String summary) {
        var terms = new LinkedHashMap<String, Integer>();
        add(title, TITLE, terms);
        add(summary, 1, terms);
        return terms;
    }

    private static void add(String text, int times, Map<String, Integer> terms) {
        Analysis.Term last = null;
        for (Analysis.Term term : Analysis.terms(Analysis.PROSE, text)) {
            if (!tells(term.text())) {
                last = null;
                continue;
            }
            terms.merge(term.text(), times, Integer::sum);
            if (last != null && together(text, last.end(), term.start())) {
                terms.merge(last.text() + " " + term.text(), times, Integer::sum);
            }
            last = term;
        }
    }

    private static boolean tells(String word) {
        return word.length() > 1
                && word.codePoints().anyMatch(Character::isLetter)
                && !EnglishAnalyzer.ENGLISH_STOP_WORDS_SET.contains(word);
    }

    /** Whether a space, a hyphen or the end of a line is all that parts them. */
    private static boolean together(String text, int end, int start) {
        return start <= end || start == end + 1 && " -\n".indexOf(text.charAt(end)) >= 0;
    }
}
