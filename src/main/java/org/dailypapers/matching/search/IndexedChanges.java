package org.dailypapers.matching.search;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.dailypapers.paper.Papers;
import org.jspecify.annotations.Nullable;

/** Which papers the index holds, and by which of their changes, at one moment. */
final class IndexedChanges implements Closeable {

    private final SearchIndex index;
    private final IndexSearcher searcher;
    private final List<Segment> segments = new ArrayList<>();
    private final FixedBitSet met;

    IndexedChanges(SearchIndex index) throws IOException {
        this.index = index;
        searcher = index.acquire();
        met = new FixedBitSet(Math.max(1, searcher.getIndexReader().maxDoc()));
        for (LeafReaderContext each : searcher.getIndexReader().leaves()) {
            segments.add(new Segment(each));
        }
    }

    /** Whether nothing is to be done for the paper: it is indexed as it is, or hidden and not indexed. */
    boolean knows(Papers.Change change) throws IOException {
        var id = new BytesRef(Long.toString(change.paper()));
        // The newest segments hold the newest papers.
        for (Segment segment : segments.reversed()) {
            int document = segment.document(id);
            if (document >= 0) {
                met.set(segment.base + document);
                return !change.hidden() && segment.change(document) == SearchIndex.change(change);
            }
        }
        return change.hidden();
    }

    /** Removes all whose paper was not asked for; how many. */
    int removeOthers() throws IOException {
        var stored = searcher.storedFields();
        int removed = 0;
        for (Segment segment : segments) {
            for (int document = 0; document < segment.reader.maxDoc(); document++) {
                if (segment.isLive(document) && !met.get(segment.base + document)) {
                    index.remove(Long.parseLong(
                            stored.document(segment.base + document).get(SearchIndex.ID)));
                    removed++;
                }
            }
        }
        return removed;
    }

    @Override
    public void close() throws IOException {
        index.release(searcher);
    }

    private static final class Segment {
        private final LeafReader reader;
        private final int base;
        private final TermsEnum ids;
        private final @Nullable Bits live;
        private @Nullable PostingsEnum postings;
        private NumericDocValues changes;

        Segment(LeafReaderContext context) throws IOException {
            reader = context.reader();
            base = context.docBase;
            ids = Terms.getTerms(reader, SearchIndex.ID).iterator();
            live = reader.getLiveDocs();
            changes = DocValues.getNumeric(reader, SearchIndex.CHANGE);
        }

        boolean isLive(int document) {
            return live == null || live.get(document);
        }

        /** The document of that paper, negative where there is none. */
        int document(BytesRef id) throws IOException {
            if (ids.seekExact(id)) {
                postings = ids.postings(postings, PostingsEnum.NONE);
                for (int found = postings.nextDoc();
                        found != DocIdSetIterator.NO_MORE_DOCS;
                        found = postings.nextDoc()) {
                    if (isLive(found)) {
                        return found;
                    }
                }
            }
            return -1;
        }

        long change(int document) throws IOException {
            if (changes.docID() > document) {
                changes = DocValues.getNumeric(reader, SearchIndex.CHANGE);
            }
            return changes.advanceExact(document) ? changes.longValue() : 0;
        }
    }
}
