package org.dailypapers.matching;

import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.dailypapers.interest.Query;
import org.dailypapers.paper.Paper;

/** The fields that papers are indexed by, and how much a find in each of them counts. */
enum IndexField {
    TITLE("title", Analysis.PROSE, 1.0),
    KEYWORDS("keywords", Analysis.PROSE, 0.7),
    SUMMARY("summary", Analysis.PROSE, 0.5),
    AUTHOR("author", Analysis.NAMES, 1.0),
    ORGANIZATION("org", Analysis.NAMES, 0.8),
    CATEGORY("category", Analysis.NAMES, 0.6);

    /** Between the values of a list, so that no phrase spans two of them. */
    private static final int GAP = 100;

    final String id;
    final Analyzer analyzer;
    final double weight;

    IndexField(String id, Analyzer analyzer, double weight) {
        this.id = id;
        this.analyzer = analyzer;
        this.weight = weight;
    }

    static List<IndexField> of(Query.Field field) {
        return switch (field) {
            case ANYWHERE -> List.of(TITLE, KEYWORDS, SUMMARY);
            case TITLE -> List.of(TITLE);
            case AUTHOR -> List.of(AUTHOR);
            case ORGANIZATION -> List.of(ORGANIZATION);
            case CATEGORY -> List.of(CATEGORY);
        };
    }

    /** The analyzer of an index with these fields. */
    static Analyzer indexing() {
        return new PerFieldAnalyzerWrapper(
                spaced(Analysis.NAMES),
                java.util.Map.of(
                        TITLE.id, Analysis.PROSE, SUMMARY.id, Analysis.PROSE, KEYWORDS.id, spaced(Analysis.PROSE)));
    }

    private static Analyzer spaced(Analyzer analyzer) {
        return new org.apache.lucene.analysis.AnalyzerWrapper(analyzer.getReuseStrategy()) {
            @Override
            protected Analyzer getWrappedAnalyzer(String field) {
                return analyzer;
            }

            @Override
            public int getPositionIncrementGap(String field) {
                return GAP;
            }
        };
    }

    static Document document(Paper paper) {
        var document = new Document();
        document.add(new StringField("id", Long.toString(paper.id), Store.YES));
        document.add(new TextField(TITLE.id, paper.title, Store.NO));
        document.add(new TextField(SUMMARY.id, paper.summary, Store.NO));
        paper.keywords.forEach(k -> document.add(new TextField(KEYWORDS.id, k, Store.NO)));
        paper.authors.forEach(a -> document.add(new TextField(AUTHOR.id, a, Store.NO)));
        if (paper.organization != null) {
            document.add(new TextField(ORGANIZATION.id, paper.organization, Store.NO));
        }
        paper.categories.forEach(c -> document.add(new TextField(CATEGORY.id, category(c), Store.NO)));
        return document;
    }

    /** One term for one category: {@code cs.CL} must not be found as {@code cs} or {@code CL}. */
    static String category(String category) {
        var plain = new StringBuilder();
        category.codePoints().filter(Character::isLetterOrDigit).forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
