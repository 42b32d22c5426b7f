package org.dailypapers.matching.word;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.KeywordAttribute;

/**
 * Puts the word that an irregular form is of in its place; a form of two words stays, and no stem is made of it. Of
 * plurals behind a hissing sound, such as masses, the stemmer would leave an e.
 */
final class IrregularFormFilter extends TokenFilter {

    private static final List<String> HISSING = List.of("sses", "shes", "tches", "xes");
    private static final int SHORTEST = 4;

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final KeywordAttribute keyword = addAttribute(KeywordAttribute.class);
    private final IrregularForms forms = IrregularForms.builtIn();

    IrregularFormFilter(TokenStream folded) {
        super(folded);
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (!input.incrementToken()) {
            return false;
        }
        String base = forms.base(term.buffer(), term.length());
        if (base != null) {
            keyword.setKeyword(term.length() == base.length() && base.contentEquals(term));
            term.setEmpty().append(base);
        } else if (term.length() > SHORTEST && ends("es") && isHissing()) {
            term.setLength(term.length() - "es".length());
        }
        return true;
    }

    private boolean isHissing() {
        for (String ending : HISSING) {
            if (ends(ending)) {
                return true;
            }
        }
        return false;
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
