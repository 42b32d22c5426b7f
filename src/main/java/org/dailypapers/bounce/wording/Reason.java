package org.dailypapers.bounce.wording;

import org.dailypapers.smtp.ReplyMeaning;

/**
 * Why a letter came back, in the order in which words are asked for it; {@code wording.txt} has the words. What follows is
 * what follows from a relay's reply of the same meaning.
 */
public enum Reason {
    SENDER("sender refused", ReplyMeaning.OUR_FAULT),
    AUTHENTICATION("sender not authenticated", ReplyMeaning.POLICY),
    LISTED("sender listed", ReplyMeaning.POLICY),
    SPAM("taken for spam", ReplyMeaning.POLICY),
    FAST("too much at once", ReplyMeaning.LATER),
    TOO_BIG("letter too big", ReplyMeaning.OUR_FAULT),
    FULL("mailbox full", ReplyMeaning.SOFT),
    SUSPENDED("mailbox suspended", ReplyMeaning.SOFT),
    DISABLED("mailbox disabled", ReplyMeaning.DISABLED),
    /** Said of a mailbox that may well be there: who filters by sender says so too. */
    FILTERED("perhaps filtered by the recipient", ReplyMeaning.SOFT),
    RELAYING("relaying refused", ReplyMeaning.POLICY),
    MOVED("moved", ReplyMeaning.NO_SUCH_MAILBOX),
    NO_MAIL("domain takes no mail", ReplyMeaning.NO_SUCH_MAILBOX),
    NO_DOMAIN("no such domain", ReplyMeaning.NO_SUCH_MAILBOX),
    UNKNOWN("no such mailbox", ReplyMeaning.NO_SUCH_MAILBOX),
    UNREACHABLE_SCRIPT("host takes no such address", ReplyMeaning.NO_SUCH_MAILBOX),
    LOOP("goes in circles", ReplyMeaning.SOFT),
    FORM("form of the letter", ReplyMeaning.OUR_FAULT),
    EXPIRED("not delivered in time", ReplyMeaning.LATER),
    NETWORK("host not reached", ReplyMeaning.LATER),
    SYSTEM("trouble of their host", ReplyMeaning.SOFT),
    REFUSED_BY_POLICY("refused by policy", ReplyMeaning.POLICY);

    private final String name;
    private final ReplyMeaning meaning;

    Reason(String name, ReplyMeaning meaning) {
        this.name = name;
        this.meaning = meaning;
    }

    /** What follows. */
    public ReplyMeaning meaning() {
        return meaning;
    }

    /** Whether it tells of a mailbox that cannot be written to any more. */
    public boolean isHard() {
        return meaning == ReplyMeaning.NO_SUCH_MAILBOX || meaning == ReplyMeaning.DISABLED;
    }

    @Override
    public String toString() {
        return name;
    }
}
