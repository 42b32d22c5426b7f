package org.dailypapers.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.dailypapers.Database;
import org.dailypapers.command.check.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a start refuses to serve. */
@QuarkusTest
class SoleProcessTest {

    @Inject
    SoleProcess process;

    @Inject
    Database database;

    @AfterEach
    void finished() {
        database.update("delete from upkeep where name = 'restore'");
    }

    @Test
    void aDatabaseThatWasRestoredByHalfIsNotServed() {
        finished();
        database.update("insert into upkeep (name, at, said) values ('restore',"
                + " timestamp with time zone '2026-03-02 00:00:00+00', '2026-03-01T00:00:00Z')");
        String said = assertThrows(Failure.class, process::enter).getMessage();
        assertTrue(said.contains("2026-03-01T00:00:00Z") && said.contains("./run restore FILE"), said);
        assertEquals(1, said.lines().count());
    }
}
