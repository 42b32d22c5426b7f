package org.dailypapers.returns.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateNotYetValidException;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.dailypapers.returns.ProviderEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each provider's calls, in the forms that its documentation gives them. */
class ProvidersTest {

    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
    private static final String SECONDS = Long.toString(NOW.getEpochSecond());
    private static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:letters";
    private static final String SNS = "https://sns.eu-west-1.amazonaws.com/";

    private record Set(
            Optional<SnsTopic> ses,
            Optional<String> postmark,
            Optional<String> mailgun,
            Optional<PublicKey> sendgrid,
            Optional<String> brevo)
            implements ProviderSettings {}

    private static ProviderSettings settings(String secret) {
        Optional<String> set = Optional.of(secret);
        return new Set(Optional.empty(), set, set, Optional.empty(), set);
    }

    private static ProviderSettings settings(PublicKey key) {
        return new Set(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(key), Optional.empty());
    }

    private static Call call(String body, Map<String, String> headers) {
        return new Call(name -> Optional.ofNullable(headers.get(name)), body.getBytes(StandardCharsets.UTF_8), NOW);
    }

    private static String told(List<ProviderEvent> events) {
        var lines = new ArrayList<String>();
        for (ProviderEvent event : events) {
            lines.add((event.left() ? "left" : event.outcome().kind().toString()) + " "
                    + event.outcome().recipient());
        }
        return String.join(", ", lines);
    }

    private static String basic(String secret) {
        return "Basic " + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
    }

    // --- Postmark

