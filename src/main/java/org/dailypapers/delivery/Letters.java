package org.dailypapers.delivery;

import java.util.Optional;

/** The seam by which delivery asks for its letters: one implementation for each kind, found by CDI. */
public interface Letters {

    /** The kind of message that this one makes letters for. */
    String kind();

    /** Whether such letters leave though a run is stopped: those to the operator. */
    default boolean urgent() {
        return false;
    }

    /** The letter of that message, the same bytes each time; nothing where it is no longer wanted. */
    Optional<Letter> letter(OutboundMessage message);
}
