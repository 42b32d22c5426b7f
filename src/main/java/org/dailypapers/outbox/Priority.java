package org.dailypapers.outbox;

/** Which letters leave first: all that are due of the one before any of the other. */
public enum Priority {
    /** Somebody waits for it, for they have just asked for it: confirmations, links, first letters; and alarms. */
    TRANSACTIONAL(0),
    /** Goes out in runs. */
    BULK(1);

    private final int rank;

    Priority(int rank) {
        this.rank = rank;
    }

    /** As the column has it; the lowest leaves first. */
    int rank() {
        return rank;
    }
}
