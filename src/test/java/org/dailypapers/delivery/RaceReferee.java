package org.dailypapers.delivery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dailypapers.delivery.FaultySmtpServer.Taken;

/** Says from the receivers' ledgers whether everybody got their letter, and why some came twice. */
final class RaceReferee {

    private RaceReferee() {}

    /**
     * A while in which a sender was hindered so that what it had sent could not be recorded.
     *
     * @param receiver the place of its receiver's ledger among the ledgers
     * @param before how many letters that receiver had taken when it began
     * @param after how many it had taken when it was over
     * @param lines how many lines to it were open when it began
     */
    record Moment(int receiver, int before, int after, int lines) {

        /** While one line waits for its letter to be recorded, each of the others may carry one more or two. */
        boolean explains(Copy copy) {
            return copy.receiver() == receiver && copy.place() >= before - 2 * lines && copy.place() < after + lines;
        }
    }

    /** A letter of a ledger, and its place there. */
    record Copy(int receiver, int place, Taken letter) {

        @Override
        public String toString() {
            return "receiver " + receiver + "'s letter " + place + " (line " + letter.connection() + ")";
        }
    }

    /**
     * What was found.
     *
     * @param letters that were to come
     * @param none readers whom none reached
     * @param repeats letters taken beyond the first of a reader
     * @param allowed lines that were open at the moments
     * @param unexplained the copies of each letter that was not under way at any of the moments, or was one of more than
     *     it had lines
     * @param different repeats with other bytes or another Message-ID
     */
    record Verdict(int letters, int none, int repeats, int allowed, List<List<Copy>> unexplained, int different) {

        boolean kept() {
            return none == 0 && repeats <= allowed && unexplained.isEmpty() && different == 0;
        }
    }

    /** @param awaited the readers who were to get a letter, one each */
    static Verdict verdict(Set<String> awaited, List<List<Taken>> ledgers, List<Moment> moments) {
        Map<String, List<Copy>> copies = new HashMap<>();
        for (int receiver = 0; receiver < ledgers.size(); receiver++) {
            for (int place = 0; place < ledgers.get(receiver).size(); place++) {
                Taken letter = ledgers.get(receiver).get(place);
                copies.computeIfAbsent(letter.recipient(), reader -> new ArrayList<>())
                        .add(new Copy(receiver, place, letter));
            }
        }
        int repeats = 0;
        int different = 0;
        List<List<Copy>> unexplained = new ArrayList<>();
        var lines = new Lines(moments);
        for (List<Copy> same : copies.values()) {
            repeats += same.size() - 1;
            different += (int)
                    same.stream().filter(copy -> !equal(copy, same.getFirst())).count();
            for (int i = 1; i < same.size(); i++) {
                if (!lines.explain(same, new HashSet<>())) {
                    unexplained.add(same);
                }
            }
        }
        var none = new HashSet<>(awaited);
        none.removeAll(copies.keySet());
        int allowed = moments.stream().mapToInt(Moment::lines).sum();
        return new Verdict(awaited.size(), none.size(), repeats, allowed, unexplained, different);
    }

    /** Whose repeat each line of each moment explains: as many as can be (a matching by augmenting paths). */
    private static final class Lines {

        private final List<Moment> moments;
        private final List<List<List<Copy>>> explained = new ArrayList<>();

        Lines(List<Moment> moments) {
            this.moments = moments;
            moments.forEach(moment -> explained.add(new ArrayList<>()));
        }

        /** Gives a repeat a line of a moment at which one of the copies was under way, moving others where needed. */
        boolean explain(List<Copy> same, Set<Integer> tried) {
            for (int i = 0; i < moments.size(); i++) {
                if (same.stream().anyMatch(moments.get(i)::explains) && tried.add(i)) {
                    List<List<Copy>> here = explained.get(i);
                    if (here.size() < moments.get(i).lines()) {
                        here.add(same);
                        return true;
                    }
                    for (int line = 0; line < here.size(); line++) {
                        if (explain(here.get(line), tried)) {
                            here.set(line, same);
                            return true;
                        }
                    }
                }
            }
            return false;
        }
    }

    private static boolean equal(Copy one, Copy other) {
        return Arrays.equals(one.letter().bytes(), other.letter().bytes())
                && one.letter().messageId().equals(other.letter().messageId())
                && !one.letter().messageId().isEmpty();
    }
}
