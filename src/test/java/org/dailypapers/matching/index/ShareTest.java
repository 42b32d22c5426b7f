package org.dailypapers.matching.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShareTest {

    private static int each(long room, long... wanted) {
        return Share.ofEach(wanted, room);
    }

    @Test
    void whereThereIsRoomForAllNobodyIsCut() {
        assertEquals(Integer.MAX_VALUE, each(10));
        assertEquals(Integer.MAX_VALUE, each(10, 3, 7));
    }

    @Test
    void onlyGreatWantsAreCut() {
        assertEquals(8, each(10, 2, 9));
        assertEquals(4, each(10, 2, 9, 9));
        assertEquals(50, each(500_000, filled(10_000, 3_303)));
        assertEquals(1, each(2, 5, 5, 5));
    }

    private static long[] filled(int count, long wanted) {
        long[] all = new long[count];
        Arrays.fill(all, wanted);
        return all;
    }

    @Test
    void theRoomIsKeptAndUsed() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 1_000; round++) {
            long[] wanted = random.longs(1 + random.nextInt(20), 0, 100).toArray();
            long room = wanted.length + random.nextInt(1_000);
            int each = Share.ofEach(wanted, room);
            long taken = Arrays.stream(wanted).map(w -> Math.min(w, each)).sum();
            long more = Arrays.stream(wanted).map(w -> Math.min(w, each + 1L)).sum();
            assertTrue(taken <= room, "seed " + seed);
            assertTrue(each == Integer.MAX_VALUE || more > room, "seed " + seed);
        }
    }
}
