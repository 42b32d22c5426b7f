package org.dailypapers.site.connection;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.dailypapers.web.AddressBlocks;

/**
 * Tells clients apart: by the address of the TCP peer, and behind a proxy that the operator has named by what that proxy
 * says. Of an IPv6 address the first 64 bits count, for that is what one household has.
 */
@Singleton
public class Clients {

    private static final int HOUSEHOLD_BYTES = 8;
    private static final int IPV6_BYTES = 16;

    private final AddressBlocks proxies;

    @Inject
    Clients(ConnectionSettings settings) {
        this(settings.proxy().orElse(AddressBlocks.NONE));
    }

    Clients(AddressBlocks proxies) {
        this.proxies = proxies;
    }

    /** What tells the client of a request from others; behind a proxy that does not say for whom it asks, the proxy itself. */
    public String of(HttpServerRequest request) {
        String peer = String.valueOf(request.connection().remoteAddress(true).hostAddress());
        return (isProxy(peer) ? behindProxy(request.headers().getAll("X-Forwarded-For")) : key(peer)).orElse(peer);
    }

    boolean isProxy(String peer) {
        return proxies.hold(peer);
    }

    /**
     * The client that a proxy speaks for; empty where it does not say.
     *
     * @param forwardedFor the lines of {@code X-Forwarded-For}
     */
    Optional<String> behindProxy(List<String> forwardedFor) {
        List<String> road = forwardedFor.stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::strip)
                .toList();
        // Each proxy adds its peer at the end; what stands before the last one that is not ours, anybody may have
        // written.
        return road.reversed().stream()
                .filter(address -> !isProxy(address))
                .findFirst()
                .flatMap(Clients::key);
    }

    /** What all connections of one client have in common; empty for what is no address. */
    static Optional<String> key(String address) {
        byte[] bytes = address == null ? null : NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null) {
            return Optional.empty();
        }
        int length = bytes.length == IPV6_BYTES ? HOUSEHOLD_BYTES : bytes.length;
        return Optional.of(HexFormat.of().formatHex(bytes, 0, length));
    }
}
