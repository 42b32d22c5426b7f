package org.dailypapers.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongPredicate;
import org.dailypapers.interest.Interest;
import org.dailypapers.matching.index.Candidate;
import org.dailypapers.matching.index.EditionIndex;
import org.dailypapers.matching.index.Hits;
import org.jspecify.annotations.Nullable;

/**
 * Picks the papers of one reader after another from one index; keeps its working space between them, so it serves one
 * thread.
 *
 * <p>A paper's score is the sum of what the reader's interests give it; the one that gives most is its reason. The paper
 * that is worth most is picked again and again, worth being {@code score × 0.35^(n/size)} where n papers of the same
 * reason have been picked: so a broad interest does not drown the others. A twin of a picked paper is passed over. The
 * picked ones are put in the order of their scores. Of equal ones the lower document comes first. See docs/ranking.md.
 */
public final class Picker {

    /** What a paper is still worth when the whole list has its reason. */
    static final double VARIETY = 0.35;

    /** Worth is a whole number, so that it is the same in whatever order it is added up. */
    private static final double ONE = 1 << 20;

    /** Of a best gift, the bits of its interest, below how much it is. */
    private static final int LIST_BITS = 16;

    private static final int LIST = (1 << LIST_BITS) - 1;

    /** Of a paper's key, the bits of its document's complement, below its score: so keys descend as papers do. */
    private static final int DOCUMENT_BITS = 20;

    private static final int DOCUMENT = (1 << DOCUMENT_BITS) - 1;

    /** An interest that finds more than one in so many papers is broad. */
    private static final int BROAD = 16;

    private final EditionIndex index;
    private int turn;
    private int size;

    /** What is left of a score after so many papers of the same reason, for lists of this size. */
    private long[] left = new long[0];

    /** For each document the last reader's turn in which it was out of question. */
    private final int[] out;

    /**
     * For each document its score in millionths, 0 where nothing finds it, and the best gift in it: how much, above the
     * complement of its interest.
     */
    private final long[] score;

    private final long[] gift;

    /** Documents that were found, and the keys of those that may be picked. */
    private int[] open = new int[256];

    private long[] promising = new long[256];
    private int opened;
    private int promised;

    /** The highest keys, in their order. */
    private long[] best = new long[16];

    private final List<Hits> answers = new ArrayList<>();
    private final List<Hits> muted = new ArrayList<>();
    private final List<Hits> lessening = new ArrayList<>();

    /** The interests that find something, in the reader's order. */
    private Hits[] asked = new Hits[16];

    private int interests;

    private final Broad.Cache kept;

    /** The broad interests of this reader that are added last. */
    private @Nullable Broad broad;

    /** The places of the broad ones among the asked, -1 where there is none, and how far each has been added. */
    private final int[] places = new int[2];

    private final int[] reached = new int[2];

    /** For each key of a promising document the place of the next lower one of the same reason; -1 where there is none. */
    private int[] next = new int[256];

    /** For each interest the place of its best key that is still there, what that is worth, and how many were picked. */
    private int[] head = new int[16];

    private long[] worth = new long[16];
    private long[] enough = new long[16];
    private int[] taken = new int[16];

    private int count;
    private int[] picked = new int[16];
    private final List<Candidate> filled = new ArrayList<>();

    public Picker(EditionIndex index) {
        this.index = index;
        out = new int[index.size()];
        kept = new Broad.Cache(index.size());
        score = new long[index.size()];
        gift = new long[index.size()];
    }

    /** How many were picked last. */
    public int count() {
        return count + filled.size();
    }

    /** The paper at that place of the last reader's list. */
    public Candidate candidate(int place) {
        return place < count ? index.candidates().get(picked[place]) : filled.get(place - count);
    }

    /** Its score; of one that completes the list its trending factor. */
    public double score(int place) {
        return place < count
                ? score[picked[place]] / Hits.MILLION
                : candidate(place).trending();
    }

