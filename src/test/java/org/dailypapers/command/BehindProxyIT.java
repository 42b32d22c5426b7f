package org.dailypapers.command;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dailypapers.ReverseProxy;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service as readers reach it: by the base URL's name, with a reverse proxy between. */
class BehindProxyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final HttpClient readers =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Process service;

    @AfterEach
    void end() {
        if (service != null) {
            service.destroyForcibly();
        }
    }

    @Test
    void aReaderSignsUpAndConfirmsThroughTheProxyAndTheOperatorsOwnStayInside() throws Exception {
        int port = PackagedApp.freePort();
        String ours = "127.0.0.1:" + port;
        try (var keeping = new ReverseProxy(port, head -> ReverseProxy.with(head, "X-Forwarded-For", "203.0.113.9"));
                var rewriting = new ReverseProxy(port, head -> {
                    List<String> written = ReverseProxy.with(head, "Host", ours);
                    written.set(0, written.getFirst().replace("HTTP/1.1", "HTTP/1.0"));
                    return written;
                })) {
            URI base = URI.create("http://localhost:" + keeping.port());
            start(PackagedApp.embedded(folder)
                    .set("QUARKUS_HTTP_PORT", Integer.toString(port))
                    .set("DAILY_PAPERS_BASE_URL", base + "/"));
            assertEquals(200, get(URI.create("http://" + ours + "/mailbox")).statusCode());

            Document form = page(base, base.resolve("/subscribe"));
            Element fields = form.selectFirst("form[data-forecast]");
            HttpResponse<String> asked =
                    post(base, URI.create(fields.absUrl("action")), "email=ada%40example.org&action=subscribe");
            assertEquals(200, asked.statusCode(), asked.body());
            Document button = page(base, linkOfTheLetter(base));
            HttpResponse<String> confirmed = post(
                    base,
                    URI.create(button.selectFirst("form[action*=/confirm/]").absUrl("action")),
                    "");
            assertEquals(200, confirmed.statusCode(), confirmed.body());
            Document welcome = Jsoup.parse(confirmed.body(), base.toString());
            page(
                    base,
                    URI.create(
                            welcome.selectFirst("main a[href*=/preferences/]").absUrl("href")));

            for (ReverseProxy proxy : List.of(keeping, rewriting)) {
                URI outside = URI.create("http://localhost:" + proxy.port());
                for (String inside : List.of("/mailbox", "/mailbox/1", "/mailbox/1.eml")) {
                    assertEquals(404, get(outside.resolve(inside)).statusCode(), inside);
                }
                assertEquals(403, get(outside.resolve("/q/metrics")).statusCode());
                HttpResponse<String> ready = get(outside.resolve("/q/health/ready"));
                assertEquals(200, ready.statusCode());
                assertFalse(ready.body().contains("checks"), ready.body());
            }
            assertTrue(get(URI.create("http://" + ours + "/q/metrics")).body().contains("dailypapers_"));
            PackagedApp.Ended beside = PackagedApp.embedded(folder)
                    .set("DAILY_PAPERS_BASE_URL", base.toString())
                    .run("doctor");
            assertTrue(beside.out().contains("ok    base URL: " + base), beside.toString());
        }
    }

    private void start(PackagedApp app) throws IOException {
        Path out = Files.createTempFile(folder, "service", ".txt");
        service = app.start(out, out);
        await().atMost(PATIENCE)
                .until(() -> !service.isAlive() || Files.readString(out).contains("Daily Papers is ready"));
        assertTrue(service.isAlive(), Files.readString(out));
    }

    /** The page, of which every address of our own leads through the proxy, and every file is there. */
    private Document page(URI base, URI address) throws Exception {
        HttpResponse<String> answer = get(address);
        assertEquals(200, answer.statusCode(), address + answer.body());
        Document page = Jsoup.parse(answer.body(), address.toString());
        for (Element file : page.select("link[href], script[src]")) {
            String where = file.absUrl(file.hasAttr("href") ? "href" : "src");
            assertTrue(where.startsWith(base + "/"), where);
            assertEquals(200, get(URI.create(where)).statusCode(), where);
        }
        for (Element form : page.select("form")) {
            assertTrue(form.absUrl("action").startsWith(base + "/"), form.outerHtml());
        }
        return page;
    }

    private URI linkOfTheLetter(URI base) throws IOException {
        Path mailbox = folder.resolve("data/mailbox");
        await().atMost(PATIENCE).until(() -> Files.exists(mailbox.resolve("000001.eml")));
        String letter = Files.readString(mailbox.resolve("000001.eml"), StandardCharsets.UTF_8)
                .replaceAll("=\r?\n", "")
                .replace("=3D", "=");
        Matcher link = Pattern.compile(Pattern.quote(base.toString()) + "/confirm/[\\w-]+")
                .matcher(letter);
        assertTrue(link.find(), letter);
        return URI.create(link.group());
    }

    private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return readers.send(HttpRequest.newBuilder(address).timeout(PATIENCE).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(URI base, URI address, String body) throws IOException, InterruptedException {
        return readers.send(
                HttpRequest.newBuilder(address)
                        .timeout(PATIENCE)
                        .header("Origin", base.toString())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
