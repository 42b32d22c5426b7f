package org.dailypapers;

import static io.restassured.RestAssured.given;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The same way on PostgreSQL behind PgBouncer, where a session lasts for a transaction. */
@QuarkusTest
@TestProfile(ThroughPgBouncer.class)
@EnabledIf(value = "org.dailypapers.PgBouncer#isInstalled", disabledReason = "PgBouncer is not installed")
class JourneyThroughPgBouncerTest extends JourneyTest {

    /** The driver names a statement on the server when it is run for the fifth time. */
    @Test
    void manySignUpsFindTheirStatementsOnEverySession() {
        for (int i = 0; i < 30; i++) {
            given().contentType("application/x-www-form-urlencoded")
                    .formParam("email", "reader" + i + "@example.org")
                    .post("/subscribe")
                    .then()
                    .statusCode(200);
        }
    }
}
