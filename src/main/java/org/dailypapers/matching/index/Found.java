package org.dailypapers.matching.index;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * The papers that a query finds, and how well each fits.
 *
 * @param documents ascending document numbers
 * @param relevance for each of them, above 0; while a word is being looked for, how often it stands there
 */
public record Found(int[] documents, double[] relevance) {

    static final Found NOTHING = new Found(new int[0], new double[0]);

    int size() {
        return documents.length;
    }

    /** The first so many of longer arrays, which are not to be used any more. */
    static Found first(int count, int[] documents, double[] relevance) {
        return count == documents.length
                ? new Found(documents, relevance)
                : new Found(Arrays.copyOf(documents, count), Arrays.copyOf(relevance, count));
    }

    /** What is above 0 in an array that has a place for each document. */
    static Found of(double[] dense) {
        int[] documents =
                IntStream.range(0, dense.length).filter(d -> dense[d] > 0).toArray();
        return new Found(
                documents, Arrays.stream(documents).mapToDouble(d -> dense[d]).toArray());
    }

    /** These documents, equally relevant. */
    static Found all(int[] documents, double relevance) {
        double[] equal = new double[documents.length];
        Arrays.fill(equal, relevance);
        return new Found(documents, equal);
    }

    /** What at least one of them finds, as well as the best of them does. */
    static Found any(List<Found> alternatives) {
        return alternatives.stream().reduce(Found::or).orElse(NOTHING);
    }

    /** What one of them finds, as well as the better one does. */
    Found or(Found other) {
        return merge(other, false);
    }

    /** What one of them finds, their relevance added up. */
    Found plus(Found other) {
        return merge(other, true);
    }

    private Found merge(Found other, boolean add) {
        if (other.size() == 0 || size() == 0) {
            return size() == 0 ? other : this;
        }
        int[] union = new int[size() + other.size()];
        double[] merged = new double[union.length];
        int n = 0;
        for (int i = 0, j = 0; i < size() || j < other.size(); n++) {
            int mine = i < size() ? documents[i] : Integer.MAX_VALUE;
            int theirs = j < other.size() ? other.documents[j] : Integer.MAX_VALUE;
            union[n] = Math.min(mine, theirs);
            double ours = mine <= theirs ? relevance[i++] : 0;
            double also = theirs <= mine ? other.relevance[j++] : 0;
            merged[n] = add ? ours + also : Math.max(ours, also);
        }
        return first(n, union, merged);
    }

    /** What both find, their relevance added up. */
    Found and(Found other) {
        int[] both = new int[Math.min(size(), other.size())];
        double[] sum = new double[both.length];
        int n = 0;
        for (int i = 0, j = 0; i < size() && j < other.size(); ) {
            if (documents[i] == other.documents[j]) {
                both[n] = documents[i];
                sum[n++] = relevance[i++] + other.relevance[j++];
            } else if (documents[i] < other.documents[j]) {
                i++;
            } else {
                j++;
            }
        }
        return first(n, both, sum);
    }

    /** What the other does not find. */
    Found without(Found other) {
        int[] rest = new int[size()];
        double[] found = new double[size()];
        int n = 0;
        for (int i = 0, j = 0; i < size(); i++) {
            while (j < other.size() && other.documents[j] < documents[i]) {
                j++;
            }
            if (j == other.size() || other.documents[j] != documents[i]) {
                rest[n] = documents[i];
                found[n++] = relevance[i];
            }
        }
        return n == size() ? this : first(n, rest, found);
    }

    /** The same papers, their relevance changed. */
    Found map(DoubleUnaryOperator change) {
        double[] changed = new double[relevance.length];
        for (int i = 0; i < changed.length; i++) {
            changed[i] = change.applyAsDouble(relevance[i]);
        }
        return new Found(documents, changed);
    }

    /** The same papers, every relevance divided by that. */
    Found divided(int by) {
        return by == 1 ? this : map(r -> r / by);
    }
}
