package org.dailypapers.outbox;

import static org.dailypapers.storage.DatabaseTime.instant;
import static org.dailypapers.storage.DatabaseTime.known;
import static org.dailypapers.storage.DatabaseTime.utc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dailypapers.storage.DatabaseArray;
import org.dailypapers.storage.Sequence;
import org.dailypapers.storage.Sql;
import org.jspecify.annotations.Nullable;

/**
 * The queue of messages in the database.
 *
 * <p>A message is leased, never held locked: a worker that dies leaves a lease that runs out. A result counts only under
 * the lease it was made under, so a worker that slept too long overwrites nothing.
 */
@ApplicationScoped
public class Outbox {

    /** How long an ended message is kept for the ledger. */
    private static final Duration KEPT = Duration.ofDays(90);

    private final Sql sql;
    private final Clock clock;
    private final Claims claims;
    private final Results results;
    private final Expiry expiry;

    public Outbox(Sql sql, Clock clock, Event<DeliveryEnded> ended) {
        this.sql = sql;
        this.clock = clock;
        claims = new Claims(sql, clock);
        results = new Results(sql, event -> ended.fire(event));
        expiry = new Expiry(sql, clock, event -> ended.fire(event));
    }

    /**
     * How a message stands and what the relay last said.
     *
     * @param unknowns tries that ended between the final dot and its reply
     */
    public record MessageStatus(
            long id,
            MessageState state,
            boolean leased,
            int attempts,
            int unknowns,
            @Nullable String lastReply) {}

    /**
     * A letter to come.
     *
     * @param reference the row that it is made from
     * @param expiresAt when it is no longer worth delivering
     */
    public record Queued(long reference, Instant expiresAt) {}

    /** Queues a message in the transaction at hand; a row has one message of a kind. */
    public void queue(Priority priority, String kind, long reference, Instant expiresAt) {
        queue(priority, kind, List.of(new Queued(reference, expiresAt)));
    }

    /** Queues many messages of a kind in the transaction at hand. */
    public void queue(Priority priority, String kind, List<Queued> messages) {
        String insertion = """
                insert into message (id, kind, reference, state, priority, queued_at, not_before, expires_at,
                    attempts, unknowns, lease)
                select n.id, ?, n.reference, 'QUEUED', ?, ?, ?, n.expires_at, 0, 0, 0
                from unnest(cast(? as bigint array), cast(? as bigint array),
                    cast(? as timestamp(6) with time zone array)) as n(id, reference, expires_at)""";
        sql.joined("Messages could not be queued", insertion, insert -> {
            Connection connection = insert.getConnection();
            OffsetDateTime now = utc(clock.instant());
            insert.setString(1, kind);
            insert.setInt(2, priority.rank());
            insert.setObject(3, now);
            insert.setObject(4, now);
            insert.setArray(
                    5,
                    connection.createArrayOf(
                            "bigint", Sequence.ids(connection, "select nextval('message_seq')", messages.size())));
            insert.setArray(6, DatabaseArray.of(connection, "bigint", messages, Queued::reference));
            insert.setArray(7, DatabaseArray.of(connection, "timestamptz", messages, m -> utc(m.expiresAt())));
            return insert.executeUpdate();
        });
    }

