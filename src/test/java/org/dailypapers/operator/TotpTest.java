package org.dailypapers.operator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {

    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /** RFC 6238 appendix B. */
    @ParameterizedTest
    @CsvSource({
        "59, 94287082",
        "1111111109, 07081804",
        "1111111111, 14050471",
        "1234567890, 89005924",
        "2000000000, 69279037",
        "20000000000, 65353130"
    })
    void codesAreThoseOfTheStandard(long seconds, String code) {
        assertEquals(code, Totp.code(SECRET, seconds / 30, 8));
        assertEquals(code.substring(2), Totp.at(SECRET, Instant.ofEpochSecond(seconds)));
    }

    /** RFC 4648 §10, without padding. */
    @ParameterizedTest
    @CsvSource({"f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    void secretsAreWrittenInBase32(String bytes, String text) {
        assertEquals(text, Totp.base32(bytes.getBytes(StandardCharsets.US_ASCII)));
        assertArrayEquals(bytes.getBytes(StandardCharsets.US_ASCII), Totp.fromBase32(text));
    }

    @Test
    void aCodeIsGoodHalfAMinuteEarlyOrLateAndOnce() {
        Instant now = Instant.ofEpochSecond(1_000_000_020);
        String code = Totp.at(SECRET, now);
        long step = now.getEpochSecond() / 30;
        assertEquals(OptionalLong.of(step), Totp.step(SECRET, code, now.plusSeconds(30), 0));
        assertEquals(OptionalLong.of(step), Totp.step(SECRET, code, now.minusSeconds(30), 0));
        assertTrue(Totp.step(SECRET, code, now.plusSeconds(60), 0).isEmpty());
        assertTrue(Totp.step(SECRET, code, now, step).isEmpty());
        assertTrue(Totp.step(SECRET, "", now, 0).isEmpty());
        assertTrue(Totp.step(SECRET, code, now, step + 1).isEmpty());
        assertEquals(OptionalLong.of(step), Totp.step(SECRET, code.substring(0, 3) + " " + code.substring(3), now, 0));
    }
}
