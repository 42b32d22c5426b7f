package org.dailypapers.bounce;

import java.util.Optional;
import org.dailypapers.bounce.wording.Diagnosis;
import org.dailypapers.bounce.wording.Reason;
import org.dailypapers.smtp.ReplyMeaning;
import org.dailypapers.smtp.SmtpReply;
import org.dailypapers.smtp.SmtpStage;

/** Makes outcomes of what was found. */
final class Outcomes {

    private static final int LONGEST_REASON = 300;

    private Outcomes() {}

    /** A delivery that failed, or has not succeeded yet. */
    static Outcome failed(Diagnosis told, Diagnosis.Finding finding, boolean delayed) {
        BounceClass kind = delayed ? BounceClass.SOFT : kind(finding.meaning());
        Optional<Outcome.Failure> failure = delayed
                ? Optional.empty()
                : Optional.of(new Outcome.Failure(cause(finding), told.reply(), atTheEnd(finding.meaning())));
        return new Outcome(kind, told.code(), told.recipient(), reason(told, finding, delayed), failure);
    }

    /** A delivery that was given up, and the report does not tell why. */
    static Outcome untold(String recipient) {
        String cause = "not told";
        return new Outcome(
                BounceClass.SOFT,
                Optional.empty(),
                recipient,
                cause,
                Optional.of(new Outcome.Failure(
                        cause, new SmtpReply(SmtpStage.RCPT, Diagnosis.PERMANENT, cause), ReplyMeaning.SOFT)));
    }

    /** What a reply for now means once nobody tries any more; a login was not ours, but their relay's. */
    private static ReplyMeaning atTheEnd(ReplyMeaning meaning) {
        return switch (meaning) {
            case LATER, SLOW_DOWN -> ReplyMeaning.SOFT;
            case POLICY_FOR_NOW -> ReplyMeaning.POLICY;
            case LOGIN -> ReplyMeaning.OUR_FAULT;
            case NO_SUCH_MAILBOX, PERHAPS_NO_MAILBOX, DISABLED, SOFT, OUR_FAULT, POLICY, REFUSED -> meaning;
        };
    }

    /** What a relay's reply of this meaning would do to the letter, as a class. */
    static BounceClass kind(ReplyMeaning meaning) {
        return switch (meaning) {
            case NO_SUCH_MAILBOX, PERHAPS_NO_MAILBOX, DISABLED -> BounceClass.HARD;
            case SOFT, LATER, SLOW_DOWN -> BounceClass.SOFT;
            case POLICY, POLICY_FOR_NOW -> BounceClass.POLICY;
            case OUR_FAULT, LOGIN, REFUSED -> BounceClass.FAULT;
        };
    }

    private static String cause(Diagnosis.Finding finding) {
        return finding.reason().map(Reason::toString).orElseGet(() -> switch (finding.meaning()) {
            case NO_SUCH_MAILBOX -> "no such mailbox";
            case PERHAPS_NO_MAILBOX -> "probably no such mailbox";
            case DISABLED -> "mailbox disabled";
            case SOFT -> "trouble of their host";
            case OUR_FAULT, LOGIN -> "our fault";
            case POLICY, POLICY_FOR_NOW -> "refused by policy";
            case LATER, SLOW_DOWN -> "not for now";
            case REFUSED -> "refused";
        });
    }

    private static String reason(Diagnosis told, Diagnosis.Finding finding, boolean delayed) {
        String name = cause(finding);
        String words = told.words().replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        String shown = words.length() > LONGEST_REASON ? words.substring(0, LONGEST_REASON) + "…" : words;
        return (delayed ? "delayed, " : "") + name + (shown.isEmpty() ? "" : ": " + shown);
    }

    /** Something that is no failure. */
    static Outcome of(BounceClass kind, String recipient, String reason) {
        return new Outcome(kind, Optional.empty(), recipient, reason, Optional.empty());
    }
}
