package org.dailypapers.mailbox;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Tells whether a request comes from this machine itself. */
final class LocalClient {

    private LocalClient() {}

    /**
     * True where the TCP peer is a loopback address and no proxy stands between. What a forwarding header says is
     * never believed; that there is one is enough to refuse, for a proxy on this machine has a loopback address too.
     */
    static boolean sent(HttpServerRequest request) {
        return isLoopback(request.connection().remoteAddress(true))
                && !request.headers().contains("Forwarded")
                && !request.headers().contains("X-Forwarded-For");
    }

    static boolean isLoopback(SocketAddress peer) {
        if (peer == null || peer.hostAddress() == null) {
            return false;
        }
        try {
            return InetAddress.getByName(peer.hostAddress()).isLoopbackAddress();
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }
}
