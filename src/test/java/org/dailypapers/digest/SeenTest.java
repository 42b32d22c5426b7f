package org.dailypapers.digest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeenTest {

    private static final LocalDate DAY = LocalDate.of(2027, 3, 1);

    @Test
    void nobodyHasSeenAnythingAtFirst() {
        Seen seen = Seen.read("");
        assertFalse(seen.has(1));
        assertEquals("", seen.write());
    }

    @Test
    void itsTextIsSmallAndSorted() {
        Seen seen = Seen.read("")
                .add(List.of(chosen(40, DAY), chosen(36, DAY), chosen(7, DAY.minusDays(1)), chosen(36, DAY)));
        String day = Long.toString(DAY.toEpochDay(), 36);
        String before = Long.toString(DAY.toEpochDay() - 1, 36);
        assertEquals(before + ".7," + day + ".10.4", seen.write());
    }

    @Test
    void whatWasGivenBackIsForgotten() {
        Seen seen = Seen.read("").add(List.of(chosen(1, DAY), chosen(2, DAY), chosen(3, DAY.plusDays(1))));
        seen.remove(List.of(chosen(2, DAY), chosen(3, DAY.plusDays(1)), chosen(99, DAY)));
        assertTrue(seen.has(1));
        assertFalse(seen.has(2));
        assertFalse(seen.has(3));
        assertEquals(Seen.read("").add(List.of(chosen(1, DAY))).write(), seen.write());
    }

    @Test
    void aPaperIsKeptForTwentyEightEditionsAfterItsFirst() {
        Seen seen = Seen.read("").add(List.of(chosen(1, DAY)));
        assertTrue(seen.forget(DAY.plusDays(28)).has(1));
        assertFalse(seen.forget(DAY.plusDays(29)).has(1));
        assertEquals("", seen.write());
    }

    @Test
    void readingWhatWasWrittenChangesNothing() {
        long seed = 20270301;
        var random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            Map<Long, Long> firstDays = new HashMap<>();
            Seen seen = Seen.read("");
            for (int step = random.nextInt(30); step > 0; step--) {
                List<Chosen> some = some(random, firstDays);
                switch (random.nextInt(4)) {
                    case 0 -> {
                        seen.remove(some);
                        some.forEach(c -> firstDays.remove(c.paper()));
                    }
                    case 1 -> {
                        LocalDate newest = DAY.plusDays(random.nextInt(60));
                        seen.forget(newest);
                        firstDays.values().removeIf(d -> d < newest.toEpochDay() - Seen.KEPT_EDITIONS);
                    }
                    default -> {
                        seen.add(some);
                        some.forEach(c -> firstDays.put(c.paper(), c.first()));
                    }
                }
                seen = Seen.read(seen.write());
            }
            String message = "seed " + seed + ", round " + round;
            assertEquals(seen.write(), Seen.read(seen.write()).write(), message);
            for (long paper = 1; paper <= 300; paper++) {
                assertEquals(firstDays.containsKey(paper), seen.has(paper), message + ", paper " + paper);
            }
        }
    }

    /** Some papers, each with the first day that it has had from the start: a paper has one only. */
    private static List<Chosen> some(Random random, Map<Long, Long> firstDays) {
        var some = new ArrayList<Chosen>();
        for (int i = random.nextInt(12); i > 0; i--) {
            long paper = 1 + random.nextInt(300);
            some.add(chosen(
                    paper,
                    LocalDate.ofEpochDay(firstDays.getOrDefault(
                            paper, DAY.plusDays(paper % 40).toEpochDay()))));
        }
        return some;
    }

    /** Ten papers each weekday, of a thousand that come in a day, kept for as long as they are: four weeks. */
    @Test
    void aTypicalReaderTakesSomeHundredBytes() {
        var random = new Random(7);
        Seen seen = Seen.read("");
        for (int day = 0; day < Seen.KEPT_EDITIONS; day++) {
            LocalDate date = DAY.plusDays(day);
            if (date.getDayOfWeek().getValue() <= 5) {
                long first = 2_000_000 + day * 1_000L;
                seen.add(LongStream.generate(() -> first + random.nextInt(1_000))
                        .limit(10)
                        .mapToObj(id -> chosen(id, date))
                        .toList());
            }
        }
        int bytes = seen.write().getBytes(StandardCharsets.US_ASCII).length;
        assertTrue(bytes < 1_000, bytes + " bytes");
    }

    private static Chosen chosen(long paper, LocalDate first) {
        return new Chosen(paper, first.toEpochDay(), null, null, 1, null, null, null, 0, null);
    }
}
