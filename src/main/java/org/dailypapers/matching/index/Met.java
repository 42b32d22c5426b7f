package org.dailypapers.matching.index;

import java.util.List;

/**
 * What met an interest in a paper.
 *
 * @param words at most four, as they stand there, in the order of the query
 * @param spans where these and their like stand
 */
public record Met(List<String> words, List<Span> spans) {

    static final Met NOTHING = new Met(List.of(), List.of());

    public Met {
        words = List.copyOf(words);
        spans = List.copyOf(spans);
    }

    /** A text of a paper. */
    public enum Where {
        TITLE,
        SUMMARY,
        KEYWORD,
        AUTHOR,
        ORGANIZATION,
        CATEGORY
    }

    /**
     * A piece of a text.
     *
     * @param value which one of a list of keywords, authors or categories, from 0
     * @param start in UTF-16 units
     * @param end behind its last one
     */
    public record Span(Where where, int value, int start, int end) {}
}
