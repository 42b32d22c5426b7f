package org.dailypapers.matching;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.dailypapers.matching.index.Hits;
import org.jspecify.annotations.Nullable;

/**
 * What one interest that finds much gives to the papers, or two of them together: added up once for everybody who has
 * them.
 */
final class Broad {

    private static final int GIVER_BITS = 1;
    private static final int GIVER = 1;

    private final long[] sums;

    /** For each document the greater share above the number of its giver. */
    private final long[] gifts;

    /** For each giver the documents to which it gives most, the highest sum first, of equal ones the lower document. */
    private final int[][] best;

    private Broad(int documents, Hits... givers) {
        sums = new long[documents];
        gifts = new long[documents];
        for (int giver = 0; giver < givers.length; giver++) {
            Hits hits = givers[giver];
            for (int i = 0; i < hits.size(); i++) {
                int document = hits.document(i);
                long share = hits.share(i);
                sums[document] += share;
                if (share > share(document)) {
                    gifts[document] = share << GIVER_BITS | giver;
                }
            }
        }
        best = new int[givers.length][];
        for (int giver = 0; giver < givers.length; giver++) {
            best[giver] = best(giver, givers[giver]);
        }
    }

    private int[] best(int giver, Hits hits) {
        long[] keys = new long[hits.size()];
        int count = 0;
        for (int i = 0; i < hits.size(); i++) {
            if (giver(hits.document(i)) == giver) {
                keys[count++] = Picker.key(sums[hits.document(i)], hits.document(i));
            }
        }
        Arrays.sort(keys, 0, count);
        int[] documents = new int[count];
        for (int i = 0; i < count; i++) {
            documents[i] = Picker.document(keys[count - 1 - i]);
        }
        return documents;
    }

    /** How many interests it is of: one or two. */
    int givers() {
        return best.length;
    }

    /** What they give to a document together, in millionths; 0 where none finds it. */
    long sum(int document) {
        return sums[document];
    }

    /** The greatest share among that. */
    long share(int document) {
        return gifts[document] >> GIVER_BITS;
    }

    /** Which of them gives that: 0 or 1, of equal ones the first. */
    int giver(int document) {
        return (int) gifts[document] & GIVER;
    }

    /** How many documents have their greatest share from that one. */
    int size(int giver) {
        return best[giver].length;
    }

    /** The document at that place of these, the highest sum first, of equal ones the lower document. */
    int document(int giver, int place) {
        return best[giver][place];
    }

    /** What was added up for interests that many readers have; serves one thread. */
    static final class Cache {

        /** In documents of 16 bytes. */
        private static final int MOST = 500_000;

        /** Adding up once costs as much as it saves so many readers. */
        private static final int WORTHWHILE = 16;

        private final int documents;
        private final Map<Pair, Broad> kept = new HashMap<>();

        /** How many of the last readers had what is not kept, by its hash: a few are counted together. */
        private final short[] readers = new short[1 << 12];

        private int counted;

        /** Two interests, or one alone. */
        private record Pair(Hits first, @Nullable Hits second) {}

        /** @param documents how many the index has */
        Cache(int documents) {
            this.documents = documents;
        }

        /** Of one interest; null where too few readers had it. */
        @Nullable
        Broad of(Hits one) {
            return of(one, null);
        }

        /**
         * Of two together; null where too few readers had both.
         *
         * @param first the one that counts where both give the same
         */
        @Nullable
        Broad of(Hits first, @Nullable Hits second) {
            var pair = new Pair(first, second);
            Broad known = kept.get(pair);
            return known == null && isWorthwhile(pair) ? added(pair) : known;
        }

        private Broad added(Pair pair) {
            // The index may have forgotten the answers meanwhile.
            if ((kept.size() + 1) * documents > MOST) {
                kept.clear();
                forget();
            }
            Broad broad = pair.second() == null
                    ? new Broad(documents, pair.first())
                    : new Broad(documents, pair.first(), pair.second());
            kept.put(pair, broad);
            return broad;
        }

        private boolean isWorthwhile(Pair pair) {
            if (++counted > 4 * readers.length) {
                forget();
            }
            return ++readers[pair.hashCode() & readers.length - 1] >= WORTHWHILE;
        }

        private void forget() {
            Arrays.fill(readers, (short) 0);
            counted = 1;
        }
    }
}
