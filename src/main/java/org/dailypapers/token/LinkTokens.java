package org.dailypapers.token;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/**
 * Makes and reads the tokens of signed links.
 *
 * <p>A token is base64url of: key id (2 bytes), purpose (1), subject (8), seconds of issue (4), and the first 16 bytes
 * of the HMAC-SHA256 of what stands before. It names nobody: the subject is a row's number.
 */
public final class LinkTokens {

    private static final int SIGNED = 2 + 1 + 8 + 4;
    private static final int SIGNATURE = 16;
    private static final int TEXT = (SIGNED + SIGNATURE) * 4 / 3 + 1;

    private final SigningKeys keys;
    private final Clock clock;

    /** What a token turned out to be. */
    public sealed interface Reading {}

    /** A genuine token within its lifetime. */
    public record Valid(long subject, Instant issued) implements Reading {}

    /** A genuine token past its lifetime. */
    public record Expired(long subject) implements Reading {}

    /** Not a token of ours, or one for another purpose. */
    public record Forged() implements Reading {}

    public LinkTokens(SigningKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** A token for the subject, issued now. */
    public String issue(TokenPurpose purpose, long subject) {
        return issue(purpose, subject, clock.instant());
    }

    /** A token for the subject, issued at the given instant: the same arguments give the same token. */
    public String issue(TokenPurpose purpose, long subject, Instant issued) {
        byte[] message = ByteBuffer.allocate(SIGNED)
                .put(keys.currentId())
                .put(purpose.code())
                .putLong(subject)
                .putInt((int) issued.getEpochSecond())
                .array();
        byte[] token = Arrays.copyOf(message, SIGNED + SIGNATURE);
        System.arraycopy(keys.sign(message), 0, token, SIGNED, SIGNATURE);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** Reads a token that should have the purpose. */
    public Reading read(TokenPurpose purpose, String token) {
        if (token.length() > TEXT + 1) {
            return new Forged();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            return new Forged();
        }
        // The last character carries spare bits: only the one canonical spelling counts.
        if (bytes.length != SIGNED + SIGNATURE
                || !Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(bytes)
                        .equals(token)) {
            return new Forged();
        }
        byte[] message = Arrays.copyOf(bytes, SIGNED);
        byte[] signature = Arrays.copyOfRange(bytes, SIGNED, bytes.length);
        if (!keys.verifies(Arrays.copyOf(bytes, 2), message, signature) || bytes[2] != purpose.code()) {
            return new Forged();
        }
        var fields = ByteBuffer.wrap(message, 3, SIGNED - 3);
        long subject = fields.getLong();
        Instant issued = Instant.ofEpochSecond(Integer.toUnsignedLong(fields.getInt()));
        boolean expired = purpose.lifetime()
                .map(issued::plus)
                .map(end -> !clock.instant().isBefore(end))
                .orElse(false);
        return expired ? new Expired(subject) : new Valid(subject, issued);
    }
}
