package org.dailypapers.matching.word;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.el.GreekLowerCaseFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.pattern.PatternReplaceFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/**
 * How text becomes terms: words as {@link WordTokenizer} finds them, case and accents folded; prose by its stems, names
 * as they are; and once more as it is written.
 */
public final class Analysis {

    public static final Analyzer PROSE = new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            var words = new WordTokenizer();
            var forms = new IrregularFormFilter(new GreekLetterFilter(folded(new EnglishPossessiveFilter(words))));
            return new TokenStreamComponents(words, new PluralFilter(new KStemFilter(forms)));
        }
    };

    /** Every letter as it is written: WHO is not who. */
    public static final Analyzer EXACT = new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            var words = new WordTokenizer();
            return new TokenStreamComponents(words, new EnglishPossessiveFilter(words));
        }
    };

    public static final Analyzer NAMES = new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            var words = new WordTokenizer();
            return new TokenStreamComponents(words, folded(words));
        }
    };

    /** The accents of Latin, Greek and Cyrillic letters that are written as characters of their own. */
    private static final Pattern COMBINING = Pattern.compile("[\\u0300-\\u036f]+");

    private Analysis() {}

    private static TokenStream folded(TokenStream words) {
        return new ASCIIFoldingFilter(new PatternReplaceFilter(new GreekLowerCaseFilter(words), COMBINING, "", true));
    }

    /** A term and the place in the text that it came from, in UTF-16 units. */
    public record Term(String text, int start, int end) {}

    public static List<Term> terms(Analyzer analyzer, String text) {
        var terms = new ArrayList<Term>();
        try (TokenStream stream = analyzer.tokenStream("", text)) {
            var term = stream.addAttribute(CharTermAttribute.class);
            var offset = stream.addAttribute(OffsetAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                terms.add(new Term(term.toString(), offset.startOffset(), offset.endOffset()));
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException("Text in memory cannot fail to be read", e);
        }
        return terms;
    }

    public static List<String> words(Analyzer analyzer, String text) {
        return terms(analyzer, text).stream().map(Term::text).toList();
    }
}
