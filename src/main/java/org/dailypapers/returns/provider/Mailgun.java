package org.dailypapers.returns.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.dailypapers.bounce.Outcome;
import org.dailypapers.bounce.ProviderNotice;
import org.dailypapers.bounce.ProviderNotice.Verdict;
import org.dailypapers.returns.ProviderEvent;

/**
 * Mailgun, which signs a time and a token with HMAC-SHA256. Its signature does not cover what is told, so a token is good
 * for one body alone.
 */
@ApplicationScoped
class Mailgun implements Provider {

    private static final String HMAC = "HmacSHA256";

    private final Optional<String> key;
    private final CallTokens tokens;

    Mailgun(ProviderSettings settings, CallTokens tokens) {
        this.key = settings.mailgun();
        this.tokens = tokens;
    }

    @Override
    public String name() {
        return "mailgun";
    }

    @Override
    public boolean isSet() {
        return key.isPresent();
    }

    @Override
    public List<ProviderEvent> read(Call call) throws Refused, JsonProcessingException {
        JsonNode told = call.json();
        JsonNode signature = told.path("signature");
        String time = signature.path("timestamp").asText();
        String token = signature.path("token").asText();
        String signed = time + token;
        String brought = signature.path("signature").asText().toLowerCase(Locale.ROOT);
        if (!MessageDigest.isEqual(
                brought.getBytes(StandardCharsets.UTF_8), mac(signed).getBytes(StandardCharsets.UTF_8))) {
            throw new Refused("its signature is not of the key in the setting");
        }
        call.isFresh(time);
        if (!tokens.isOf(token, call.body(), call.now())) {
            throw new Refused("its token was that of another call");
        }
        return event(told.path("event-data"), call).stream().toList();
    }

    private String mac(String signed) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key.orElseThrow().getBytes(StandardCharsets.UTF_8), HMAC));
            return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + HMAC, e);
        }
    }

    private static Optional<ProviderEvent> event(JsonNode told, Call call) {
        String recipient = told.path("recipient").asText();
        JsonNode message = told.path("message");
        String sender = message.path("envelope")
                .path("sender")
                .asText(told.path("envelope").path("sender").asText());
        var about = new Events.About(
                sender.isEmpty() ? List.of() : List.of(sender),
                Call.messageId(message.path("headers").path("message-id").asText()),
                call.at(told.path("timestamp")));
        return switch (told.path("event").asText()) {
            case "failed" -> failed(told, recipient, about);
            case "complained" -> Optional.of(about.complained(recipient));
            case "unsubscribed" -> Optional.of(about.left(recipient));
            default -> Optional.empty();
        };
    }

    private static Optional<ProviderEvent> failed(JsonNode told, String recipient, Events.About about) {
        if (!told.path("severity").asText().equals("permanent")) {
            return Optional.empty();
        }
        JsonNode status = told.path("delivery-status");
        return Optional.of(
                switch (told.path("reason").asText()) {
                    case "suppress-complaint" -> about.complained(recipient);
                    case "suppress-unsubscribe" -> about.barred(recipient);
                    case "suppress-bounce" -> about.event(ProviderNotice.failed(Verdict.FOR_GOOD, recipient, "", ""));
                    case "bounce" -> about.event(reply(Verdict.FOR_GOOD, recipient, status));
                    // Given up after hours, among others.
                    default -> about.event(reply(Verdict.UNTOLD, recipient, status));
                });
    }

    private static Outcome reply(Verdict verdict, String recipient, JsonNode status) {
        String words = status.path("message").asText();
        if (words.isBlank()) {
            words = status.path("description").asText();
        }
        int code = status.path("code").asInt();
        // 605 and the like are Mailgun's own.
        String reply = code >= 400 && code < 600 ? code + " " + words : words;
        return ProviderNotice.failed(
                verdict, recipient, reply, status.path("enhanced-code").asText());
    }
}
