package org.dailypapers.reputation;

/** What the operator should know at once; docs/operations.md says what to do. */
public enum Alarm {
    /** The relay refuses our login: nothing leaves. */
    LOGIN("The relay refuses the login"),
    /** Recipients' hosts distrust us: digests wait. */
    POLICY("Mail hosts distrust our letters"),
    /** The relay blames our letters, or us. */
    OUR_FAULT("The relay finds fault with our letters"),
    /** Too many readers have no mailbox for the fault to be theirs. */
    HARD_FAILURES("Too many mailboxes are unknown"),
    /** A refusal that no rule knows. */
    REFUSED("The relay refuses a letter for a reason we do not know"),
    /** A message that cannot be dealt with was put aside. */
    POISON("A message was put aside"),
    /** The database refuses what the service needs, or is away: what waits, waits. */
    DATABASE("The database refuses or is away"),
    /** A source of papers has not answered for a whole weekday. */
    SOURCE("A source of papers does not answer"),
    /** The clock says that editions which have closed are still to come. */
    CLOCK("The clock is wrong"),
    /** A tick of the day does not end. */
    DAY("The day stands still");

    private final String title;

    Alarm(String title) {
        this.title = title;
    }

    /** In some words, for people. */
    public String title() {
        return title;
    }
}
