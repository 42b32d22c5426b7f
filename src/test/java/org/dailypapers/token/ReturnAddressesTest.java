package org.dailypapers.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReturnAddressesTest {

    private static final SigningKeys KEYS = new SigningKeys("a secret that is long enough", List.of());
    private static final ReturnAddresses ADDRESSES = new ReturnAddresses(KEYS);

    @Test
    void aLocalPartNamesItsMessageAndFitsIntoAnAddress() {
        for (long message : new long[] {0, 1, 31, 32, 255, 256, 1_000_000_007, Long.MAX_VALUE}) {
            String local = ADDRESSES.localPart(message);
            assertTrue(local.matches("[a-z2-7]{44}"), local);
            assertEquals(OptionalLong.of(message), ADDRESSES.message(local));
            assertEquals(OptionalLong.of(message), ADDRESSES.message(local.toUpperCase(Locale.ROOT)));
            assertEquals(local, ADDRESSES.localPart(message));
        }
    }

    @Test
    void everyOtherCharacterInItsPlaceIsRefused() {
        String local = ADDRESSES.localPart(42);
        for (int i = 0; i < local.length(); i++) {
            for (char c : "abcdefghijklmnopqrstuvwxyz234567".toCharArray()) {
                if (c != local.charAt(i)) {
                    String other = local.substring(0, i) + c + local.substring(i + 1);
                    assertEquals(OptionalLong.empty(), ADDRESSES.message(other), other);
                }
            }
        }
    }

    @Test
    void whatIsNoLocalPartOfOursIsRefused() {
        String local = ADDRESSES.localPart(42);
        for (String other : List.of(
                "",
                "papers",
                local + "a",
                local.substring(1),
                "é" + local.substring(1),
                "-".repeat(44),
                "k".repeat(44))) {
            assertEquals(OptionalLong.empty(), ADDRESSES.message(other), other);
        }
        var linkTokens = new LinkTokens(KEYS, Clock.systemUTC());
        assertEquals(
                OptionalLong.empty(),
                ADDRESSES.message(linkTokens.issue(TokenPurpose.UNSUBSCRIBE, 42).toLowerCase(Locale.ROOT)));
    }

    @Test
    void anEarlierSecretsAddressesStayGood() {
        var changed = new ReturnAddresses(
                new SigningKeys("another secret, long enough", List.of("a secret that is long enough")));
        assertEquals(OptionalLong.of(7), changed.message(ADDRESSES.localPart(7)));
        assertNotEquals(ADDRESSES.localPart(7), changed.localPart(7));
        var foreign = new ReturnAddresses(new SigningKeys("another secret, long enough", List.of()));
        assertEquals(OptionalLong.empty(), foreign.message(ADDRESSES.localPart(7)));
    }
}
