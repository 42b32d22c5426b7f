package org.dailypapers.token;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dailypapers.token.LinkTokens.Expired;
import org.dailypapers.token.LinkTokens.Forged;
import org.dailypapers.token.LinkTokens.Valid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTokensTest {

    private static final Instant ISSUED = Instant.parse("2027-03-01T08:00:00Z");
    private static final String SECRET = "a secret of a good length, truly";
    private static final String EARLIER = "another secret that was used before";

    @ParameterizedTest
    @EnumSource
    void aTokenIsReadForItsPurpose(TokenPurpose purpose) {
        for (long subject : new long[] {1, 42, 0, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            String token = at(ISSUED, SECRET).issue(purpose, subject);
            assertTrue(token.matches("[A-Za-z0-9_-]{42}"), token);
            assertEquals(new Valid(subject, ISSUED), at(ISSUED, SECRET).read(purpose, token));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTokenOpensNoOtherDoor(TokenPurpose purpose) {
        String token = at(ISSUED, SECRET).issue(purpose, 42);
        Stream.of(TokenPurpose.values())
                .filter(other -> other != purpose)
                .forEach(other -> assertEquals(new Forged(), at(ISSUED, SECRET).read(other, token), other.name()));
    }

    @ParameterizedTest
    @EnumSource
    void everyFlippedBitIsRefusedAtEveryDoor(TokenPurpose purpose) {
        byte[] token = Base64.getUrlDecoder().decode(at(ISSUED, SECRET).issue(purpose, 42));
        for (int bit = 0; bit < token.length * 8; bit++) {
            byte[] flipped = token.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            for (TokenPurpose door : TokenPurpose.values()) {
                assertEquals(new Forged(), at(ISSUED, SECRET).read(door, text(flipped)), "bit " + bit + " at " + door);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyFlippedBitOfTheTextIsRefused(TokenPurpose purpose) {
        String token = at(ISSUED, SECRET).issue(purpose, 42);
        for (int i = 0; i < token.length(); i++) {
            for (int bit = 0; bit < 16; bit++) {
                var flipped = new StringBuilder(token);
                flipped.setCharAt(i, (char) (token.charAt(i) ^ 1 << bit));
                assertEquals(new Forged(), at(ISSUED, SECRET).read(purpose, flipped.toString()), flipped.toString());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTokenExpiresAtTheVeryInstant(TokenPurpose purpose) {
        String token = at(ISSUED, SECRET).issue(purpose, 42);
        if (purpose.lifetime().isEmpty()) {
            Instant late = Instant.parse("2099-01-01T00:00:00Z");
            assertEquals(new Valid(42, ISSUED), at(late, SECRET).read(purpose, token));
            return;
        }
        Instant end = ISSUED.plus(purpose.lifetime().get());
        assertEquals(new Valid(42, ISSUED), at(end.minusNanos(1), SECRET).read(purpose, token));
        assertEquals(new Expired(42), at(end, SECRET).read(purpose, token));
        assertEquals(new Expired(42), at(end.plusNanos(1), SECRET).read(purpose, token));
    }

    @Test
    void onlyTheLinksThatMustStayGoodNeverExpire() {
        assertEquals(
                List.of(
                        TokenPurpose.PREFERENCES,
                        TokenPurpose.UNSUBSCRIBE,
                        TokenPurpose.LETTER,
                        TokenPurpose.RETURN,
                        TokenPurpose.FEED,
                        TokenPurpose.LEAVE_BY_MAIL,
                        TokenPurpose.VOICE),
                Stream.of(TokenPurpose.values())
                        .filter(p -> p.lifetime().isEmpty())
                        .toList());
    }

    @Test
    void noTwoPurposesShareACode() {
        assertEquals(
                TokenPurpose.values().length,
                Stream.of(TokenPurpose.values())
                        .map(TokenPurpose::code)
                        .distinct()
                        .count());
    }

    @Test
    void theSameArgumentsGiveTheSameTokenAndOthersAnother() {
        LinkTokens tokens = at(ISSUED.plusSeconds(99), SECRET);
        String token = tokens.issue(TokenPurpose.LETTER, 42, ISSUED);
        assertEquals(token, tokens.issue(TokenPurpose.LETTER, 42, ISSUED));
        assertEquals(token, at(ISSUED, SECRET).issue(TokenPurpose.LETTER, 42));
        assertNotEquals(token, tokens.issue(TokenPurpose.LETTER, 43, ISSUED));
        assertNotEquals(token, tokens.issue(TokenPurpose.LETTER, 42, ISSUED.plusSeconds(1)));
        assertNotEquals(token, at(ISSUED, EARLIER).issue(TokenPurpose.LETTER, 42));
    }

    @Test
    void anIssueIsKeptToTheSecondAndPast2038() {
        Instant late = Instant.parse("2090-05-06T07:08:09.123Z");
        String token = at(late, SECRET).issue(TokenPurpose.LETTER, 7);
        assertEquals(
                new Valid(7, Instant.parse("2090-05-06T07:08:09Z")),
                at(late, SECRET).read(TokenPurpose.LETTER, token));
    }

    @Test
    void earlierSecretsStillVerifyAndTheCurrentOneSigns() {
        String old = at(ISSUED, EARLIER).issue(TokenPurpose.UNSUBSCRIBE, 42);
        LinkTokens rotated = at(ISSUED, SECRET, EARLIER, "one more secret, the oldest of all");
        assertEquals(new Valid(42, ISSUED), rotated.read(TokenPurpose.UNSUBSCRIBE, old));
        assertEquals(
                at(ISSUED, SECRET).issue(TokenPurpose.UNSUBSCRIBE, 42), rotated.issue(TokenPurpose.UNSUBSCRIBE, 42));
    }

    @Test
    void aKeyThatIsNotKnownIsRefused() {
        String old = at(ISSUED, EARLIER).issue(TokenPurpose.UNSUBSCRIBE, 42);
        assertEquals(new Forged(), at(ISSUED, SECRET).read(TokenPurpose.UNSUBSCRIBE, old));
    }

    /** An id has two bytes, so that one pair of secrets in 65,536 shares it; a few hundred secrets hold such a pair. */
    @Test
    void twoSecretsThatShareAnIdBothVerify() {
        Map<Integer, String> byId = new HashMap<>();
        for (int i = 0; ; i++) {
            String secret = "a secret with a number at its end: " + i;
            byte[] id = new SigningKeys(secret, List.of()).currentId();
            String twin = byId.put(Arrays.hashCode(id), secret);
            if (twin != null && Arrays.equals(id, new SigningKeys(twin, List.of()).currentId())) {
                String token = at(ISSUED, twin).issue(TokenPurpose.UNSUBSCRIBE, 42);
                assertEquals(new Valid(42, ISSUED), at(ISSUED, secret, twin).read(TokenPurpose.UNSUBSCRIBE, token));
                assertEquals(new Forged(), at(ISSUED, secret).read(TokenPurpose.UNSUBSCRIBE, token));
                return;
            }
        }
    }

    @Test
    void onlyTheCanonicalSpellingCounts() {
        LinkTokens tokens = at(ISSUED, SECRET);
        for (int subject = 0; subject < 200; subject++) {
            String token = tokens.issue(TokenPurpose.LETTER, subject);
            for (String other : List.of(
                    token + "=",
                    token + "==",
                    token + "A",
                    token + " ",
                    " " + token,
                    token + "\n",
                    token.substring(1),
                    token.substring(0, token.length() - 1),
                    token.toLowerCase(java.util.Locale.ROOT),
                    spareBits(token),
                    token.replace('-', '+').replace('_', '/') + "A")) {
                assertEquals(new Forged(), tokens.read(TokenPurpose.LETTER, other), other);
            }
            if (token.contains("-") || token.contains("_")) {
                assertEquals(
                        new Forged(),
                        tokens.read(TokenPurpose.LETTER, token.replace('-', '+').replace('_', '/')));
            }
        }
    }

    /** The same bytes to a lenient decoder: 31 bytes leave four spare bits in the last character. */
    private static String spareBits(String token) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(token.charAt(token.length() - 1));
        String other = token.substring(0, token.length() - 1) + alphabet.charAt(last + 1);
        assertArrayEquals(
                Base64.getUrlDecoder().decode(token), Base64.getUrlDecoder().decode(other));
        return other;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "=",
                "A",
                "é",
                "../../etc/passwd",
                "\u0000",
                "😀",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void whatIsNoTokenIsRefused(String text) {
        assertInstanceOf(Forged.class, at(ISSUED, SECRET).read(TokenPurpose.LETTER, text));
        assertInstanceOf(Forged.class, at(ISSUED, SECRET).read(TokenPurpose.LETTER, text.repeat(100_000)));
    }

    @Test
    void aSecretThatIsTooShortIsRefused() {
        String shortest = "x".repeat(SigningKeys.SHORTEST_SECRET);
        assertEquals(2, new SigningKeys(shortest, List.of()).currentId().length);
        String tooShort = shortest.substring(1);
        for (Runnable making : List.<Runnable>of(
                () -> new SigningKeys(tooShort, List.of()), () -> new SigningKeys(SECRET, List.of(tooShort)))) {
            String message =
                    assertThrows(IllegalArgumentException.class, making::run).getMessage();
            assertTrue(message.contains("shorter than 24 characters"), message);
            assertTrue(!message.contains(tooShort), "a secret stays out of messages");
        }
    }

    private static String text(byte[] token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    private static LinkTokens at(Instant now, String secret, String... earlier) {
        return new LinkTokens(new SigningKeys(secret, List.of(earlier)), Clock.fixed(now, ZoneOffset.UTC));
    }
}
