package org.dailypapers.outbox;

/** Where a message stands; all but the first are ends. */
public enum MessageState {
    QUEUED,
    /** By the relay. */
    ACCEPTED,
    /** Refused for good, with the reply that said so. */
    REJECTED,
    /** Not delivered in time. */
    EXPIRED,
    /** No longer wanted by its reader. */
    WITHDRAWN
}
