package org.dailypapers.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import org.dailypapers.interest.Interest;

/**
 * Picks the papers of one reader after another from one index; keeps its working space between them, so it serves one
 * thread.
 *
 * <p>A paper's score is the sum of what each of the reader's interests gives it. The best one is picked again and again.
 * An interest that finds n of the picked ones gives {@code 0.35^(n/size)} of its share from then on, so a broad one does
 * not drown the others. A twin of a picked paper is passed over. The picked ones are put in the order of their full scores.
 * Of equal ones the lower document comes first. See docs/ranking.md.
 *
 * <p>What a paper is worth only ever falls, so a worth that was computed earlier is an upper bound: only papers that come
 * to the top of the heap are looked at again.
 */
public final class Picker {

    /** What an interest still gives when the whole list is its own. */
    static final double VARIETY = 0.35;

    /** Below a worth in a key of the heap stands the complement of the document. */
    private static final int DOCUMENT_BITS = 20;

    private static final long DOCUMENT = (1L << DOCUMENT_BITS) - 1;
    private static final int NONE = -1;

    private final EditionIndex index;
    private final List<Hits> found = new ArrayList<>();
    private int turn;

    /** For each document: the last reader's turn in which it was found, and in which it was out of question. */
    private final int[] touched;

    private final int[] out;

    /** For each document that was found: its score in millionths, and the first of the links that make it up. */
    private final long[] score;

    private final int[] first;

    /** Links: which interest gives how much, and the next one of the same document. */
    private int[] giver = new int[64];

    private int[] share = new int[64];
    private int[] next = new int[64];
    private int links;

    private long[] heap = new long[64];
    private int heaped;

    private final List<Hits> asked = new ArrayList<>();
    private final List<Hits> muted = new ArrayList<>();
    private int[] taken = new int[16];

    /** What an interest still gives after so many papers of it, for lists of one size. */
    private double[] left = new double[0];

    private int size;

    private int count;
    private long[] picked = new long[16];
    private final List<Candidate> filled = new ArrayList<>();

    /** @throws IllegalArgumentException where the index has more than a million papers */
    public Picker(EditionIndex index) {
        if (index.size() > DOCUMENT) {
            throw new IllegalArgumentException(index.size() + " papers in one range of editions; at most " + DOCUMENT);
        }
        this.index = index;
        touched = new int[index.size()];
        out = new int[index.size()];
        score = new long[index.size()];
        first = new int[index.size()];
    }

    /** How many were picked last. */
    public int count() {
        return count + filled.size();
    }

    /** The paper at that place of the last reader's list. */
    public Candidate candidate(int place) {
        return place < count ? index.candidates().get(document(picked[place])) : filled.get(place - count);
    }

    /** Its score; of one that completes the list its trending factor. */
    public double score(int place) {
        return place < count
                ? (picked[place] >> DOCUMENT_BITS) / Hits.MILLION
                : candidate(place).trending();
    }

    /** The line that gives it most; null where it completes the list. */
    public String line(int place) {
        Interest reason = reason(place);
        return reason == null ? null : reason.line();
    }

    /** The interest that gives it most, of equal ones the reader's first; null where it completes the list. */
    Interest reason(int place) {
        if (place >= count) {
            return null;
        }
        int best = first[document(picked[place])];
        for (int link = next[best]; link != NONE; link = next[link]) {
            best = share[link] > share[best] ? link : best;
        }
        return asked.get(giver[best]).interest();
    }

    /**
     * Picks a reader's papers.
     *
     * @param lines of the language; one that cannot be read finds nothing
     * @param size the most papers
     * @param fill whether trending papers complete the list
     * @param minVotes papers with fewer votes, or unknown ones, are left out where it is above 0
     * @param seen whether a paper, by its id, has been in a letter to this reader
     * @return how many
     */
    public int pick(List<String> lines, int size, boolean fill, int minVotes, LongPredicate seen) {
        found.clear();
        for (String line : lines) {
            index.ask(line).ifPresent(found::add);
        }
        return pick(size, fill, minVotes, seen, found);
    }

    /** The same for what each of their interests finds. */
    int pick(int size, boolean fill, int minVotes, LongPredicate seen, List<Hits> all) {
        prepare(size);
        begin(all);
        while (count < size && heaped > 0) {
            int document = document(heap[0]);
            long worth = worth(document);
            if (barred(document, minVotes, seen)) {
                removeTop();
            } else if (worth == heap[0] >> DOCUMENT_BITS) {
                removeTop();
                take(document);
            } else {
                heap[0] = key(worth, document);
                sink(0);
            }
        }
        Arrays.sort(picked, 0, count);
        reverse();
        if (fill && count < size) {
            fill(size, minVotes, seen);
        }
        return count();
    }

