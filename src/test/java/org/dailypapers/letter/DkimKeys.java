package org.dailypapers.letter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.SignatureRecord;
import org.apache.james.jdkim.exceptions.FailException;
import org.dailypapers.letter.address.Mailbox;
import org.dailypapers.letter.address.Sender;
import org.dailypapers.letter.dkim.DkimIdentity;
import org.dailypapers.letter.dkim.DkimSettings;
import org.dailypapers.letter.dkim.DkimSigner;

/** Keys made for a test run, and jDKIM as the host that knows their public halves. */
public final class DkimKeys {

    static final String DOMAIN = "example.org";
    static final String SELECTOR = "s2026";

    private static final String PEM = pem("PRIVATE KEY", make("RSA", 2048).getEncoded());
    private static final DkimIdentity IDENTITY = identity(PEM);

    /** Settings as they are named. */
    public record Named(
            Optional<String> domain,
            Optional<String> selector,
            Optional<String> key,
            Optional<String> ed25519Selector,
            Optional<String> ed25519Key)
            implements DkimSettings {}

    private DkimKeys() {}

    /** The private key, as a file has it. */
    public static String pem() {
        return PEM;
    }

    public static DkimIdentity identity() {
        return IDENTITY;
    }

    /** The identity of a key in example.org. */
    public static DkimIdentity identity(String pem) {
        try {
            Path file = Files.createTempFile("dkim", ".pem");
            try {
                Files.writeString(file, pem);
                return DkimIdentity.of(
                                new Named(
                                        Optional.of(DOMAIN),
                                        Optional.of(SELECTOR),
                                        Optional.of(file.toString()),
                                        Optional.empty(),
                                        Optional.empty()),
                                new Sender(new Mailbox(null, "papers@" + DOMAIN), Optional.empty()))
                        .orElseThrow();
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes letters that {@link #assertVerifies} takes. */
    public static LetterWriter writer() {
        return new LetterWriter(Optional.of(new DkimSigner(IDENTITY)), Optional.empty());
    }

    public static Key make(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (bits > 0) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair().getPrivate();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    public static SignatureRecord verify(byte[] message) throws FailException {
        return verify(
                message,
                Map.of(SELECTOR + "._domainkey." + DOMAIN, IDENTITY.key().record()));
    }

    /** The one signature of the message, by jDKIM; throws where it does not hold. */
    public static SignatureRecord verify(byte[] message, Map<String, String> records) throws FailException {
        DKIMVerifier verifier = new DKIMVerifier((method, selector, domain) -> {
            assertEquals("dns/txt", method.toString());
            String record = records.get(selector + "._domainkey." + domain);
            return record == null ? List.of() : List.of(record);
        });
        try {
            List<SignatureRecord> signatures = verifier.verify(new ByteArrayInputStream(message));
            assertNotNull(signatures, "no signature");
            assertEquals(1, signatures.size());
            return signatures.getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails where jDKIM does not accept the message, or its signature does not cover the fields, which are named in lower case. */
    public static void assertVerifies(byte[] message, String... fields) {
        try {
            List<String> signed = verify(message).getHeaders().stream()
                    .map(name -> name.toString().toLowerCase(Locale.ROOT))
                    .toList();
            for (String field : fields) {
                assertTrue(signed.contains(field), () -> field + " is not among the signed " + signed);
            }
        } catch (FailException e) {
            throw new AssertionError("jDKIM does not accept the signature", e);
        }
    }
}
