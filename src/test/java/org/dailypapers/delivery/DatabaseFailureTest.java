package org.dailypapers.delivery;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class DatabaseFailureTest {

    @Test
    void aLostLineAFullDiskAndAPoolWithoutConnectionsAreTheDatabases() {
        assertTrue(DatabaseFailure.isBehind(new DatabaseFailure("read", new SQLException("lost", "08006"))));
        assertTrue(DatabaseFailure.isBehind(new DatabaseFailure("read", new SQLException("closed", "90098"))));
        assertTrue(DatabaseFailure.isBehind(new DatabaseFailure("read", new SQLException("no connection"))));
    }

    @Test
    void aCommitThatFailedTellsItsCauseAmongWhatItSuppressed() {
        var commit = new IllegalStateException("could not commit");
        commit.addSuppressed(new IllegalStateException(new SQLException("lost", "08006")));
        assertTrue(DatabaseFailure.isBehind(new IllegalStateException(commit)));
    }

    @Test
    void aConstraintAFaultyStatementAndABugAreNot() {
        assertFalse(DatabaseFailure.isBehind(new DatabaseFailure("write", new SQLException("twice", "23505"))));
        assertFalse(DatabaseFailure.isBehind(new DatabaseFailure("write", new SQLException("syntax", "42601"))));
        assertFalse(DatabaseFailure.isBehind(new IllegalStateException("a bug")));
    }
}
