package org.dailypapers.bounce;

/** What a mail that came back means for the letter it is about. */
public enum BounceClass {
    /** There is no such mailbox, or nobody can be reached there. */
    HARD("hard"),
    /** Not now, or not this letter: the mailbox may take the next one. */
    SOFT("soft"),
    /** They distrust the sender or the content. */
    POLICY("policy"),
    /** The sender's own fault, or a refusal that tells nothing. */
    FAULT("fault"),
    /** The reader, or somebody for them, complains. */
    COMPLAINT("complaint"),
    /** A machine answers for the reader: away, or asking the sender to prove that they are human. */
    AUTO_REPLY("auto-reply"),
    /** The letter arrived. */
    DELIVERED("delivered"),
    /** None of these: somebody writes, or a report that is about no letter. */
    NONE("none");

    private final String name;

    BounceClass(String name) {
        this.name = name;
    }

    @Override
    public String toString() {
        return name;
    }
}
