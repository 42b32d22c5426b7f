package org.dailypapers.returns.provider;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.Converter;

/** By what the calls of a provider of mail are known; who has no setting here calls in vain. */
@StaticInitSafe
@ConfigMapping(prefix = "daily-papers.provider")
public interface ProviderSettings {

    /** Amazon SES: the topic of SNS, such as {@code arn:aws:sns:eu-west-1:123456789012:letters}. */
    Optional<@WithConverter(SnsTopic.Reader.class) SnsTopic> ses();

    /** Postmark: user and password as they stand in the address that it calls, such as {@code papers:secret}. */
    Optional<@WithConverter(UserAndPassword.class) String> postmark();

    /** Mailgun: the key that it signs webhooks with. */
    Optional<String> mailgun();

    /** SendGrid: the public key of its signed event webhook, in base64. */
    Optional<@WithConverter(VerificationKey.class) PublicKey> sendgrid();

    /** Brevo: the token that it is to bring, or user and password with a colon between. */
    Optional<String> brevo();

    /** Reads a public key of an elliptic curve, in base64 or PEM. */
    class VerificationKey implements Converter<PublicKey> {

        @Override
        public PublicKey convert(String value) {
            try {
                byte[] spki = Base64.getMimeDecoder().decode(value.replaceAll("-----[A-Z ]+-----", ""));
                return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "is no public key; copy the verification key of SendGrid's signed event webhook", e);
            }
        }
    }

    /** Reads a user and a password that can be told from a token. */
    class UserAndPassword implements Converter<String> {

        @Override
        public String convert(String value) {
            if (!value.matches("[^:\\s]+:\\S+")) {
                throw new IllegalArgumentException(
                        "is no user and password; write both with a colon between, as in papers:a-long-word");
            }
            return value;
        }
    }
}
