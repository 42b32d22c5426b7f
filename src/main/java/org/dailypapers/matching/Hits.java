package org.dailypapers.matching;

import java.util.Arrays;
import java.util.BitSet;
import org.dailypapers.interest.Interest;

/**
 * What one line finds in an index, best first: asked once, then merged into the list of everybody who has that line.
 *
 * <p>A find is one number, the complement of its score above its document, so that ascending numbers are descending
 * scores and of equal ones the lower document. A score is counted in millionths: what differs in the eighth digit differs
 * by the order of an addition, and ties are to be broken by meaning.
 */
final class Hits {

    private static final double MILLION = 1e6;

    private final Interest interest;
    private final long[] best;
    private BitSet set;

    private Hits(Interest interest, long[] best) {
        this.interest = interest;
        this.best = best;
    }

    /** @param factor for each document of the index, what its relevance is multiplied by */
    static Hits of(Interest interest, Found found, double[] factor) {
        long[] hits = new long[found.size()];
        for (int i = 0; i < hits.length; i++) {
            int document = found.documents()[i];
            hits[i] = (long) (Integer.MAX_VALUE - millionths(found.relevance()[i] * factor[document])) << Integer.SIZE
                    | document;
        }
        Arrays.sort(hits);
        return new Hits(interest, hits);
    }

    /** The line that asks, with its weight, and whether it mutes. */
    Interest interest() {
        return interest;
    }

    int size() {
        return best.length;
    }

    /** The document at that place, from 0. */
    int document(int place) {
        return (int) best[place];
    }

    /** Relevance × ranking factor at that place, before the line's weight. */
    double score(int place) {
        return (Integer.MAX_VALUE - (int) (best[place] >>> Integer.SIZE)) / MILLION;
    }

    /** At least one, so that what is found stays found. */
    private static int millionths(double score) {
        return (int) Math.clamp(Math.round(score * MILLION), 1, Integer.MAX_VALUE);
    }

    /** Whether the document is among them. */
    boolean holds(int document) {
        return documents().get(document);
    }

    /** The documents as a set, made at the first call; not to be changed. */
    BitSet documents() {
        if (set == null) {
            var documents = new BitSet();
            for (long hit : best) {
                documents.set((int) hit);
            }
            set = documents;
        }
        return set;
    }
}
