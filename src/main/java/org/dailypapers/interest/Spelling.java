package org.dailypapers.interest;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Suggests what somebody may have meant. */
public final class Spelling {

    private Spelling() {}

    /** The candidate within two edits of the word, the nearest first, ties by the alphabet. */
    public static Optional<String> nearest(String word, Collection<String> candidates) {
        return candidates.stream()
                .filter(c -> Math.abs(c.length() - word.length()) <= 2)
                .filter(c -> edits(word, c) <= 2)
                .min(Comparator.<String>comparingInt(c -> edits(word, c)).thenComparing(c -> c));
    }

    /** Levenshtein's distance. */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + change);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
