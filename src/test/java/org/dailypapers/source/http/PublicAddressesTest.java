package org.dailypapers.source.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {

    private final PublicAddresses addresses = new PublicAddresses(Set.of("papers.intranet.example", "127.0.0.2"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.2.1",
                "192.168.0.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "::ffff:127.0.0.1",
                "::10.0.0.1",
                "64:ff9b::10.0.0.1",
                "2002:7f00:1::",
                "2001:db8::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void theseAreOfNoPublicNetwork(String address) throws UnknownHostException {
        assertFalse(PublicAddresses.isPublic(InetAddress.getByName(address)));
        String host = address.contains(":") ? "[" + address + "]" : address;
        assertTrue(
                addresses.way(URI.create("http://" + host + "/feed")).refusal().isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "100.128.0.1",
                "172.32.0.1",
                "192.0.1.1",
                "223.255.255.255",
                "2606:4700::1111",
                "64:ff9b::1.1.1.1",
                "2002:101:101::"
            })
    void theseArePublic(String address) throws UnknownHostException {
        assertTrue(PublicAddresses.isPublic(InetAddress.getByName(address)));
    }

    @Test
    void numbersThatMeanAnAddressAreReadAsOne() {
        for (String host : new String[] {"2130706433", "127.1", "localhost"}) {
            assertTrue(
                    addresses.way(URI.create("http://" + host + "/")).refusal().isPresent(), host);
        }
    }

    @Test
    void whatIsNoPlainWebAddressIsRefused() {
        for (String address :
                new String[] {"file:///etc/passwd", "ftp://example.org/", "http://user:word@1.1.1.1/", "http:/x"}) {
            assertEquals(
                    "is no plain address of the web",
                    addresses.way(URI.create(address)).refusal().orElseThrow());
        }
    }

    @Test
    void aNamedHostMayBeAnywhere() {
        assertTrue(addresses.way(URI.create("http://127.0.0.2:8080/")).refusal().isEmpty());
        assertTrue(addresses
                .way(URI.create("https://Papers.Intranet.example/"))
                .refusal()
                .isEmpty());
    }

    /** Its address is this machine's, which is looked at for a public one. */
    private static SourceClient client(PublicAddresses.Names names, int port) {
        return new SourceClient(
                new SourceClient.Server("ours", "the.setting", "http://feeds.example:" + port, "text/plain"),
                UserAgent.of(URI.create("https://papers.example.org")),
                Clock.systemUTC(),
                wait -> {},
                Manners.within(Duration.ofSeconds(5)),
                Optional.of(new PublicAddresses(Set.of(), names, address -> true)));
    }

    @Test
    void whatIsConnectedToIsTheAddressThatWasLookedAt() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var asked = new ArrayList<String>();
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        int port = server.getAddress().getPort();
        // No name server knows that name: who resolved it again would find nothing.
        try (SourceClient client = client(host -> new InetAddress[] {InetAddress.getLoopbackAddress()}, port)) {
            assertEquals(0, client.get("/feed?x=%C3%A4&y=1,2").orElseThrow().length);
            assertEquals(List.of("feeds.example:" + port + "/feed?x=%C3%A4&y=1,2"), asked);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anAddressOfVersion6StandsInBrackets() throws UnknownHostException {
        var host = new CheckedHost(
                URI.create("https://feeds.example./a%20b"), InetAddress.getByName("2606:4700:0:0:0:0:0:1111"));
        assertEquals("https://[2606:4700:0:0:0:0:0:1111]/a%20b", host.uri().toString());
        host.client(HttpClient.newBuilder()).close();
    }
}
