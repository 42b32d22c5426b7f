#!/usr/bin/env bash
# Version: OpenJDK 25 (Temurin), java.net.http.HttpClient with SSLParameters.setServerNames (RFC 6066 §3).
#
# Behaviour: a client that connects to an address and names its server in the TLS parameters has the certificate held
# against that name, as long as no session with the address is kept. Where one is, of whatever name, it is resumed for
# the other name (RFC 8446 §4.2.11 leaves that to the client's care), and no certificate is looked at: a server that
# once proved to be feeds.example is taken for other.example at the same address and port, by another HttpClient too,
# where both have one SSLContext. Two contexts do not share sessions.
#
# Output seen:
#   one context, feeds.example: 200
#   one context, other.example: 200
#   a context of its own, other.example: SSLHandshakeException
#
# Date: 2026-11-30. Needs a JDK of 21 or newer.
set -euo pipefail
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
keytool=${JAVA_HOME:+$JAVA_HOME/bin/}keytool
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
"$keytool" -genkeypair -keystore keys.p12 -storepass changeit -alias a -keyalg EC -dname CN=feeds.example \
  -ext san=dns:feeds.example -validity 30 2>keytool.log

cat >Look.java <<'JAVA'
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

public class Look {
    static KeyStore keys;

    static SSLContext context() throws Exception {
        var own = KeyManagerFactory.getInstance("SunX509");
        own.init(keys, "changeit".toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("a", keys.getCertificate("a"));
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    static String ask(SSLContext context, String name, int port) throws Exception {
        var parameters = new SSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name)));
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(context)
                .sslParameters(parameters)
                .version(HttpClient.Version.HTTP_1_1)
                .build()) {
            var request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/")).build();
            return "" + client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return e.getClass().getSimpleName();
        }
    }

    public static void main(String[] arguments) throws Exception {
        keys = KeyStore.getInstance(new File("keys.p12"), "changeit".toCharArray());
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context()));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        int port = server.getAddress().getPort();
        SSLContext one = context();
        List<String> seen = List.of(
                "one context, feeds.example: " + ask(one, "feeds.example", port),
                "one context, other.example: " + ask(one, "other.example", port),
                "a context of its own, other.example: " + ask(context(), "other.example", port));
        server.stop(0);
        seen.forEach(System.out::println);
        System.exit(
                seen.get(1).endsWith("200") && seen.get(2).endsWith("SSLHandshakeException") ? 0 : 1);
    }
}
JAVA
"$java" Look.java
