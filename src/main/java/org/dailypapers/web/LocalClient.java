package org.dailypapers.web;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells whether a request comes from this machine itself, and straight from it. */
public final class LocalClient {

    /** Fields that proxies and gateways add and no browser does; what they say is never believed. */
    private static final Pattern PROXYS = Pattern.compile(
            "x-.+|forwarded|via|.*client-ip|cf-.+|cdn-.+|proxy-.+|max-forwards|(akamai|ali|fastly|fly|ngrok|tailscale|wl)-.+"
                    + "|front-end-https|surrogate-capability");

    private LocalClient() {}

    /**
     * True where the TCP peer is a loopback address, this machine is what it asked for, and no proxy stands between. A
     * page of another site that has its own name resolve to this machine (DNS rebinding) gives itself away by that name.
     */
    public static boolean sent(HttpServerRequest request) {
        return isLoopback(request.connection().remoteAddress(true)) && asksForUs(request) && isDirect(request);
    }

    /** True where nothing in the request tells of a proxy. */
    public static boolean isDirect(HttpServerRequest request) {
        // No browser speaks HTTP/1.0, but a proxy that was told nothing may: nginx does, and adds no field.
        return request.version() != HttpVersion.HTTP_1_0
                && request.uri().startsWith("/")
                && request.headers().names().stream().noneMatch(name -> PROXYS.matcher(name.toLowerCase(Locale.ROOT))
                        .matches());
    }

    private static boolean asksForUs(HttpServerRequest request) {
        HostAndPort asked = request.authority();
        int port = request.connection().localAddress().port();
        int usual = request.isSSL() ? 443 : 80;
        return asked != null
                && request.headers().getAll("Host").size() <= 1
                && (asked.port() < 0 ? usual : asked.port()) == port
                && names(asked.host());
    }

    /** True for a host that means this machine wherever it is looked up (RFC 6761 §6.3): {@code localhost}, or a loopback address. */
    public static boolean names(String host) {
        String name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            return true;
        }
        byte[] address = NetUtil.createByteArrayFromIpAddressString(name.replaceAll("^\\[|]$", ""));
        try {
            return address != null && InetAddress.getByAddress(address).isLoopbackAddress();
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }

    /** True for a peer on this machine. */
    static boolean isLoopback(SocketAddress peer) {
        return peer != null && peer.hostAddress() != null && names(peer.hostAddress());
    }
}
