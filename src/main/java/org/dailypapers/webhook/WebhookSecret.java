package org.dailypapers.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key that signs requests, as Standard Webhooks has it: 24 to 64 bytes. */
public final class WebhookSecret {

    private static final String PREFIX = "whsec_";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;
    private static final String FORM = "is written like whsec_… with 24 to 64 bytes in Base64; make one with: echo"
            + " whsec_$(openssl rand -base64 32)";

    private final byte[] key;

    private WebhookSecret(byte[] key) {
        this.key = key;
    }

    /** The secret of that text; the message of what is thrown does not repeat it. */
    static WebhookSecret of(String text) {
        String secret = text.strip();
        try {
            byte[] key =
                    Base64.getDecoder().decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : "!");
            if (key.length >= SHORTEST && key.length <= LONGEST) {
                return new WebhookSecret(key);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(FORM);
        }
        throw new IllegalArgumentException(FORM);
    }

    /** The signature of a request: over its id, its time and its body. */
    String sign(String id, long second, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] signed = (id + "." + second + "." + body).getBytes(StandardCharsets.UTF_8);
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }
}
