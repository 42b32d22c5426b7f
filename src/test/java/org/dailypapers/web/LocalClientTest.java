package org.dailypapers.web;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.net.SocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalClientTest {

    @Test
    void onlyALoopbackPeerIsLocal() {
        for (String own : List.of("127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1", "0:0:0:0:0:0:0:1")) {
            assertTrue(LocalClient.isLoopback(SocketAddress.inetSocketAddress(1, own)), own);
        }
        for (String other : List.of("192.0.2.1", "10.0.0.1", "0.0.0.0", "2001:db8::1", "::ffff:192.0.2.1")) {
            assertFalse(LocalClient.isLoopback(SocketAddress.inetSocketAddress(1, other)), other);
        }
        assertFalse(LocalClient.isLoopback(SocketAddress.domainSocketAddress("/run/x")));
        assertFalse(LocalClient.isLoopback(null));
    }
}
