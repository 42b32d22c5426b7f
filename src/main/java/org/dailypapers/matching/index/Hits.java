package org.dailypapers.matching.index;

import java.util.Arrays;
import java.util.BitSet;
import org.dailypapers.interest.Interest;
import org.jspecify.annotations.Nullable;

/**
 * What one line finds in an index, best first: asked once, then added into the list of everybody who has that line.
 *
 * <p>What a find gives to a paper's score, its share, is counted in millionths, so that sums are exact whatever their
 * order: ties are to be broken by meaning. Of equal shares the lower document comes first.
 */
public final class Hits {

    public static final double MILLION = 1e6;

    private final Interest interest;

    /** Held here too: of most lines, which find nothing, no more than this object is then looked at. */
    private final int size;

    private final boolean muted;
    private final boolean lessening;

    /** Each the complement of a share above its document, so that ascending numbers are descending shares. */
    private final long[] finds;

    private volatile @Nullable BitSet set;

    private Hits(Interest interest, long[] finds) {
        this.interest = interest;
        this.finds = finds;
        size = finds.length;
        muted = interest.muted();
        lessening = interest.lessens();
    }

    /** @param factor for each document of the index, what its relevance is multiplied by beside the line's weight */
    static Hits of(Interest interest, Found found, double[] factor) {
        long[] finds = new long[found.size()];
        for (int i = 0; i < finds.length; i++) {
            int document = found.documents()[i];
            double share = found.relevance()[i] * factor[document] * interest.weight();
            finds[i] = (long) ~millionths(share) << Integer.SIZE | document;
        }
        Arrays.sort(finds);
        return new Hits(interest, finds);
    }

    /** The line that asks, with its weight, and whether it mutes. */
    public Interest interest() {
        return interest;
    }

    public boolean muted() {
        return muted;
    }

    /** Whether its shares are taken away from what other lines give. */
    public boolean lessening() {
        return lessening;
    }

    public int size() {
        return size;
    }

    public int document(int place) {
        return (int) finds[place];
    }

    /** Relevance × signals × the line's weight, in millionths. */
    public int share(int place) {
        return ~(int) (finds[place] >> Integer.SIZE);
    }

    /** The share of a document that is among them. */
    public int shareOf(int document) {
        int place = 0;
        while (document(place) != document) {
            place++;
        }
        return share(place);
    }

    /** At least one, so that what is found stays found. */
    private static int millionths(double share) {
        return Math.clamp(Math.round(share * MILLION), 1, Integer.MAX_VALUE);
    }

    /** Whether the document is among them. */
    public boolean holds(int document) {
        return documents().get(document);
    }

    /** The documents as a set, made at the first call; not to be changed. */
    public BitSet documents() {
        BitSet documents = set;
        if (documents == null) {
            documents = new BitSet();
            for (long find : finds) {
                documents.set((int) find);
            }
            set = documents;
        }
        return documents;
    }
}
