package org.dailypapers.returns.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.dailypapers.bounce.ProviderNotice;
import org.dailypapers.bounce.ProviderNotice.Verdict;
import org.dailypapers.returns.ProviderEvent;

/** Brevo, which signs nothing: it brings a token, or a user and a password. */
@ApplicationScoped
class Brevo implements Provider {

    private final Optional<String> secret;

    Brevo(ProviderSettings settings) {
        this.secret = settings.brevo();
    }

    @Override
    public String name() {
        return "brevo";
    }

    @Override
    public boolean isSet() {
        return secret.isPresent();
    }

    @Override
    public List<ProviderEvent> read(Call call) throws Refused, JsonProcessingException {
        call.proves(secret.orElseThrow());
        return Events.each(call.json(), told -> event(told, call));
    }

    private static Optional<ProviderEvent> event(JsonNode told, Call call) {
        String recipient = told.path("email").asText();
        String reply = told.path("reason").asText();
        var about = new Events.About(
                List.of(),
                Call.messageId(told.path("message-id").asText()),
                call.at(told.path("ts_event").isMissingNode() ? told.path("ts") : told.path("ts_event")));
        return switch (told.path("event").asText()) {
            case "hard_bounce", "invalid_email" ->
                Optional.of(about.event(ProviderNotice.failed(Verdict.FOR_GOOD, recipient, reply, "")));
            case "soft_bounce" ->
                Optional.of(about.event(ProviderNotice.failed(Verdict.FOR_NOW, recipient, reply, "")));
            case "blocked", "error" ->
                Optional.of(about.event(ProviderNotice.failed(Verdict.UNTOLD, recipient, reply, "")));
            case "spam", "complaint" -> Optional.of(about.complained(recipient));
            case "unsubscribed", "unsubscribe" -> Optional.of(about.left(recipient));
            default -> Optional.empty();
        };
    }
}
