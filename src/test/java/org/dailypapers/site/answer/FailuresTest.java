package org.dailypapers.site.answer;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.delivery.RefusedUpdates;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.TokenPurpose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class FailuresTest {

    @Inject
    FreshService service;

    @Inject
    Database database;

    @Inject
    House house;

    @Inject
    LinkTokens tokens;

    private String leave;

    @BeforeEach
    void begin() {
        service.at("2026-03-02T12:00:00Z");
        leave = "/unsubscribe/"
                + tokens.issue(TokenPurpose.UNSUBSCRIBE, house.reader("ada").confirmed().id);
    }

    private Response oneClick() {
        return given().contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .formParam("List-Unsubscribe", "One-Click")
                .post(leave);
    }

    private String consent() {
        return database.rows("select consent from subscriber").strip();
    }

    @Test
    void whoCannotBeUnsubscribedJustNowIsAskedToTryAgainAndIsThen() {
        RefusedUpdates.begin(database, "subscriber");
        try {
            Response refused = oneClick();
            assertEquals(503, refused.statusCode());
            assertEquals("60", refused.header("Retry-After"));
            assertTrue(refused.asString().contains("Please try again in a minute."), refused.asString());
            assertEquals("CONFIRMED", consent());
        } finally {
            RefusedUpdates.end(database, "subscriber");
        }
        assertEquals(200, oneClick().statusCode());
        assertEquals("WITHDRAWN", consent());
    }
}
