package org.dailypapers.subscriber;

/** Why letters rest though the reader did not ask for it. */
public enum PauseReason {
    /** The mailbox could not take several letters in a row. */
    UNREACHABLE
}
