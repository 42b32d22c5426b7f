package org.dailypapers.storage;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.util.List;
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
    void aMissingTableOrRightConcernsEveryRow() {
        for (String state :
                List.of("42P01", "42501", "42S02", "3F000", "0A000", "25006", "28000", "53100", "57014", "55P03")) {
            var failure = new IllegalStateException(new DatabaseFailure("read", new SQLException("no", state)));
            assertTrue(DatabaseFailure.isBehind(failure), state);
        }
        assertTrue(DatabaseFailure.isRefusal(new SQLException("permission denied", "42501")));
        assertFalse(DatabaseFailure.isRefusal(new SQLException("lost", "08006")), "it passes by itself");
    }

    @Test
    void aTransactionThatWasGivenUpWithoutAWordIsTheDatabases() {
        assertTrue(DatabaseFailure.isBehind(new IllegalStateException(new RollbackException("took too long"))));
        var flush = new RollbackException("could not commit");
        flush.initCause(new IllegalStateException(new SQLException("twice", "23505")));
        assertFalse(DatabaseFailure.isBehind(flush));
    }

    @Test
    void whatARowHoldsAndABugAreNot() {
        assertFalse(DatabaseFailure.isBehind(new DatabaseFailure("write", new SQLException("twice", "23505"))));
        assertFalse(DatabaseFailure.isBehind(new DatabaseFailure("write", new SQLException("too long", "22001"))));
        assertFalse(DatabaseFailure.isBehind(new IllegalStateException("a bug")));
    }
}
