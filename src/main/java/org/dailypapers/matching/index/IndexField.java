package org.dailypapers.matching.index;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.dailypapers.interest.Query;
import org.dailypapers.matching.name.PersonNames;
import org.dailypapers.matching.word.Analysis;
import org.dailypapers.paper.Paper;

/** The fields that papers are indexed by, and how much a find in each of them counts. */
public enum IndexField {
    TITLE("title", Analysis.PROSE, 3),
    KEYWORDS("keywords", Analysis.PROSE, 2),
    SUMMARY("summary", Analysis.PROSE, 1),
    AUTHOR("author", Analysis.NAMES, 3),
    /** Whole names, by the terms of {@link PersonNames}. */
    NAME("name", Analysis.NAMES, 3),
    ORGANIZATION("org", Analysis.NAMES, 2),
    CATEGORY("category", Analysis.NAMES, 1),
    EXACT_TITLE("title=", Analysis.EXACT, 3),
    EXACT_KEYWORDS("keywords=", Analysis.EXACT, 2),
    EXACT_SUMMARY("summary=", Analysis.EXACT, 1),
    EXACT_ORGANIZATION("org=", Analysis.EXACT, 2);

    /** Between the values of a list, so that no phrase spans two of them. */
    static final int GAP = 100;

    private static final Map<Query.Field, double[]> WEIGHTS =
            Stream.of(Query.Field.values()).collect(Collectors.toUnmodifiableMap(f -> f, f -> weights(of(f))));

    final String id;
    final Analyzer analyzer;
    final double weight;

    IndexField(String id, Analyzer analyzer, double weight) {
        this.id = id;
        this.analyzer = analyzer;
        this.weight = weight;
    }

    /** Where a leaf that asks in that field is looked for. */
    static List<IndexField> of(Query leaf, Query.Field field) {
        return leaf instanceof Query.Exact ? exactly(field) : of(field);
    }

    private static List<IndexField> exactly(Query.Field field) {
        return switch (field) {
            case ANYWHERE -> List.of(EXACT_TITLE, EXACT_KEYWORDS, EXACT_SUMMARY);
            case TITLE -> List.of(EXACT_TITLE);
            case ORGANIZATION -> List.of(EXACT_ORGANIZATION);
            case AUTHOR, CATEGORY -> List.of();
        };
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

    /** What a find counts in each field, by its ordinal, where that is looked for; not to be changed. */
    static double[] weights(Query.Field field) {
        return Objects.requireNonNull(WEIGHTS.get(field));
    }

    /** The same for these fields. */
    static double[] weights(List<IndexField> places) {
        double[] weights = new double[values().length];
        places.forEach(p -> weights[p.ordinal()] = p.weight);
        return weights;
    }

    /** The fields of one analysis, in their order. */
    static List<IndexField> analysedBy(Analyzer analyzer) {
        return Stream.of(values()).filter(f -> f.analyzer == analyzer).toList();
    }

    /** The analyzer of an index with these fields. */
    public static Analyzer indexing() {
        return new PerFieldAnalyzerWrapper(
                spaced(Analysis.NAMES),
                Map.of(
                        TITLE.id,
                        Analysis.PROSE,
                        SUMMARY.id,
                        Analysis.PROSE,
                        KEYWORDS.id,
                        spaced(Analysis.PROSE),
                        EXACT_TITLE.id,
                        Analysis.EXACT,
                        EXACT_SUMMARY.id,
                        Analysis.EXACT,
                        EXACT_KEYWORDS.id,
                        spaced(Analysis.EXACT),
                        EXACT_ORGANIZATION.id,
                        Analysis.EXACT));
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

    /** Whether its values are authors' names, of which a paper may have thousands. */
    boolean ofAuthors() {
        return this == AUTHOR || this == NAME;
    }

    /** What a paper has in this field. */
    List<String> values(Paper paper) {
        return switch (this) {
            case TITLE, EXACT_TITLE -> List.of(paper.title);
            case SUMMARY, EXACT_SUMMARY -> List.of(paper.summary);
            case KEYWORDS, EXACT_KEYWORDS -> paper.keywords;
            case AUTHOR, NAME -> paper.authors;
            case ORGANIZATION, EXACT_ORGANIZATION ->
                paper.organization == null ? List.of() : List.of(paper.organization);
            case CATEGORY -> paper.categories;
        };
    }

    /** The words of a value or of what is asked, as this field holds them. */
    List<String> words(String text) {
        if (this == NAME) {
            return List.copyOf(PersonNames.indexed(text));
        }
        return Analysis.words(analyzer, this == CATEGORY ? category(text) : text);
    }

    /** The same without stems, of which a prefix is no beginning. */
    List<String> plainWords(String text) {
        return Analysis.words(Analysis.NAMES, this == CATEGORY ? category(text) : text);
    }

    public static Document document(Paper paper) {
        return document(paper, paper.authors.size());
    }

    /** The same with the first so many authors. */
    public static Document document(Paper paper, int authors) {
        var document = new Document();
        document.add(new StringField("id", Long.toString(paper.id), Store.YES));
        for (IndexField field : values()) {
            List<String> values = field.values(paper);
            for (String value : field.ofAuthors() ? values.subList(0, Math.min(authors, values.size())) : values) {
                if (field == NAME) {
                    field.words(value).forEach(term -> document.add(new StringField(field.id, term, Store.NO)));
                } else {
                    document.add(new TextField(field.id, field == CATEGORY ? category(value) : value, Store.NO));
                }
            }
        }
        return document;
    }

    /** One term for one category: {@code cs.CL} must not be found as {@code cs} or {@code CL}. */
    static String category(String category) {
        var plain = new StringBuilder();
        category.codePoints().filter(Character::isLetterOrDigit).forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
