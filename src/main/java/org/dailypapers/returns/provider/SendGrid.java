package org.dailypapers.returns.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.dailypapers.bounce.ProviderNotice;
import org.dailypapers.bounce.ProviderNotice.Verdict;
import org.dailypapers.returns.ProviderEvent;

/** SendGrid, which signs the time and the body with ECDSA; a call brings many events. */
@ApplicationScoped
class SendGrid implements Provider {

    private static final String SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature";
    private static final String TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp";

    private final Optional<PublicKey> key;

    SendGrid(ProviderSettings settings) {
        this.key = settings.sendgrid();
    }

    @Override
    public String name() {
        return "sendgrid";
    }

    @Override
    public boolean isSet() {
        return key.isPresent();
    }

    @Override
    public List<ProviderEvent> read(Call call) throws Refused, JsonProcessingException {
        String time = call.required(TIMESTAMP);
        String brought = call.required(SIGNATURE);
        try {
            Signature check = Signature.getInstance("SHA256withECDSA");
            check.initVerify(key.orElseThrow());
            check.update(time.getBytes(StandardCharsets.UTF_8));
            check.update(call.body());
            if (!check.verify(Base64.getDecoder().decode(brought.strip()))) {
                throw new Refused("its signature is not of the key in the setting");
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Refused("its signature cannot be read", e);
        }
        call.isFresh(time);
        return Events.each(call.json(), told -> event(told, call));
    }

    private static Optional<ProviderEvent> event(JsonNode told, Call call) {
        String recipient = told.path("email").asText();
        String reply = told.path("reason").asText();
        String status = told.path("status").asText();
        var about = new Events.About(
                List.of(), Call.messageId(told.path("smtp-id").asText()), call.at(told.path("timestamp")));
        return switch (told.path("event").asText()) {
            case "bounce" ->
                Optional.of(about.event(ProviderNotice.failed(
                        told.path("type").asText().equals("blocked") ? Verdict.UNTOLD : Verdict.FOR_GOOD,
                        recipient,
                        reply,
                        status)));
            case "dropped" -> Optional.of(dropped(reply, recipient, about));
            case "spamreport" -> Optional.of(about.complained(recipient));
            case "unsubscribe", "group_unsubscribe" -> Optional.of(about.left(recipient));
            default -> Optional.empty();
        };
    }

    /** What it would not send, for it remembers. */
    private static ProviderEvent dropped(String reason, String recipient, Events.About about) {
        return switch (reason) {
            case "Spam Reporting Address" -> about.complained(recipient);
            case "Unsubscribed Address" -> about.barred(recipient);
            case "Bounced Address", "Invalid" ->
                about.event(ProviderNotice.failed(Verdict.FOR_GOOD, recipient, "", ""));
            default -> about.event(ProviderNotice.failed(Verdict.UNTOLD, recipient, reason, ""));
        };
    }
}
