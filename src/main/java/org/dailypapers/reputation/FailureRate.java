package org.dailypapers.reputation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The letters of one kind that leave with no long gap between, how many of them met no mailbox, and whether the relay
 * tells recipients apart: one that refuses all of them with the same words has said nothing of any of them.
 */
final class FailureRate {

    /** A silence so long begins another run. */
    static final Duration GAP = Duration.ofHours(1);

    /** The share of hard failures in a run of fewer letters says nothing. */
    static final int LEAST = 50;

    /** So many recipients who are refused with the same words, and nobody else, are a fault that is probably ours. */
    static final int TELLING = 3;

    /** Hard failures that a list of living readers does not have: one in twenty. */
    private static final int ONE_IN = 20;

    private final Map<String, Refusal> suppressed = new LinkedHashMap<>();
    private final Map<String, Refusal> withheld = new LinkedHashMap<>();
    private final Set<String> refused = new HashSet<>();
    private @Nullable String words;
    private boolean tellsApart;
    private Instant last = Instant.EPOCH;
    private long letters;
    private long hard;

    /**
     * Why an address is to be suppressed.
     *
     * @param coded whether the reply had a code for it, so that it is believed of the only recipient of a run
     */
    record Refusal(String reason, boolean coded) {}

    /** Counts a letter that was accepted or refused. */
    synchronized void count(Instant at, boolean hardFailure) {
        if (Duration.between(last, at).abs().compareTo(GAP) > 0) {
            letters = 0;
            hard = 0;
            suppressed.clear();
            withheld.clear();
            refused.clear();
            words = null;
            tellsApart = false;
        }
        last = at;
        letters++;
        hard += hardFailure ? 1 : 0;
    }

    /**
     * The same of letters that were accepted and came back, hours later and anywhere: 5 % of fifty at least, or all of few.
     *
     * @param letters how many the run has, counted up to a number
     */
    static boolean isSuspect(long hard, LongUnaryOperator letters) {
        if (hard < TELLING) {
            return false;
        }
        long counted = letters.applyAsLong(Math.max(LEAST, hard * ONE_IN + 1));
        return counted < LEAST ? hard >= counted : hard * ONE_IN >= counted;
    }

    /** Whether more letters than 5 % fail hard: then the fault is probably ours. */
    synchronized boolean isSuspect() {
        return letters >= LEAST && hard * ONE_IN > letters;
    }

    /** Notes with which words, that name nobody, a recipient was said to have no mailbox. */
    synchronized void refused(String address, String said) {
        tellsApart |= words != null && !words.equals(said);
        words = said;
        if (!tellsApart) {
            refused.add(address);
        }
    }

    /** Notes that the relay tells recipients apart: it took a letter, or knows a mailbox. */
    synchronized void tellsApart() {
        tellsApart = true;
        refused.clear();
    }

    /** Whether recipients were refused with the same words, three at least, and nobody else was told anything else. */
    synchronized boolean refusesAll() {
        return !tellsApart && refused.size() >= TELLING;
    }

    /** Keeps an address that is to be suppressed until {@link #released}. */
    synchronized void withhold(String address, Refusal why) {
        withheld.put(address, why);
    }

    /** Who may be suppressed now: everybody once the relay tells recipients apart. A second time nobody. */
    synchronized Map<String, Refusal> released() {
        var released = new LinkedHashMap<String, Refusal>();
        if (!isSuspect()) {
            withheld.forEach((address, why) -> {
                if (tellsApart || why.coded() && refused.size() <= 1) {
                    released.put(address, why);
                }
            });
        }
        withheld.keySet().removeAll(released.keySet());
        if (letters < LEAST) {
            suppressed.putAll(released);
        }
        return released;
    }

    /** Whose suppression is to be lifted and withheld again, since another recipient was refused with the same words. */
    synchronized List<String> doubtful() {
        if (tellsApart || refused.size() <= 1) {
            return List.of();
        }
        withheld.putAll(suppressed);
        List<String> addresses = List.copyOf(suppressed.keySet());
        suppressed.clear();
        return addresses;
    }

    /** The addresses suppressed before the run could be judged; nobody is withheld any more. A second time none. */
    synchronized List<String> liftAll() {
        List<String> addresses = List.copyOf(suppressed.keySet());
        suppressed.clear();
        withheld.clear();
        return addresses;
    }

    @Override
    public synchronized String toString() {
        return hard + " of " + letters + " letters";
    }
}
