package org.dailypapers.letter.address;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.IDN;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PunycodeTest {

    @ParameterizedTest
    @CsvSource({
        "bcher-kva, bücher",
        "BCHER-KVA, bücher",
        "strae-oqa, straße",
        "fsqu00a, 例子",
        "i-7iq, i❤",
        "e1afmkfd, пример",
        // RFC 3492 §7.1 (A), (B) and (L)
        "egbpdaj6bu4bxfgehfvwxn, ليهمابتكلموشعربي؟",
        "ihqwcrb4cv8a8dqg056pqjye, 他们为什么不说中文",
        "3B-ww4c5e180e575a65lsy2b, 3年b組金八先生"
    })
    void aLabelIsDecoded(String encoded, String decoded) {
        assertEquals(Optional.of(decoded), Punycode.decode(encoded));
    }

    @Test
    void itDecodesWhatThePlatformEncodes() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            var label = new StringBuilder();
            for (int n = random.nextInt(8); n >= 0; n--) {
                label.appendCodePoint(
                        random.nextInt(3) == 0 ? 'a' + random.nextInt(26) : 0x4E00 + random.nextInt(5000));
            }
            String ascii = IDN.toASCII(label.toString());
            if (ascii.startsWith("xn--")) {
                assertEquals(Optional.of(label.toString()), Punycode.decode(ascii.substring(4)), "seed " + seed);
            }
        }
    }

    @Test
    void whatIsNoLabelIsRefusedAndNothingMakesItFail() {
        assertTrue(Punycode.decode("9999999999").isEmpty());
        assertTrue(Punycode.decode("a_").isEmpty());
        assertTrue(Punycode.decode("zz").isEmpty(), "cut short");
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            var label = new StringBuilder();
            for (int n = random.nextInt(30); n >= 0; n--) {
                label.append("abcdefghijklmnopqrstuvwxyz0123456789-_é".charAt(random.nextInt(39)));
            }
            assertDoesNotThrow(() -> Punycode.decode(label.toString()), () -> "seed " + seed + ": " + label);
        }
    }
}
