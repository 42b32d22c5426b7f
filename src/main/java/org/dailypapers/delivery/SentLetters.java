package org.dailypapers.delivery;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** The seam by which what comes back finds its letter: one implementation for each kind, found by CDI. */
public interface SentLetters {

    /** The kind of message that this one knows the letters of. */
    String kind();

    /**
     * Whom a letter was for, wanted or not.
     *
     * @param address as it stood in the envelope
     * @param run the letters that left together, such as those for one edition; at most 60 characters
     */
    record Sent(String address, String run) {}

    /** The letter of that row; empty where the row or its reader is gone. */
    Optional<Sent> sent(long reference);

    /** How many letters a run has, counted up to that number. */
    long letters(String run, long most);

    /** The row whose letter has that Message-ID, with its angle brackets; empty where none of this kind has. */
    OptionalLong reference(String messageId);

    /**
     * The row of the last letter to an address that had left by then; empty where none had. Only for whoever may name an
     * address, such as the provider that it was sent through.
     *
     * @param address in any spelling
     */
    OptionalLong last(String address, Instant until);
}
