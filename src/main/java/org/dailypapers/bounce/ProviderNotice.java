package org.dailypapers.bounce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dailypapers.bounce.wording.Diagnosis;
import org.dailypapers.smtp.ReplyMeaning;

/**
 * Reads what a provider that sends for others reports in JSON: Amazon SES whole, as its notification service puts it into a
 * mail or posts it; of any other what is in its fields.
 */
public final class ProviderNotice {

    /** How a provider itself calls a delivery that failed. */
    public enum Verdict {
        /** It tries no more, and will not try this address again. */
        FOR_GOOD,
        /** It tries no more; the next letter may arrive. */
        FOR_NOW,
        /** It does not tell the two apart. */
        UNTOLD
    }

    private static final int DEPTH = 30;

    private static final ObjectMapper JSON = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .build())
                    .build())
            .build();

    private ProviderNotice() {}

    /** The outcomes that Amazon SES tells of; none where it is something else. */
    public static List<Outcome> read(String text) {
        String json = text.strip();
        if (!json.startsWith("{") || !json.contains("notificationType") && !json.contains("eventType")) {
            return List.of();
        }
        try {
            // SNS adds words for people behind it.
            JsonNode notice = JSON.readTree(unfolded(json));
            JsonNode inner = notice.path("Message");
            return outcomes(inner.isTextual() ? JSON.readTree(inner.asText()) : notice);
        } catch (JsonProcessingException broken) {
            return List.of();
        }
    }

    private static String unfolded(String json) {
        return json.substring(0, json.lastIndexOf('}') + 1).replace("\r", "").replace("\n", "");
    }

    private static List<Outcome> outcomes(JsonNode notice) {
        var outcomes = new ArrayList<Outcome>();
        switch (notice.path("notificationType").asText(notice.path("eventType").asText())) {
            case "Bounce" -> {
                Verdict verdict =
                        switch (notice.path("bounce").path("bounceType").asText()) {
                            case "Permanent" -> Verdict.FOR_GOOD;
                            case "Transient" -> Verdict.FOR_NOW;
                            default -> Verdict.UNTOLD;
                        };
                for (JsonNode each : notice.path("bounce").path("bouncedRecipients")) {
                    outcomes.add(bounced(each, verdict));
                }
            }
            case "Complaint" -> {
                for (JsonNode each : notice.path("complaint").path("complainedRecipients")) {
                    outcomes.add(complained(
                            each.path("emailAddress").asText(),
                            notice.path("complaint")
                                    .path("complaintFeedbackType")
                                    .asText("abuse")));
                }
            }
            case "Delivery" -> {
                for (JsonNode each : notice.path("delivery").path("recipients")) {
                    outcomes.add(new Outcome(
                            BounceClass.DELIVERED,
                            Diagnosis.status(
                                    notice.path("delivery").path("smtpResponse").asText()),
                            each.asText(),
                            "delivered",
                            Optional.empty()));
                }
            }
            default -> {
                // Of no letter.
            }
        }
        return outcomes;
    }

    private static Outcome bounced(JsonNode recipient, Verdict verdict) {
        return failed(
                verdict,
                recipient.path("emailAddress").asText(),
                recipient.path("diagnosticCode").asText(),
                recipient.path("status").asText(),
                recipient.path("action").asText().equals("delayed"));
    }

    /** A reader's complaint; its type is a word of RFC 5965 §7.3, or the provider's own. */
    public static Outcome complained(String recipient, String type) {
        return Outcomes.of(BounceClass.COMPLAINT, recipient, "feedback: " + Complaints.word(type));
    }

    /**
     * A delivery that was given up. The reply that the provider passes on decides, and its own verdict where that says
     * nothing: a verdict alone never ends in {@code hard} at once, and one of "for now" never in {@code hard} at all.
     *
     * @param reply as the mailbox's host gave it, or what the provider says in its place; may be empty
     * @param status an enhanced code beside it; may be empty
     */
    public static Outcome failed(Verdict verdict, String recipient, String reply, String status) {
        return failed(verdict, recipient, reply, status, false);
    }

    private static Outcome failed(Verdict verdict, String recipient, String reply, String status, boolean delayed) {
        var told = Diagnosis.of(
                DeliveryReport.unwrapped(reply), Diagnosis.status(status), Optional.empty(), recipient, true);
        Diagnosis.Finding finding = told.finding();
        boolean vague =
                told.words().isBlank() || finding.reason().isEmpty() && finding.meaning() == ReplyMeaning.REFUSED;
        ReplyMeaning meaning =
                switch (verdict) {
                    case FOR_GOOD -> vague ? ReplyMeaning.PERHAPS_NO_MAILBOX : finding.meaning();
                    case FOR_NOW ->
                        vague || Outcomes.kind(finding.meaning()) == BounceClass.HARD
                                ? ReplyMeaning.SOFT
                                : finding.meaning();
                    case UNTOLD -> vague ? ReplyMeaning.SOFT : finding.meaning();
                };
        return Outcomes.failed(
                told, meaning == finding.meaning() ? finding : new Diagnosis.Finding(Optional.empty(), meaning), false);
    }
}
