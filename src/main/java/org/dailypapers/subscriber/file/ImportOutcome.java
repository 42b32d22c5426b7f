package org.dailypapers.subscriber.file;

/** What a line of a list came to. */
public enum ImportOutcome {
    /** A new reader. */
    NEW,
    /** Somebody new who has not confirmed, and is sent nothing. */
    PENDING,
    CHANGED,
    UNCHANGED,
    /** Somebody is out by it. */
    LEFT,
    /** The address is not to be written to. */
    SUPPRESSED
}
