package org.dailypapers.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where every word stands in one field of some papers.
 *
 * <p>Arrays in memory rather than Lucene's index, of which a question costs some ten microseconds before the first
 * posting is read: fifty thousand distinct interests are asked of each day's papers (docs/performance.md).
 */
final class FieldIndex {

    private final Map<String, Postings> words;

    /** Every word in the order of its characters, for prefixes. */
    private final String[] sorted;

    /**
     * Where a word stands.
     *
     * @param documents ascending
     * @param starts where each document's positions begin; one more than there are documents
     * @param positions ascending within a document
     */
    private record Postings(int[] documents, int[] starts, int[] positions) {

        /** The place of the document, negative where it is not there. */
        int find(int document) {
            return Arrays.binarySearch(documents, document);
        }

        /** Each document and how often it holds the word. */
        Found all() {
            double[] times = new double[documents.length];
            for (int i = 0; i < times.length; i++) {
                times[i] = starts[i + 1] - starts[i];
            }
            return new Found(documents, times);
        }

        boolean at(int place, int position) {
            return Arrays.binarySearch(positions, starts[place], starts[place + 1], position) >= 0;
        }
    }

    private final int documents;

    private FieldIndex(Map<String, Postings> words, int documents) {
        this.words = words;
        this.documents = documents;
        sorted = words.keySet().toArray(String[]::new);
        Arrays.sort(sorted);
    }

    /** Takes the documents of a field in ascending order. */
    static final class Builder {

        private final Map<String, Growing> words = new HashMap<>();
        private int document = -1;
        private int position;

        private static final class Growing {
            private int[] documents = new int[2];
            private int[] starts = new int[2];
            private int[] positions = new int[2];
            private int count;
            private int stands;

            void add(int document, int position) {
                if (count == 0 || documents[count - 1] != document) {
                    if (count == documents.length) {
                        documents = Arrays.copyOf(documents, 2 * count);
                        starts = Arrays.copyOf(starts, 2 * count);
                    }
                    documents[count] = document;
                    starts[count++] = stands;
                }
                if (stands == positions.length) {
                    positions = Arrays.copyOf(positions, 2 * stands);
                }
                positions[stands++] = position;
            }

            Postings postings() {
                int[] ends = Arrays.copyOf(starts, count + 1);
                ends[count] = stands;
                return new Postings(Arrays.copyOf(documents, count), ends, Arrays.copyOf(positions, stands));
            }
        }

        /** Adds a value to a document: the one before or a later one. */
        Builder add(int document, List<String> value) {
            position = document == this.document ? position + IndexField.GAP : 0;
            this.document = document;
            for (String word : value) {
                words.computeIfAbsent(word, w -> new Growing()).add(document, position++);
            }
            return this;
        }

        FieldIndex build() {
            var postings = new HashMap<String, Postings>();
            words.forEach((word, growing) -> postings.put(word, growing.postings()));
            return new FieldIndex(postings, document + 1);
        }
    }

    /** The documents that hold these words side by side, and how often. */
    Found holding(List<String> phrase) {
        var wanted = new ArrayList<Postings>(phrase.size());
        for (String word : phrase) {
            Postings postings = words.get(word);
            if (postings == null) {
                return Found.NOTHING;
            }
            wanted.add(postings);
        }
        return switch (wanted.size()) {
            case 0 -> Found.NOTHING;
            case 1 -> wanted.getFirst().all();
            default -> together(wanted);
        };
    }

    /** The same where of the last word the beginning is enough. */
    Found holdingPrefix(List<String> phrase) {
        if (phrase.isEmpty()) {
            return Found.NOTHING;
        }
        double[] times = new double[documents];
        var form = new ArrayList<>(phrase);
        String prefix = phrase.getLast();
        int at = Arrays.binarySearch(sorted, prefix);
        for (int i = at < 0 ? -at - 1 : at; i < sorted.length && sorted[i].startsWith(prefix); i++) {
            form.set(form.size() - 1, sorted[i]);
            Found found = holding(form);
            for (int f = 0; f < found.size(); f++) {
                times[found.documents()[f]] += found.relevance()[f];
            }
        }
        return Found.of(times);
    }

    private static Found together(List<Postings> phrase) {
        Postings rarest = phrase.getFirst();
        for (Postings postings : phrase) {
            rarest = postings.documents().length < rarest.documents().length ? postings : rarest;
        }
        int[] found = new int[rarest.documents().length];
        double[] times = new double[found.length];
        int n = 0;
        int[] places = new int[phrase.size()];
        for (int document : rarest.documents()) {
            int here = allHold(phrase, document, places) ? sideBySide(phrase, places) : 0;
            if (here > 0) {
                found[n] = document;
                times[n++] = here;
            }
        }
        return new Found(Arrays.copyOf(found, n), Arrays.copyOf(times, n));
    }

    private static boolean allHold(List<Postings> phrase, int document, int[] places) {
        for (int i = 0; i < places.length; i++) {
            places[i] = phrase.get(i).find(document);
            if (places[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private static int sideBySide(List<Postings> phrase, int[] places) {
        Postings first = phrase.getFirst();
        int times = 0;
        for (int p = first.starts()[places[0]]; p < first.starts()[places[0] + 1]; p++) {
            int position = first.positions()[p];
            int word = 1;
            while (word < places.length && phrase.get(word).at(places[word], position + word)) {
                word++;
            }
            times += word == places.length ? 1 : 0;
        }
        return times;
    }
}
