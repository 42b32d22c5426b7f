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

/** Reads what Amazon SES reports in JSON, as its notification service puts it into a mail. */
final class ProviderNotice {

    private static final int DEPTH = 30;

    private static final ObjectMapper JSON = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .build())
                    .build())
            .build();

    private ProviderNotice() {}

    /** The outcomes that it tells of; none where it is something else. */
    static List<Outcome> read(String text) {
        String json = text.strip();
        if (!json.startsWith("{") || !json.contains("notificationType")) {
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
        switch (notice.path("notificationType").asText()) {
            case "Bounce" -> {
                for (JsonNode each : notice.path("bounce").path("bouncedRecipients")) {
                    outcomes.add(bounced(each));
                }
            }
            case "Complaint" -> {
                for (JsonNode each : notice.path("complaint").path("complainedRecipients")) {
                    outcomes.add(Outcomes.of(
                            BounceClass.COMPLAINT,
                            each.path("emailAddress").asText(),
                            "feedback: "
                                    + notice.path("complaint")
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

    private static Outcome bounced(JsonNode recipient) {
        var told = Diagnosis.of(
                DeliveryReport.unwrapped(recipient.path("diagnosticCode").asText()),
                Diagnosis.status(recipient.path("status").asText()),
                Optional.empty(),
                recipient.path("emailAddress").asText(),
                true);
        return Outcomes.failed(
                told, told.finding(), recipient.path("action").asText().equals("delayed"));
    }
}
