package org.dailypapers.returns;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class MailRateTest {

    private static final InetSocketAddress GREEDY = new InetSocketAddress("192.0.2.1", 1);

    private final MailRate rate = new MailRate(Clock.fixed(Instant.parse("2026-03-03T12:00:00Z"), ZoneOffset.UTC));

    @Test
    void whoSendsTooMuchTakesNothingFromTheOthers() {
        for (int i = 0; i < 2 * MailRate.OF_ALL; i++) {
            rate.take(GREEDY);
        }
        assertFalse(rate.take(GREEDY));
        assertTrue(rate.take(new InetSocketAddress("192.0.2.2", 1)));
    }

    @Test
    void allTogetherHaveABoundToo() {
        int taken = 0;
        for (int i = 0; i < 2 * MailRate.OF_ALL; i++) {
            taken += rate.take(new InetSocketAddress("192.0." + i % 250 + ".1", 1)) ? 1 : 0;
        }
        assertTrue(taken == MailRate.OF_ALL, "taken " + taken);
    }

    @Test
    void theAddressesOfOneNetworkAreOneClient() {
        for (int i = 0; i < MailRate.OF_A_CLIENT; i++) {
            assertTrue(rate.take(new InetSocketAddress("2001:db8:1:2::" + Integer.toHexString(i + 1), 1)));
        }
        assertFalse(rate.take(new InetSocketAddress("2001:db8:1:2:ffff::1", 1)));
        assertTrue(rate.take(new InetSocketAddress("2001:db8:1:3::1", 1)));
    }
}
