package org.dailypapers.source.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * A host with the one of its addresses that was looked at: requests go there, whatever its name resolves to by then (DNS
 * rebinding).
 *
 * <p>Java's client resolves names by itself, so it is given the address in the place of the name; the name stands in
 * {@code Host} and in TLS (RFC 6066 §3), and the certificate is held against it. TLS sessions are kept by address and would
 * be resumed for another name without a look at its certificate, so each client has a context of its own.
 */
record CheckedHost(URI asked, InetAddress address) {

    /** Java's setting that lets a request name its host; it is read once, with the first client. */
    static final String ALLOWED = "jdk.httpclient.allowRestrictedHeaders";

    /** The address of the web with the checked address in the place of the name. */
    URI uri() {
        String literal = address.getHostAddress().replaceFirst("%.*", "");
        return URI.create(asked.getScheme()
                + "://"
                + (address instanceof Inet6Address ? "[" + literal + "]" : literal)
                + (asked.getPort() < 0 ? "" : ":" + asked.getPort())
                + asked.getRawPath()
                + (asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery()));
    }

    /** What the request calls its host (RFC 9110 §7.2). */
    String name() {
        return asked.getRawAuthority();
    }

    /** A client for this host alone. */
    HttpClient client(HttpClient.Builder builder) {
        if (!"https".equalsIgnoreCase(asked.getScheme())) {
            return builder.build();
        }
        try {
            SSLContext own = SSLContext.getInstance("TLS");
            own.init(null, null, null);
            var names = new SSLParameters();
            names.setServerNames(List.of(new SNIHostName(asked.getHost().replaceFirst("\\.$", ""))));
            return builder.sslContext(own).sslParameters(names).build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java lacks TLS", e);
        }
    }
}
