package org.dailypapers.digest;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a text that is shown, marked where it met the reader's interest.
 *
 * @param met whether it did
 */
public record Part(String text, boolean met) {

    /** The text in pieces: each of the words, wherever it stands as whole words in whatever case, and what is between. */
    static List<Part> of(String text, List<String> words) {
        var parts = new ArrayList<Part>();
        int done = 0;
        for (int i = 0; i < text.length(); i++) {
            if (continues(text, i)) {
                continue;
            }
            int length = longest(text, i, words);
            if (length > 0) {
                if (i > done) {
                    parts.add(new Part(text.substring(done, i), false));
                }
                done = i + length;
                parts.add(new Part(text.substring(i, done), true));
                i = done - 1;
            }
        }
        if (done < text.length()) {
            parts.add(new Part(text.substring(done), false));
        }
        return parts;
    }

    /** The length of the longest of the words that stands there; 0 where none does. */
    private static int longest(String text, int start, List<String> words) {
        int longest = 0;
        for (String word : words) {
            int end = start + word.length();
            if (word.length() > longest
                    && text.regionMatches(true, start, word, 0, word.length())
                    && !continues(text, end)) {
                longest = word.length();
            }
        }
        return longest;
    }

    /** Whether a word goes on over that place. */
    private static boolean continues(String text, int place) {
        return place > 0
                && place < text.length()
                && Character.isLetterOrDigit(text.codePointBefore(place))
                && Character.isLetterOrDigit(text.codePointAt(place));
    }
}
