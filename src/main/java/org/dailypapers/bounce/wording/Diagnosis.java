package org.dailypapers.bounce.wording;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dailypapers.smtp.EnhancedStatusCode;
import org.dailypapers.smtp.ReplyMeaning;
import org.dailypapers.smtp.SmtpReply;
import org.dailypapers.smtp.SmtpStage;

/**
 * What a report says of one recipient, put together as the SMTP reply that it tells of. Its words come first, then the
 * code in the reply, and the Status field last: Exim writes 5.0.0 whatever was said, Sendmail 5.1.1 for any bare 550.
 *
 * @param words the reply, or what the report says in its place
 * @param basic the basic code of the reply, where one is told
 * @param said the enhanced code that stands in the words
 * @param status of the report's Status field
 * @param stage when it was said; empty where the report does not tell
 * @param recipient as the report names it; an empty word where it does not
 * @param machine whether a machine wrote it for machines, field by field
 */
public record Diagnosis(
        String words,
        OptionalInt basic,
        Optional<EnhancedStatusCode> said,
        Optional<EnhancedStatusCode> status,
        Optional<SmtpStage> stage,
        String recipient,
        boolean machine) {

    /** Three digits of a reply, and what follows: not a part of a number, an address of the network or a size. */
    private static final Pattern BASIC =
            Pattern.compile("([45]\\d\\d)(?<![\\w.:/=#+-]\\d{3})(?=[ :-]|$)(?![ -]\\d{3}[-.]\\d)(?!:\\d)");

    /** Also in the shapes of qmail and Notes: (#5.1.1), [5.1.1]; not a part of a network's address or a version. */
    private static final Pattern ENHANCED =
            Pattern.compile("([245])(?<![\\w.][245])\\.(\\d{1,3})\\.(\\d{1,3})(?!\\w|\\.\\d)");

    /** NTT Docomo's words for whoever its customer does not want to read, too. */
    private static final Pattern CARRIER = Pattern.compile("550 unknown user <address>");

    private static final Pattern OWN_BOOK = Pattern.compile(
            "address book|directory|ディレクトリ|recipient table|alias table|local user|name is not recogn|final delivery userid"
                    + "|\\*\\* address not found \\*\\*|^unknown user: <address>");

    /** The basic code of a reply that is told without one. */
    public static final int PERMANENT = 550;

    private static final int TRANSIENT = 450;

    /** What it comes to: the reason where the words tell it, and what follows. */
    public record Finding(Optional<Reason> reason, ReplyMeaning meaning) {}

    /** From the words alone and what stands beside them. */
    public static Diagnosis of(
            String words,
            Optional<EnhancedStatusCode> status,
            Optional<SmtpStage> stage,
            String recipient,
            boolean machine) {
        return new Diagnosis(words, basic(words), said(words), status, stage, recipient, machine);
    }

    /** The first basic code in a text. */
    public static OptionalInt basic(String words) {
        Matcher found = BASIC.matcher(words);
        return found.find() ? OptionalInt.of(Integer.parseInt(found.group(1))) : OptionalInt.empty();
    }

    /** The enhanced code in a text that tells most. */
    public static Optional<EnhancedStatusCode> said(String words) {
        Matcher found = ENHANCED.matcher(words);
        EnhancedStatusCode first = null;
        while (found.find()) {
            var code = new EnhancedStatusCode(
                    Integer.parseInt(found.group(1)),
                    Integer.parseInt(found.group(2)),
                    Integer.parseInt(found.group(3)));
            // A host that passes on what another said puts its own, vaguer code before it.
            if (first == null || isVague(first) && !isVague(code)) {
                first = code;
            }
        }
        return Optional.ofNullable(first);
    }

    /** A Status field's code; what stands behind it is a comment (RFC 3464 §2.3.4). */
    public static Optional<EnhancedStatusCode> status(String field) {
        Matcher found = ENHANCED.matcher(field);
        return found.find()
                ? Optional.of(new EnhancedStatusCode(
                        Integer.parseInt(found.group(1)),
                        Integer.parseInt(found.group(2)),
                        Integer.parseInt(found.group(3))))
                : Optional.empty();
    }

    /** Whether a code says that it failed and hardly more. */
    public static boolean isVague(EnhancedStatusCode code) {
        return code.subject() == 0 || code.subject() == 1 && code.detail() == 0;
    }

    /** The code that is shown: the one in the words where it tells more. */
    public Optional<EnhancedStatusCode> code() {
        return said.isPresent() && (status.isEmpty() || !isVague(said.get()) || isVague(status.get())) ? said : status;
    }

    private boolean isTransient() {
        if (basic.isPresent()) {
            return basic.getAsInt() / 100 == 4;
        }
        return said.or(() -> status).filter(c -> c.status() == 4).isPresent();
    }

    /** The reply that is told of, as a relay would have given it. */
    public SmtpReply reply() {
        int three = basic.orElse(isTransient() ? TRANSIENT : PERMANENT);
        String text = afterCode();
        // The Status beside a bare reply is the reporting host's guess.
        Optional<EnhancedStatusCode> code = basic.isPresent() ? said : code();
        return new SmtpReply(
                stage.orElse(SmtpStage.RCPT),
                three,
                code.filter(c -> c.status() == three / 100 && !text.startsWith(c + " "))
                        .map(c -> c + " " + text)
                        .orElse(text));
    }

    private String afterCode() {
        Matcher found = BASIC.matcher(words);
        return found.find() ? words.substring(found.end()).replaceFirst("^[ :-]+", "") : words;
    }

    /** What it means. */
    public Finding finding() {
        String plain = Wording.plain(words);
        Set<Reason> reasons = Wording.reasons(plain);
        boolean named = said.filter(c -> c.subject() == 1 && !isVague(c) && tellsOfMailbox(c))
                .isPresent();
        if (named && reasons.contains(Reason.UNKNOWN) && !beforeRecipient() && !isTransient()) {
            return of(Reason.UNKNOWN);
        }
        Optional<Reason> reason = reasons.stream().findFirst().map(r -> doubted(r, plain));
        if (reason.isPresent() && !(named && reason.get() == Reason.REFUSED_BY_POLICY)) {
            Reason found = reason.get();
            boolean general = found.ordinal() >= Reason.NETWORK.ordinal();
            if (!general || said.isEmpty() || isVague(said.get()) || said.get().subject() == 7) {
                return of(found);
            }
        }
        ReplyMeaning meaning = ReplyMeaning.of(reply());
        boolean hard = meaning == ReplyMeaning.NO_SUCH_MAILBOX
                || meaning == ReplyMeaning.PERHAPS_NO_MAILBOX
                || meaning == ReplyMeaning.DISABLED;
        if (hard && beforeRecipient()) {
            return of(Reason.SENDER);
        }
        // Unknown words with a bare reply at nobody knows which stage tell of nobody's mailbox.
        if (meaning == ReplyMeaning.PERHAPS_NO_MAILBOX
                && stage.isEmpty()
                && status.filter(Diagnosis::tellsOfMailbox).isEmpty()) {
            return of(Reason.FILTERED);
        }
        return new Finding(reason, meaning);
    }

    private static Finding of(Reason reason) {
        return new Finding(Optional.of(reason), reason.meaning());
    }

    /** What speaks against taking words of a mailbox for the last word on it. */
    private Reason doubted(Reason reason, String plain) {
        if (reason == Reason.UNREACHABLE_SCRIPT) {
            // A mailbox beyond ASCII cannot be at a host that does not know of them; else it is our letter that asks
            // for too much.
            return recipient.chars().allMatch(c -> c < 0x80) ? Reason.FORM : reason;
        }
        if (!reason.isHard()) {
            return reason;
        }
        if (beforeRecipient()) {
            return Reason.SENDER;
        }
        if (isTransient()) {
            // For now they do not find it; only a mailbox that is named unknown is not asked for again.
            boolean unknown = reason == Reason.UNKNOWN
                    && code().filter(Diagnosis::tellsOfMailbox).isPresent();
            return unknown ? reason : reason == Reason.UNKNOWN ? Reason.SYSTEM : Reason.NETWORK;
        }
        if (said.filter(c -> c.subject() == 7 && c.detail() != 17 && c.detail() != 18)
                .isPresent()) {
            // Whoever answers out of mistrust answers alike for all; 5.7.17 and 5.7.18 tell of new owners (RFC 7293
            // §10).
            return Reason.REFUSED_BY_POLICY;
        }
        if (said.filter(c -> c.subject() == 2 && c.detail() == 1).isPresent() && reason == Reason.UNKNOWN) {
            // The mailbox is there, and takes nothing for now (RFC 3463 §3.3).
            return Reason.SUSPENDED;
        }
        if (reason != Reason.NO_DOMAIN && reason != Reason.NO_MAIL && !witnessed(plain)) {
            return Reason.FILTERED;
        }
        if (reason == Reason.UNKNOWN && said.isEmpty()) {
            // They had taken the recipient before: filters of mobile carriers speak so.
            boolean afterLetter =
                    stage.filter(s -> s == SmtpStage.DATA || s == SmtpStage.DOT).isPresent()
                            && basic.orElse(PERMANENT) == PERMANENT;
            boolean carrier = stage.isEmpty() && CARRIER.matcher(plain).matches();
            if ((afterLetter || carrier)
                    && status.filter(Diagnosis::tellsOfMailbox).isEmpty()) {
                return Reason.FILTERED;
            }
        }
        return reason;
    }

    /**
     * Whether something stands beside the words that a mailbox is gone: a code that tells more than 5.0.0, a reply in a
     * report for machines or to the recipient, or the book in which the host that writes looked it up itself.
     */
    private boolean witnessed(String plain) {
        return code().filter(c -> !Diagnosis.isVague(c)).isPresent()
                || said.isPresent()
                || basic.isPresent() && (machine || stage.isPresent())
                || OWN_BOOK.matcher(plain).find();
    }

    private boolean beforeRecipient() {
        return stage.filter(s -> s == SmtpStage.CONNECT || s == SmtpStage.LOGIN || s == SmtpStage.MAIL)
                .isPresent();
    }

    /** RFC 3463 §3.2. */
    private static boolean tellsOfMailbox(EnhancedStatusCode code) {
        return code.subject() == 1
                && switch (code.detail()) {
                    case 1, 2, 3, 6, 10 -> true;
                    default -> false;
                };
    }
}
