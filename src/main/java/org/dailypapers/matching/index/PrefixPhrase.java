package org.dailypapers.matching.index;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.MultiPhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/** Words that stand together, of the last one its beginning only: {@code self-superv*}. */
final class PrefixPhrase extends Query {

    static final int MOST_ENDINGS = 1_000;

    private final String field;
    private final List<String> words;

    /** @param words two at least */
    PrefixPhrase(String field, List<String> words) {
        this.field = field;
        this.words = List.copyOf(words);
    }

    @Override
    public Query rewrite(IndexSearcher searcher) throws IOException {
        List<Term> endings = endings(searcher);
        if (endings.isEmpty()) {
            return new MatchNoDocsQuery();
        }
        var phrase = new MultiPhraseQuery.Builder();
        words.subList(0, words.size() - 1).forEach(word -> phrase.add(new Term(field, word)));
        return phrase.add(endings.toArray(Term[]::new)).build();
    }

    /** The words that begin so; of very many those that most papers hold, for each is read beside all others. */
    private List<Term> endings(IndexSearcher searcher) throws IOException {
        var start = new BytesRef(words.getLast());
        var found = new HashMap<BytesRef, Integer>();
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            TermsEnum terms = Terms.getTerms(leaf.reader(), field).iterator();
            if (terms.seekCeil(start) == TermsEnum.SeekStatus.END) {
                continue;
            }
            BytesRef term = terms.term();
            while (term != null && StringHelper.startsWith(term, start)) {
                found.merge(BytesRef.deepCopyOf(term), terms.docFreq(), Integer::sum);
                term = terms.next();
            }
        }
        return found.entrySet().stream()
                .sorted(Map.Entry.<BytesRef, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_ENDINGS)
                .map(ending -> new Term(field, ending.getKey()))
                .toList();
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public String toString(String defaultField) {
        return field + ":\"" + String.join(" ", words) + "*\"";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PrefixPhrase that && field.equals(that.field) && words.equals(that.words);
    }

    @Override
    public int hashCode() {
        return 31 * field.hashCode() + words.hashCode();
    }
}