    private void prepare(int size) {
        int most = Math.min(size, index.size()) + 1;
        if (size != this.size || most > left.length) {
            this.size = size;
            left = new double[most];
            for (int n = 0; n < most; n++) {
                left[n] = Math.pow(VARIETY, (double) n / size);
            }
        }
    }

    private void begin(List<Hits> all) {
        turn++;
        count = 0;
        filled.clear();
        asked.clear();
        muted.clear();
        int finds = 0;
        for (Hits hits : all) {
            (hits.interest().muted() ? muted : asked).add(hits);
            finds += hits.size();
        }
        room(finds);
        links = 0;
        heaped = 0;
        // Backwards, so that a document's links are in the order of the interests.
        for (int list = asked.size() - 1; list >= 0; list--) {
            taken[list] = 0;
            add(list, asked.get(list));
        }
        for (int i = 0; i < heaped; i++) {
            int document = (int) heap[i];
            heap[i] = key(score[document], document);
        }
        for (int i = heaped / 2 - 1; i >= 0; i--) {
            sink(i);
        }
    }

    private void room(int finds) {
        if (finds > giver.length) {
            giver = new int[2 * finds];
            share = new int[2 * finds];
            next = new int[2 * finds];
        }
        if (finds > heap.length) {
            heap = new long[2 * finds];
        }
        if (asked.size() > taken.length) {
            taken = new int[2 * asked.size()];
        }
    }

    private void add(int list, Hits hits) {
        for (int i = 0; i < hits.size(); i++) {
            int document = hits.document(i);
            int given = hits.share(i);
            if (touched[document] != turn) {
                touched[document] = turn;
                score[document] = 0;
                first[document] = NONE;
                heap[heaped++] = document;
            }
            score[document] += given;
            giver[links] = list;
            share[links] = given;
            next[links] = first[document];
            first[document] = links++;
        }
    }

    /** What the document is worth after what has been picked, in millionths. */
    private long worth(int document) {
        double worth = 0;
        for (int link = first[document]; link != NONE; link = next[link]) {
            worth += share[link] * left[taken[giver[link]]];
        }
        return Math.round(worth);
    }

    private boolean barred(int document, int minVotes, LongPredicate seen) {
        if (out[document] == turn || minVotes > 0 && index.votes(document) < minVotes) {
            return true;
        }
        for (Hits hits : muted) {
            if (hits.holds(document)) {
                return true;
            }
        }
        return seen.test(index.paperId(document));
    }

    private void take(int document) {
        if (count == picked.length) {
            picked = Arrays.copyOf(picked, 2 * count);
        }
        picked[count++] = key(score[document], document);
        for (int link = first[document]; link != NONE; link = next[link]) {
            taken[giver[link]]++;
        }
        leaveOut(document);
    }

    private void leaveOut(int document) {
        out[document] = turn;
        for (int twin : index.twins(document)) {
            out[twin] = turn;
        }
    }

    private void fill(int size, int minVotes, LongPredicate seen) {
        for (int document = 0; document < out.length && count() < size; document++) {
            Candidate candidate = index.candidates().get(document);
            if (candidate.voted() && !barred(document, minVotes, seen)) {
                filled.add(candidate);
                leaveOut(document);
            }
        }
    }

    /** Larger for a higher worth, and for a lower document where that is equal. */
    private static long key(long worth, int document) {
        return worth << DOCUMENT_BITS | DOCUMENT - document;
    }

    private static int document(long key) {
        return (int) (DOCUMENT - (key & DOCUMENT));
    }

    private void removeTop() {
        heap[0] = heap[--heaped];
        sink(0);
    }

    private void sink(int from) {
        long key = heap[from];
        int i = from;
        for (int child = 2 * i + 1; child < heaped; child = 2 * i + 1) {
            if (child + 1 < heaped && heap[child + 1] > heap[child]) {
                child++;
            }
            if (heap[child] <= key) {
                break;
            }
            heap[i] = heap[child];
            i = child;
        }
        heap[i] = key;
    }

    private void reverse() {
        for (int i = 0, j = count - 1; i < j; i++, j--) {
            long key = picked[i];
            picked[i] = picked[j];
            picked[j] = key;
        }
    }
}
