package org.dailypapers.mailbox;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.dailypapers.ReverseProxy;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class MailboxPagesTest {

    private static final String BOTH = """
            From: =?utf-8?q?Daily_Papers?= <papers@example.org>
            To: ada@example.org
            Subject: =?utf-8?q?Gr=C3=B6=C3=9Fer_=E2=80=93_today?=
            Date: Sat, 1 Aug 2026 08:00:00 +0200
            X-Folded: one
             two
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary=b

            --b
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Gr=C3=BC=C3=9Fe <b> & see (https://example.org/a?b=3D1&c=3D2), or
            javascript:alert(1).
            --b
            Content-Type: text/html; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            <!doctype html><html lang=3D"de"><head><title>x</title></head><body><p>Gr=FC=DFe
            <a href=3D"https://example.org/">link</a></p></body></html>
            --b
            Content-Type: application/pdf; name="paper.pdf"
            Content-Disposition: attachment; filename="paper.pdf"

            x
            --b--
            """;

    @Inject
    MailboxServer server;

    @Inject
    Clock clock;

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        server.stop();
        server.start(folder);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private int caught(byte[] message) {
        return server.mail().orElseThrow().add(new Envelope("bounce@example.org", List.of("ada@example.org")), message);
    }

    private int caught(String message) {
        return caught(message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static Response get(String path) {
        return given().redirects().follow(false).get(path);
    }

    private static Document page(String path) {
        Response response = get(path);
        assertEquals(200, response.statusCode(), path);
        assertTrue(
                response.contentType().replace(" ", "").equalsIgnoreCase("text/html;charset=UTF-8"),
                response.contentType());
        return Jsoup.parse(response.asString());
    }

    @Test
    void anEmptyMailboxPointsToTheSubscribePage() {
        Document page = page("/mailbox");
        assertTrue(page.text().contains("No mail yet"));
        assertEquals(
                "Subscribe",
                page.selectFirst(".mailbox-empty a[href=/subscribe]").text());
        assertTrue(page.text().contains("localhost:" + server.port().getAsInt()));
    }

    @Test
    void theListShowsTheNewestFirst() {
        caught(BOTH);
        caught("From: b@x.org\nTo: c@x.org\n\nno subject\n");
        Document page = page("/mailbox");
        assertTrue(page.text().contains("2 letters"));
        List<Element> rows = page.select(".mailbox-list > li");
        assertEquals(2, rows.size());
        assertEquals(
                "(no subject)", rows.get(0).selectFirst("a[href=/mailbox/2]").text());
        assertEquals(
                "Größer – today", rows.get(1).selectFirst("a[href=/mailbox/1]").text());
        assertEquals(
                "Daily Papers <papers@example.org>",
                rows.get(1).select(".mailbox-from").text());
        assertEquals("ada@example.org", rows.get(1).select(".mailbox-to").text());
    }

    @Test
    void theListTurnsByFifty() {
        for (int i = 0; i < 120; i++) {
            caught("Subject: x\n\n");
        }
        assertEquals(50, page("/mailbox").select(".mailbox-list > li").size());
        Document third = page("/mailbox?page=3");
        assertEquals(20, third.select(".mailbox-list > li").size());
        assertEquals("/mailbox?page=2", third.selectFirst("a[rel=prev]").attr("href"));
        assertNull(third.selectFirst("a[rel=next]"));
        assertTrue(page("/mailbox?page=9").text().contains("Nothing on this page"));
        assertEquals(
                50, page("/mailbox?page=<script>").select(".mailbox-list > li").size());
    }

    @Test
    void aLetterShowsItsHeadersItsViewsAndItsNeighbours() {
        caught("Subject: first\n\nx\n");
        caught(BOTH);
        caught("Subject: last\n\nx\n");
        Document page = page("/mailbox/2");
        assertEquals("Größer – today", page.selectFirst("h1").text());
        assertEquals(
                List.of(
                        "Daily Papers <papers@example.org>",
                        "ada@example.org",
                        LetterPage.moment(Instant.parse("2026-08-01T06:00:00Z"), clock.getZone())),
                page.selectFirst("dl").select("dd").eachText());
        assertTrue(page.select("details dt").eachText().contains("X-Folded"));
        assertTrue(page.select("details dd").eachText().contains("one two"));
        assertTrue(page.select("details dd").eachText().contains("<bounce@example.org>"));
        assertEquals(
                List.of("HTML", "Text", "Source"),
                page.select(".mailbox-views a[href*=view]").eachText());
        assertEquals("HTML", page.select("[aria-current]").text());
        Element frame = page.selectFirst("iframe");
        assertEquals("/mailbox/2/html", frame.attr("src"));
        assertEquals("allow-popups allow-popups-to-escape-sandbox", frame.attr("sandbox"));
        assertEquals("/mailbox/3?view=html", page.selectFirst("a[rel=prev]").attr("href"));
        assertEquals("/mailbox/1?view=html", page.selectFirst("a[rel=next]").attr("href"));
        assertTrue(page.select("footer li").text().contains("paper.pdf application/pdf"));
        assertNull(page("/mailbox/1").selectFirst("a[rel=next]"));
        assertNull(page("/mailbox/3").selectFirst("a[rel=prev]"));
    }

    @Test
    void thePagesNeedNeitherInlineScriptNorInlineStyle() {
        caught(BOTH);
        for (String path : List.of("/mailbox", "/mailbox/1", "/mailbox/1?view=text", "/mailbox/1?view=source")) {
            Document page = page(path);
            assertEquals(0, page.select("script, style, [style]").size(), path);
            assertTrue(
                    page.getAllElements().stream()
                            .flatMap(e -> e.attributes().asList().stream())
                            .noneMatch(a -> a.getKey().startsWith("on")),
                    path);
            assertEquals(1, page.select("link[href^=/style/mailbox.css?v=]").size(), path);
        }
        assertEquals(200, get("/style/mailbox.css").statusCode());
    }

    @Test
    void theTextsWebAddressesAreLinksAndNothingElseIs() {
        caught(BOTH);
        Document page = page("/mailbox/1?view=text");
        Element pre = page.selectFirst("pre");
        assertEquals(
                "Grüße <b> & see (https://example.org/a?b=1&c=2), or\njavascript:alert(1).",
                pre.wholeText().strip().replace("\r", ""));
        assertEquals(List.of("https://example.org/a?b=1&c=2"), pre.select("a").eachAttr("href"));
        assertEquals("Text", page.select("[aria-current]").text());
    }

    @Test
    void addressesEndBeforeTheSentenceDoes() {
        assertEquals(
                List.of("http://a.org/x_(y)", "HTTPS://b.org", "https://c.org/?q=[1]"),
                LinkedText.of("See http://a.org/x_(y). (HTTPS://b.org), ftp://no https://c.org/?q=[1]!").stream()
                        .filter(LinkedText::link)
                        .map(LinkedText::text)
                        .toList());
        String endless = "https://x" + ")".repeat(900_000);
        assertEquals(
                endless,
                String.join(
                        "",
                        LinkedText.of(endless).stream().map(LinkedText::text).toList()));
    }

    @Test
    void theHtmlComesAloneAsUtf8UnderItsOwnPolicy() {
        caught(BOTH);
        Response html = get("/mailbox/1/html");
        assertEquals(200, html.statusCode());
        assertEquals(
                "text/html;charset=utf-8", html.contentType().replace(" ", "").toLowerCase(Locale.ROOT));
        assertEquals(
                List.of(
                        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline';"
                                + " img-src data:; frame-ancestors 'self'"),
                html.headers().getValues("Content-Security-Policy"));
        assertEquals("nosniff", html.header("X-Content-Type-Options"));
        String text = new String(html.asByteArray(), StandardCharsets.UTF_8);
        assertTrue(text.startsWith("<!doctype html><base target=\"_blank\"><html lang=\"de\">"), text);
        assertTrue(text.contains("Grüße"));
        Document parsed = Jsoup.parse(text);
        assertEquals("_blank", parsed.head().selectFirst("base").attr("target"));
        assertEquals("de", parsed.selectFirst("html").attr("lang"));
        assertEquals(Document.QuirksMode.noQuirks, parsed.quirksMode());
    }

    @Test
    void theBaseTargetComesFirstWhateverTheHtmlBeginsWith() {
        for (String html : List.of(
                "",
                "text",
                "<p>x",
                "\uFEFF <!-- <head> --> <!DOCTYPE html>\n<!---->\n<html><head><base href=/ target=_self></head>",
                "<!-- open",
                "<!doctype",
                "<html><body><a href=x>")) {
            String shown = HtmlPart.opensOutside(html);
            assertEquals(html, shown.replaceFirst("<base target=\"_blank\">", ""));
            Document parsed = Jsoup.parse(shown);
            assertEquals("_blank", parsed.selectFirst("base").attr("target"), html);
        }
    }

    @Test
    void theSourceIsTheBytesAsTheyCame() {
        byte[] bytes = new byte[2_000];
        new Random(1).nextBytes(bytes);
        caught(bytes);
        Response eml = get("/mailbox/1.eml");
        assertEquals(200, eml.statusCode());
        assertTrue(eml.contentType().startsWith("message/rfc822"), eml.contentType());
        assertTrue(eml.header("Content-Disposition").startsWith("attachment"));
        assertArrayEquals(bytes, eml.asByteArray());
    }

    @Test
    void scriptsInEveryFieldAreShownInert() {
        String script = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{7*7}{inject:vertx}";
        caught("From: " + script + " <a@x.org>\nTo: " + script + "\nSubject: " + script + "\nDate: " + script
                + "\nX-" + script + ": " + script + "\nMIME-Version: 1.0\n"
                + "Content-Type: multipart/mixed; boundary=b\n\n"
                + "--b\nContent-Type: text/plain\n\n" + script
                + " https://x.org/\"onclick=alert(1) javascript:alert(1)\n"
                + "--b\nContent-Type: text/html\n\n<p>" + script + "\n"
                + "--b\nContent-Type: a/b; name=\"<script>alert(1)</script>\"\n\nx\n--b--\n");
        server.mail()
                .orElseThrow()
                .add(new Envelope(script, List.of(script)), "Subject: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        for (String path :
                List.of("/mailbox", "/mailbox/1", "/mailbox/1?view=text", "/mailbox/1?view=source", "/mailbox/2")) {
            Document page = page(path);
            assertEquals(0, page.select("script, img, [onerror], [onclick]").size(), path);
            assertFalse(page.text().contains("49{"), path);
            assertTrue(page.select("a").stream().noneMatch(a -> a.attr("href").startsWith("javascript")), path);
        }
        assertEquals(script, page("/mailbox/1").selectFirst("h1").text());
        assertTrue(get("/mailbox/1/html").header("Content-Security-Policy").startsWith("sandbox allow-popups "));
    }

    @Test
    void malformedMailIsShownAllTheSame() {
        List<String> bad = List.of(
                "",
                "\n",
                "no header at all",
                ": empty\n:\nSubject\n folded\n\n\n",
                "Subject: =?utf-8?q?=FF=ZZ?= =?x?b?!!?=\nDate: yesterday\nFrom: <<>>,,;\n\nx",
                "Content-Type: multipart/mixed\n\n--\n--x",
                "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html; charset=nosuch\n\n<p>x\n",
                "Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n!!!not base64!!!\n",
                "Content-Type: text/html\nContent-Transfer-Encoding: nosuch\n\n<p>x\n",
                "Content-Type: text/plain; charset=\n\nx",
                "Content-Type: ;;;\n\nx",
                "Content-Type: multipart/mixed; boundary=\"\"\n\n",
                "Content-Type: multipart/mixed; boundary=b\n\n--b\n".repeat(60),
                "Subject: nul \u0000 and \u0007\n\n\u0000\n");
        for (String message : bad) {
            int n = caught(message);
            for (String view : List.of("", "?view=html", "?view=text", "?view=source", "?view=%7B")) {
                page("/mailbox/" + n + view);
            }
            int html = get("/mailbox/" + n + "/html").statusCode();
            assertTrue(html == 200 || html == 404, message);
        }
        Random random = new Random(7);
        for (int i = 0; i < 100; i++) {
            byte[] bytes = BOTH.getBytes(StandardCharsets.UTF_8);
            for (int j = 0; j < 40; j++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            page("/mailbox/" + caught(bytes));
        }
        assertEquals(50, page("/mailbox").select(".mailbox-list > li").size());
    }

    @Test
    void aTextLetterIsReadAsTextAndHasNoHtml() {
        caught("Subject: x\n\nHello https://x.org\n");
        Document page = page("/mailbox/1");
        assertEquals(
                List.of("Text", "Source"),
                page.select(".mailbox-views a[href*=view]").eachText());
        assertEquals(1, page.select("pre a").size());
        assertEquals(404, get("/mailbox/1/html").statusCode());
    }

    @Test
    void whatIsNotThereIsNotFound() throws IOException {
        caught(BOTH);
        for (String path : List.of(
                "/mailbox/0",
                "/mailbox/2",
                "/mailbox/01",
                "/mailbox/-1",
                "/mailbox/x",
                "/mailbox/2.eml",
                "/mailbox/2/html",
                "/mailbox/1.txt",
                "/mailbox/999999999",
                "/mailbox/99999999999999")) {
            assertEquals(404, get(path).statusCode(), path);
        }
        server.stop();
        for (String path : List.of("/mailbox", "/mailbox/1", "/mailbox/1.eml", "/mailbox/1/html")) {
            assertEquals(404, get(path).statusCode(), path);
        }
        assertTrue(Files.exists(folder.resolve("000001.eml")));
    }

    @Test
    void headIsAnsweredAsGetIs() {
        caught(BOTH);
        for (String path : List.of("/mailbox", "/mailbox/1", "/mailbox/1.eml", "/mailbox/1/html")) {
            assertEquals(200, given().head(path).statusCode(), path);
        }
    }

    @Test
    void aLetterRemovedByHandIsNotFoundAndTheListStillStands() throws IOException {
        caught(BOTH);
        caught(BOTH);
        Files.delete(folder.resolve("000001.eml"));
        assertEquals(2, page("/mailbox").select(".mailbox-list > li").size());
        for (String path : List.of("/mailbox/1", "/mailbox/1.eml", "/mailbox/1/html")) {
            assertEquals(404, get(path).statusCode(), path);
        }
    }

    private static int status(UnaryOperator<List<String>> proxy, String path) throws IOException {
        try (var between = new ReverseProxy(RestAssured.port, proxy)) {
            return given().port(between.port())
                    .redirects()
                    .follow(false)
                    .get(path)
                    .statusCode();
        }
    }

    private static UnaryOperator<List<String>> asking(String host) {
        return head -> ReverseProxy.with(head, "Host", host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For",
                "X-Forwarded-Host",
                "X-Forwarded-Proto",
                "x-forwarded-server",
                "Forwarded",
                "Via",
                "X-Real-IP",
                "X-Client-IP",
                "X-Cluster-Client-IP",
                "X-Original-Forwarded-For",
                "X-Envoy-External-Address",
                "X-Request-Id",
                "X-Amzn-Trace-Id",
                "CF-Connecting-IP",
                "CF-Ray",
                "CDN-Loop",
                "True-Client-IP",
                "Fastly-Client-IP",
                "Fly-Client-IP",
                "Client-IP",
                "Proxy-Connection",
                "Tailscale-User-Login",
                "Front-End-Https"
            })
    void aClientBehindAProxyIsNotLocalWhateverItClaims(String field) throws IOException {
        caught(BOTH);
        for (String path : List.of("/mailbox", "/mailbox/1", "/mailbox/1.eml", "/mailbox/1/html")) {
            assertEquals(200, get(path).statusCode(), path);
            for (String value : List.of("127.0.0.1", "")) {
                assertEquals(404, given().header(field, value).get(path).statusCode(), path);
            }
        }
    }

    @Test
    void aProxyThatAddsNothingIsKnownByItsOldProtocol() throws IOException {
        caught(BOTH);
        UnaryOperator<List<String>> host = asking("127.0.0.1:" + RestAssured.port);
        assertEquals(200, status(host, "/mailbox/1"));
        assertEquals(
                404,
                status(
                        head -> {
                            List<String> written = host.apply(head);
                            written.set(0, written.getFirst().replace("HTTP/1.1", "HTTP/1.0"));
                            return written;
                        },
                        "/mailbox/1"));
    }

    @Test
    void aForeignNameThatResolvesToThisMachineSeesNothing() throws IOException {
        caught(BOTH);
        int port = RestAssured.port;
        for (String own : List.of(
                "localhost:" + port,
                "LocalHost:" + port,
                "localhost.:" + port,
                "papers.localhost:" + port,
                "127.0.0.1:" + port,
                "127.0.0.2:" + port,
                "[::1]:" + port)) {
            assertEquals(200, status(asking(own), "/mailbox/1"), own);
        }
        for (String foreign : List.of(
                "evil.example:" + port,
                "evil.example",
                "localhost.evil.example:" + port,
                "127.0.0.1.evil.example:" + port,
                "evillocalhost:" + port,
                "192.0.2.1:" + port,
                "localhost",
                "localhost:" + (port - 1),
                "127.0.0.1:80",
                "user@localhost:" + port,
                "")) {
            for (String path : List.of("/mailbox", "/mailbox/1", "/mailbox/1.eml", "/mailbox/1/html")) {
                int status = status(asking(foreign), path);
                assertTrue(status == 404 || status == 400, foreign + " " + path + " " + status);
            }
        }
        assertTrue(List.of(400, 404)
                .contains(status(
                        head -> head.stream()
                                .filter(line -> !line.startsWith("Host"))
                                .toList(),
                        "/mailbox")));
        assertTrue(List.of(400, 404)
                .contains(status(
                        head -> Stream.concat(
                                        asking("localhost:" + port).apply(head).stream(),
                                        Stream.of("Host: evil.example"))
                                .toList(),
                        "/mailbox")));
    }
}
