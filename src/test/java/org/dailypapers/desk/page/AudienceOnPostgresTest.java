package org.dailypapers.desk.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;
import javax.sql.DataSource;
import org.dailypapers.OnPostgres;
import org.dailypapers.operator.Role;
import org.junit.jupiter.api.Test;

/** The same on PostgreSQL. */
@QuarkusTest
@TestProfile(OnPostgres.class)
class AudienceOnPostgresTest extends AudienceTest {

    @Inject
    DataSource postgres;

    @Test
    void aSearchThatTakesTooLongEndsWithASentence() throws Exception {
        DeskVisits.Visit helper = visits.as(Role.HELPER);
        Map<String, String> typed = Map.of("address", "ad", "csrf", helper.csrf());
        try (var connection = postgres.getConnection()) {
            connection.setAutoCommit(false);
            // Whoever reads the table waits, as for a search without end.
            connection.createStatement().execute("lock table digest in access exclusive mode");
            for (String path :
                    new String[] {"/desk/readers?state=withdrawn&silent=9", "/desk/letters?edition=2026-03-02"}) {
                tooLong(helper.get(path));
            }
            tooLong(helper.request()
                    .contentType("application/x-www-form-urlencoded")
                    .formParams(typed)
                    .post("/desk/readers"));
            connection.rollback();
            connection.setAutoCommit(true);
        }
        assertEquals(200, helper.get("/desk/readers").statusCode());
    }

    private static void tooLong(Response answer) {
        assertEquals(503, answer.statusCode());
        assertTrue(answer.asString().contains("looked for two seconds"), answer.asString());
    }
}
