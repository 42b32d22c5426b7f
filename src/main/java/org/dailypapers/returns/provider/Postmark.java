package org.dailypapers.returns.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.dailypapers.bounce.ProviderNotice;
import org.dailypapers.bounce.ProviderNotice.Verdict;
import org.dailypapers.returns.ProviderEvent;

/** Postmark, which signs nothing: it brings the user and password that stand in the address it calls. */
@ApplicationScoped
class Postmark implements Provider {

    private final Optional<String> secret;

    Postmark(ProviderSettings settings) {
        this.secret = settings.postmark();
    }

    @Override
    public String name() {
        return "postmark";
    }

    @Override
    public boolean isSet() {
        return secret.isPresent();
    }

    @Override
    public List<ProviderEvent> read(Call call) throws Refused, JsonProcessingException {
        call.proves(secret.orElseThrow());
        JsonNode told = call.json();
        return event(told, call).stream().toList();
    }

    /** Its own id stands in place of ours, so the recipient names the letter. */
    private static Events.About about(JsonNode told, String time, Call call) {
        return new Events.About(
                List.of(), Optional.empty(), call.at(told.path(time).asText()));
    }

    private static Optional<ProviderEvent> event(JsonNode told, Call call) {
        return switch (told.path("RecordType").asText()) {
            case "Bounce" -> bounced(told, about(told, "BouncedAt", call));
            case "SpamComplaint" ->
                Optional.of(about(told, "BouncedAt", call)
                        .complained(told.path("Email").asText()));
            case "SubscriptionChange" -> changed(told, about(told, "ChangedAt", call));
            default -> Optional.empty();
        };
    }

    private static Optional<ProviderEvent> bounced(JsonNode told, Events.About about) {
        String recipient = told.path("Email").asText();
        String reply = told.path("Details").asText();
        return switch (told.path("Type").asText()) {
            case "HardBounce", "BadEmailAddress", "AddressChange", "ManuallyDeactivated" ->
                Optional.of(about.event(ProviderNotice.failed(Verdict.FOR_GOOD, recipient, reply, "")));
            case "SpamComplaint" -> Optional.of(about.complained(recipient));
            case "Unsubscribe" -> Optional.of(about.left(recipient));
            // What is tried again yet, answers itself or asks who wrote is no end of a delivery.
            case "Transient", "AutoResponder", "Subscribe", "ChallengeVerification", "OpenRelayTest" ->
                Optional.empty();
            case "SoftBounce", "DnsError" ->
                Optional.of(about.event(ProviderNotice.failed(Verdict.FOR_NOW, recipient, reply, "")));
            default -> Optional.of(about.event(ProviderNotice.failed(Verdict.UNTOLD, recipient, reply, "")));
        };
    }

    /** Someone was put on, or taken off, Postmark's own list of whom it sends nothing; only readers leave by it. */
    private static Optional<ProviderEvent> changed(JsonNode told, Events.About about) {
        boolean leaves = told.path("SuppressSending").asBoolean()
                && told.path("Origin").asText().equals("Recipient")
                && told.path("SuppressionReason").asText().equals("ManualSuppression");
        return leaves ? Optional.of(about.left(told.path("Recipient").asText())) : Optional.empty();
    }
}
