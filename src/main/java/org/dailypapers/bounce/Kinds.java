package org.dailypapers.bounce;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.dailypapers.bounce.mail.MailAddress;
import org.dailypapers.bounce.mail.MailFields;
import org.dailypapers.bounce.mail.MailPart;
import org.dailypapers.bounce.mail.ReturnedMail;
import org.dailypapers.bounce.wording.Diagnosis;

/** Tells reports for people, automatic answers and what is about no letter apart, by fields and by words. */
final class Kinds {

    /** What mail systems call themselves. */
    private static final Pattern SYSTEM = Pattern.compile(
            "mailer.?daemon|mail.?daemon|post.?master@|poostmaster@|mail deliver[yi]? ?(?:sub)?system|mail delivery|mail.delivery.system"
                    + "|system administrator|internet mail delivery|delivery subsystem|mail administrator|administrador|^<>$",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern SUBJECT = Pattern.compile(
            "undeliver|returned mail|returned to sender|return(?:ing|ed) (?:message|mail|email)|mail delivery|delivery (?:status|notification|failure|failed|report|error|problem)"
                    + "|failure notice|failed delivery|delivery has (?:failed|been delayed)|message delivery|mail (?:system )?error|mail failed|mail could not"
                    + "|could not (?:be )?(?:send|sent|deliver)|couldn't be delivered|unable to deliver|not delivered|non.?deliver|nondeliver|non.?remis"
                    + "|message you sent blocked|considered unsolicited|loop alert|error sending your mail|postmaster notify|mail status report|bounced"
                    + "|unzustellbar|nicht zugestellt|zustell|fehlgeschlagen|echec|échec|non distribu|no se (?:pudo|ha podido) entregar|no entregado|devuelto|rechazado"
                    + "|devolvid|falha|não entregue|nao entregue|mancat[ao] (?:recapito|consegna)|niet bezorgd|onbestelbaar"
                    + "|недостав|не доставлен|не может быть доставлен|возврат|退信|退回|无法投递|投递失败|无法送达|無法傳遞|無法投遞|未送达"
                    + "|配信|配送|返送|送信できません|届けられません|エラー|未達|반송|전송 실패|발송 실패",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** How the text of a report begins. */
    private static final Pattern OPENING = Pattern.compile(
            "(?:could ?n[o']t|could not|unable to|was not|wasn't|cannot|can't|were unable to|did not|failed to|trouble) (?:be )?(?:deliver|reach|send)"
                    + "|delivery (?:to the following|has failed|failed)|undeliverable|returned to sender|had delivery (?:errors|problems)"
                    + "|permanent fatal errors|failure reasons|error message below",
            Pattern.CASE_INSENSITIVE);

    private static final List<String> DELAY = List.of(
            "delayed",
            "not yet been delivered",
            "this is a warning message only",
            "this is a warning only",
            "do not need to re-send",
            "do not need to resend",
            "(delay)",
            "warning: could not send",
            "warning: message");

    private static final Pattern ANSWER = Pattern.compile(
            "^\\s*(?:\\[?(?:auto(?:matic(?:ally generated)?|mated)?)[ -]?(?:reply|response|answer|responder|acknowledg\\w*)\\b|autoreply|auto ?: |autoresponse|auto-response"
                    + "|out of (?:the )?office|out of town|ooo\\b|away\\b|away from|(?:i am |i'm )?on vacation|vacation|holiday|on leave|absence|abwesen|automatische antwort"
                    + "|réponse automatique|reponse automatique|absent|respuesta autom|fuera de (?:la )?oficina|resposta autom|risposta automatica|fuori ufficio"
                    + "|automatisch antwoord|afwezig|automatiskt svar|autosvar|frånvaro|автоответ|автоматический ответ|自动回复|自動回覆|自動応答|自動返信|不在|부재중|자동 회신)",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private static final Pattern ABSENT = Pattern.compile(
            "\\b(?:i am|i'm|i will be|we are) (?:currently )?(?:out of (?:the )?office|away|on vacation|on holiday|on leave|on annual leave|unavailable)"
                    + "|\\bout of (?:the )?office\\b.{0,80}\\b(?:until|from|return)|\\bthis is an auto(?:matic|mated|-)? ?(?:reply|response)",
            Pattern.CASE_INSENSITIVE);

    /** They ask the sender to prove that a human writes. */
    private static final Pattern CHALLENGE = Pattern.compile(
            "(?:please |must |to |need to |kindly )?(?:confirm|verify|authenticate|validate)(?: that)? (?:your|you are|you're|this|the) (?:message|e-?mail|mail|identity|address|a (?:human|person|real))"
                    + "|challenge.?response|boxtrapper|spam ?arrest|tmda|antispam uol|anti-spam uol|sender verification|is protected by|confirmation of delivery request|verify#"
                    + "|requires confirmation|awaiting (?:your )?confirmation|your (?:message|e-?mail|mail) (?:is|has been) (?:being )?held",
            Pattern.CASE_INSENSITIVE);

    // RFC 9990 §3.5.2, RFC 8460 §5.3.
    private static final Pattern AGGREGATE =
            Pattern.compile("report domain: ?\\S{1,255}[,;]? +submitter: ?\\S{1,255}", Pattern.CASE_INSENSITIVE);

    private Kinds() {}

    /** What a mail is that is about no letter, and yet is a report: on DMARC, on TLS, on being read. */
    static Optional<String> aside(ReturnedMail mail) {
        if (AGGREGATE.matcher(mail.head().get("subject")).find()) {
            return Optional.of(
                    mail.contentType().contains("tlsrpt") || mail.head().has("tls-report-domain")
                            ? "a report on TLS"
                            : "a report on DMARC");
        }
        if (mail.contentType().contains("tlsrpt")
                || mail.head().has("tls-report-domain")
                || mail.parts().stream().anyMatch(p -> p.type().startsWith("application/tlsrpt"))) {
            return Optional.of("a report on TLS");
        }
        boolean read = mail.contentType().contains("disposition-notification")
                || mail.part("message/disposition-notification").isPresent();
        return read && mail.parts().stream().noneMatch(MailPart::isReport)
                ? Optional.of("a receipt")
                : Optional.empty();
    }

    /** How a machine answers, where one does: away, or asking for proof. Mail systems mark their reports alike (RFC 3834 §5). */
    static Optional<String> automatic(ReturnedMail mail, Notice notice) {
        MailFields head = mail.head();
        String subject = head.get("subject");
        boolean bySystem = SYSTEM.matcher(head.get("from")).find() || head.has("x-failed-recipients");
        String text = begin(notice.text());
        if (!bySystem
                && (CHALLENGE.matcher(subject).find() || CHALLENGE.matcher(text).find())) {
            boolean marked = marked(head)
                    || head.get("return-path").equals("<>")
                    || CHALLENGE.matcher(subject).find();
            if (marked) {
                return Optional.of("asks the sender for proof");
            }
        }
        if (ANSWER.matcher(subject).find()) {
            return Optional.of("an automatic answer");
        }
        if (bySystem) {
            return ABSENT.matcher(text).find() && marked(head) ? Optional.of("an automatic answer") : Optional.empty();
        }
        if (marked(head)
                && !SUBJECT.matcher(subject).find()
                && !OPENING.matcher(text).find()) {
            return Optional.of("an automatic answer");
        }
        return ABSENT.matcher(text).find() && !OPENING.matcher(text).find()
                ? Optional.of("an automatic answer")
                : Optional.empty();
    }

    // RFC 3834 §5, and the fields that were used before it.
    private static boolean marked(MailFields head) {
        String submitted = head.get("auto-submitted").toLowerCase(Locale.ROOT);
        String precedence = head.get("precedence").toLowerCase(Locale.ROOT);
        return submitted.startsWith("auto-replied")
                || submitted.startsWith("auto-generated")
                || submitted.startsWith("auto-responded")
                || precedence.startsWith("auto_reply")
                || precedence.startsWith("auto-reply")
                || head.has("x-autoreply")
                || head.has("x-autorespond")
                || head.has("x-autoresponder")
                || head.has("x-auto-reply")
                || head.has("x-auto-response")
                || head.has("x-autoreply-from")
                || head.has("x-mail-autoreply")
                || head.has("autoresponder")
                || head.has("auto-response")
                || head.get("x-autogenerated").toLowerCase(Locale.ROOT).startsWith("reply")
                || head.get("x-post-messageclass").toLowerCase(Locale.ROOT).contains("autoresponder")
                || head.get("delivered-to").toLowerCase(Locale.ROOT).contains("autoresponder")
                || head.get("x-mailer").toLowerCase(Locale.ROOT).contains("vacation");
    }

    /**
     * Whether somebody wrote it, or their mail program for them: no answer of a machine, no report. Who writes from a
     * postmaster's address writes, too.
     */
    static boolean isWritten(ReturnedMail mail, BounceClass kind) {
        return switch (kind) {
            case NONE -> aside(mail).isEmpty();
            case AUTO_REPLY, COMPLAINT -> false;
            case HARD, SOFT, POLICY, FAULT, DELIVERED ->
                !mail.head().get("return-path").equals("<>")
                        && !mail.head().get("from").isEmpty()
                        && !mail.contentType().startsWith("multipart/report")
                        && !mail.head().has("x-failed-recipients")
                        && mail.parts().stream().noneMatch(MailPart::isReport)
                        && !marked(mail.head());
        };
    }

    /** Whether a mail for people is a mail system's report. */
    static boolean isReport(ReturnedMail mail, Notice notice) {
        MailFields head = mail.head();
        if (head.has("x-failed-recipients") || SYSTEM.matcher(head.get("from")).find()) {
            return true;
        }
        String text = begin(notice.text());
        boolean subject = SUBJECT.matcher(head.get("subject")).find();
        boolean opening = OPENING.matcher(text).find();
        boolean addressed = MailAddress.first(text).isPresent();
        boolean nobody = head.get("return-path").equals("<>")
                || mail.contentType().contains("delivery-status")
                || head.get("from").isEmpty();
        boolean code = Diagnosis.said(text).isPresent() || Diagnosis.basic(text).isPresent();
        return subject && (opening || addressed || nobody || code)
                || opening && (addressed || nobody)
                || nobody && code;
    }

    /** Whether delivery goes on. */
    static boolean isDelayed(ReturnedMail mail, Notice notice) {
        String told = (mail.head().get("subject") + "\n" + begin(notice.text())).toLowerCase(Locale.ROOT);
        return DELAY.stream().anyMatch(told::contains);
    }

    private static String begin(String text) {
        return text.length() > 3_000 ? text.substring(0, 3_000) : text;
    }
}
