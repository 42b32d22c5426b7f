package org.dailypapers.bounce;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.dailypapers.bounce.mail.MailAddress;
import org.dailypapers.bounce.mail.MailFields;
import org.dailypapers.bounce.mail.MailPart;
import org.dailypapers.bounce.mail.ReturnedMail;

/** Reads complaints: RFC 5965, and Hotmail's that are older. */
final class Complaints {

    private static final int LONGEST_TYPE = 40;

    /** Before RFC 5965, and Microsoft's to this day: the letter itself with a subject. */
    private static final Pattern SUBJECT =
            Pattern.compile("^\\s*(?:\\S{2,4}: )?complaint about message from\\b", Pattern.CASE_INSENSITIVE);

    private Complaints() {}

    /** What a complaint says; empty where it is none. */
    static Optional<Outcome> read(ReturnedMail mail) {
        Optional<MailPart> report = mail.part("message/feedback-report");
        if (report.isEmpty()) {
            return SUBJECT.matcher(mail.head().get("subject")).find()
                    ? Optional.of(Outcomes.of(BounceClass.COMPLAINT, letterTo(mail), "abuse"))
                    : Optional.empty();
        }
        MailFields fields = MailFields.head(report.get().text());
        String type = fields.first("feedback-type").map(Complaints::word).orElse("abuse");
        String recipient = MailAddress.field(fields.get("original-rcpt-to"))
                .or(() -> MailAddress.field(fields.get("removal-recipient")))
                .or(() -> MailAddress.field(fields.get("redacted-address")))
                .orElseGet(() -> letterTo(mail));
        return Optional.of(Outcomes.of(kind(type), recipient, "feedback: " + type));
    }

    /** The first word, in the letters that RFC 5965 §7.3 has for types. */
    static String word(String field) {
        String word = field.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z-].*", "");
        return word.isEmpty() || word.length() > LONGEST_TYPE ? "other" : word;
    }

    private static BounceClass kind(String type) {
        return switch (type) {
            // RFC 6591 tells of forged senders, RFC 9991 likewise; not-spam takes a complaint back (RFC 6430).
            case "auth-failure", "dmarc", "not-spam" -> BounceClass.NONE;
            default -> BounceClass.COMPLAINT;
        };
    }

    private static String letterTo(ReturnedMail mail) {
        return ReturnedLetter.head(mail)
                .flatMap(h -> h.first("x-hmxmroriginalrecipient").or(() -> h.first("to")))
                .flatMap(MailAddress::first)
                .orElse("");
    }
}
