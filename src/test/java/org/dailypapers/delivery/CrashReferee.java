package org.dailypapers.delivery;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.dailypapers.delivery.FaultySmtpServer.Taken;

/**
 * Says whether the promise was kept, from the receiver's ledger and from what the service acknowledged; never from what
 * the service counts itself.
 */
record CrashReferee(List<Run> runs, List<Promise> promises) {

    /**
     * A life of the service.
     *
     * @param point null where it was not killed
     * @param connections that the receiver had seen in all when it was over
     * @param lines that were open when it was killed
     * @param reached whether it was killed where it was to be
     */
    record Run(CrashPoint point, int trial, int connections, int lines, boolean reached) {}

    /**
     * Something that the service acknowledged with 200.
     *
     * @param run in which it did so
     */
    record Promise(int run, String reader, Kind kind) {

        enum Kind {
            /** Subscribed: a confirmation is to come. */
            CONFIRMATION,
            /** Confirmed: a first digest is to come. */
            DIGEST,
            /** Left: nothing is to come. */
            LEAVING
        }
    }

    /**
     * What became of a run.
     *
     * @param acknowledged how many promises it made
     * @param lost how many of them were not kept
     * @param repeats letters that its crash made come twice
     * @param different letters of its repeats whose bytes or Message-ID changed
     */
    record Outcome(Run run, int acknowledged, int lost, int repeats, int different) {

        boolean kept() {
            return run.reached() && lost == 0 && repeats <= run.lines() && different == 0;
        }
    }

    /** The outcomes of all runs that ended in a kill. */
    record Verdict(List<Outcome> outcomes, int letters) {

        long kept() {
            return outcomes.stream().filter(Outcome::kept).count();
        }
    }

    /** The letters that were promised and that nobody received. */
    Set<Promise> lost(List<Taken> ledger) {
        var received = new HashSet<String>();
        ledger.forEach(letter -> received.add(letter.recipient() + kind(letter)));
        var lost = new HashSet<Promise>();
        synchronized (promises) {
            for (Promise promise : promises) {
                if (promise.kind() != Promise.Kind.LEAVING && !received.contains(promise.reader() + promise.kind())) {
                    lost.add(promise);
                }
            }
        }
        return lost;
    }

    /**
     * @param withdrawn whether the database says in the end that a reader has left
     */
    Verdict verdict(List<Taken> ledger, Predicate<String> withdrawn) {
        Set<Promise> lost = lost(ledger);
        promises.stream()
                .filter(promise -> promise.kind() == Promise.Kind.LEAVING)
                .filter(promise -> !withdrawn.test(promise.reader()))
                .forEach(lost::add);
        var repeats = new TreeMap<Integer, Integer>();
        var different = new TreeMap<Integer, Integer>();
        Map<String, Taken> last = new HashMap<>();
        for (Taken letter : ledger) {
            Taken before = last.put(letter.recipient() + kind(letter), letter);
            if (before != null) {
                int crash = run(before);
                repeats.merge(crash, 1, Integer::sum);
                if (!Arrays.equals(before.bytes(), letter.bytes())
                        || !before.messageId().equals(letter.messageId())
                        || letter.messageId().isEmpty()) {
                    different.merge(crash, 1, Integer::sum);
                }
            }
        }
        var outcomes = new java.util.ArrayList<Outcome>();
        for (int i = 0; i < runs.size(); i++) {
            int number = i;
            if (runs.get(i).point() != null) {
                outcomes.add(new Outcome(
                        runs.get(i),
                        (int) promises.stream().filter(p -> p.run() == number).count(),
                        (int) lost.stream().filter(p -> p.run() == number).count(),
                        repeats.getOrDefault(i, 0),
                        different.getOrDefault(i, 0)));
            }
        }
        return new Verdict(List.copyOf(outcomes), ledger.size());
    }

    /** The run in which a letter was taken. */
    private int run(Taken letter) {
        for (int i = 0; i < runs.size(); i++) {
            if (letter.connection() <= runs.get(i).connections()) {
                return i;
            }
        }
        return runs.size();
    }

    private static Promise.Kind kind(Taken letter) {
        return letter.text().contains("List-Unsubscribe:") ? Promise.Kind.DIGEST : Promise.Kind.CONFIRMATION;
    }
}
