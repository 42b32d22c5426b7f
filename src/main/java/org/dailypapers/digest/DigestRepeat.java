package org.dailypapers.digest;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.dailypapers.digest.rules.DigestRules;
import org.dailypapers.digest.rules.ReaderStanding;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.outbox.Repeats;
import org.dailypapers.storage.Sql;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.SubscriberRows;

/**
 * Sends one reader's newest digest once more, for somebody who says that it never came: the same letter with the same
 * Message-ID, so a mailbox that has it after all can tell.
 */
@ApplicationScoped
public class DigestRepeat {

    private static final String FAILURE = "A digest could not be queued again";

    private final Sql sql;
    private final Outbox outbox;
    private final Repeats repeats;
    private final DigestRetry retry;
    private final Clock clock;

    DigestRepeat(Sql sql, Outbox outbox, Repeats repeats, DigestRetry retry, Clock clock) {
        this.sql = sql;
        this.outbox = outbox;
        this.repeats = repeats;
        this.retry = retry;
        this.clock = clock;
    }

    /** What came of it. */
    public enum Result {
        QUEUED,
        /** It is queued already. */
        WAITS,
        /** There was no digest yet, or its message is forgotten. */
        NONE,
        /** It expired or was not wanted, and its papers are for the next one. */
        GIVEN_BACK
    }

    /** Queues the newest digest of a reader who is to be written to: confirmed, not paused, not suppressed. */
    public Result repeat(long subscriberId) {
        OptionalLong newest = sql.inTransaction(FAILURE, connection -> newest(connection, subscriberId));
        if (newest.isEmpty()) {
            return Result.NONE;
        }
        long digest = newest.getAsLong();
        Optional<Outbox.MessageStatus> status =
                sql.inTransaction(FAILURE, connection -> outbox.status(Digest.MESSAGE_KIND, digest));
        if (status.isEmpty()) {
            return Result.NONE;
        }
        return switch (status.get().state()) {
            case QUEUED -> Result.WAITS;
            case WITHDRAWN -> Result.GIVEN_BACK;
            case REJECTED, EXPIRED -> retry.retryOne(digest) ? Result.QUEUED : Result.GIVEN_BACK;
            case ACCEPTED -> accepted(subscriberId, digest);
        };
    }

    private Result accepted(long subscriberId, long digest) {
        return sql.inTransaction(FAILURE, connection -> {
            List<Reader> readers = Readers.lock(connection, List.of(subscriberId));
            if (readers.isEmpty()) {
                return Result.NONE;
            }
            Subscriber subscriber = Objects.requireNonNull(
                    SubscriberRows.read(connection, List.of(subscriberId)).get(subscriberId));
            Instant now = clock.instant();
            ReaderStanding standing = readers.getFirst().standing(subscriber, null);
            Instant expires = DigestRules.expiryAtAnOddHour(standing, now);
            return repeats.queue(Digest.MESSAGE_KIND, digest, expires) ? Result.QUEUED : Result.WAITS;
        });
    }

    private static OptionalLong newest(Connection connection, long subscriberId) throws SQLException {
        try (var select = connection.prepareStatement("select max(id) from digest where subscriber_id = ?")) {
            select.setLong(1, subscriberId);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                long id = row.getLong(1);
                return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(id);
            }
        }
    }
}
