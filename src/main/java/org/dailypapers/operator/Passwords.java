package org.dailypapers.operator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/** Passwords as Argon2id keeps them (RFC 9106), in the string form that its reference implementation writes. */
final class Passwords {

    /** NIST SP 800-63B-4 §3.1.1.2 asks for eight beside a second factor. */
    static final int SHORTEST = 12;

    static final int LONGEST = 200;

    // OWASP's second choice: 19 MiB, two passes, one lane.
    private static final int KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT = 16;
    private static final int BYTES = 32;
    private static final String HEAD = "$argon2id$v=19$m=%d,t=%d,p=%d$".formatted(KIB, PASSES, LANES);

    /** Whoever asks for many at once waits, rather than takes the memory and the processors of all. */
    static final Semaphore TURNS = new Semaphore(2, true);

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Each holds a thread that others' requests need. */
    private static final int MOST_WAITING = 16;

    /** What an unknown account is compared with, so that it takes as long as a known one. */
    private static final String NOBODYS = HEAD + "AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private Passwords() {}

    /** Why it cannot be one; empty where it can. */
    static Optional<String> fault(String password, String email) {
        if (password.codePointCount(0, password.length()) < SHORTEST) {
            return Optional.of("A password has at least " + SHORTEST + " characters; three or four words do.");
        }
        if (password.length() > LONGEST) {
            return Optional.of("A password has at most " + LONGEST + " characters.");
        }
        if (password.codePoints().distinct().count() < 5 || password.strip().equalsIgnoreCase(email.strip())) {
            return Optional.of("That is too easily guessed; take three or four words.");
        }
        return Optional.empty();
    }

    static String hash(String password) {
        byte[] salt = Secrets.random(SALT);
        return HEAD + text(salt) + "$" + text(argon2(password, salt, KIB, PASSES, LANES));
    }

    /** Whether the password is the one that was hashed; takes as long where there is none. */
    static boolean matches(String password, @Nullable String hash) {
        String[] parts = (hash == null ? NOBODYS : hash).split("\\$", -1);
        String[] costs = parts[3].split("[=,]", -1);
        byte[] salt = Base64.getDecoder().decode(parts[4]);
        byte[] expected = Base64.getDecoder().decode(parts[5]);
        byte[] got = argon2(
                password, salt, Integer.parseInt(costs[1]), Integer.parseInt(costs[3]), Integer.parseInt(costs[5]));
        return MessageDigest.isEqual(expected, got) && hash != null;
    }

    private static byte[] argon2(String password, byte[] salt, int kib, int passes, int lanes) {
        takeATurn();
        try {
            var generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(kib)
                    .withIterations(passes)
                    .withParallelism(lanes)
                    .withSalt(salt)
                    .build());
            var out = new byte[BYTES];
            // One keyboard composes an accent, another writes it apart.
            generator.generateBytes(
                    Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8), out);
            return out;
        } finally {
            TURNS.release();
        }
    }

    private static void takeATurn() {
        try {
            if (TURNS.getQueueLength() < MOST_WAITING && TURNS.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Busy();
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
