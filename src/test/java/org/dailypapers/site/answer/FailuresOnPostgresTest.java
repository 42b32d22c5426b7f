package org.dailypapers.site.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.dailypapers.OnPostgres;
import org.junit.jupiter.api.Test;

/** The same on PostgreSQL, whose driver would tell the values of a row. */
@QuarkusTest
@TestProfile(OnPostgres.class)
class FailuresOnPostgresTest extends FailuresTest {

    @Inject
    DataSource database;

    @Test
    void noErrorOfTheDatabaseTellsAnAddress() throws SQLException {
        try (Connection connection = database.getConnection();
                var update = connection.prepareStatement("update subscriber set email = ?, zone = ?")) {
            update.setString(1, "ada@example.org");
            update.setString(2, null);
            update.addBatch();
            BatchUpdateException failure = assertThrows(BatchUpdateException.class, update::executeBatch);
            assertEquals("23502", failure.getSQLState());
            assertFalse(failure.getMessage().contains("ada@example.org"), failure.getMessage());
            assertFalse(failure.getNextException().getMessage().contains("ada@example.org"), failure.getMessage());
        }
    }
}
