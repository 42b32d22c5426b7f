package org.dailypapers.matching.index;

import java.util.Arrays;

/** Shares what there is room for among those who want some of it: small wants are met in full, great ones are cut. */
final class Share {

    private Share() {}

    /**
     * The most that each of them may have, so that they have no more than the room together; one at least.
     *
     * @return {@link Integer#MAX_VALUE} where there is room for all
     */
    static int ofEach(long[] wanted, long room) {
        long[] ascending = wanted.clone();
        Arrays.sort(ascending);
        long left = room;
        for (int i = 0; i < ascending.length; i++) {
            long each = left / (ascending.length - i);
            if (ascending[i] > each) {
                return Math.clamp(each, 1, Integer.MAX_VALUE);
            }
            left -= ascending[i];
        }
        return Integer.MAX_VALUE;
    }
}
