package org.dailypapers.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The keys that sign links: the current one first, earlier ones only to verify. Each is known by an id of two bytes. */
public final class SigningKeys {

    /** The shortest secret accepted, in characters. */
    public static final int SHORTEST_SECRET = 24;

    private final List<Key> keys;

    /** Ready to sign; what signs is a copy. */
    private record Key(byte[] id, Mac mac) {
        byte[] sign(byte[] message) {
            try {
                return ((Mac) mac.clone()).doFinal(message);
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException(mac.getProvider().getName() + " cannot copy its HmacSHA256", e);
            }
        }
    }

    /**
     * @param current the secret that signs
     * @param earlier secrets whose links stay valid
     * @throws IllegalArgumentException where a secret is shorter than {@value #SHORTEST_SECRET} characters
     */
    public SigningKeys(String current, List<String> earlier) {
        keys = new ArrayList<>();
        keys.add(key(current));
        earlier.forEach(secret -> keys.add(key(secret)));
    }

    private static Key key(String secret) {
        if (secret.length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException("The secret is shorter than " + SHORTEST_SECRET
                    + " characters; make one with: openssl rand -hex 32");
        }
        byte[] derived =
                mac(secret.getBytes(StandardCharsets.UTF_8)).doFinal("links".getBytes(StandardCharsets.US_ASCII));
        byte[] id = Arrays.copyOf(mac(derived).doFinal(new byte[] {'i', 'd'}), 2);
        return new Key(id, mac(derived));
    }

    /** The ids in hexadecimal, that of the key that signs first; they stand in every link and tell nothing of the secrets. */
    public List<String> ids() {
        return keys.stream().map(key -> HexFormat.of().formatHex(key.id())).toList();
    }

    byte[] currentId() {
        return keys.getFirst().id().clone();
    }

    byte[] sign(byte[] message) {
        return keys.getFirst().sign(message);
    }

    /** Whether a key of that id made the first {@code signature.length} bytes of the message's HMAC; constant time. */
    boolean verifies(byte[] keyId, byte[] message, byte[] signature) {
        return keys.stream()
                .filter(k -> MessageDigest.isEqual(k.id(), keyId))
                .anyMatch(k -> MessageDigest.isEqual(Arrays.copyOf(k.sign(message), signature.length), signature));
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }
}
