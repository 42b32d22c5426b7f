package org.dailypapers.matching.word;

import java.io.IOException;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.KeywordAttribute;

/**
 * Takes the plural off words that KStem, by its dictionary, keeps apart from their singular: representations, rewards,
 * games. Short words and fields of study stay: news is not new, nor dynamics dynamic.
 */
final class PluralFilter extends TokenFilter {

    private static final int SHORTEST = 5;

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final KeywordAttribute keyword = addAttribute(KeywordAttribute.class);

    PluralFilter(TokenStream stems) {
        super(stems);
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (!input.incrementToken()) {
            return false;
        }
        if (!keyword.isKeyword()
                && term.length() >= SHORTEST
                && ends("s")
                && !ends("ss")
                && !ends("us")
                && !ends("is")
                && !ends("ics")) {
            if (ends("ies")) {
                term.setLength(term.length() - 3).append('y');
            } else {
                term.setLength(term.length() - 1);
            }
        }
        return true;
    }

    private boolean ends(String ending) {
        int start = term.length() - ending.length();
        for (int i = 0; i < ending.length(); i++) {
            if (term.charAt(start + i) != ending.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