    /** The line that gives it most; null where it completes the list. */
    public @Nullable String line(int place) {
        Interest reason = reason(place);
        return reason == null ? null : reason.line();
    }

    /** The interest that gives it most, of equal ones the reader's first; null where it completes the list. */
    @Nullable
    Interest reason(int place) {
        return place < count ? asked[list(picked[place])].interest() : null;
    }

    /**
     * The lines that say why it is there, the one that gives most first, of equal ones the reader's first; of those that
     * name a paper the first only, for a reader may have liked many. None where it completes the list.
     */
    public List<String> lines(int place) {
        return interests(place).stream().map(Interest::line).toList();
    }

    /** The stems that make it like the paper that one of its lines names; none where none does. */
    public List<String> shared(int place) {
        return interests(place).stream()
                .filter(Interest::likes)
                .flatMap(interest -> index.shared(candidate(place).paper(), interest).stream())
                .toList();
    }

    private List<Interest> interests(int place) {
        return place < count ? met(picked[place]) : List.of();
    }

    /** Those of the interests that find the document which say why, in the order of what they give. */
    private List<Interest> met(int document) {
        var met = new ArrayList<Hits>();
        for (int list = 0; list < interests; list++) {
            if (asked[list].holds(document)) {
                met.add(asked[list]);
            }
        }
        met.sort(Comparator.comparingInt((Hits hits) -> hits.shareOf(document)).reversed());
        List<Interest> reasons = new ArrayList<>();
        boolean likes = false;
        for (Hits hits : met) {
            Interest interest = hits.interest();
            if (!interest.likes() || !likes) {
                reasons.add(interest);
            }
            likes |= interest.likes();
        }
        return reasons;
    }

    private int list(int document) {
        return LIST - (int) (gift[document] & LIST);
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
        answers.clear();
        for (String line : lines) {
            index.ask(line).ifPresent(answers::add);
        }
        return pick(size, fill, minVotes, seen, answers);
    }

    /** The same for what each of their interests finds. */
    int pick(int size, boolean fill, int minVotes, LongPredicate seen, List<Hits> all) {
        prepare(size);
        begin(all);
        addBroad(minVotes, seen);
        promise();
        prune(minVotes, seen);
        group(minVotes, seen);
        while (count < size) {
            int list = worthMost();
            if (list < 0) {
                break;
            }
            int document = document(promising[head[list]]);
            head[list] = next[head[list]];
            taken[list]++;
            picked[count++] = document;
            if (leaveOut(document)) {
                // A twin may have been one of the best, and more is needed then.
                addRest();
                promise();
                group(minVotes, seen);
            } else {
                settle(list, minVotes, seen);
            }
        }
        sort();
        if (fill && count < size) {
            fill(size, minVotes, seen);
        }
        return count();
    }

    private void prepare(int size) {
        int most = Math.min(size, index.size()) + 1;
        if (size != this.size || most > left.length) {
            this.size = size;
            best = new long[most];
            picked = new int[most];
            left = new long[most];
            for (int n = 0; n < most; n++) {
                left[n] = Math.round(ONE * Math.pow(VARIETY, (double) n / size));
            }
        }
    }

    private void begin(List<Hits> all) {
        turn++;
        count = 0;
        for (int i = 0; i < opened; i++) {
            score[open[i]] = 0;
            gift[open[i]] = 0;
        }
        opened = 0;
        filled.clear();
        take(all);
        chooseBroad();
        for (int list = 0; list < interests; list++) {
            if (list != places[0] && list != places[1]) {
                Hits hits = asked[list];
                for (int i = 0; i < hits.size(); i++) {
                    add(hits.document(i), hits.share(i), gift(list, hits.share(i)));
                }
            }
        }
        lessening.forEach(this::lessen);
    }

    /** Takes the shares away; a paper of which nothing is left is out, and keeps a score above 0 as one that was found. */
    private void lessen(Hits less) {
        for (int i = 0; i < less.size(); i++) {
            int document = less.document(i);
            if (score[document] > less.share(i)) {
                score[document] -= less.share(i);
            } else {
                out[document] = turn;
                score[document] = Math.min(score[document], 1);
            }
        }
    }

