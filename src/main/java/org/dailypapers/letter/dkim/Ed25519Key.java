package org.dailypapers.letter.dkim;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** A second key that letters are signed with, of Ed25519, and the record that makes its public half known (RFC 8463). */
final class Ed25519Key {

    static final String ALGORITHM = "Ed25519";

    private static final String MAKE_ONE = "make one with: openssl genpkey -algorithm ed25519 -out dkim-ed25519.pem";
    private static final String DECRYPT = "openssl pkey -in FILE -out dkim-ed25519.pem";

    /** Of a point of the curve (RFC 8032 §5.1.2), which ends what X.509 wraps around it. */
    private static final int OCTETS = 32;

    private final PrivateKey key;
    private final byte[] point;

    private Ed25519Key(PrivateKey key, byte[] point) {
        this.key = key;
        this.point = point;
    }

    /** The key of a PEM file; throws IllegalArgumentException that says in one line what is wrong with it. */
    static Ed25519Key read(Path file) {
        return PrivateKeyPem.read(file, MAKE_ONE, Ed25519Key::parse);
    }

    /** The first private key of a text of PEM (RFC 8410 §7). */
    static Ed25519Key parse(String pem) {
        PrivateKeyPem first = PrivateKeyPem.first(pem, MAKE_ONE);
        byte[] der = first.der(DECRYPT);
        try {
            PrivateKey key = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(der));
            return new Ed25519Key(key, point(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("is no key of Ed25519; " + MAKE_ONE, e);
        }
    }

    /** The public half: the platform makes it of a seed alone, so the key's own is handed to it in place of chance. */
    private static byte[] point(PrivateKey key) throws GeneralSecurityException {
        byte[] seed = ((EdECPrivateKey) key)
                .getBytes()
                .orElseThrow(() -> new GeneralSecurityException("the key does not show its seed"));
        KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
        generator.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(seed, 0, bytes, 0, bytes.length);
            }
        });
        PublicKey made = generator.generateKeyPair().getPublic();
        byte[] spki = made.getEncoded();
        return Arrays.copyOfRange(spki, spki.length - OCTETS, spki.length);
    }

    PrivateKey key() {
        return key;
    }

    /** The text of the TXT record that makes the key known (RFC 8463 §4). */
    String record() {
        return "v=DKIM1; k=ed25519; p=" + Base64.getEncoder().encodeToString(point);
    }

    /** What it is, without what it holds. */
    @Override
    public String toString() {
        return "Ed25519Key";
    }
}
