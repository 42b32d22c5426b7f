package org.dailypapers.reputation;

/** What the operator should know at once; docs/operations.md says what to do. */
public enum Alarm {
    /** The relay refuses our login: nothing leaves. */
    LOGIN(
            "The relay refuses the login",
            "Put DAILY_PAPERS_SMTP_USERNAME and _PASSWORD right, look with ./run doctor, and restart."),
    /** Recipients' hosts distrust us: digests wait. */
    POLICY(
            "Mail hosts distrust our letters",
            "Read the reply; look at SPF, DKIM and DMARC with ./run doctor, and at block lists; go slower with DAILY_PAPERS_SMTP_RATE."),
    /** The relay blames our letters, or us. */
    OUR_FAULT(
            "The relay finds fault with our letters",
            "Read the reply: relaying wants a login or this host in the relay's list; else it is a size limit or a missing extension."),
    /** Too many readers have no mailbox for the fault to be theirs. */
    HARD_FAILURES(
            "Too many mailboxes are unknown",
            "Look whether a wrong list of readers was imported, or the relay answers for hosts that it cannot reach."),
    /** A refusal that no rule knows. */
    REFUSED(
            "The relay refuses a letter for a reason we do not know",
            "Read the reply; nothing is to be done where it is one reader's."),
    /** A message that cannot be dealt with was put aside. */
    POISON("A message was put aside", "The log has the exception just before; please report it."),
    /** The database refuses what the service needs, or is away: what waits, waits. */
    DATABASE("The database refuses or is away", "Put right what the database says; no restart is needed."),
    /** A source of papers has not answered for a whole weekday. */
    SOURCE(
            "A source of papers does not answer",
            "Look at the network, a proxy, the source itself; for a longer gap fetch past days with ./run ingest --since=DATE."),
    /** The clock says that editions which have closed are still to come. */
    CLOCK("The clock is wrong", "Set the clock; ./run doctor says how far it is off."),
    /** A template of the operator's own failed at a real letter or page. */
    TEMPLATE(
            "A template of your own fails",
            "Mend the file that is named, and look with ./run templates; until then the built-in one is used."),
    /** A tick of the day does not end. */
    DAY("The day stands still", "Read where it hangs and restart the process; where it comes again, please report it.");

    private final String title;
    private final String advice;

    Alarm(String title, String advice) {
        this.title = title;
        this.advice = advice;
    }

    /** In some words, for people. */
    public String title() {
        return title;
    }

    /** What to do, in a sentence; docs/operations.md says more. */
    public String advice() {
        return advice;
    }
}