    private void take(List<Hits> all) {
        muted.clear();
        lessening.clear();
        interests = 0;
        if (all.size() > asked.length) {
            asked = new Hits[2 * all.size()];
            head = new int[2 * all.size()];
            worth = new long[2 * all.size()];
            enough = new long[2 * all.size()];
            taken = new int[2 * all.size()];
        }
        for (int i = 0; i < all.size(); i++) {
            Hits hits = all.get(i);
            // Without a branch on what it finds, which nobody could predict: so the next one is fetched meanwhile.
            asked[interests] = hits;
            interests += hits.size() > 0 && !hits.muted() && !hits.lessening() ? 1 : 0;
            if (hits.muted()) {
                muted.add(hits);
            }
            if (hits.lessening()) {
                lessening.add(hits);
            }
        }
        int finds = 1;
        for (int list = 0; list < interests; list++) {
            taken[list] = 0;
            finds += asked[list].size();
        }
        if (finds > open.length) {
            open = new int[2 * finds];
            promising = new long[2 * finds];
            next = new int[2 * finds];
        }
    }

    /** The two interests that find most, where they are broad. */
    private void chooseBroad() {
        int most = -1;
        int second = -1;
        int least = index.size() / BROAD;
        for (int list = 0; list < interests; list++) {
            int size = asked[list].size();
            if (size > least && (most < 0 || size > asked[most].size())) {
                second = most;
                most = list;
            } else if (size > least && (second < 0 || size > asked[second].size())) {
                second = list;
            }
        }
        broad = null;
        if (!lessening.isEmpty()) {
            // What is taken away can bring any paper of theirs to the end of their order.
            most = -1;
            second = -1;
        }
        if (second >= 0) {
            choose(Math.min(most, second), Math.max(most, second));
        }
        if (broad == null) {
            choose(most, -1);
        }
    }

    private void choose(int one, int other) {
        if (one >= 0) {
            broad = other < 0 ? kept.of(asked[one]) : kept.of(asked[one], asked[other]);
        }
        places[0] = broad == null ? -1 : one;
        places[1] = broad == null ? -1 : other;
    }

    private static long gift(int list, long share) {
        return share << LIST_BITS | LIST - list;
    }

    private void add(int document, long share, long gift) {
        long before = score[document];
        // Without a branch, which nobody could predict: the place is taken only by what was not there.
        open[opened] = document;
        opened += before == 0 ? 1 : 0;
        score[document] = before + share;
        this.gift[document] = Math.max(this.gift[document], gift);
    }

    private void addBroad(Broad broad, int document) {
        add(document, broad.sum(document), gift(places[broad.giver(document)], broad.share(document)));
    }

    /**
     * Adds of the broad interests only what counts: of the papers that nothing else finds, the letter holds of each reason
     * the best {@code size} at most.
     */
    private void addBroad(int minVotes, LongPredicate seen) {
        Broad broad = this.broad;
        if (broad == null) {
            return;
        }
        int others = opened;
        for (int i = 0; i < others; i++) {
            addBroad(broad, open[i]);
        }
        for (int giver = 0; giver < broad.givers(); giver++) {
            int wanted = size;
            int place = 0;
            for (; place < broad.size(giver) && wanted > 0; place++) {
                int document = broad.document(giver, place);
                if (score[document] == 0) {
                    addBroad(broad, document);
                    wanted -= barred(document, minVotes, seen) ? 0 : 1;
                }
            }
            reached[giver] = place;
        }
    }

    private void addRest() {
        Broad broad = this.broad;
        for (int giver = 0; broad != null && giver < broad.givers(); giver++) {
            for (; reached[giver] < broad.size(giver); reached[giver]++) {
                int document = broad.document(giver, reached[giver]);
                if (score[document] == 0) {
                    addBroad(broad, document);
                }
            }
        }
    }

