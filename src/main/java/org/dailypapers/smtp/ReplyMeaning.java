package org.dailypapers.smtp;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a refusal means and what follows from it: the table of docs/architecture.md, "A reply, and what it means". */
public enum ReplyMeaning {
    /** No such mailbox or domain: suppressed at once. */
    NO_SUCH_MAILBOX,
    /** Refused at RCPT without a telling code: perhaps no such mailbox. */
    PERHAPS_NO_MAILBOX,
    /** The mailbox is disabled. */
    DISABLED,
    /** Full, or their host's trouble: this letter ends, the reader stays. */
    SOFT,
    /** Our own fault: never held against the reader. */
    OUR_FAULT,
    /** They distrust us: never held against the reader. */
    POLICY,
    /** They distrust us for now: tried again, with the same care as where they refuse for good. */
    POLICY_FOR_NOW,
    /** Our login is refused: nothing more can be sent. */
    LOGIN,
    /** For now: this recipient is tried again. */
    LATER,
    /** The host asks to slow down. */
    SLOW_DOWN,
    /** Any other refusal for good. */
    REFUSED;

    private static final Pattern DISTRUST = Pattern.compile(
            "spam|block|blacklist|blocklist|denylist|reputation|policy|dmarc|dkim|\\bspf\\b|abus|unsolicited|rbl|dnsbl");

    /** Of the same for now; greylisting speaks of policies too, and a filter that is out of order of spam. */
    private static final Pattern DISTRUST_FOR_NOW = Pattern.compile(
            "\\bspam(?:my|ming|mers?)?\\b(?![ -]?(?:filter|check|scan|assassin|d\\b))|unsolicited|reputation|dmarc"
                    + "|dkim|\\bspf\\b|unauthenticated|(?:black|block|deny)[ -]?list|\\bcomplaints?\\b|\\babus|\\brbl|dnsbl");

    private static final Pattern GREYLISTING = Pattern.compile("gr[ae]y[ -]?list");

    /** The word, and no part of a host's name or of relay=, which replies quote as well. */
    private static final Pattern RELAYING =
            Pattern.compile("(?<![\\w.@=/-])relay(?:s|ed|ing)?(?![\\w-]*[.@=/:]\\S)(?!-?\\d)|\\brcpthosts\\b");

    /** Of the client that speaks, its login or its sender; of none of them is the recipient to blame. */
    private static final Pattern CLIENT = Pattern.compile(
            "\\bclient (?:host|address|ip|was|is|has|does|not)\\b|\\bsender(?:'s)? (?:address|domain|verif|reject|denied|is|not)"
                    + "|\\b(?:bad|invalid|unverified|unauthenticated) senders?\\b|\\b(?:helo|ehlo)\\b|\\bptr\\b"
                    + "|\\breverse (?:dns|lookup|hostname)|authenticat|\\blog ?in\\b"
                    + "|\\byour (?:host|ip|mail ?server|server|network|domain|computer)"
                    + "|\\byou(?: are|'re) not\\b|\\bnot (?:allowed|permitted|authori[sz]ed) to send"
                    + "|\\badministrative(?:ly)? prohibit");

    /** Whether a message with such a reply is tried again. */
    public boolean retried() {
        return this == LATER || this == SLOW_DOWN || this == POLICY_FOR_NOW;
    }

    /** The meaning of a 4yz or 5yz reply. */
    public static ReplyMeaning of(SmtpReply reply) {
        Optional<EnhancedStatusCode> status = reply.status();
        if (login(reply, status)) {
            return LOGIN;
        }
        if (reply.isTransient()) {
            if (distrustsForNow(reply, status)) {
                return POLICY_FOR_NOW;
            }
            boolean early = reply.stage() == SmtpStage.CONNECT
                    || reply.stage() == SmtpStage.LOGIN
                    || reply.stage() == SmtpStage.MAIL;
            return reply.code() == 421 || early ? SLOW_DOWN : LATER;
        }
        return status.map(s -> ofStatus(reply, s)).orElseGet(() -> ofBasic(reply));
    }

    private static boolean login(SmtpReply reply, Optional<EnhancedStatusCode> status) {
        return reply.code() == 530
                || reply.code() == 535
                || status.filter(s -> s.status() == 5 && s.is(7, 8)).isPresent();
    }

