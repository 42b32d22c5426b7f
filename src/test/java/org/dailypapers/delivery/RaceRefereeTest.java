package org.dailypapers.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dailypapers.delivery.FaultySmtpServer.Taken;
import org.dailypapers.delivery.RaceReferee.Moment;
import org.dailypapers.delivery.RaceReferee.Verdict;
import org.junit.jupiter.api.Test;

class RaceRefereeTest {

    @Test
    void aLetterThatNobodyTookIsMissed() {
        Verdict verdict = RaceReferee.verdict(Set.of("a", "b"), List.of(ledger("a")), List.of());

        assertEquals(1, verdict.none());
        assertFalse(verdict.kept());
    }

    @Test
    void aRepeatUnderWayAtAStopIsExplained() {
        Verdict verdict =
                RaceReferee.verdict(Set.of("a", "b"), List.of(ledger("b", "a", "a")), List.of(new Moment(0, 1, 2, 1)));

        assertEquals(1, verdict.repeats());
        assertTrue(verdict.kept());
    }

    @Test
    void aRepeatFarFromEveryStopIsNotExplained() {
        Verdict verdict =
                RaceReferee.verdict(Set.of("a"), List.of(ledger(far("a", "a"))), List.of(new Moment(0, 10, 11, 1)));

        assertEquals(1, verdict.unexplained().size());
        assertFalse(verdict.kept());
    }

    @Test
    void aStopExplainsNoMoreRepeatsThanItHadLines() {
        Verdict verdict = RaceReferee.verdict(
                Set.of("a", "b"), List.of(ledger("a", "b", "a", "b")), List.of(new Moment(0, 0, 2, 1)));

        assertEquals(1, verdict.unexplained().size());
    }

    @Test
    void aRepeatGivesItsLineToOneThatHasNoOtherStop() {
        // "a" was under way at both stops, "b" at the first alone; and the same with their parts changed.
        for (List<String> pair : List.of(List.of("a", "b"), List.of("b", "a"))) {
            String flexible = pair.getFirst();
            String bound = pair.getLast();
            Verdict verdict = RaceReferee.verdict(
                    Set.of("a", "b"),
                    List.of(ledger(flexible, bound), ledger(far(flexible, bound))),
                    List.of(new Moment(0, 0, 2, 1), new Moment(1, 0, 1, 1)));

            assertEquals(2, verdict.repeats());
            assertTrue(verdict.kept());
        }
    }

    private static List<Taken> ledger(String... readers) {
        return Stream.of(readers)
                .map(reader ->
                        new Taken(1, "", "", reader, ("Message-ID: <" + reader + ">").getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    /** The first of them at once, the second after so many others that no moment about the first holds it. */
    private static String[] far(String first, String second) {
        return Stream.concat(
                        Stream.concat(Stream.of(first), IntStream.range(0, 20).mapToObj(i -> "other" + i)),
                        Stream.of(second))
                .toArray(String[]::new);
    }
}
