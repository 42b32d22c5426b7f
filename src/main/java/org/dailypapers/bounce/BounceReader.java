package org.dailypapers.bounce;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dailypapers.bounce.mail.MailAddress;
import org.dailypapers.bounce.mail.MailFields;
import org.dailypapers.bounce.mail.MailPart;
import org.dailypapers.bounce.mail.ReturnedMail;
import org.dailypapers.bounce.wording.Diagnosis;
import org.dailypapers.bounce.wording.Stages;
import org.dailypapers.bounce.wording.Wording;
import org.dailypapers.smtp.SmtpStage;

/**
 * Reads a mail that came back and says what it means. The forms are asked in turn, the surest first: a complaint, a report
 * for machines, a provider's, an automatic answer, a report for people.
 */
public final class BounceReader {

    private BounceReader() {}

    /** Reads one mail, of which no more than the first megabyte is looked at; only a failing stream throws. */
    public static Report read(InputStream in) throws IOException {
        ReturnedMail mail = ReturnedMail.read(in);
        Notice notice = Notice.of(mail.notice());
        List<Outcome> outcomes = outcomes(mail, notice);
        return new Report(
                outcomes,
                ReturnedLetter.id(mail, notice),
                Addresses.to(mail),
                Addresses.from(mail),
                Kinds.isWritten(mail, outcomes.getFirst().kind()));
    }

    private static List<Outcome> outcomes(ReturnedMail mail, Notice notice) {
        Optional<Outcome> complaint = Complaints.read(mail);
        if (complaint.isPresent()) {
            return List.of(complaint.get());
        }
        Optional<String> aside = Kinds.aside(mail);
        if (aside.isPresent()) {
            return List.of(Outcomes.of(BounceClass.NONE, "", aside.get()));
        }
        List<Outcome> reported = DeliveryReport.read(groups(mail), mail, notice);
        if (!reported.isEmpty()) {
            return reported;
        }
        List<Outcome> provided = ProviderNotice.read(mail.notice());
        if (!provided.isEmpty()) {
            return provided;
        }
        Optional<String> answer = Kinds.automatic(mail, notice);
        if (answer.isPresent()) {
            return List.of(Outcomes.of(
                    BounceClass.AUTO_REPLY,
                    MailAddress.first(mail.head().get("from")).orElse(""),
                    answer.get()));
        }
        if (Kinds.isReport(mail, notice)) {
            return told(mail, notice);
        }
        return List.of(Outcomes.of(BounceClass.NONE, "", "no report"));
    }

    /** The groups of a report's fields, also where they stand in a part of another type. */
    private static List<MailFields> groups(ReturnedMail mail) {
        var groups = new ArrayList<MailFields>();
        for (MailPart part : mail.parts()) {
            if (part.isReport()) {
                groups.addAll(MailFields.groups(part.text()));
            }
        }
        if (groups.isEmpty()) {
            mail.parts().stream()
                    .filter(p -> !p.isReturned() && !p.type().equals("text/html"))
                    .filter(p ->
                            p.text().contains("inal-Recipient:") && p.text().contains("ction:"))
                    .forEach(p -> groups.addAll(MailFields.groups(p.text())));
        }
        return groups;
    }

    /** What a report for people says, of each recipient that it names. */
    private static List<Outcome> told(ReturnedMail mail, Notice notice) {
        boolean delayed = Kinds.isDelayed(mail, notice);
        Map<String, String> named = notice.recipients();
        List<String> failed = MailAddress.all(mail.head().get("x-failed-recipients"));
        if (named.isEmpty() || failed.size() == 1 && !named.containsKey(failed.getFirst())) {
            String recipient = failed.stream()
                    .findFirst()
                    .or(() -> named.keySet().stream().findFirst())
                    .or(() -> ReturnedLetter.recipient(mail, notice))
                    .orElse("");
            return List.of(outcome(recipient, notice.words(), notice.text(), mail, delayed));
        }
        var outcomes = new ArrayList<Outcome>();
        named.forEach((recipient, words) ->
                outcomes.add(outcome(recipient, words, named.size() == 1 ? notice.text() : words, mail, delayed)));
        return outcomes;
    }

    private static Outcome outcome(String recipient, String words, String where, ReturnedMail mail, boolean delayed) {
        Optional<SmtpStage> stage = Stages.of(where);
        var told = Diagnosis.of(DeliveryReport.unwrapped(words), Optional.empty(), stage, recipient, false);
        if (told.basic().isEmpty()
                && told.said().isEmpty()
                && Wording.reasons(Wording.plain(words)).isEmpty()) {
            var subject = Diagnosis.of(mail.head().get("subject"), Optional.empty(), stage, recipient, false);
            Diagnosis.Finding finding = subject.finding();
            if (finding.reason().isPresent()) {
                return Outcomes.failed(subject, finding, delayed);
            }
            return delayed ? Outcomes.of(BounceClass.SOFT, recipient, "delayed") : Outcomes.untold(recipient);
        }
        return Outcomes.failed(told, told.finding(), delayed);
    }
}
