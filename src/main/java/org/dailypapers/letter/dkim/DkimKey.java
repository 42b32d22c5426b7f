package org.dailypapers.letter.dkim;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.List;
import org.dailypapers.letter.wire.WireBytes;

/** The RSA key that letters are signed with, and the record that makes its public half known. */
public final class DkimKey {

    // RFC 8301 §3.2: signers use 1024 bits at least and should use 2048; verifiers need not take more than 4096.
    private static final int LEAST_BITS = 1024;
    private static final int GOOD_BITS = 2048;
    private static final int MOST_BITS = 4096;

    private static final String DECRYPT = "openssl rsa -in FILE -out dkim.pem";
    private static final String MAKE_ONE = "make one with: openssl genrsa -out dkim.pem 2048";

    // RFC 5958 §2, RFC 8017 A.1: what stands before a PKCS#1 key within PKCS#8: version 0, rsaEncryption, NULL
    private static final byte[] RSA_ENCRYPTION = {
        2, 1, 0, 0x30, 13, 6, 9, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 13, 1, 1, 1, 5, 0
    };

    private final RSAPrivateCrtKey key;

    private DkimKey(RSAPrivateCrtKey key) {
        this.key = key;
    }

    /** The key of a PEM file; throws IllegalArgumentException that says in one line what is wrong with it. */
    static DkimKey read(Path file) {
        return PrivateKeyPem.read(file, MAKE_ONE, DkimKey::parse);
    }

    /** The first private key of a text of PEM: PKCS#8 or PKCS#1 (RFC 7468 §10, RFC 8017 A.1.2). */
    public static DkimKey parse(String pem) {
        PrivateKeyPem first = PrivateKeyPem.first(pem, MAKE_ONE);
        return switch (first.label()) {
            case "PRIVATE KEY", "ENCRYPTED PRIVATE KEY" -> ofPkcs8(first.der(DECRYPT));
            case "RSA PRIVATE KEY" -> ofPkcs8(pkcs8(first.der(DECRYPT)));
            case "OPENSSH PRIVATE KEY" -> throw new IllegalArgumentException("is in the form of OpenSSH; " + MAKE_ONE);
            default -> throw notRsa(first.label().replace(" PRIVATE KEY", ""));
        };
    }

    private static byte[] pkcs8(byte[] pkcs1) {
        WireBytes octets = new WireBytes(pkcs1.length + 64);
        octets.append(RSA_ENCRYPTION);
        der(octets, 4, pkcs1);
        WireBytes sequence = new WireBytes(octets.size + 8);
        der(sequence, 0x30, octets.toByteArray());
        return sequence.toByteArray();
    }

    private static void der(WireBytes out, int tag, byte[] content) {
        out.append(new byte[] {(byte) tag});
        byte[] length = BigInteger.valueOf(content.length).toByteArray();
        if (content.length >= 128) {
            out.append(new byte[] {(byte) (0x80 | length.length)});
        }
        out.append(length);
        out.append(content);
    }

    private static DkimKey ofPkcs8(byte[] der) {
        KeySpec spec = new PKCS8EncodedKeySpec(der);
        try {
            if (KeyFactory.getInstance("RSA").generatePrivate(spec) instanceof RSAPrivateCrtKey rsa) {
                return new DkimKey(ofGoodLength(rsa));
            }
            throw new IllegalArgumentException("lacks the primes of its RSA key; " + MAKE_ONE);
        } catch (InvalidKeySpecException e) {
            for (String other : List.of("EC", "EdDSA", "RSASSA-PSS")) {
                if (isKeyOf(other, spec)) {
                    throw notRsa(other);
                }
            }
            throw new IllegalArgumentException("is damaged, or not the private key of RSA; " + MAKE_ONE, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no RSA", e);
        }
    }

    private static RSAPrivateCrtKey ofGoodLength(RSAPrivateCrtKey rsa) {
        int bits = rsa.getModulus().bitLength();
        if (bits < LEAST_BITS || bits > MOST_BITS) {
            throw new IllegalArgumentException("has " + bits + " bits; mail hosts take " + LEAST_BITS + " to "
                    + MOST_BITS + " (RFC 8301 §3.2), " + MAKE_ONE);
        }
        return rsa;
    }

    private static boolean isKeyOf(String algorithm, KeySpec spec) {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(spec) != null;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static IllegalArgumentException notRsa(String algorithm) {
        return new IllegalArgumentException(
                "holds a key of " + algorithm + ", but letters are signed with RSA (rsa-sha256); " + MAKE_ONE);
    }

    /** The length of its modulus. */
    public int bits() {
        return key.getModulus().bitLength();
    }

    /** Whether it is shorter than what signers should use. */
    boolean isWeak() {
        return bits() < GOOD_BITS;
    }

    /** The text of the TXT record that makes the key known (RFC 6376 §3.6.1). */
    public String record() {
        try {
            byte[] spki = KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()))
                    .getEncoded();
            return "v=DKIM1; k=rsa; p=" + Base64.getEncoder().encodeToString(spki);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no RSA", e);
        }
    }

    /** The key in a provider's own form, which spares translating it for every signature. */
    public PrivateKey in(Provider provider) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA", provider).generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
    }

    /** Its length only. */
    @Override
    public String toString() {
        return "DkimKey[" + bits() + " bits]";
    }
}
