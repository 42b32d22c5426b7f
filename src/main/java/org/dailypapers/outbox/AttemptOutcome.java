package org.dailypapers.outbox;

/** What came of one try of a message. */
public enum AttemptOutcome {
    ACCEPTED,
    REJECTED,
    /** To be tried again. */
    DEFERRED,
    /** The line broke between the final dot and its reply. */
    UNKNOWN,
    /** Given up without a refusal. */
    EXPIRED,
    /** No longer wanted by its reader. */
    WITHDRAWN;

    /** What a message's end says of the try that brought it; a queued message has none. */
    public static AttemptOutcome of(MessageState end) {
        return switch (end) {
            case ACCEPTED -> ACCEPTED;
            case REJECTED -> REJECTED;
            case EXPIRED -> EXPIRED;
            case WITHDRAWN -> WITHDRAWN;
            case QUEUED -> throw new IllegalArgumentException("A queued message has not ended");
        };
    }

    /** Where the message stands after it. */
    MessageState state() {
        return switch (this) {
            case ACCEPTED -> MessageState.ACCEPTED;
            case REJECTED -> MessageState.REJECTED;
            case EXPIRED -> MessageState.EXPIRED;
            case WITHDRAWN -> MessageState.WITHDRAWN;
            case DEFERRED, UNKNOWN -> MessageState.QUEUED;
        };
    }
}
