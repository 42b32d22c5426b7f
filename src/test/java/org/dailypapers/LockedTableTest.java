package org.dailypapers;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.TokenPurpose;
import org.junit.jupiter.api.Test;

/** Somebody holds a lock on a table that signing up needs, as a migration by hand or a backup tool may. */
@QuarkusTest
@TestProfile(OnPostgres.class)
class LockedTableTest {

    private static final int SIGN_UPS = 40;

    @Inject
    FreshService service;

    @Inject
    House house;

    @Inject
    LinkTokens tokens;

    @Inject
    MovedClock clock;

    @Inject
    DataSource database;

    @Test
    void pagesReadyAndLeavingGoOnThoughSignUpsWait() throws Exception {
        service.at("2026-03-02T12:00:00Z");
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        String leaving = tokens.issue(TokenPurpose.UNSUBSCRIBE, ada.id, clock.instant());
        try (var people = Executors.newVirtualThreadPerTaskExecutor();
                Connection other = database.getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("lock table message in access exclusive mode");
            List<Future<Integer>> signUps = IntStream.range(0, SIGN_UPS)
                    .mapToObj(i -> people.submit(() -> given().formParam("email", "reader" + i + "@example.org")
                            .formParam("keywords", "graphs")
                            .post("/subscribe")
                            .statusCode()))
                    .toList();
            for (Future<Integer> signUp : signUps.subList(0, 2)) {
                assertTrue(List.of(200, 503).contains(signUp.get()));
            }
            assertEquals(200, given().get("/").statusCode());
            assertEquals(200, given().get("/q/health/ready").statusCode());
            assertEquals(200, given().post("/unsubscribe/" + leaving).statusCode());
            other.rollback();
            for (Future<Integer> signUp : signUps) {
                assertTrue(List.of(200, 503).contains(signUp.get()));
            }
        }
        given().formParam("email", "late@example.org")
                .formParam("keywords", "graphs")
                .post("/subscribe")
                .then()
                .statusCode(200);
    }
}
