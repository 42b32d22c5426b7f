package org.dailypapers.matching.index;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where every word stands in those fields of some papers that are analysed alike.
 *
 * <p>Arrays in memory rather than Lucene's index, of which a question costs some ten microseconds before the first
 * posting is read: fifty thousand distinct interests are asked of each day's papers (docs/performance.md).
 *
 * <p>A place is a document's number above a field's ordinal above a position, so that the next word has the next place.
 */
final class WordIndex {

    private static final int POSITION_BITS = 24;
    private static final int FIELD_BITS = 8;
    private static final int FIELD = (1 << FIELD_BITS) - 1;

    /** The places of each word, ascending. */
    private final Map<String, long[]> words;

    /** Every word in the order of its characters, for prefixes. */
    private final String[] sorted;

    private final int documents;

    private WordIndex(Map<String, long[]> words, int documents) {
        this.words = words;
        this.documents = documents;
        sorted = words.keySet().toArray(String[]::new);
        Arrays.sort(sorted);
    }

    private static int document(long place) {
        return (int) (place >> FIELD_BITS + POSITION_BITS);
    }

    private static int field(long place) {
        return (int) (place >> POSITION_BITS) & FIELD;
    }

    /** Takes the documents in ascending order, of each its fields in theirs. */
    static final class Builder {

        private final Map<String, Places> words = new HashMap<>();
        private int document = -1;
        private @Nullable IndexField field;
        private int position;

        private static final class Places {
            private long[] places = new long[2];
            private int count;

            void add(long place) {
                if (count == places.length) {
                    places = Arrays.copyOf(places, 2 * count);
                }
                places[count++] = place;
            }

            long[] trimmed() {
                return Arrays.copyOf(places, count);
            }
        }

        /** Adds a value to a field of a document. */
        Builder add(int document, IndexField field, List<String> value) {
            position = document == this.document && field == this.field ? position + IndexField.GAP : 0;
            this.document = document;
            this.field = field;
            long start = ((long) document << FIELD_BITS | field.ordinal()) << POSITION_BITS;
            for (String word : value) {
                words.computeIfAbsent(word, w -> new Places()).add(start + position++);
            }
            return this;
        }

        WordIndex build() {
            Map<String, long[]> places = HashMap.newHashMap(words.size());
            words.forEach((word, growing) -> places.put(word, growing.trimmed()));
            return new WordIndex(places, document + 1);
        }
    }

    /**
     * The documents that hold these words side by side, and how often.
     *
     * @param weights what a time counts in each field, by its ordinal; 0 where it does not
     */
    Found holding(List<String> phrase, double[] weights) {
        if (phrase.isEmpty()) {
            return Found.NOTHING;
        }
        long[][] places = new long[phrase.size()][];
        for (int word = 0; word < places.length; word++) {
            places[word] = words.get(phrase.get(word));
            if (places[word] == null) {
                return Found.NOTHING;
            }
        }
        long[] starts = places.length == 1 ? places[0] : sideBySide(places);
        return counted(starts, weights);
    }

    /** The same where of the last word the beginning is enough. */
    Found holdingPrefix(List<String> phrase, double[] weights) {
        if (phrase.isEmpty()) {
            return Found.NOTHING;
        }
        double[] times = new double[documents];
        String[] form = phrase.toArray(String[]::new);
        String prefix = phrase.getLast();
        int at = Arrays.binarySearch(sorted, prefix);
        for (int i = at < 0 ? -at - 1 : at; i < sorted.length && sorted[i].startsWith(prefix); i++) {
            form[form.length - 1] = sorted[i];
            Found found = holding(List.of(form), weights);
            for (int f = 0; f < found.size(); f++) {
                times[found.documents()[f]] += found.relevance()[f];
            }
        }
        return Found.of(times);
    }

    private static Found counted(long[] places, double[] weights) {
        int[] found = new int[places.length];
        double[] times = new double[places.length];
        int last = -1;
        for (long place : places) {
            double weight = weights[field(place)];
            if (weight > 0) {
                int document = document(place);
                if (last < 0 || found[last] != document) {
                    found[++last] = document;
                }
                times[last] += weight;
            }
        }
        return Found.first(last + 1, found, times);
    }

    /** The places of the first word where each other one stands as far behind it as in the phrase. */
    private static long[] sideBySide(long[][] phrase) {
        int rarest = 0;
        for (int word = 1; word < phrase.length; word++) {
            rarest = phrase[word].length < phrase[rarest].length ? word : rarest;
        }
        long[] starts = new long[phrase[rarest].length];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = phrase[rarest][i] - rarest;
        }
        int count = starts.length;
        for (int word = 0; word < phrase.length && count > 0; word++) {
            count = word == rarest ? count : keepFollowed(starts, count, phrase[word], word);
        }
        return Arrays.copyOf(starts, count);
    }

    /** Keeps of so many starts those that the word follows at that distance; how many that are. */
    private static int keepFollowed(long[] starts, int count, long[] word, int distance) {
        int kept = 0;
        int at = 0;
        for (int i = 0; i < count; i++) {
            at = notBefore(word, at, starts[i] + distance);
            if (at == word.length) {
                break;
            }
            long start = starts[i];
            starts[kept] = start;
            kept += word[at] == start + distance ? 1 : 0;
        }
        return kept;
    }

    /** The first index at or after {@code from} where no less than that stands: by doubling steps, as it is near. */
    private static int notBefore(long[] ascending, int from, long least) {
        if (from == ascending.length || ascending[from] >= least) {
            return from;
        }
        int below = from;
        int step = 1;
        while (below + step < ascending.length && ascending[below + step] < least) {
            below += step;
            step *= 2;
        }
        int above = Math.min(below + step, ascending.length);
        while (above - below > 1) {
            int middle = (below + above) >>> 1;
            if (ascending[middle] < least) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return above;
    }
}
