package org.dailypapers.site;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ApiDescriptionTest {

    @Test
    void itListsThePublicInterfaceAlone() {
        Map<String, Object> paths = given().get("/q/openapi?format=json").path("paths");
        assertEquals(
                Set.of(
                        "/api/v1/papers",
                        "/api/v1/papers/{id}",
                        "/api/v1/editions",
                        "/api/v1/editions/{date}",
                        "/api/v1/topics",
                        "/api/v1/forecast"),
                paths.keySet());
    }
}
