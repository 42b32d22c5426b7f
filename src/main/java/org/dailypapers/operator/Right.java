package org.dailypapers.operator;

/** What an operator may do at the desk. */
public enum Right {
    /** Look at figures, editions and pictures; no reader's address among them. */
    LOOK("look at figures and editions"),
    /** Find readers and help them. */
    SERVE("find readers and help them"),
    /** Choose and write what an edition shows. */
    CURATE("choose and write what editions show"),
    /** Close, fetch, send again: what moves the day. */
    RUN("close, fetch and send again"),
    /** Say who runs the service. */
    OWN("say who runs the service");

    private final String words;

    Right(String words) {
        this.words = words;
    }

    /** After "may". */
    public String words() {
        return words;
    }
}
