package org.dailypapers.delivery;

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

    /** Whether a message with such a reply is tried again. */
    public boolean retried() {
        return this == LATER || this == SLOW_DOWN;
    }

    /** The meaning of a 4yz or 5yz reply. */
    public static ReplyMeaning of(SmtpReply reply) {
        Optional<EnhancedStatusCode> status = reply.status();
        if (login(reply, status)) {
            return LOGIN;
        }
        if (reply.isTransient()) {
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
        if (refusedByPolicy(reply) && !status.tellsOfMailbox()) {
            return POLICY;
        }
        return switch (status.subject()) {
            case 1 -> status.tellsOfMailbox() ? NO_SUCH_MAILBOX : REFUSED;
            case 2 ->
                switch (status.detail()) {
                    case 1 -> DISABLED;
                    case 2 -> SOFT;
                    case 3 -> OUR_FAULT;
                    default -> REFUSED;
                };
            case 3 -> status.detail() == 4 ? OUR_FAULT : SOFT;
            case 4 -> status.detail() == 1 && perhaps(reply) ? PERHAPS_NO_MAILBOX : SOFT;
            case 5 -> status.detail() == 0 && perhaps(reply) ? PERHAPS_NO_MAILBOX : OUR_FAULT;
            case 6 -> OUR_FAULT;
            case 7 ->
                status.detail() == 1 || status.detail() >= 20 && status.detail() <= 26 || distrust(reply)
                        ? POLICY
                        : REFUSED;
            default -> distrust(reply) ? POLICY : REFUSED;
        };
    }

    private static ReplyMeaning ofBasic(SmtpReply reply) {
        if (refusedByPolicy(reply)) {
            return POLICY;
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

    private static boolean distrust(SmtpReply reply) {
        return DISTRUST.matcher(reply.text().toLowerCase(Locale.ROOT)).find();
    }
}
