package org.dailypapers.bounce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dailypapers.bounce.mail.MailAddress;
import org.dailypapers.bounce.mail.MailFields;
import org.dailypapers.bounce.mail.ReturnedMail;
import org.dailypapers.bounce.wording.Diagnosis;
import org.dailypapers.bounce.wording.Reason;
import org.dailypapers.bounce.wording.Stages;
import org.dailypapers.bounce.wording.Wording;
import org.dailypapers.smtp.EnhancedStatusCode;
import org.dailypapers.smtp.ReplyMeaning;
import org.dailypapers.smtp.SmtpStage;

/** Reads reports of delivery: RFC 3464, RFC 6533, and what resembles them. */
final class DeliveryReport {

    private static final int MOST = 50;

    // RFC 3464 §2.3.6: a type, a semicolon, and words.
    private static final Pattern TYPED = Pattern.compile("^\\s*([A-Za-z][\\w -]{0,40});(.*)$", Pattern.DOTALL);

    /** Before the reply of the host that decided: what the reporting host thinks of it. */
    private static final Pattern WRAPPED = Pattern.compile(
            "^.{0,200}?(?:\\berror (?=[45]\\d\\d-')|-> (?=[45]\\d\\d[ -])|\\bsaid: (?=[45]\\d\\d[ -]))",
            Pattern.DOTALL);

    /** Continued lines of a reply repeat the code. */
    private static final Pattern CONTINUED = Pattern.compile("\\s([45]\\d\\d)[- ](?=[45]\\.\\d{1,3}\\.\\d{1,3}\\s)");

    private DeliveryReport() {}

    /** The outcomes that the groups of fields tell of; none where they are no report. */
    static List<Outcome> read(List<MailFields> groups, ReturnedMail mail, Notice notice) {
        List<MailFields> recipients = groups.stream()
                .filter(g -> g.has("final-recipient") || g.has("original-recipient") || g.has("action"))
                .filter(g -> g.has("action") || g.has("status") || g.has("diagnostic-code"))
                .limit(MOST)
                .toList();
        var outcomes = new ArrayList<Outcome>();
        for (MailFields fields : recipients) {
            outcomes.add(outcome(fields, recipients.size() == 1, mail, notice));
        }
        return outcomes;
    }

    private static Outcome outcome(MailFields fields, boolean only, ReturnedMail mail, Notice notice) {
        String recipient = recipient(fields).or(() -> failed(mail)).orElse("");
        String action = fields.get("action").toLowerCase(Locale.ROOT);
        Optional<EnhancedStatusCode> status = Diagnosis.status(fields.get("status"));
        String diagnostic = fields.get("diagnostic-code");
        if (action.startsWith("delivered")
                || action.startsWith("relayed")
                || action.startsWith("expanded")
                || action.startsWith("deliverable")) {
            return new Outcome(
                    BounceClass.DELIVERED, status, recipient, words(diagnostic, "delivered"), Optional.empty());
        }
        if (action.isEmpty() && status.filter(s -> s.status() == 2).isPresent()) {
            return new Outcome(BounceClass.DELIVERED, status, recipient, "delivered", Optional.empty());
        }
        Optional<SmtpStage> stage =
                Stages.of(diagnostic).or(() -> Stages.of(only ? notice.text() : notice.about(recipient)));
        var told = Diagnosis.of(unwrapped(diagnostic), status, stage, recipient, true);
        Diagnosis.Finding finding = told.finding();
        if (told.words().isBlank() || finding.reason().isEmpty() && finding.meaning() == ReplyMeaning.REFUSED) {
            var read = Diagnosis.of(only ? notice.words() : notice.about(recipient), status, stage, recipient, true);
            Diagnosis.Finding other = read.finding();
            if (other.reason().isPresent() || told.words().isBlank()) {
                told = read;
                finding = other;
            }
        }
        if (unrouted(told, fields, mail)) {
            finding = new Diagnosis.Finding(Optional.of(Reason.NO_DOMAIN), Reason.NO_DOMAIN.meaning());
        }
        return Outcomes.failed(told, finding, action.startsWith("delayed"));
    }

    /** Exim says nothing at all of an address for which it found no host: no reply, no host, no words. */
    private static boolean unrouted(Diagnosis told, MailFields fields, ReturnedMail mail) {
        return mail.head().has("x-failed-recipients")
                && !fields.has("diagnostic-code")
                && !fields.has("remote-mta")
                && told.status()
                        .filter(s -> s.status() == 5 && Diagnosis.isVague(s))
                        .isPresent()
                && MailAddress.first(told.words()).isPresent()
                && Wording.plain(told.words()).replace("<address>", "").isBlank();
    }

    private static Optional<String> recipient(MailFields fields) {
        return MailAddress.field(fields.get("final-recipient"))
                .or(() -> MailAddress.field(fields.get("original-recipient")))
                .or(() -> MailAddress.field(fields.get("x-actual-recipient")))
                .filter(a -> !a.startsWith("/"));
    }

    private static Optional<String> failed(ReturnedMail mail) {
        return MailAddress.first(mail.head().get("x-failed-recipients"));
    }

    /** The reply in a Diagnostic-Code field. */
    static String unwrapped(String diagnostic) {
        Matcher typed = TYPED.matcher(diagnostic);
        String words = typed.matches() ? typed.group(2).strip() : diagnostic.strip();
        if (typed.matches() && typed.group(1).equalsIgnoreCase("x-unix") && words.matches("\\d+")) {
            return "exit status " + words;
        }
        Matcher wrapped = WRAPPED.matcher(words);
        if (wrapped.find()) {
            words = words.substring(wrapped.end());
        }
        return CONTINUED.matcher(words).replaceAll(" ");
    }

    private static String words(String diagnostic, String otherwise) {
        String words = unwrapped(diagnostic);
        return words.isBlank() ? otherwise : words;
    }
}
