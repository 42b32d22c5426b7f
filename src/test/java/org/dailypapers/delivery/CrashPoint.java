package org.dailypapers.delivery;

/** Where the service is killed: the steps of a letter, and of a reader who comes or leaves. */
enum CrashPoint {
    CLAIM("claim"),
    COMPOSE("compose"),
    CONNECT("connect"),
    MAIL("MAIL"),
    RCPT("RCPT"),
    DATA("DATA"),
    BODY("in the body"),
    DOT("after the dot"),
    BEFORE_RECORD("after 250, before the record"),
    AFTER_RECORD("after the record"),
    SUBSCRIBE("in a subscribe"),
    UNSUBSCRIBE("in an unsubscribe");

    private final String label;

    CrashPoint(String label) {
        this.label = label;
    }

    /** Whether a person's request, rather than a letter, is under way. */
    boolean isRequest() {
        return this == SUBSCRIBE || this == UNSUBSCRIBE;
    }

    @Override
    public String toString() {
        return label;
    }
}
