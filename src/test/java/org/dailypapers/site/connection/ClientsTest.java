package org.dailypapers.site.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.dailypapers.web.AddressBlocks;
import org.junit.jupiter.api.Test;

class ClientsTest {

    private final Clients clients = new Clients(AddressBlocks.parse("127.0.0.1, 10.0.0.0/8"));

    @Test
    void theClientIsWhomTheOutermostOfOurProxiesSaw() {
        Optional<String> reader = Clients.key("203.0.113.9");
        assertEquals(reader, clients.behindProxy(List.of("203.0.113.9")));
        assertEquals(reader, clients.behindProxy(List.of("203.0.113.9, 10.1.2.3")));
        assertEquals(reader, clients.behindProxy(List.of("203.0.113.9", "10.1.2.3,127.0.0.1")));
    }

    @Test
    void whatAClientItselfWritesOfAnotherIsNotBelieved() {
        assertEquals(Clients.key("203.0.113.9"), clients.behindProxy(List.of("198.51.100.1, 203.0.113.9")));
        assertEquals(Clients.key("203.0.113.9"), clients.behindProxy(List.of("198.51.100.1", "203.0.113.9")));
    }

    @Test
    void aProxyThatSaysNothingOfUseSpeaksForNobodyKnown() {
        for (List<String> lines :
                List.of(List.<String>of(), List.of(""), List.of(","), List.of("unknown"), List.of("203.0.113.9, _x"))) {
            assertEquals(Optional.empty(), clients.behindProxy(lines), lines.toString());
        }
        assertEquals(Optional.empty(), clients.behindProxy(List.of("10.1.2.3")));
    }

    @Test
    void onlyNamedProxiesAreOnes() {
        assertTrue(clients.isProxy("10.200.0.1"));
        assertNotEquals(true, clients.isProxy("203.0.113.9"));
        assertNotEquals(true, new Clients(AddressBlocks.NONE).isProxy("127.0.0.1"));
    }

    @Test
    void oneHouseholdsAddressesAreOneClient() {
        assertEquals(Clients.key("2001:db8:1:2::1"), Clients.key("2001:db8:1:2:ffff::9"));
        assertNotEquals(Clients.key("2001:db8:1:2::1"), Clients.key("2001:db8:1:3::1"));
        assertNotEquals(Clients.key("192.0.2.1"), Clients.key("192.0.2.2"));
    }
}
