package org.dailypapers.returns.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateNotYetValidException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.dailypapers.bounce.Outcome;
import org.dailypapers.bounce.ProviderNotice;
import org.dailypapers.returns.ProviderEvent;
import org.jboss.logging.Logger;

/**
 * Amazon SES, which tells by a topic of SNS: signed with RSA, by a certificate that lies at SNS. That a topic is wanted is
 * answered by itself, of the one in the setting alone.
 */
@ApplicationScoped
class AmazonSes implements Provider {

    private static final Logger LOG = Logger.getLogger(AmazonSes.class);

    /** Where SNS's certificates lie: other addresses below its host answer with what the asker writes. */
    private static final Pattern CERTIFICATE = Pattern.compile("/SimpleNotificationService-[0-9a-f]{8,64}\\.pem");

    private static final List<String> NOTIFICATION =
            List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
    private static final List<String> HANDSHAKE =
            List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");

    private final Optional<SnsTopic> topic;
    private final AmazonFiles files;

    @Inject
    AmazonSes(ProviderSettings settings, AmazonFiles files) {
        this(settings.ses(), files);
    }

    AmazonSes(Optional<SnsTopic> topic, AmazonFiles files) {
        this.topic = topic;
        this.files = files;
    }

    @Override
    public String name() {
        return "ses";
    }

    @Override
    public boolean isSet() {
        return topic.isPresent();
    }

    @Override
    public List<ProviderEvent> read(Call call) throws Refused, NotNow, JsonProcessingException {
        JsonNode told = call.json();
        if (!told.path("TopicArn").asText().equals(topic.orElseThrow().arn())) {
            throw new Refused("it is of another topic than the setting's");
        }
        boolean notification = told.path("Type").asText().equals("Notification");
        verify(told, notification ? NOTIFICATION : HANDSHAKE);
        if (notification) {
            return events(told, call);
        }
        if (told.path("Type").asText().equals("SubscriptionConfirmation")) {
            confirm(address(told.path("SubscribeURL").asText()));
        }
        return List.of();
    }

    private void verify(JsonNode told, List<String> fields) throws Refused, NotNow {
        URI certificate = address(told.path("SigningCertURL").asText());
        if (certificate.getRawQuery() != null
                || certificate.getRawFragment() != null
                || !CERTIFICATE.matcher(certificate.getRawPath()).matches()) {
            throw new Refused("its certificate does not lie where SNS's lie");
        }
        var signed = new StringBuilder();
        for (String field : fields) {
            if (told.has(field)) {
                signed.append(field)
                        .append('\n')
                        .append(told.path(field).asText())
                        .append('\n');
            }
        }
        try {
            PublicKey key = files.key(certificate);
            Signature check = Signature.getInstance(
                    told.path("SignatureVersion").asText().equals("2") ? "SHA256withRSA" : "SHA1withRSA");
            check.initVerify(key);
            check.update(signed.toString().getBytes(StandardCharsets.UTF_8));
            if (!check.verify(Base64.getDecoder().decode(told.path("Signature").asText()))) {
                throw new Refused("its signature is not of the certificate that it names");
            }
        } catch (CertificateNotYetValidException e) {
            throw new NotNow("its certificate is not valid yet: is the clock of this machine right?", e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Refused("its signature cannot be read", e);
        } catch (IOException e) {
            throw new NotNow("its certificate cannot be had: " + e.getMessage(), e);
        }
    }

    /** Whoever calls names the address, so it must be one of SNS in the topic's own region. */
    private URI address(String told) throws Refused {
        try {
            URI address = URI.create(told);
            if ("https".equals(address.getScheme())
                    && topic.orElseThrow().host().equals(address.getRawAuthority())) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new Refused("it names an address that is none", e);
        }
        throw new Refused("it names an address that is not of the topic's SNS");
    }

    private void confirm(URI address) throws NotNow {
        try {
            files.open(address);
            LOG.info("Amazon SNS: the topic's subscription is confirmed");
        } catch (IOException e) {
            throw new NotNow("its subscription cannot be confirmed: " + e.getMessage(), e);
        }
    }

    private static List<ProviderEvent> events(JsonNode told, Call call) throws JsonProcessingException {
        String message = told.path("Message").asText();
        JsonNode notice = message.strip().startsWith("{") ? Call.json(message) : told.path("nothing");
        JsonNode mail = notice.path("mail");
        var from = new ArrayList<String>();
        if (mail.path("source").isTextual()) {
            from.add(mail.path("source").asText());
        }
        Optional<String> letter = Optional.empty();
        for (JsonNode header : mail.path("headers")) {
            if (header.path("name").asText().equalsIgnoreCase("Message-ID")) {
                letter = Call.messageId(header.path("value").asText());
            }
        }
        var about = new Events.About(from, letter, at(notice, call));
        List<Outcome> outcomes = isPassing(notice) ? List.of() : ProviderNotice.read(message);
        return outcomes.stream().map(about::event).toList();
    }

    /** A delay, or an answer that its recipient is away (RFC 3834), of which SES makes a bounce, too. */
    private static boolean isPassing(JsonNode notice) {
        return notice.path("bounce").path("bounceType").asText().equals("Transient")
                && notice.path("bounce").path("bounceSubType").asText().equals("General")
                && !notice.toString().contains("diagnosticCode");
    }

    private static Instant at(JsonNode notice, Call call) {
        String bounced = notice.path("bounce").path("timestamp").asText();
        return call.at(
                bounced.isEmpty() ? notice.path("complaint").path("timestamp").asText() : bounced);
    }
}
