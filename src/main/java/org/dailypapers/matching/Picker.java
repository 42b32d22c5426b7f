package org.dailypapers.matching;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import org.dailypapers.interest.Interest;

/**
 * Picks the papers of one reader after another from one index; keeps its working space between them, so it serves one
 * thread.
 *
 * <p>What each interest finds lies best first, so a list is a merge of their heads that stops when it is full. A find
 * is worth {@code score × weight × 0.8ⁿ} where n papers of the same interest have been picked before it: so a broad
 * interest does not drown the others. A twin of a picked paper is passed over. The picked ones are put in the order of
 * their scores, {@code score × weight}; of equal ones the lower document comes first, then the earlier interest.
 */
final class Picker {

    /** What each further paper of the same interest is worth of the one before. */
    static final double VARIETY = 0.8;

    private static final double[] LEFT = new double[1024];

    static {
        LEFT[0] = 1;
        for (int n = 1; n < LEFT.length; n++) {
            LEFT[n] = LEFT[n - 1] * VARIETY;
        }
    }

    private final EditionIndex index;

    /** For each document the last reader's turn in which it was out of question. */
    private final int[] out;

    private int turn;

    private Hits[] asked = new Hits[16];
    private int[] place = new int[16];
    private int[] head = new int[16];
    private int[] taken = new int[16];
    private double[] worth = new double[16];
    private int lists;

    private Hits[] muted = new Hits[4];
    private int mutes;

    private int count;
    private int[] documents = new int[16];
    private double[] scores = new double[16];
    private Interest[] reasons = new Interest[16];

    Picker(EditionIndex index) {
        this.index = index;
        out = new int[index.size()];
    }

    /** How many were picked last. */
    int count() {
        return count;
    }

    /** The document of that place in the last reader's list. */
    int document(int place) {
        return documents[place];
    }

    /** Its score; of one that completes the list its trending factor. */
    double score(int place) {
        return scores[place];
    }

    /** The interest it is there for; null where it completes the list. */
    Interest reason(int place) {
        return reasons[place];
    }

    /**
     * Picks a reader's papers.
     *
     * @param asked what each of their interests finds
     * @param size the most papers
     * @param fill whether trending papers complete the list
     * @param minVotes papers with fewer votes, or unknown ones, are left out where it is above 0
     * @param seen whether a paper, by its id, has been in a letter to this reader
     * @return how many
     */
    int pick(List<Hits> asked, int size, boolean fill, int minVotes, LongPredicate seen) {
        begin(asked, minVotes, seen);
        while (count < size) {
            int best = best();
            if (best < 0) {
                break;
            }
            int document = head[best];
            if (out[document] != turn) {
                Interest interest = this.asked[best].interest();
                take(document, this.asked[best].score(place[best]) * interest.weight(), interest);
                taken[best]++;
            }
            advance(best, minVotes, seen);
        }
        sort();
        if (fill && count < size) {
            fill(size, minVotes, seen);
        }
        return count;
    }

    private void begin(List<Hits> all, int minVotes, LongPredicate seen) {
        turn++;
        count = 0;
        lists = 0;
        mutes = 0;
        room(all.size());
        for (int i = 0; i < all.size(); i++) {
            Hits hits = all.get(i);
            if (hits.interest().muted()) {
                muted[mutes++] = hits;
            } else if (hits.size() > 0) {
                asked[lists++] = hits;
            }
        }
        for (int list = 0; list < lists; list++) {
            place[list] = -1;
            taken[list] = 0;
            advance(list, minVotes, seen);
        }
    }

    private void room(int most) {
        if (most > asked.length) {
            asked = new Hits[2 * most];
            place = new int[2 * most];
            head = new int[2 * most];
            taken = new int[2 * most];
            worth = new double[2 * most];
        }
        if (most > muted.length) {
            muted = new Hits[2 * most];
        }
    }

    /** The list whose head is worth most; -1 where none is left. */
    private int best() {
        int best = -1;
        for (int list = 0; list < lists; list++) {
            if (head[list] >= 0
                    && (best < 0
                            || worth[list] > worth[best]
                            || worth[list] == worth[best] && head[list] < head[best])) {
                best = list;
            }
        }
        return best;
    }

    /** Moves a list's head to its next paper that may be picked. */
    private void advance(int list, int minVotes, LongPredicate seen) {
        Hits hits = asked[list];
        int next = place[list] + 1;
        while (next < hits.size() && barred(hits.document(next), minVotes, seen)) {
            next++;
        }
        place[list] = next;
        if (next == hits.size()) {
            head[list] = -1;
            return;
        }
        head[list] = hits.document(next);
        int before = Math.min(taken[list], LEFT.length - 1);
        worth[list] = hits.score(next) * hits.interest().weight() * LEFT[before];
    }

    private boolean barred(int document, int minVotes, LongPredicate seen) {
        if (out[document] == turn) {
            return true;
        }
        boolean barred = minVotes > 0 && index.votes(document) < minVotes;
        for (int i = 0; !barred && i < mutes; i++) {
            barred = muted[i].holds(document);
        }
        if (barred || seen.test(index.paperId(document))) {
            out[document] = turn;
            return true;
        }
        return false;
    }

    private void take(int document, double score, Interest reason) {
        if (count == documents.length) {
            documents = Arrays.copyOf(documents, 2 * count);
            scores = Arrays.copyOf(scores, 2 * count);
            reasons = Arrays.copyOf(reasons, 2 * count);
        }
        documents[count] = document;
        scores[count] = score;
        reasons[count++] = reason;
        out[document] = turn;
        for (int twin : index.twins(document)) {
            out[twin] = turn;
        }
    }

    /** By score; a list is short and nearly in order. */
    private void sort() {
        for (int i = 1; i < count; i++) {
            int document = documents[i];
            double score = scores[i];
            Interest reason = reasons[i];
            int j = i;
            while (j > 0 && (scores[j - 1] < score || scores[j - 1] == score && documents[j - 1] > document)) {
                documents[j] = documents[j - 1];
                scores[j] = scores[j - 1];
                reasons[j] = reasons[j - 1];
                j--;
            }
            documents[j] = document;
            scores[j] = score;
            reasons[j] = reason;
        }
    }

    private void fill(int size, int minVotes, LongPredicate seen) {
        for (int document = 0; document < out.length && count < size; document++) {
            Candidate candidate = index.candidates().get(document);
            if (candidate.voted() && !barred(document, minVotes, seen)) {
                take(document, candidate.trending(), null);
            }
        }
    }
}
