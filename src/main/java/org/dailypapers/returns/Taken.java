package org.dailypapers.returns;

import java.util.OptionalLong;
import org.dailypapers.bounce.Outcome;

/**
 * A mail that was taken in, and what followed.
 *
 * @param outcome what it means for the letter that it is about
 * @param message the message; empty where it is about none of ours
 */
public record Taken(Outcome outcome, OptionalLong message, Followed followed) {

    /** What followed. */
    public enum Followed {
        /** It is news, and counts. */
        COUNTED("counted"),
        /** The same was told before. */
        KNOWN("known before"),
        /** It names a letter by what can be guessed: it is noted, and nothing follows. */
        NOTED("noted"),
        /** Somebody left by it. */
        LEFT("unsubscribed"),
        /** It tells of nothing that anything follows from. */
        NOTHING("nothing follows"),
        /** It tells of a failure or a complaint, and of no letter of ours. */
        STRANGE("no letter of ours");

        private final String words;

        Followed(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }
}