    private static ReplyMeaning ofStatus(SmtpReply reply, EnhancedStatusCode status) {
        if (!status.tellsOfMailbox()) {
            if (refusedByPolicy(reply)) {
                return POLICY;
            }
            if (speaksOfUs(reply)) {
                return OUR_FAULT;
            }
        }
        return switch (status.subject()) {
            case 1 ->
                switch (status.detail()) {
                    // RFC 3463 §3.2: the sender's mailbox, the sender's system.
                    case 7, 8 -> OUR_FAULT;
                    default -> status.tellsOfMailbox() ? NO_SUCH_MAILBOX : REFUSED;
                };
            case 2 ->
                switch (status.detail()) {
                    case 1 -> DISABLED;
                    case 2 -> SOFT;
                    case 3 -> OUR_FAULT;
                    // OpenSMTPD says so of whoever is not in its table of virtual users.
                    case 4 -> reply.stage() == SmtpStage.RCPT ? PERHAPS_NO_MAILBOX : REFUSED;
                    default -> REFUSED;
                };
            case 3 -> status.detail() == 4 ? OUR_FAULT : SOFT;
            case 4 -> status.detail() == 1 && perhaps(reply) ? PERHAPS_NO_MAILBOX : SOFT;
            case 5 -> status.detail() == 0 && perhaps(reply) ? PERHAPS_NO_MAILBOX : OUR_FAULT;
            case 6 -> OUR_FAULT;
            case 7 -> status.detail() == 1 || tellsOfDistrust(status.detail()) || distrust(reply) ? POLICY : REFUSED;
            default -> distrust(reply) ? POLICY : REFUSED;
        };
    }

    /** RFC 7372 and the register after it (5.7.20–29), Google's (to 5.7.40), Microsoft's (5.7.5xx, banned senders in 5.7.6xx). */
    private static boolean tellsOfDistrust(int detail) {
        return detail >= 20 && detail <= 40 || detail >= 501 && detail <= 515 || detail >= 606 && detail <= 649;
    }

    /**
     * Google refuses for now what it will refuse for good: 4.7.23 no name for the address, 4.7.26 to 4.7.32 and 4.7.40 SPF,
     * DKIM, DMARC, the rate of unsolicited mail. Others say so in words.
     */
    private static boolean distrustsForNow(SmtpReply reply, Optional<EnhancedStatusCode> status) {
        int detail = status.filter(s -> s.subject() == 7)
                .map(EnhancedStatusCode::detail)
                .orElse(0);
        if (detail == 23 || detail >= 26 && detail <= 32 || detail == 40) {
            return true;
        }
        boolean mayTell =
                status.filter(s -> s.subject() != 7 && s.subject() != 0).isEmpty();
        String text = reply.text().toLowerCase(Locale.ROOT);
        return mayTell
                && DISTRUST_FOR_NOW.matcher(text).find()
                && !GREYLISTING.matcher(text).find();
    }

    private static ReplyMeaning ofBasic(SmtpReply reply) {
        if (refusedByPolicy(reply)) {
            return POLICY;
        }
        if (speaksOfUs(reply)) {
            return OUR_FAULT;
        }
        if (perhaps(reply)) {
            return PERHAPS_NO_MAILBOX;
        }
        if (reply.code() == 552) {
            return reply.stage() == SmtpStage.DOT || reply.stage() == SmtpStage.DATA ? OUR_FAULT : SOFT;
        }
        return REFUSED;
    }

    private static boolean perhaps(SmtpReply reply) {
        return reply.stage() == SmtpStage.RCPT
                && (reply.code() == 550 || reply.code() == 551 || reply.code() == 553)
                && !distrust(reply);
    }

    private static boolean refusedByPolicy(SmtpReply reply) {
        return (reply.code() == 550 || reply.code() == 554) && distrust(reply);
    }

    /** A relay that does not know us refuses every recipient, in words of ours and often without a code. */
    private static boolean speaksOfUs(SmtpReply reply) {
        String text = reply.text().toLowerCase(Locale.ROOT);
        return (reply.stage() == SmtpStage.MAIL || reply.stage() == SmtpStage.RCPT)
                && (RELAYING.matcher(text).find() || CLIENT.matcher(text).find());
    }

    private static boolean distrust(SmtpReply reply) {
        return DISTRUST.matcher(reply.text().toLowerCase(Locale.ROOT)).find();
    }
}
