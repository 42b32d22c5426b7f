package org.dailypapers.digest.rules;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What is to be done for a reader now. */
public sealed interface Turn {

    /** The reader's date that counts as served by the turn, if one does. */
    @Nullable
    LocalDate date();

    /** Nothing: the reader stands as before. */
    record LeaveAlone() implements Turn {

        @Override
        public @Nullable LocalDate date() {
            return null;
        }
    }

    /**
     * No digest now.
     *
     * @param until when the next one is due, while one is wanted
     */
    record WaitUntil(@Nullable Instant until, @Nullable LocalDate date) implements Turn {}

    /**
     * A digest of the editions of (from, to]; where they hold nothing for the reader no letter comes of it.
     *
     * @param advances whether the reader has then covered {@code to}
     */
    record Compose(
            DigestKind kind,
            LocalDate from,
            LocalDate to,
            boolean advances,
            @Nullable LocalDate date) implements Turn {}
}