    private void promise() {
        promised = opened;
        for (int i = 0; i < opened; i++) {
            promising[i] = key(score[open[i]], open[i]);
        }
    }

    /** A number that descends as papers do: by their score, of equal ones the lower document first. */
    static long key(long score, int document) {
        return score << DOCUMENT_BITS | DOCUMENT - document;
    }

    static int document(long key) {
        return DOCUMENT - (int) (key & DOCUMENT);
    }

    /**
     * Keeps what can be picked at all.
     *
     * <p>While the list is not full, one of the {@code size} best papers is still there. Before it only better ones of its
     * reason can have been picked, which are among those best too: so it is worth its score, lessened by as many as they
     * are. What is worth less than that for each of the best is never picked.
     */
    private void prune(int minVotes, LongPredicate seen) {
        if (opened <= 2 * size) {
            return;
        }
        int full = 0;
        for (int i = 0; i < opened; i++) {
            long key = promising[i];
            if ((full < size || key > best[size - 1]) && !barred(document(key), minVotes, seen)) {
                int place = full < size ? full++ : size - 1;
                while (place > 0 && key > best[place - 1]) {
                    best[place] = best[place - 1];
                    place--;
                }
                best[place] = key;
            }
        }
        if (full < size) {
            return;
        }
        long least = leastWorth();
        for (int list = 0; list < interests; list++) {
            enough[list] = Math.min(best[size - 1], Math.ceilDiv(least, left[taken[list]]) << DOCUMENT_BITS);
            taken[list] = 0;
        }
        promised = 0;
        for (int i = 0; i < opened; i++) {
            long key = promising[i];
            promising[promised] = key;
            promised += key >= enough[list(document(key))] ? 1 : 0;
        }
    }

    /** What the least of the best papers is worth when it is picked; counts how many of them each interest has. */
    private long leastWorth() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            int list = list(document(best[i]));
            least = Math.min(least, (best[i] >> DOCUMENT_BITS) * left[taken[list]++]);
        }
        return least;
    }

    /** Chains the promising papers of each reason, the best first. */
    private void group(int minVotes, LongPredicate seen) {
        Arrays.fill(head, 0, interests, -1);
        Arrays.sort(promising, 0, promised);
        for (int i = 0; i < promised; i++) {
            int document = document(promising[i]);
            if (out[document] != turn) {
                int list = list(document);
                next[i] = head[list];
                head[list] = i;
            }
        }
        for (int list = 0; list < interests; list++) {
            settle(list, minVotes, seen);
        }
    }

    /** Finds the best paper of a reason that may be picked; its worth is 0 where there is none. */
    private void settle(int list, int minVotes, LongPredicate seen) {
        int best = head[list];
        while (best >= 0 && barred(document(promising[best]), minVotes, seen)) {
            best = next[best];
        }
        head[list] = best;
        worth[list] = best < 0 ? 0 : (promising[best] >> DOCUMENT_BITS) * left[taken[list]];
    }

    /** The reason whose best paper is worth most; -1 where nothing is left. */
    private int worthMost() {
        int most = -1;
        for (int list = 0; list < interests; list++) {
            if (worth[list] > 0
                    && (most < 0
                            || worth[list] > worth[most]
                            || worth[list] == worth[most]
                                    && document(promising[head[list]]) < document(promising[head[most]]))) {
                most = list;
            }
        }
        return most;
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

    /** Whether it has twins, which are then left out too. */
    private boolean leaveOut(int document) {
        out[document] = turn;
        int[] twins = index.twins(document);
        for (int twin : twins) {
            out[twin] = turn;
        }
        return twins.length > 0;
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

    /** By score; a list is short and nearly in order. */
    private void sort() {
        for (int i = 1; i < count; i++) {
            int document = picked[i];
            int j = i;
            while (j > 0 && above(document, picked[j - 1])) {
                picked[j] = picked[j - 1];
                j--;
            }
            picked[j] = document;
        }
    }

    private boolean above(int document, int other) {
        return score[document] > score[other] || score[document] == score[other] && document < other;
    }
}
