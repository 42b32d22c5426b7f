package org.dailypapers.smtp;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.dailypapers.letter.address.Mailbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetterTest {

    private static Letter letter(String sender, String recipient) {
        return new Letter(sender, recipient, new byte[0], true, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b",
                "ada.lovelace+papers@example.org",
                "\"ada> <\\\" lovelace\"@example.org",
                "ada@[192.0.2.1]",
                "ada@[IPv6:2001:db8::1]",
                "jörg@exämple.test",
                "🙂@例子.公司"
            })
    void anEnvelopeTakesOneAddress(String address) {
        assertEquals(address, letter(address, address).recipient());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "@example.org",
                "ada@",
                "<ada@example.org>",
                "ada@example.org> NOTIFY=NEVER <",
                "ada lovelace@example.org",
                "ada@example.org,evil@example.org",
                "readers:ada@example.org,evil@example.org;",
                "@example.org:ada@example.org",
                "ada@example.org\r\nDATA",
                "ada@example.org\n",
                "\"ada\r\nDATA\"@example.org",
                "\"ada@example.org",
                "\"ada\"\"@example.org",
                "ada\0@example.org",
                "ada@exam\u0085ple.org",
                "ada@exam\u2028ple.org",
                "ada@[192.0.2.1]>",
                "ada@[192.0.2.1 SIZE=1]"
            })
    void anEnvelopeTakesNothingElseAndDoesNotSayWhat(String address) {
        for (Runnable maker : List.<Runnable>of(
                () -> letter(address, "ada@example.test"), () -> letter("papers@example.test", address))) {
            var refusal = assertThrows(IllegalArgumentException.class, maker::run);
            assertFalse(refusal.getMessage().contains("example"), refusal.getMessage());
        }
    }

    @Test
    void anEnvelopeTakesEveryLocalPartThatAHeaderTakes() {
        int taken = 0;
        for (UnaryOperator<String> address : List.<UnaryOperator<String>>of(
                unit -> "a" + unit + "b@example.org", unit -> "\"a" + unit + "b\"@example.org")) {
            for (int unit = 0; unit <= 0xFFFF; unit++) {
                String wire;
                try {
                    wire = new Mailbox(null, address.apply(Character.toString(unit))).wireAddress();
                } catch (IllegalArgumentException e) {
                    continue;
                }
                assertDoesNotThrow(() -> letter(wire, wire), () -> wire);
                taken++;
            }
        }
        assertTrue(taken > 100_000, "only " + taken);
    }

    @Test
    void aLetterThatIsVouchedForHasWholeLinesWithoutADotInFront() {
        for (String text : List.of("", "a", "a\r", "a\n", "a\r\nb", "a\rb\r\n", "a\nb\r\n", "\n\r\n", "a\r\r\n")) {
            assertThrows(AssertionError.class, () -> transparent(text, false), text);
        }
        assertThrows(AssertionError.class, () -> transparent(".a\r\n", false));
        assertThrows(AssertionError.class, () -> transparent("a\r\n.\r\n", false));
        assertThrows(AssertionError.class, () -> transparent("ü\r\n", false));
        assertTrue(transparent("ü\r\n", true).eightBit());
        assertFalse(transparent("a.\r\n\r\n .b\r\n", false).eightBit());
    }

    private static Letter transparent(String text, boolean needsSmtpUtf8) {
        return Letter.transparent(
                "a@example.org", "b@example.org", text.getBytes(StandardCharsets.UTF_8), needsSmtpUtf8);
    }

    @Test
    void bytesOutsideOfAsciiAreSeen() {
        assertFalse(eightBit(new byte[] {0, 127}));
        assertTrue(eightBit(new byte[] {1, -128, 1}));
        for (int length = 0; length < 40; length++) {
            assertFalse(eightBit(new byte[length]));
            for (int at = 0; at < length; at++) {
                var bytes = new byte[length];
                bytes[at] = -1;
                assertTrue(eightBit(bytes), at + " of " + length);
            }
        }
    }

    private static boolean eightBit(byte[] bytes) {
        return new Letter("a@example.org", "b@example.org", bytes, false, false).eightBit();
    }
}
