package org.dailypapers.delivery;

import java.util.List;
import java.util.Optional;
import org.dailypapers.outbox.OutboundMessage;

/** The seam by which delivery asks for its letters: one implementation for each kind, found by CDI. */
public interface Letters {

    /** The kind of message that this one makes letters for. */
    String kind();

    /** Whether such letters leave though a run is stopped: those to the operator, which are queued as transactional. */
    default boolean urgent() {
        return false;
    }

    /**
     * The drafts of those messages, read in one go, in their order; nothing where a letter is no longer wanted. Called
     * just before they are sent.
     */
    List<Optional<Draft>> drafts(List<OutboundMessage> messages);
}
