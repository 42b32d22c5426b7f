package org.dailypapers.desk.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reader, as their page shows them.
 *
 * @param acts what can be done for them just now
 * @param said what the last act came to; null where none was done
 */
record ReaderView(
        long id,
        String email,
        String state,
        List<Fact> facts,
        List<String> interests,
        List<Fact> consents,
        List<Letter> letters,
        List<Act> acts,
        @Nullable String said) {

    /** A fact and its name. */
    record Fact(String name, String value) {}

    /** @param page the address of a digest as it was sent; null where it is none */
    record Letter(
            String what, String at, String state, @Nullable String page, List<String> tries, List<Pick> picks) {}

    /** A paper and why it was in the letter. */
    record Pick(String id, String title, String why) {}

    /** Something that can be done. */
    record Act(String id, String name) {}
}
