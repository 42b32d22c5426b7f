package org.dailypapers.command.check;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DatabaseCheckTest {

    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static Connection as(String role, String database) throws SQLException {
        return DriverManager.getConnection(server.getJdbcUrl(role, database));
    }

    private static void run(String database, String... statements) throws SQLException {
        try (Connection owner = as("postgres", database);
                var statement = owner.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String refusal(String role, String database) throws SQLException {
        try (Connection connection = as(role, database)) {
            String words = assertThrows(Failure.class, () -> DatabaseCheck.of(connection))
                    .getMessage();
            assertEquals(1, words.lines().count(), words);
            return words;
        }
    }

    @Test
    void anEmptySchemaOfItsOwnWillDo() throws SQLException {
        run("postgres", "create database good", "create role reader login");
        run("good", "create schema mine authorization reader", "alter role reader set search_path = mine");
        try (Connection connection = as("reader", "good")) {
            assertDoesNotThrow(() -> DatabaseCheck.of(connection));
        }
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:;DATABASE_TO_LOWER=TRUE")) {
            assertDoesNotThrow(() -> DatabaseCheck.of(connection));
        }
    }

    @Test
    void aRoleThatMayMakeNoTablesIsToldSo() throws SQLException {
        run("postgres", "create database closed", "create role weak login");
        run("closed", "revoke all on schema public from public", "grant usage on schema public to weak");
        assertTrue(refusal("weak", "closed").contains("The role weak may not make tables in the schema public"));
    }

    @Test
    void aRoleWithoutASchemaIsToldSo() throws SQLException {
        run("postgres", "create role lost login", "alter role lost set search_path = nowhere");
        assertTrue(refusal("lost", "postgres").contains("has no schema"));
    }

    @Test
    void aSchemaWithTablesOfSomethingElseIsLeftAlone() throws SQLException {
        run("postgres", "create database taken");
        run("taken", "create table invoices (id int)", "create view sums as select 1 as one");
        assertTrue(refusal("postgres", "taken").contains("tables of something else (invoices)"));
    }

    @Test
    void aDatabaseThatIsNewerThanTheProgramIsLeftAlone() throws SQLException {
        run("postgres", "create database newer");
        run(
                "newer",
                "create table flyway_schema_history (installed_rank int, version varchar(50))",
                "create table paper (id bigint)",
                "insert into flyway_schema_history values (1, '1'), (2, '999'), (3, null)");
        String words = refusal("postgres", "newer");
        assertTrue(words.contains("newer version of Daily Papers (step 999"), words);
        assertTrue(words.contains("restore a backup"), words);
    }

    @Test
    void aDatabaseThatCannotBeWrittenOrHoldsNoUtf8IsToldSo() throws SQLException {
        run(
                "postgres",
                "create database latin encoding 'LATIN1' locale 'C' template template0",
                "create database frozen",
                "alter database frozen set default_transaction_read_only = on");
        assertTrue(refusal("postgres", "latin").contains("LATIN1"));
        assertTrue(refusal("postgres", "frozen").contains("takes no changes"));
    }

    /** A database is copied from H2 to PostgreSQL where both are at one step. */
    @Test
    void theLastStepIsOneOfBothDatabases() throws IOException {
        assertEquals(DatabaseCheck.NEWEST_STEP, newest("src/main/resources/db/migration/common"));
    }

    @Test
    void itKnowsTheLastStepOfTheSchema() throws IOException {
        assertEquals(DatabaseCheck.NEWEST_STEP, newest("src/main/resources/db/migration"));
    }

    private static int newest(String folder) throws IOException {
        Path root = Path.of(System.getProperty("user.dir")).toAbsolutePath();
        while (!Files.exists(root.resolve("pom.xml"))) {
            root = root.getParent();
        }
        try (Stream<Path> files = Files.walk(root.resolve(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("V\\d+__.*\\.sql"))
                    .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
                    .max()
                    .orElseThrow();
        }
    }
}
