package org.dailypapers.digest.letter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.dailypapers.matching.index.Met;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a text that is shown, marked where it met the reader's interest.
 *
 * @param met whether it did
 */
public record Part(String text, boolean met) {

    /** A text of which nothing met. */
    public static List<Part> plain(@Nullable String text) {
        return text == null || text.isEmpty() ? List.of() : List.of(new Part(text, false));
    }

    /** The text in pieces: what the spans mark, and what is between. */
    public static List<Part> of(String text, List<Met.Span> spans) {
        return of(text, 0, text.length(), spans);
    }

    /** The same of what stands from the one place to before the other. */
    static List<Part> of(String text, int from, int to, List<Met.Span> spans) {
        var parts = new ArrayList<Part>();
        int done = from;
        for (Met.Span span : spans.stream()
                .sorted(Comparator.comparingInt(Met.Span::start)
                        .thenComparing(Comparator.comparingInt(Met.Span::end).reversed()))
                .toList()) {
            int start = Math.max(span.start(), done);
            int end = Math.min(span.end(), to);
            if (start < end) {
                if (start > done) {
                    parts.add(new Part(text.substring(done, start), false));
                }
                parts.add(new Part(text.substring(start, end), true));
                done = end;
            }
        }
        if (done < to) {
            parts.add(new Part(text.substring(done, to), false));
        }
        return parts;
    }
}
