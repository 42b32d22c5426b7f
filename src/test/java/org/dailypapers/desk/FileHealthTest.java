package org.dailypapers.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHealthTest {

    @TempDir
    Path folder;

    @Test
    void itSaysHowLargeTheFileIsAndHowMuchOfItIsData() throws Exception {
        JdbcDataSource database = at("jdbc:h2:file:" + folder.resolve("papers") + ";WRITE_DELAY=0");
        var health = new FileHealth(database, true);
        try (Connection connection = database.getConnection()) {
            connection.createStatement().execute("create table t (id int primary key, text varchar)");
            try (var merge = connection.prepareStatement("merge into t values (?, ?)")) {
                for (int i = 0; i < 2_000; i++) {
                    merge.setInt(1, i % 500);
                    merge.setString(2, "text ".repeat(100) + i);
                    merge.executeUpdate();
                }
            }
            FileHealth.Fill fill = health.fill();
            assertEquals(Files.size(folder.resolve("papers.mv.db")), fill.bytes());
            assertTrue(fill.live() > 250_000 && fill.percent() < 50, fill.toString());
            HealthCheckResponse answer = health.call();
            assertEquals(fill.bytes(), answer.getData().orElseThrow().get("bytes"));
        }
    }

    @Test
    void aDatabaseInMemoryHasNoFileAndAnotherServersIsNotAsked() throws SQLException {
        assertEquals(new FileHealth.Fill(0, 0), new FileHealth(at("jdbc:h2:mem:"), true).fill());
        var elsewhere = new FileHealth(at("jdbc:nothing"), false);
        assertTrue(elsewhere.call().getData().isEmpty());
    }

    private static JdbcDataSource at(String url) {
        var database = new JdbcDataSource();
        database.setURL(url);
        return database;
    }
}
