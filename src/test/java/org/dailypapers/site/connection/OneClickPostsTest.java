package org.dailypapers.site.connection;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.TokenPurpose;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OneClickPostsTest {

    private static final String URLENCODED = "List-Unsubscribe=One-Click";
    private static final String MULTIPART =
            "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n";

    @Inject
    FreshService service;

    @Inject
    House house;

    @Inject
    Subscriptions subscriptions;

    @Inject
    LinkTokens tokens;

    @BeforeEach
    void begin() {
        service.at("2026-03-02T12:00:00Z");
    }

    /** A request as its bytes, so that no client puts a header right. */
    private static int post(String path, String body, List<String> headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        var head = new ArrayList<>(List.of("POST " + path + " HTTP/1.1", "Host: localhost:" + RestAssured.port));
        head.addAll(headers);
        head.add("Content-Length: " + bytes.length);
        head.add("Connection: close");
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.getOutputStream().write((String.join("\r\n", head) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(bytes);
            InputStream in = socket.getInputStream();
            String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.split(" ", 3)[1]);
        }
    }

    private void leaves(String body, String... headers) throws IOException {
        Subscriber reader = house.reader(
                        "ada" + Math.abs(String.join("", headers).hashCode() * 31 + body.hashCode()))
                .interestedIn("speech")
                .confirmed();
        String path = "/unsubscribe/" + tokens.issue(TokenPurpose.UNSUBSCRIBE, reader.id);
        assertEquals(200, post(path, body, List.of(headers)), body + List.of(headers));
        assertEquals(Consent.WITHDRAWN, subscriptions.find(reader.id).orElseThrow().consent, body + List.of(headers));
        assertEquals(200, post(path, body, List.of(headers)), "a second time");
    }

    @Test
    void itIsTakenWhateverIsAcceptedInReturn() throws IOException {
        for (String accept : List.of(
                "*/*",
                "text/html",
                "text/plain",
                "application/json",
                "image/webp",
                "text/html;q=0",
                "garbage",
                "",
                ";;;",
                "text/",
                "a/b/c, */",
                "text/html;q=nonsense")) {
            leaves(URLENCODED, "Content-Type: application/x-www-form-urlencoded", "Accept: " + accept);
        }
        leaves(URLENCODED, "Content-Type: application/x-www-form-urlencoded");
    }

    @Test
    void itIsTakenInWhateverFormItsBodyComes() throws IOException {
        leaves(URLENCODED, "Content-Type: application/x-www-form-urlencoded; charset=UTF-8");
        leaves(URLENCODED, "Content-Type: application/x-www-form-urlencoded; charset=nonsense");
        leaves(URLENCODED, "Content-Type: application/x-www-form-urlencoded; charset=utf-16");
        leaves(URLENCODED, "Content-Type: APPLICATION/X-WWW-FORM-URLENCODED");
        leaves(URLENCODED);
        leaves("", "Content-Type: application/x-www-form-urlencoded");
        leaves("");
        leaves("%%%&=&&a=%zz", "Content-Type: application/x-www-form-urlencoded");
        leaves(MULTIPART, "Content-Type: multipart/form-data; boundary=b");
        leaves(MULTIPART, "Content-Type: multipart/form-data; boundary=\"b\"");
        leaves(MULTIPART, "Content-Type: Multipart/Form-Data; charset=utf-8; Boundary=b");
        leaves(MULTIPART, "Content-Type: multipart/form-data");
        leaves(MULTIPART, "Content-Type: multipart/form-data; boundary=");
        leaves(MULTIPART, "Content-Type: multipart/form-data; boundary=other");
        leaves("--b\r\nContent-Disp", "Content-Type: multipart/form-data; boundary=b");
        leaves("", "Content-Type: multipart/form-data; boundary=b");
        leaves("{}", "Content-Type: application/json");
        leaves("{", "Content-Type: application/json");
        leaves(URLENCODED, "Content-Type: text/plain");
        leaves(URLENCODED, "Content-Type: garbage");
        leaves(URLENCODED, "Content-Type: ;;;");
        leaves(URLENCODED, "Content-Type: ");
        leaves(URLENCODED, "Content-Type: application/octet-stream");
        leaves(URLENCODED, "Content-Type: application/x-www-form-urlencoded", "Origin: https://mail.example");
        leaves(URLENCODED, "Content-Type: application/x-www-form-urlencoded", "Sec-Fetch-Site: cross-site");
    }

    @Test
    void whatWasSentIsStillRead() throws IOException {
        for (String[] form : new String[][] {
            {URLENCODED, "application/x-www-form-urlencoded; charset=nonsense"},
            {MULTIPART, "multipart/form-data; boundary=b"}
        }) {
            Subscriber reader =
                    house.reader("bo" + form[1].length()).interestedIn("speech").confirmed();
            String path = "/unsubscribe/" + tokens.issue(TokenPurpose.UNSUBSCRIBE, reader.id);
            assertEquals(200, post(path, form[0], List.of("Content-Type: " + form[1])));
            String wording = subscriptions.history(reader.id).getLast().wording;
            assertTrue(wording.contains("RFC 8058"), wording);
            String undo = Jsoup.parse(given().contentType("application/x-www-form-urlencoded")
                            .post(path)
                            .asString())
                    .selectFirst("form[action^=/unsubscribe/]")
                    .attr("action");
            assertEquals(
                    200,
                    post(
                            undo,
                            "action=undo",
                            List.of("Content-Type: application/x-www-form-urlencoded", "Accept: text/html")));
            assertEquals(Consent.CONFIRMED, subscriptions.find(reader.id).orElseThrow().consent);
        }
    }

    @Test
    void aForgedLinkIsStillNotFound() throws IOException {
        assertEquals(404, post("/unsubscribe/x", URLENCODED, List.of("Accept: application/json")));
    }
}
