package org.dailypapers.site.connection;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.TokenPurpose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

@QuarkusTest
class RequestReadingTest {

    private static final int PATIENCE_MILLIS = 30_000;

    /** More than there are threads that answer. */
    private static final int MANY = 250;

    /** Of the threads that answer, those which pages may have. */
    private static final int PLACES = 150;

    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";

    @TestHTTPResource
    URI root;

    @Inject
    FreshService service;

    @Inject
    Database database;

    @Inject
    House house;

    @Inject
    LinkTokens tokens;

    @Inject
    OpenConnections connections;

    private long reader;

    @BeforeEach
    void begin() {
        service.at("2026-03-02T12:00:00Z");
        reader = house.reader("ada").confirmed().id;
    }

    private String path(TokenPurpose purpose) {
        return "/" + (purpose == TokenPurpose.PREFERENCES ? "preferences" : "unsubscribe") + "/"
                + tokens.issue(purpose, reader);
    }

    private Socket send(String head, byte[] body) throws IOException {
        var socket = new Socket("127.0.0.1", root.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream()
                .write((head + "Host: localhost:" + root.getPort() + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().write(body);
        return socket;
    }

    private String answer(String head, byte[] body) throws IOException {
        try (Socket socket = send(head + "Connection: close\r\n", body)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String post(String path, String fields, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        return answer("POST " + path + " HTTP/1.1\r\n" + fields + "Content-Length: " + bytes.length + "\r\n", bytes);
    }

    private String get(String path) throws IOException {
        return answer("GET " + path + " HTTP/1.1\r\n", new byte[0]);
    }

    private static int status(String answer) {
        return answer.isEmpty() ? 0 : Integer.parseInt(answer.split(" ", 3)[1]);
    }

    @Test
    void bodiesThatDripTakeNoThreadAndKeepNobodyOut() throws IOException {
        var dripping = new ArrayList<Socket>();
        try {
            for (int i = 0; i < MANY; i++) {
                dripping.add(
                        send("POST /subscribe HTTP/1.1\r\n" + FORM + "Content-Length: 2000\r\n", new byte[] {'e'}));
            }
            assertEquals(200, status(get("/q/health/ready")));
            assertEquals(200, status(get("/")));
            assertEquals(200, status(post(path(TokenPurpose.UNSUBSCRIBE), FORM, "List-Unsubscribe=One-Click")));
            assertEquals(
                    "WITHDRAWN", database.rows("select consent from subscriber").strip());
            assertEquals(-1, dripping.getFirst().getInputStream().read(), "one too many of a client goes");
        } finally {
            for (Socket socket : dripping) {
                socket.close();
            }
        }
    }

    /** A page whose work lasts until it is let go. */
    @Path("/work-that-lasts")
    public static class LastingPages {
        private static final Semaphore BEGUN = new Semaphore(0);
        private static final Semaphore LET_GO = new Semaphore(0);

        @GET
        @Blocking
        public String work() {
            BEGUN.release();
            LET_GO.acquireUninterruptibly();
            return "done";
        }
    }

    @Test
    void whoeverHangsUpLeavesTheThreadAtWorkAndFreesNoPlace() throws Exception {
        var hungUp = new ArrayList<Socket>();
        try {
            for (int i = 0; i < PLACES; i++) {
                hungUp.add(send("GET /work-that-lasts HTTP/1.1\r\n", new byte[0]));
            }
            assertTrue(LastingPages.BEGUN.tryAcquire(PLACES, PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
            for (Socket socket : hungUp) {
                socket.close();
            }
            await().until(() -> connections.count() == 0);
            assertEquals(503, status(get("/")));
            assertEquals(200, status(get("/q/health/ready")));
            assertEquals(200, status(post(path(TokenPurpose.UNSUBSCRIBE), FORM, "List-Unsubscribe=One-Click")));
        } finally {
            LastingPages.LET_GO.release(PLACES);
            for (Socket socket : hungUp) {
                socket.close();
            }
        }
        await().until(() -> status(get("/")) == 200);
    }

    @Test
    void aFormThatComesInPiecesIsRead() throws IOException, InterruptedException {
        String form = "email=slow%40example.org&keywords=" + "diffusion+model%0A".repeat(20);
        try (Socket socket = send(
                "POST /subscribe HTTP/1.1\r\nConnection: close\r\n" + FORM + "Content-Length: " + form.length()
                        + "\r\nExpect: 100-continue\r\n",
                new byte[0])) {
            for (byte each : form.getBytes(StandardCharsets.US_ASCII)) {
                socket.getOutputStream().write(each);
                Thread.sleep(1);
            }
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"), answer);
            assertEquals(1, answer.split("100 Continue", -1).length - 1, answer);
        }
    }

    /** Every path of every room, with what reaches a page where there is one. */
    private Set<String> paths(Class<? extends java.lang.annotation.Annotation> verb) throws ClassNotFoundException {
        var paths = new TreeSet<String>();
        for (JavaClass each : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.dailypapers")) {
            if (!each.isAnnotatedWith(Path.class)) {
                continue;
            }
            Class<?> pages = Class.forName(each.getName());
            for (Method method : pages.getDeclaredMethods()) {
                if (method.isAnnotationPresent(verb)) {
                    Path own = method.getAnnotation(Path.class);
                    String path = ("/" + pages.getAnnotation(Path.class).value() + "/"
                                    + (own == null ? "" : own.value()))
                            .replaceAll("/+", "/")
                            .replaceFirst("(?<=.)/$", "");
                    paths.add(
                            path.startsWith("/preferences/")
                                    ? path(TokenPurpose.PREFERENCES)
                                    : path.startsWith("/unsubscribe/")
                                            ? path(TokenPurpose.UNSUBSCRIBE)
                                            : path.replaceAll("\\{n:.*?}", "1").replaceAll("\\{.*?}", "x"));
                }
            }
        }
        return paths;
    }

    /** The desk leads strangers to where one signs in, whatever they ask. */
    private static boolean turnsAway(String path, String answer) {
        return path.startsWith("/desk") && status(answer) == 303 && answer.contains("/desk/sign-in");
    }

    private static Map<String, String[]> badBodies() {
        var bad = new LinkedHashMap<String, String[]>();
        bad.put("a broken percent", new String[] {FORM, "email=%zz&topic=%zz&interests=%zz"});
        bad.put("a cut percent", new String[] {FORM, "email=a%4"});
        bad.put("NUL", new String[] {FORM, "email=a%00b%40example.org&keywords=%00&action=%00"});
        bad.put("bare NUL", new String[] {FORM, "email=a\0b"});
        bad.put("no such charset", new String[] {FORM.strip() + "; charset=nonsense\r\n", "email=%41"});
        bad.put("another charset", new String[] {FORM.strip() + "; charset=utf-16\r\n", "email=%41"});
        bad.put("5000 fields", new String[] {FORM, "topic=x&".repeat(5000)});
        bad.put("a long field", new String[] {FORM, "email=" + "a".repeat(70_000)});
        bad.put("oversize", new String[] {FORM, "keywords=" + "a".repeat(600_000)});
        bad.put("multipart rubbish", new String[] {"Content-Type: multipart/form-data; boundary=x\r\n", "rubbish"});
        bad.put("multipart without a boundary", new String[] {"Content-Type: multipart/form-data\r\n", "x"});
        bad.put("cut multipart", new String[] {
            "Content-Type: multipart/form-data; boundary=x\r\n",
            "--x\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\na"
        });
        bad.put("a file", new String[] {
            "Content-Type: multipart/form-data; boundary=x\r\n",
            "--x\r\nContent-Disposition: form-data; name=\"email\"; filename=\"a\"\r\n\r\na\r\n--x--\r\n"
        });
        bad.put("a broken type", new String[] {"Content-Type: a/b/c;;\r\n", "email=a"});
        bad.put("another type", new String[] {"Content-Type: text/plain\r\n", "email=a"});
        bad.put("JSON of another shape", new String[] {"Content-Type: application/json\r\n", "[1]"});
        bad.put("broken JSON", new String[] {"Content-Type: application/json\r\n", "{\"interests\": [\"\0"});
        bad.put("deep JSON", new String[] {"Content-Type: application/json\r\n", "[".repeat(100_000)});
        bad.put(
                "deep lists",
                new String[] {"Content-Type: application/json\r\n", "{\"interests\": " + "[".repeat(100_000)});
        bad.put("gzip that is none", new String[] {FORM + "Content-Encoding: gzip\r\n", "email=a"});
        bad.put("no such coding", new String[] {FORM + "Content-Encoding: rubbish\r\n", "email=a"});
        return bad;
    }

    @Test
    void noBodyIsAFaultOfOursWhereverItIsPosted() throws Exception {
        var checks = new ArrayList<Executable>();
        Set<String> paths = paths(POST.class);
        assertTrue(paths.size() >= 6, paths.toString());
        for (String path : paths) {
            for (Map.Entry<String, String[]> bad : badBodies().entrySet()) {
                String answer = post(path, bad.getValue()[0], bad.getValue()[1]);
                boolean leaving = path.startsWith("/unsubscribe/");
                checks.add(() -> {
                    String what = bad.getKey() + " at " + path + ": " + answer;
                    assertTrue(
                            leaving && status(answer) == 200 || status(answer) / 100 == 4 || turnsAway(path, answer),
                            what);
                    assertFalse(answer.contains("\tat ") || answer.contains("Exception"), what);
                    assertTrue(answer.length() > answer.indexOf("\r\n\r\n") + 4 || turnsAway(path, answer), what);
                });
            }
        }
        assertAll(checks);
        assertEquals("", database.rows("select email from subscriber where email not like 'ada%'"));
    }

    @Test
    void noAddressIsAFaultOfOurs() throws Exception {
        var checks = new ArrayList<Executable>();
        for (String path : paths(GET.class)) {
            for (String bad : List.of("%zz", "%", "%00", "a%00b", "%ff%fe", "%ed%a0%80", "\u0080", "[", "|", "..%2f")) {
                for (String address : List.of(
                        (path.endsWith("x") ? path.substring(0, path.length() - 1) : path + "/") + bad,
                        path + "?q=" + bad,
                        path + "?date=" + bad + "&limit=" + bad + "&period=" + bad + "&page=" + bad,
                        path + "?" + bad)) {
                    String answer = get(address);
                    checks.add(() -> {
                        assertTrue(
                                status(answer) == 200 || status(answer) / 100 == 4 || turnsAway(address, answer),
                                address + ": " + answer);
                        assertFalse(answer.contains("\tat ") || answer.contains("Exception"), address + ": " + answer);
                    });
                    if (address.contains("%00") && !address.contains("?")) {
                        checks.add(() -> assertEquals(400, status(answer), address));
                    }
                }
            }
        }
        assertAll(checks);
    }

    @Test
    void brokenLengthsAndChunksAreTheClientsFault() throws IOException {
        for (String broken : List.of(
                "Content-Length: -1\r\n",
                "Content-Length: abc\r\n",
                "Content-Length: 7\r\nContent-Length: 8\r\n",
                "Content-Length: 99999999999999999999\r\n",
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\n")) {
            assertEquals(
                    400,
                    status(answer(
                            "POST /subscribe HTTP/1.1\r\n" + FORM + broken,
                            "zz\r\nemail\r\n".getBytes(StandardCharsets.US_ASCII))),
                    broken);
        }
        assertEquals(
                413,
                status(answer("POST /subscribe HTTP/1.1\r\n" + FORM + "Content-Length: 999999999\r\n", new byte[0])));
    }
}
