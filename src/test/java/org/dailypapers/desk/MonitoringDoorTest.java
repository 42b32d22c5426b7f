package org.dailypapers.desk;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.List;
import org.dailypapers.ReverseProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class MonitoringDoorTest {

    /** What a client behind a proxy gets for that request target, written as it is. */
    private static Response strangers(String method, String target) throws IOException {
        try (var proxy = new ReverseProxy(RestAssured.port, head -> {
            List<String> written = ReverseProxy.with(head, "X-Forwarded-For", "203.0.113.9");
            written.set(0, method + " " + target + " HTTP/1.1");
            return written;
        })) {
            return given().port(proxy.port()).request(method, "/");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/metrics",
                "/q/metrics/",
                "//q/metrics",
                "/q//metrics",
                "/q/./metrics",
                "/x/../q/metrics",
                "/q/%6detrics",
                "/%71/metrics",
                "/q/metrics?x=1",
                "/q%2Fmetrics",
                "/q/metrics%2F",
                "/q/metrics;x=1",
                "/q/metrics/jvm",
                "/q/health/well",
                "/q/health/group",
                "/q/health/group/x",
                "/q/health/group/x/",
                "/q/health/ready/x",
                "//q//health//well",
                "/q",
                "/q/",
                "/q/info",
                "/q/openapi/../metrics"
            })
    void whatIsWatchedIsClosedToStrangers(String target) throws IOException {
        for (String method : List.of("GET", "HEAD", "POST")) {
            Response answer = strangers(method, target);
            assertTrue(List.of(400, 403, 404, 405).contains(answer.statusCode()), method + " " + answer.statusCode());
            assertFalse(answer.asString().contains("jvm_"), answer.asString());
            assertFalse(answer.asString().contains("checks"), answer.asString());
        }
    }

    @Test
    void thisMachineIsToldWhichVersionRuns() {
        String version = given().get("/q/info").path("build.version");
        assertTrue(version.matches("\\d+\\.\\d+\\.\\d+"), version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/health",
                "/q/health/",
                "/q/health/live",
                "/q/health/ready",
                "/q/health/started",
                "//q/health/ready",
                "/q/health/ready?verbose"
            })
    void strangersAreToldWhetherItIsUpAndNothingMore(String target) throws IOException {
        Response answer = strangers("GET", target);
        assertEquals(200, answer.statusCode());
        assertEquals("{\"status\": \"UP\"}", answer.asString());
        assertTrue(answer.contentType().startsWith("application/json"), answer.contentType());
        assertEquals("nosniff", answer.header("X-Content-Type-Options"));
        Response head = strangers("HEAD", target);
        assertEquals(200, head.statusCode());
        assertEquals("", head.asString());
        assertEquals(403, strangers("POST", target).statusCode());
    }

    @Test
    void fromThisMachineEverythingIsSeen() {
        assertTrue(given().get("/q/metrics").asString().contains("dailypapers_queue_messages"));
        for (String target : List.of("/q/health", "/q/health/ready")) {
            Response answer = given().get(target);
            assertEquals(200, answer.statusCode());
            assertEquals("UP", answer.path("status"));
            assertTrue(answer.asString().contains("\"disk\""), answer.asString());
        }
    }

    @Test
    void aNameOfAnotherSiteThatResolvesToThisMachineIsAStranger() throws IOException {
        try (var proxy =
                new ReverseProxy(RestAssured.port, head -> ReverseProxy.with(head, "Host", "evil.example:8080"))) {
            assertEquals(403, given().port(proxy.port()).get("/q/metrics").statusCode());
            assertFalse(
                    given().port(proxy.port()).get("/q/health/ready").asString().contains("checks"));
        }
    }
}