    /** Those of the references whose message still waits. */
    public Set<Long> waiting(String kind, Collection<Long> references) {
        // One look into the index for each: a join, planned while the table was small, reads all of it ever after.
        return sql.joined("Waiting messages could not be read", """
                        select n.reference
                        from unnest(cast(? as bigint array)) as n(reference)
                        where (select m.state from message m where m.kind = ? and m.reference = n.reference)
                            = 'QUEUED'""", select -> {
            select.setArray(1, DatabaseArray.of(select.getConnection(), "bigint", List.copyOf(references), r -> r));
            select.setString(2, kind);
            var waiting = new HashSet<Long>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    waiting.add(row.getLong(1));
                }
            }
            return waiting;
        });
    }

    /** Leases up to that many messages that are due, by priority and then oldest first. */
    public List<OutboundMessage> claim(int most, Duration lease) {
        return claims.claim(most, lease);
    }

    /** Leases up to that many due messages of this priority alone, oldest first. */
    public List<OutboundMessage> claim(Priority priority, int most, Duration lease) {
        return claims.claim(priority, most, lease);
    }

    /** Leases up to that many due messages that are transactional and of these kinds, oldest first. */
    public List<OutboundMessage> claim(Collection<String> kinds, int most, Duration lease) {
        return claims.claim(kinds, most, lease);
    }

    /**
     * When a claimed message's letter counts as composed, where its life begins then: now, unless a letter composed
     * before may have left, which is repeated as it was. Durable when it returns; empty where the lease is lost.
     *
     * @param life how long it waits from its first try on, until it expires
     */
    public Optional<Instant> composed(OutboundMessage message, Duration life) {
        return sql.inTransaction("A letter could not be dated", connection -> {
            OutboxTable.compose(connection, message, clock.instant(), life);
            return OutboxTable.composedAt(connection, message);
        });
    }

    /** Prolongs a lease; whether it was still ours. */
    public boolean renew(OutboundMessage message, Duration lease) {
        return sql.inTransaction("A lease could not be renewed", """
                                update message
                                set leased_till = current_timestamp + cast(? as integer) * interval '1' second
                                where id = ? and lease = ? and state = 'QUEUED'""", update -> {
            update.setLong(1, lease.toSeconds());
            update.setLong(2, message.id());
            update.setLong(3, message.lease());
            return update.executeUpdate() == 1;
        });
    }

    /** Gives a claimed message back untried. */
    public void release(OutboundMessage message) {
        release(List.of(message));
    }

    /** Gives claimed messages back untried. */
    public void release(List<OutboundMessage> messages) {
        if (messages.isEmpty()) {
            return;
        }
        sql.inTransaction("Leases could not be given back", connection -> {
            OutboxTable.release(connection, messages);
            return messages;
        });
    }

    /** Gives a claimed message back untried, to rest before it is due again; whether the lease was still ours. */
    public boolean putOff(OutboundMessage message, Duration rest) {
        return sql.inTransaction("A message could not be put off", connection -> {
            OutboxTable.release(connection, List.of(message));
            return OutboxTable.putOff(connection, message, clock.instant().plus(rest));
        });
    }

    /** Voids every lease: for the one process of an embedded database, whose earlier life has ended. */
    public int releaseAll() {
        return sql.inTransaction(
                "Leases could not be voided",
                "update message set leased_till = null where state = 'QUEUED' and leased_till is not null",
                PreparedStatement::executeUpdate);
    }

    /** Records an attempt that met no relay, after which the message is tried again. Returns when that is durable. */
    public void again(OutboundMessage message, String reason, Duration rest) {
        Instant now = clock.instant();
        var attempt = new Attempt(now, null, reason, null, AttemptOutcome.DEFERRED);
        record(List.of(new AttemptResult(message, attempt, now.plus(rest))));
    }

    /**
     * Records results in one transaction, and tells of those that are ends. Returns when that is durable.
     *
     * @return for each result whether the lease was still ours
     */
    public List<Boolean> record(List<AttemptResult> all) {
        return results.record(all);
    }

    /** Every try of the message of that row, oldest first. */
    public List<Attempt> attempts(String kind, long reference) {
        return sql.joined(
                "Attempts could not be read", connection -> OutboxTable.attempts(connection, kind, reference));
    }

    /** How many tries of a message, since it was last queued, ended before the relay was asked. */
    public int triesWithoutRelay(OutboundMessage message) {
        return sql.joined("Attempts could not be counted", """
                        select count(*)
                        from attempt a
                        join message m on m.id = a.message_id
                        where m.id = ? and a.number > m.attempts_before and a.stage is null and a.outcome = 'DEFERRED'""", select -> {
            select.setLong(1, message.id());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        });
    }

    /** Expires what was not delivered in time and is not just being tried, newest first; how many. */
    public int expireOverdue() {
        return expiry.expireOverdue();
    }

    /**
     * Expires a queued message that nobody has leased, in the transaction at hand; whether that was so. One whose last
     * try ended between the final dot and its reply counts as sent.
     */
    public boolean expire(String kind, long reference, String reason) {
        return expiry.expire(kind, reference, reason);
    }

    /** Forgets messages that ended long ago; how many. The digests that they carried stay. */
    public int prune() {
        return sql.inTransaction(
                "Ended messages could not be forgotten",
                "delete from message where state <> 'QUEUED' and ended_at < ?",
                delete -> {
                    delete.setObject(1, utc(clock.instant().minus(KEPT)));
                    return delete.executeUpdate();
                });
    }

    /** Forgets every message made from that row, for its reader is erased. */
    public void forget(String kind, long reference) {
        sql.joined(
                "A message could not be forgotten", "delete from message where kind = ? and reference = ?", delete -> {
                    delete.setString(1, kind);
                    delete.setLong(2, reference);
                    return delete.executeUpdate();
                });
    }

    /** How the message of that row stands. */
    public Optional<MessageStatus> status(String kind, long reference) {
        return Optional.ofNullable(statuses(kind, List.of(reference)).get(reference));
    }

    /** How the messages of those rows stand, by their references. */
    public Map<Long, MessageStatus> statuses(String kind, Collection<Long> references) {
        return sql.joined(
                "Messages could not be read", connection -> OutboxTable.statuses(connection, kind, references));
    }

    /**
     * A message that the relay has, or may have, taken.
     *
     * @param triedAt when it was last tried
     */
    public record HandedOver(OutboundMessage message, Instant triedAt) {}

    /** The message of that id, where it has left. */
    public Optional<HandedOver> handedOver(long id) {
        return sql.joined("A message could not be read", """
                select kind, reference, attempts, unknowns, expires_at, lease, last_try_at
                from message
                where id = ? and (state = 'ACCEPTED' or unknowns > 0) and last_try_at is not null""", select -> {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new HandedOver(
                                new OutboundMessage(
                                        id,
                                        row.getString(1),
                                        row.getLong(2),
                                        row.getInt(3),
                                        row.getInt(4),
                                        known(row, 5),
                                        row.getLong(6)),
                                known(row, 7)))
                        : Optional.empty();
            }
        });
    }

    /**
     * Locks the messages of those rows that were refused or expired, in the transaction at hand, so that they can be
     * queued again.
     *
     * @return how they ended, by their references
     */
    public Map<Long, MessageState> lockFailed(String kind, Collection<Long> references) {
        return sql.joined(
                "Failed messages could not be read",
                connection -> OutboxTable.lockFailed(connection, kind, references));
    }

    /**
     * Queues messages again that were refused or expired, in the transaction at hand; their tries so far stay in the ledger.
     *
     * @param priority theirs from now on, where they had a lower one
     */
    public void queueAgain(Priority priority, String kind, List<Queued> messages) {
        sql.joined(
                "Messages could not be queued again",
                connection -> OutboxTable.queueAgain(connection, priority, kind, messages, clock.instant()));
    }

    /** How many messages are in each state. */
    public Map<MessageState, Long> counts() {
        return sql.joined(
                "The outbox could not be counted", "select state, count(*) from message group by state", select -> {
                    var counts = new EnumMap<MessageState, Long>(MessageState.class);
                    try (ResultSet row = select.executeQuery()) {
                        while (row.next()) {
                            counts.put(MessageState.valueOf(row.getString(1)), row.getLong(2));
                        }
                    }
                    return counts;
                });
    }

    /** How many messages are queued: counted by the index of those that wait, whatever has ended. */
    public long queued() {
        return sql.joined(
                "The outbox could not be counted", "select count(*) from message where state = 'QUEUED'", select -> {
                    try (ResultSet row = select.executeQuery()) {
                        row.next();
                        return row.getLong(1);
                    }
                });
    }

    /** How long the oldest message that is due has waited; zero where none is. */
    public Duration age() {
        // Of each priority by itself, which is one look into the index.
        return sql.joined("The outbox could not be read", """
                        select min(oldest)
                        from (
                            select min(not_before) as oldest from message where state = 'QUEUED' and priority = 0
                            union all
                            select min(not_before) from message where state = 'QUEUED' and priority = 1) waiting""", select -> {
            try (ResultSet row = select.executeQuery()) {
                Instant oldest = row.next() ? instant(row, 1) : null;
                Duration age = oldest == null ? Duration.ZERO : Duration.between(oldest, clock.instant());
                return age.isNegative() ? Duration.ZERO : age;
            }
        });
    }

    /** Ends a message whose end cannot be told: nobody observes it; whether the lease was still ours. */
    public boolean putAside(OutboundMessage message, MessageState state, String reason) {
        var attempt = new Attempt(clock.instant(), null, reason, null, AttemptOutcome.of(state));
        return results.recordUntold(new AttemptResult(message, attempt, null));
    }

    /**
     * Makes due what a clock that was ahead has put off.
     *
     * @param rest how far from now what may rest legitimately is due at most
     * @return how many messages there were
     */
    public int bringBack(Duration rest) {
        Instant now = clock.instant();
        return sql.inTransaction(
                "Messages could not be brought back",
                "update message set not_before = ? where state = 'QUEUED' and not_before > ?",
                update -> {
                    update.setObject(1, utc(now));
                    update.setObject(2, utc(now.plus(rest)));
                    return update.executeUpdate();
                });
    }
}
