package org.dailypapers.source.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.dailypapers.source.SourceException;
import org.junit.jupiter.api.Test;

class SourceClientTest {

    @Test
    void eachSourceAsksForItsOwnKindAndIsNamedInItsFailures() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var accepted = new CopyOnWriteArrayList<List<String>>();
        server.createContext("/", exchange -> {
            accepted.add(exchange.getRequestHeaders().get("Accept"));
            exchange.getResponseHeaders().set("Location", "http://elsewhere.example/");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
        String base = "http://127.0.0.1:" + server.getAddress().getPort();
        try (var client = new SourceClient(
                new SourceClient.Server("feeds", "daily-papers.feeds", base + "/", "application/atom+xml"),
                Clock.systemUTC(),
                Thread::sleep,
                Duration.ofSeconds(10))) {
            SourceException failure = assertThrows(SourceException.class, () -> client.get("/new"));
            assertEquals(
                    "feeds: GET " + base + "/new is redirected to another server, http://elsewhere.example; if that is"
                            + " right, set daily-papers.feeds",
                    failure.getMessage());
            assertEquals(List.of(List.of("application/atom+xml")), accepted);
        } finally {
            server.stop(0);
        }
    }
}
