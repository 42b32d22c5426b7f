package org.dailypapers.interest;

import java.util.List;

/** What an interest finds, as a tree. */
public sealed interface Query {

    /** Where in a paper a word is looked for. */
    enum Field {
        ANYWHERE,
        TITLE,
        AUTHOR,
        ORGANIZATION,
        CATEGORY
    }

    /** One word, by its stem; with a hyphen or a space inside, its parts side by side. */
    record Word(Field field, String text) implements Query {}

    /** Words that stand together, in this order. */
    record Phrase(Field field, String text) implements Query {}

    /** A word or words that stand together, letter for letter: no other case, accents or forms. */
    record Exact(Field field, String text) implements Query {}

    /** Every word that begins so. */
    record Prefix(Field field, String text) implements Query {}

    /** Everything that a topic of the catalogue finds. */
    record InTopic(String slug) implements Query {}

    /**
     * What resembles a paper.
     *
     * @param id as it was typed
     * @param less whether it sinks in letters for that, rather than rises
     */
    record Like(String id, boolean less) implements Query {}

    /** All of them, in any order. */
    record All(List<Query> parts) implements Query {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** At least one of them. */
    record Any(List<Query> parts) implements Query {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    /** What the inner query does not find. */
    record Not(Query inner) implements Query {}
}
