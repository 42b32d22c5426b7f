package org.dailypapers.letter.dkim;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import org.dailypapers.letter.MimeWriter;
import org.dailypapers.letter.wire.HeaderFields;
import org.dailypapers.letter.wire.Relaxed;

/**
 * Signs letters with DKIM (RFC 6376): rsa-sha256, relaxed/relaxed, the whole body; and below that with ed25519-sha256 where
 * there is a second key. Equal messages get equal signatures: neither has randomness. Safe for use by many threads.
 */
public final class DkimSigner {

    public static final String RSA_SHA256 = "SHA256withRSA";

    private final DkimIdentity identity;
    private final Provider provider;
    private final PrivateKey key;

    /** A signer that uses the fastest implementation of RSA that works here. */
    public DkimSigner(DkimIdentity identity) {
        this(identity, RsaProvider.fastest());
    }

    DkimSigner(DkimIdentity identity, Provider provider) {
        this.identity = identity;
        this.provider = provider;
        try {
            key = identity.key().in(provider);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(provider.getName() + " cannot use the DKIM key", e);
        }
    }

    /** Who signs. */
    public DkimIdentity identity() {
        return identity;
    }

    /** The name of the security provider that computes the signatures. */
    public String provider() {
        return provider.getName();
    }

    /** The message with its signature in front; its lines end with CRLF. */
    public byte[] sign(byte[] message) {
        return sign(message, false);
    }

    /**
     * The same where nothing of the body need be relaxed but its end.
     *
     * @param relaxed whether there is no white space in the body but single spaces within lines, as {@link MimeWriter}
     *     writes them
     */
    public byte[] sign(byte[] message, boolean relaxed) {
        try {
            var fields = new HeaderFields(message);
            List<String> names = SignedFields.of(fields);
            byte[] bodyHash = bodyHash(message, fields.body(), relaxed);
            byte[] whole = message;
            if (identity.second().isPresent()) {
                whole = withEd25519(
                        whole, fields, names, bodyHash, identity.second().get());
            }
            FoldedTags tags = unsigned("rsa-sha256", identity.selector(), fields, names, bodyHash);
            Signature signature = Signature.getInstance(RSA_SHA256, provider);
            signature.initSign(key);
            signature.update(SignedFields.canonical(fields, names, tags.toByteArray()));
            tags.base64(base64(signature.sign()));
            return tags.before(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(provider.getName() + " cannot sign", e);
        }
    }

    /** RFC 8463 §3: what is signed is the SHA-256 of the fields, not they themselves. */
    private byte[] withEd25519(
            byte[] message, HeaderFields fields, List<String> names, byte[] bodyHash, DkimIdentity.Second second)
            throws GeneralSecurityException {
        FoldedTags tags = unsigned("ed25519-sha256", second.selector(), fields, names, bodyHash);
        Signature signature = Signature.getInstance(Ed25519Key.ALGORITHM);
        signature.initSign(second.key().key());
        signature.update(
                MessageDigest.getInstance("SHA-256").digest(SignedFields.canonical(fields, names, tags.toByteArray())));
        tags.base64(base64(signature.sign()));
        return tags.before(message);
    }

    // RFC 6376 §3.5; no l=, for what is below a length that is signed could be anybody's (§8.2), and no t=:
    // verifiers whose clocks are behind refuse a signature of days to come for good
    private FoldedTags unsigned(
            String algorithm, String selector, HeaderFields fields, List<String> names, byte[] bodyHash) {
        var tags = new FoldedTags("DKIM-Signature");
        tags.word("v=1;");
        tags.word("a=" + algorithm + ";");
        tags.word("c=relaxed/relaxed;");
        tags.word("d=" + identity.domain() + ";");
        tags.word("s=" + selector + ";");
        tags.word("h=" + names.getFirst());
        for (String name : names.subList(1, names.size())) {
            tags.piece(":" + name);
        }
        tags.piece(";");
        tags.word("bh=" + base64(bodyHash) + ";");
        tags.word("b=");
        return tags;
    }

    private static byte[] bodyHash(byte[] message, int from, boolean relaxed) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        if (relaxed) {
            digest.update(message, from, Relaxed.end(message, from) - from);
        } else {
            byte[] canonical = new byte[message.length - from + 2];
            digest.update(canonical, 0, Relaxed.body(message, from, canonical));
        }
        return digest.digest();
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
