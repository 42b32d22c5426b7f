package org.dailypapers.digest;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.dailypapers.digest.rules.ClosedEditions;
import org.dailypapers.digest.rules.DigestRules;
import org.dailypapers.digest.rules.ReaderStanding;
import org.dailypapers.digest.rules.Turn;
import org.jspecify.annotations.Nullable;

/**
 * What is composed: whatever is due, or one edition by hand.
 *
 * @param edition none for what is due
 * @param learned whether it is known what papers have in common, or was given up; else readers who ask for the like of a paper wait
 */
record ComposeTask(@Nullable LocalDate edition, Instant now, boolean learned) {

    boolean scheduled() {
        return edition == null;
    }

    /** Locks the next readers of (after, upTo] whom it concerns. */
    List<Reader> lock(Connection connection, long after, long upTo, int most) throws SQLException {
        return scheduled()
                ? Readers.lockDue(connection, after, upTo, now, most)
                : Readers.lock(connection, after, upTo, most);
    }

    /** Reads the same readers without a lock. */
    List<Reader> read(Connection connection, long after, long upTo, int most) throws SQLException {
        return scheduled()
                ? Readers.due(connection, after, upTo, now, most)
                : Readers.next(connection, after, upTo, most);
    }

    /** @param inDigest whether a digest of the reader's covers the edition */
    Turn turn(ReaderStanding standing, boolean inDigest, ClosedEditions editions) {
        return edition == null
                ? DigestRules.scheduled(standing, editions, now)
                : DigestRules.byHand(standing, edition, inDigest, editions, now);
    }
}