    private static List<ProviderEvent> postmark(String body, String authorization)
            throws Provider.Refused, JsonProcessingException {
        return new Postmark(settings("papers:word")).read(call(body, Map.of("Authorization", authorization)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HardBounce|smtp;550 5.1.1 The email account that you tried to reach does not exist|hard ada@example.org",
                "HardBounce||hard ada@example.org",
                "SoftBounce|smtp;452 4.2.2 mailbox full|soft ada@example.org",
                "SoftBounce|smtp;550 5.1.1 user unknown|soft ada@example.org",
                "SpamNotification|smtp;550 5.7.1 message rejected as spam|policy ada@example.org",
                "DMARCPolicy|550 5.7.26 unauthenticated mail is prohibited|policy ada@example.org",
                "SpamComplaint||complaint ada@example.org",
                "Unsubscribe||left ada@example.org",
                "Transient|smtp;451 4.7.1 greylisted|",
                "AutoResponder|I am away|",
                "SomethingNew||soft ada@example.org"
            })
    void postmarkTellsOfABounceByItsTypeAndTheReply(String type, String details, String expected) throws Exception {
        String body = """
                {"RecordType":"Bounce","ID":692560173,"Type":"%s","TypeCode":1,"Name":"Hard bounce","Tag":"",
                 "MessageID":"2706ee8a-737c-4285-b032-ccd317af53ed","ServerID":1234,"MessageStream":"broadcast",
                 "Description":"The server was unable to deliver your message","Details":"%s","Email":"ada@example.org",
                 "From":"papers@example.com","BouncedAt":"2026-03-02T11:30:00.1234567-05:00","Inactive":true,
                 "DumpAvailable":true,"CanActivate":true,"Subject":"A paper"}""".formatted(type, details == null ? "" : details);
        List<ProviderEvent> events = postmark(body, basic("papers:word"));
        assertEquals(expected == null ? "" : expected, told(events));
        if (!events.isEmpty()) {
            assertEquals(NOW, events.getFirst().at(), "a time ahead of ours is now");
        }
    }

    @Test
    void postmarkTellsWhoLeftByItsLinkAndNotWhomTheOperatorBarred() throws Exception {
        String body = """
                {"RecordType":"SubscriptionChange","MessageID":"883953f4-6105-42a2-a16a-77a8eac79483","ServerID":1,
                 "MessageStream":"broadcast","ChangedAt":"2026-03-02T10:53:34.416071Z","Recipient":"ada@example.org",
                 "Origin":"%s","SuppressSending":%s,"SuppressionReason":"%s","Tag":"","Metadata":{}}""";
        String right = basic("papers:word");
        assertEquals(
                "left ada@example.org", told(postmark(body.formatted("Recipient", true, "ManualSuppression"), right)));
        assertEquals("", told(postmark(body.formatted("Admin", true, "ManualSuppression"), right)));
        assertEquals("", told(postmark(body.formatted("Recipient", false, "ManualSuppression"), right)));
        assertEquals("", told(postmark(body.formatted("Recipient", true, "HardBounce"), right)));
        assertEquals("", told(postmark("{\"RecordType\":\"Open\",\"Recipient\":\"ada@example.org\"}", right)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic cGFwZXJzOg==", "Bearer papers:word", "", "Basic", "basic cGFwZXJzOndvcmQ="})
    void whoDoesNotBringThePasswordIsRefused(String authorization) {
        assertThrows(Provider.Refused.class, () -> postmark("{}", authorization));
    }

    @Test
    void aCallWithoutAProofIsRefusedBeforeItsBodyIsRead() throws Exception {
        Call bare = call("{ broken", Map.of());
        assertThrows(Provider.Refused.class, () -> new Postmark(settings("a:b")).read(bare));
        assertThrows(Provider.Refused.class, () -> new Brevo(settings("token")).read(bare));
        PublicKey key = elliptic().getPublic();
        assertThrows(Provider.Refused.class, () -> new SendGrid(settings(key)).read(bare));
    }

    // --- Brevo

    @ParameterizedTest
    @CsvSource({
        "hard_bounce,550 5.1.1 no such user,hard ada@example.org",
        "hard_bounce,,hard ada@example.org",
        "soft_bounce,server is down,soft ada@example.org",
        "blocked,blocked : due to blacklist user,policy ada@example.org",
        "spam,,complaint ada@example.org",
        "unsubscribed,,left ada@example.org",
        "delivered,,",
        "opened,,",
        "deferred,greylisted,"
    })
    void brevoTellsByItsEventAndTheReason(String event, String reason, String expected) throws Exception {
        String body = """
                {"event":"%s","email":"ada@example.org","id":26224,"date":"2026-03-02 10:08:14","ts":1772445294,
                 "message-id":"<digest.7.1772440000000@papers.example.org>","ts_event":1772445294,"subject":"A paper",
                 "reason":"%s","sending_ip":"192.0.2.7","tag":""}""".formatted(event, reason == null ? "" : reason);
        List<ProviderEvent> events =
                new Brevo(settings("token")).read(call(body, Map.of("Authorization", "Bearer token")));
        assertEquals(expected == null ? "" : expected, told(events));
        if (!events.isEmpty()) {
            assertEquals(
                    Optional.of("<digest.7.1772440000000@papers.example.org>"),
                    events.getFirst().letter());
            assertEquals(Instant.ofEpochSecond(1772445294), events.getFirst().at());
        }
    }

    // --- Mailgun

    /** The first body that a token brings is its own. */
    private static final class Remembered extends CallTokens {

        private final Map<String, String> bodies = new LinkedHashMap<>();

        Remembered() {
            super(null);
        }

        @Override
        boolean isOf(String token, byte[] body, Instant now) {
            String told = new String(body, StandardCharsets.UTF_8);
            return bodies.computeIfAbsent(token, t -> told).equals(told);
        }
    }

    private static Provider mailgun() {
        return new Mailgun(settings("key"), new Remembered());
    }

    private static String mailgun(String key, String time, String event) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String token = "a8ce0edb2dd8301dee6c2405235584e45aa91d1e9f979f3de0";
        String signature = HexFormat.of().formatHex(mac.doFinal((time + token).getBytes(StandardCharsets.UTF_8)));
        return """
                {"signature":{"timestamp":"%s","token":"%s","signature":"%s"},
                 "event-data":{"timestamp":1772445294.375,"recipient":"ada@example.org",
                   "message":{"headers":{"message-id":"digest.7.1772440000000@papers.example.org","to":"ada@example.org"}},
                   "envelope":{"sender":"b-abc@bounces.example.org","transport":"smtp"},
                   %s}}""".formatted(time, token, signature, event);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "failed|permanent|bounce|550|5.1.1 user unknown|hard ada@example.org",
                "failed|permanent|bounce|552|5.2.2 mailbox full|soft ada@example.org",
                "failed|permanent|suppress-bounce|605|Not delivering to previously bounced address|hard ada@example.org",
                "failed|permanent|suppress-complaint|607|Not delivering to a user who marked your messages as spam|complaint ada@example.org",
                "failed|permanent|suppress-unsubscribe|606|Not delivering to unsubscribed address|soft ada@example.org",
                "failed|permanent|old|602|Too old|soft ada@example.org",
                "failed|temporary|generic|452|4.2.2 mailbox full|",
                "complained|||||complaint ada@example.org",
                "unsubscribed|||||left ada@example.org",
                "delivered|||||"
            })
    void mailgunTellsByItsEvent(
            String event, String severity, String reason, String code, String message, String expected)
            throws Exception {
        String body = mailgun(
                "key",
                SECONDS,
                "\"event\":\"%s\",\"severity\":\"%s\",\"reason\":\"%s\",\"delivery-status\":{\"code\":%s,\"message\":\"%s\"}"
                        .formatted(
                                event, severity, reason, code == null ? "250" : code, message == null ? "" : message));
        List<ProviderEvent> events = mailgun().read(call(body, Map.of()));
        assertEquals(expected == null ? "" : expected, told(events));
        if (!events.isEmpty()) {
            assertEquals(
                    Optional.of("<digest.7.1772440000000@papers.example.org>"),
                    events.getFirst().letter());
            assertEquals(List.of("b-abc@bounces.example.org"), events.getFirst().from());
        }
    }

    @Test
    void aCallThatIsSignedByAnotherKeyOrDaysAgoIsRefused() throws Exception {
        String event = "\"event\":\"complained\"";
        Provider mailgun = mailgun();
        assertEquals(
                1, mailgun.read(call(mailgun("key", SECONDS, event), Map.of())).size());
        assertThrows(Provider.Refused.class, () -> mailgun.read(call(mailgun("other", SECONDS, event), Map.of())));
        assertThrows(
                Provider.Refused.class,
                () -> mailgun.read(call(mailgun("key", SECONDS, event).replace("a8ce", "b8ce"), Map.of())));
        for (Duration off : List.of(Duration.ofDays(3).negated(), Duration.ofHours(1))) {
            String time = Long.toString(NOW.plus(off).getEpochSecond());
            assertThrows(Provider.Refused.class, () -> mailgun.read(call(mailgun("key", time, event), Map.of())));
        }
        assertThrows(Provider.Refused.class, () -> mailgun.read(call(mailgun("key", "soon", event), Map.of())));
        assertThrows(Provider.Refused.class, () -> mailgun.read(call("[]", Map.of())));
        String other = mailgun("key", SECONDS, event).replace("ada@", "bob@");
        assertThrows(Provider.Refused.class, () -> mailgun.read(call(other, Map.of())), "a token is good for one body");
        assertEquals(
                1, mailgun.read(call(mailgun("key", SECONDS, event), Map.of())).size());
    }

    // --- SendGrid

    private static KeyPair elliptic() throws GeneralSecurityException {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(new ECGenParameterSpec("secp256r1"));
        return keys.generateKeyPair();
    }

    private static Map<String, String> signed(KeyPair keys, String time, String body) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update((time + body).getBytes(StandardCharsets.UTF_8));
        return Map.of(
                "X-Twilio-Email-Event-Webhook-Signature",
                Base64.getEncoder().encodeToString(signature.sign()),
                "X-Twilio-Email-Event-Webhook-Timestamp",
                time);
    }

    @Test
    void sendGridBringsManyEventsAndSignsThemTogether() throws Exception {
        String body = """
                [{"email":"ada@example.org","timestamp":1772445294,"smtp-id":"<digest.7.1772440000000@papers.example.org>",
                  "event":"bounce","type":"bounce","reason":"550 5.1.1 The mailbox does not exist","status":"5.1.1"},
                 {"email":"bob@example.org","timestamp":1772445294,"event":"bounce","type":"blocked",
                  "reason":"554 5.7.1 rejected as spam","status":"5.7.1"},
                 {"email":"cyd@example.org","timestamp":1772445294,"event":"dropped","reason":"Bounced Address","status":"5.0.0"},
                 {"email":"dan@example.org","timestamp":1772445294,"event":"dropped","reason":"Unsubscribed Address"},
                 {"email":"eve@example.org","timestamp":1772445294,"event":"spamreport"},
                 {"email":"fay@example.org","timestamp":1772445294,"event":"group_unsubscribe","asm_group_id":10},
                 {"email":"gus@example.org","timestamp":1772445294,"event":"deferred","response":"400 try again later"},
                 {"email":"hal@example.org","timestamp":1772445294,"event":"open"}]""";
        KeyPair keys = elliptic();
        Provider sendgrid = new SendGrid(settings(keys.getPublic()));
        List<ProviderEvent> events = sendgrid.read(call(body, signed(keys, SECONDS, body)));
        assertEquals(
                "hard ada@example.org, policy bob@example.org, hard cyd@example.org, soft dan@example.org,"
                        + " complaint eve@example.org, left fay@example.org",
                told(events));
        assertEquals(
                Optional.of("<digest.7.1772440000000@papers.example.org>"),
                events.getFirst().letter());
        assertThrows(
                Provider.Refused.class,
                () -> sendgrid.read(call(body.replace("ada@", "bob@"), signed(keys, SECONDS, body))));
        assertThrows(Provider.Refused.class, () -> sendgrid.read(call(body, signed(elliptic(), SECONDS, body))));
        String old = Long.toString(NOW.minus(Duration.ofDays(3)).getEpochSecond());
        assertThrows(Provider.Refused.class, () -> sendgrid.read(call(body, signed(keys, old, body))));
    }

    @Test
    void theKeyIsReadAsSendGridShowsItAndAsPem() throws Exception {
        PublicKey key = elliptic().getPublic();
        String base64 = Base64.getEncoder().encodeToString(key.getEncoded());
        var reader = new ProviderSettings.VerificationKey();
        assertEquals(key, reader.convert(base64));
        assertEquals(key, reader.convert("-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n"));
        String said = assertThrows(IllegalArgumentException.class, () -> reader.convert("my password"))
                .getMessage();
        assertTrue(said.contains("verification key"), said);
    }

    // --- Amazon SES

    private static final class RecordedFiles extends AmazonFiles {

        private final PublicKey key;
        private final List<URI> opened = new ArrayList<>();

        RecordedFiles(PublicKey key) {
            this.key = key;
        }

        @Override
        PublicKey key(URI address) {
            return key;
        }

        @Override
        byte[] open(URI address) throws IOException {
            opened.add(address);
            return new byte[0];
        }
    }

    private static SnsTopic topic(String arn) {
        return new SnsTopic.Reader().convert(arn);
    }

    private final KeyPair rsa = rsa();
    private final RecordedFiles files = new RecordedFiles(rsa.getPublic());
    private final Provider ses = new AmazonSes(Optional.of(topic(TOPIC)), files);

    private static KeyPair rsa() {
        try {
            return KeyPairGenerator.getInstance("RSA").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String sns(String version, Map<String, String> more) throws Exception {
        var fields = new LinkedHashMap<String, String>();
        fields.put("Type", "Notification");
        fields.put("MessageId", "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324");
        fields.put("TopicArn", TOPIC);
        fields.put("Timestamp", "2026-03-02T11:54:02.001Z");
        fields.putAll(more);
        var signed = new StringBuilder();
        fields.keySet().stream().sorted().forEach(name -> signed.append(name)
                .append('\n')
                .append(fields.get(name))
                .append('\n'));
        Signature signature = Signature.getInstance(version.equals("2") ? "SHA256withRSA" : "SHA1withRSA");
        signature.initSign(rsa.getPrivate());
        signature.update(signed.toString().getBytes(StandardCharsets.UTF_8));
        fields.put("SignatureVersion", version);
        fields.put("Signature", Base64.getEncoder().encodeToString(signature.sign()));
        fields.put("SigningCertURL", SNS + "SimpleNotificationService-f3ecfb7224c7233fe7bb5f59f96de52f.pem");
        return new ObjectMapper().writeValueAsString(fields);
    }

    private static String notice(String kind, String inner) {
        return """
                {"notificationType":"%s",%s,
                 "mail":{"timestamp":"2026-03-02T11:40:00.000Z","source":"b-abc@bounces.example.org",
                   "messageId":"0000014644fe5ef6-9a483358","destination":["ada@example.org"],
                   "headers":[{"name":"From","value":"papers@example.org"},
                     {"name":"Message-ID","value":"<digest.7.1772440000000@papers.example.org>"}]}}""".formatted(kind, inner);
    }

    private static final String BOUNCE = notice("Bounce", """
            "bounce":{"bounceType":"Permanent","bounceSubType":"General","timestamp":"2026-03-02T11:41:00.000Z",
              "feedbackId":"00000138111222aa","reportingMTA":"dns; mx.example.net",
              "bouncedRecipients":[{"emailAddress":"ada@example.org","status":"5.1.1","action":"failed",
                "diagnosticCode":"smtp; 550 5.1.1 user unknown"}]}""");

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void sesTellsByASignedTopic(String version) throws Exception {
        List<ProviderEvent> events = ses.read(call(sns(version, Map.of("Message", BOUNCE)), Map.of()));
        assertEquals("hard ada@example.org", told(events));
        ProviderEvent event = events.getFirst();
        assertEquals(List.of("b-abc@bounces.example.org"), event.from());
        assertEquals(Optional.of("<digest.7.1772440000000@papers.example.org>"), event.letter());
        assertEquals(Instant.parse("2026-03-02T11:41:00Z"), event.at());
        String published = BOUNCE.replace("notificationType", "eventType");
        assertEquals(
                "hard ada@example.org",
                told(ses.read(call(sns(version, Map.of("Message", published, "Subject", "a subject")), Map.of()))));
    }

    @Test
    void sesTellsOfComplaintsAndNotOfAbsences() throws Exception {
        String complaint = notice("Complaint", """
                "complaint":{"timestamp":"2026-03-02T11:42:00.000Z","complaintFeedbackType":"abuse",
                  "complainedRecipients":[{"emailAddress":"ada@example.org"}]}""");
        assertEquals(
                "complaint ada@example.org", told(ses.read(call(sns("2", Map.of("Message", complaint)), Map.of()))));
        String away = notice("Bounce", """
                "bounce":{"bounceType":"Transient","bounceSubType":"General","timestamp":"2026-03-02T11:41:00.000Z",
                  "bouncedRecipients":[{"emailAddress":"ada@example.org"}]}""");
        assertEquals("", told(ses.read(call(sns("2", Map.of("Message", away)), Map.of()))));
        assertEquals("", told(ses.read(call(sns("2", Map.of("Message", "Successfully validated topic")), Map.of()))));
    }

    @Test
    void whatCannotBeLookedUpAtAmazonIsAskedForAgain() throws Exception {
        var away = new AmazonFiles() {
            @Override
            PublicKey key(URI address) throws IOException, GeneralSecurityException {
                if (early) {
                    throw new CertificateNotYetValidException();
                }
                throw new IOException("no answer");
            }

            private boolean early;
        };
        Provider cutOff = new AmazonSes(Optional.of(topic(TOPIC)), away);
        Call told = call(sns("2", Map.of("Message", BOUNCE)), Map.of());
        assertThrows(Provider.NotNow.class, () -> cutOff.read(told));
        away.early = true;
        assertThrows(Provider.NotNow.class, () -> cutOff.read(told));
    }

    @Test
    void theHandshakeIsAnsweredForTheTopicOfTheSettingAlone() throws Exception {
        var fields = new LinkedHashMap<String, String>();
        fields.put("Type", "SubscriptionConfirmation");
        fields.put("Token", "2336412f37");
        fields.put("Message", "You have chosen to subscribe to the topic");
        fields.put("SubscribeURL", SNS + "?Action=ConfirmSubscription&Token=2336412f37");
        assertEquals(List.of(), ses.read(call(sns("1", fields), Map.of())));
        assertEquals(List.of(URI.create(fields.get("SubscribeURL"))), files.opened);
        String elsewhere = sns("1", fields).replace("ConfirmSubscription", "Unsubscribe");
        assertThrows(Provider.Refused.class, () -> ses.read(call(elsewhere, Map.of())));
        Provider other = new AmazonSes(Optional.of(topic(TOPIC + "2")), files);
        assertThrows(Provider.Refused.class, () -> other.read(call(sns("1", fields), Map.of())));
        assertEquals(1, files.opened.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://sns.eu-west-1.amazonaws.com/a.pem",
                "https://example.org/a.pem",
                "https://sns.eu-west-1.amazonaws.com.example.org/a.pem",
                "https://snsaeu-west-1.amazonaws.com/a.pem",
                "https://sns.eu-west-1.amazonaws.com:8443/a.pem",
                "https://ada@sns.eu-west-1.amazonaws.com/a.pem",
                "https://sns.eu-west-1.amazonaws.com/a.pem",
                "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-f3ecfb7224c7233fe7bb5f59f96de52f.pem",
                "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-f3ecfb7224c7233fe7bb5f59f96de52f.pem?x=y",
                "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-f3ecfb7224c7233fe7bb5f59f96de52f.pem#x",
                "https://sns.eu-west-1.amazonaws.com/x/SimpleNotificationService-f3ecfb7224c7233fe7bb5f59f96de52f.pem",
                "not an address",
                ""
            })
    void aCertificateIsTakenFromSnsAlone(String address) throws Exception {
        String body = sns("2", Map.of("Message", BOUNCE))
                .replaceAll("\"SigningCertURL\":\"[^\"]*\"", "\"SigningCertURL\":\"" + address + "\"");
        assertThrows(Provider.Refused.class, () -> ses.read(call(body, Map.of())));
    }

    @Test
    void whatWasChangedAfterSigningIsRefused() throws Exception {
        String body = sns("2", Map.of("Message", BOUNCE));
        assertThrows(
                Provider.Refused.class, () -> ses.read(call(body.replace("ada@example", "bob@example"), Map.of())));
        assertThrows(
                Provider.Refused.class,
                () -> ses.read(call(body.replaceAll("\"Signature\":\"[^\"]*\"", "\"Signature\":\"AAAA\""), Map.of())));
        assertThrows(JsonProcessingException.class, () -> ses.read(call(body.substring(0, 100), Map.of())));
    }

    @Test
    void aTopicIsKnownByItsArnAndItsRegionsHost() {
        assertEquals("sns.eu-west-1.amazonaws.com", topic(TOPIC).host());
        assertEquals(
                "sns.cn-north-1.amazonaws.com.cn",
                topic("arn:aws-cn:sns:cn-north-1:123456789012:letters").host());
        for (String odd : List.of("letters", "arn:aws:sqs:eu-west-1:123456789012:letters", "arn:aws:sns:x.y:1:l")) {
            assertThrows(IllegalArgumentException.class, () -> topic(odd));
        }
    }

    @Test
    void whatAPermanentBounceDoesNotTellIsProbablyAMailboxThatIsGone() throws Exception {
        String bare = notice("Bounce", """
                "bounce":{"bounceType":"Permanent","bounceSubType":"OnAccountSuppressionList",
                  "timestamp":"2026-03-02T11:41:00.000Z","bouncedRecipients":[{"emailAddress":"ada@example.org"}]}""");
        assertEquals("hard ada@example.org", told(ses.read(call(sns("2", Map.of("Message", bare)), Map.of()))));
    }
}
