package org.dailypapers.delivery;

import static org.dailypapers.delivery.DatabaseTime.instant;
import static org.dailypapers.delivery.DatabaseTime.utc;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * The queue of messages in the database.
 *
 * <p>A message is leased, never held locked: a worker that dies leaves a lease that runs out. A result counts only under
 * the lease it was made under, so a worker that slept too long overwrites nothing.
 */
@ApplicationScoped
public class Outbox {

    private static final Logger LOG = Logger.getLogger(Outbox.class);

    /** How long an ended message is kept for the ledger. */
    private static final Duration KEPT = Duration.ofDays(90);

    /** By how much the sequence of the ids grows. */
    private static final int IDS_IN_A_VALUE = 50;

    private final DataSource database;
    private final Clock clock;
    private final Event<DeliveryEnded> ended;
    private final SecureRandom random = new SecureRandom();

    Outbox(DataSource database, Clock clock, Event<DeliveryEnded> ended) {
        this.database = database;
        this.clock = clock;
        this.ended = ended;
    }

    /** How a message stands and what the relay last said. */
    public record Standing(long id, MessageState state, boolean leased, int attempts, String lastReply) {}

    /**
     * A letter to come.
     *
     * @param reference the row that it is made from
     * @param expiresAt when it is no longer worth delivering
     */
    public record Queued(long reference, Instant expiresAt) {}

    /** Queues a message in the transaction at hand; a row has one message of a kind. */
    public void queue(String kind, long reference, Instant expiresAt) {
        queue(kind, List.of(new Queued(reference, expiresAt)));
    }

    /** Queues many messages of a kind in the transaction at hand. */
    public void queue(String kind, List<Queued> messages) {
        String sql = "insert into message (id, kind, reference, state, queued_at, not_before, expires_at, attempts,"
                + " unknowns, lease) select n.id, ?, n.reference, 'QUEUED', ?, ?, n.expires_at, 0, 0, 0 from"
                + " unnest(cast(? as bigint array), cast(? as bigint array), cast(? as timestamp(6) with time zone"
                + " array)) as n(id, reference, expires_at)";
        run(sql, "Messages could not be queued", insert -> {
            Connection connection = insert.getConnection();
            OffsetDateTime now = utc(clock.instant());
            insert.setString(1, kind);
            insert.setObject(2, now);
            insert.setObject(3, now);
            insert.setArray(4, connection.createArrayOf("bigint", ids(connection, messages.size())));
            insert.setArray(
                    5,
                    connection.createArrayOf(
                            "bigint", messages.stream().map(Queued::reference).toArray()));
            insert.setArray(
                    6,
                    connection.createArrayOf(
                            "timestamptz",
                            messages.stream().map(m -> utc(m.expiresAt())).toArray()));
            return insert.executeUpdate();
        });
    }

    /** A value of the sequence stands for fifty ids. */
    private static Object[] ids(Connection connection, int count) throws SQLException {
        var ids = new Object[count];
        long id = 0;
        try (var next = connection.prepareStatement("select nextval('message_seq')")) {
            for (int i = 0; i < count; i++) {
                if (i % IDS_IN_A_VALUE == 0) {
                    try (ResultSet row = next.executeQuery()) {
                        row.next();
                        id = row.getLong(1);
                    }
                }
                ids[i] = id++;
            }
        }
        return ids;
    }

    /** Those of the references whose message still waits. */
    public Set<Long> waiting(String kind, Collection<Long> references) {
        return run(
                "select reference from message where kind = ? and reference = any(?) and state = 'QUEUED'",
                "Waiting messages could not be read",
                select -> {
                    select.setString(1, kind);
                    select.setArray(2, select.getConnection().createArrayOf("bigint", references.toArray()));
                    var waiting = new HashSet<Long>();
                    try (ResultSet row = select.executeQuery()) {
                        while (row.next()) {
                            waiting.add(row.getLong(1));
                        }
                    }
                    return waiting;
                });
    }

    /** Leases up to that many messages that are due, oldest first. */
    public List<OutboundMessage> claim(int most, Duration lease) {
        return QuarkusTransaction.requiringNew().call(() -> {
            try (Connection connection = database.getConnection()) {
                List<OutboundMessage> claimed = select(connection, most);
                try (var update = connection.prepareStatement("update message set lease = ?, leased_till ="
                        + " current_timestamp + cast(? as integer) * interval '1' second where id = ?")) {
                    for (OutboundMessage message : claimed) {
                        update.setLong(1, message.lease());
                        update.setLong(2, lease.toSeconds());
                        update.setLong(3, message.id());
                        update.addBatch();
                    }
                    update.executeBatch();
                }
                return claimed;
            } catch (SQLException e) {
                throw new DatabaseFailure("No message could be claimed", e);
            }
        });
    }

    private List<OutboundMessage> select(Connection connection, int most) throws SQLException {
        var messages = new ArrayList<OutboundMessage>();
        try (var select = connection.prepareStatement(
                "select id, kind, reference, attempts, unknowns, expires_at from message where state = 'QUEUED'"
                        + " and not_before <= ? and expires_at > ? and (leased_till is null or leased_till <"
                        + " current_timestamp) order by not_before, id limit ? for update skip locked")) {
            OffsetDateTime now = utc(clock.instant());
            select.setObject(1, now);
            select.setObject(2, now);
            select.setInt(3, most);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    messages.add(new OutboundMessage(
                            row.getLong(1),
                            row.getString(2),
                            row.getLong(3),
                            row.getInt(4),
                            row.getInt(5),
                            instant(row, 6),
                            random.nextLong()));
                }
            }
        }
        return messages;
    }

    /** Prolongs a lease; whether it was still ours. */
    public boolean renew(OutboundMessage message, Duration lease) {
        return QuarkusTransaction.requiringNew()
                .call(() -> run(
                        "update message set leased_till = current_timestamp + cast(? as integer) * interval '1' second"
                                + " where id = ? and lease = ? and state = 'QUEUED'",
                        "A lease could not be renewed",
                        update -> {
                            update.setLong(1, lease.toSeconds());
                            update.setLong(2, message.id());
                            update.setLong(3, message.lease());
                            return update.executeUpdate() == 1;
                        }));
    }

    /** Gives a claimed message back untried. */
    public void release(OutboundMessage message) {
        QuarkusTransaction.requiringNew()
                .run(() -> run(
                        "update message set leased_till = null where id = ? and lease = ? and state = 'QUEUED'",
                        "A lease could not be given back",
                        update -> {
                            update.setLong(1, message.id());
                            update.setLong(2, message.lease());
                            return update.executeUpdate();
                        }));
    }

    /** Voids every lease: for the one process of an embedded database, whose earlier life has ended. */
    public int releaseAll() {
        return QuarkusTransaction.requiringNew()
                .call(() -> run(
                        "update message set leased_till = null where state = 'QUEUED' and leased_till is not null",
                        "Leases could not be voided",
                        PreparedStatement::executeUpdate));
    }

    /** Records how an attempt ended the message; whether the lease was still ours. */
    public boolean end(OutboundMessage message, MessageState state, String reply, String status) {
        return QuarkusTransaction.requiringNew().call(() -> {
            boolean ours = run(
                    "update message set state = ?, last_reply = ?, last_status = ?, last_try_at = ?, ended_at = ?,"
                            + " attempts = attempts + 1, leased_till = null where id = ? and lease = ? and state ="
                            + " 'QUEUED'",
                    "A delivery could not be recorded",
                    update -> {
                        OffsetDateTime now = utc(clock.instant());
                        update.setString(1, state.name());
                        update.setString(2, cut(reply));
                        update.setString(3, status);
                        update.setObject(4, now);
                        update.setObject(5, now);
                        update.setLong(6, message.id());
                        update.setLong(7, message.lease());
                        return update.executeUpdate() == 1;
                    });
            if (ours) {
                ended.fire(new DeliveryEnded(message.kind(), message.reference(), state));
            }
            return ours;
        });
    }

    /** Records an attempt after which the message is tried again. */
    public void again(OutboundMessage message, String reply, String status, Duration rest, boolean unknown) {
        QuarkusTransaction.requiringNew()
                .run(() -> run(
                        "update message set last_reply = ?, last_status = ?, last_try_at = ?, not_before = ?, attempts"
                                + " = attempts + 1, unknowns = unknowns + ?, leased_till = null where id = ? and lease"
                                + " = ? and state = 'QUEUED'",
                        "A delivery could not be recorded",
                        update -> {
                            Instant now = clock.instant();
                            update.setString(1, cut(reply));
                            update.setString(2, status);
                            update.setObject(3, utc(now));
                            update.setObject(4, utc(now.plus(rest)));
                            update.setInt(5, unknown ? 1 : 0);
                            update.setLong(6, message.id());
                            update.setLong(7, message.lease());
                            return update.executeUpdate();
                        }));
    }

    /** Expires what was not delivered in time and is not just being tried, newest first; how many. */
    public int expireOverdue() {
        List<DeliveryEnded> overdue = run(
                "select kind, reference from message where state = 'QUEUED' and expires_at <= ? and (leased_till is"
                        + " null or leased_till < current_timestamp) order by id desc",
                "Overdue messages could not be read",
                select -> {
                    select.setObject(1, utc(clock.instant()));
                    var found = new ArrayList<DeliveryEnded>();
                    try (ResultSet row = select.executeQuery()) {
                        while (row.next()) {
                            found.add(new DeliveryEnded(row.getString(1), row.getLong(2), MessageState.EXPIRED));
                        }
                    }
                    return found;
                });
        int expired = 0;
        for (DeliveryEnded message : overdue) {
            try {
                expired += QuarkusTransaction.requiringNew()
                                .call(() -> expire(message.kind(), message.reference(), "not delivered in time"))
                        ? 1
                        : 0;
            } catch (RuntimeException e) {
                LOG.warnf("%s %d could not be expired now: %s", message.kind(), message.reference(), e.getMessage());
            }
        }
        return expired;
    }

    /**
     * Expires a queued message that nobody has leased, in the transaction at hand; whether that was so. One whose last
     * try ended between the final dot and its reply counts as sent.
     */
    public boolean expire(String kind, long reference, String reason) {
        MessageState end = run(
                "select unknowns from message where kind = ? and reference = ? and state = 'QUEUED' and (leased_till is"
                        + " null or leased_till < current_timestamp) for update",
                "A message could not be expired",
                select -> {
                    select.setString(1, kind);
                    select.setLong(2, reference);
                    try (ResultSet row = select.executeQuery()) {
                        return !row.next() ? null : row.getInt(1) > 0 ? MessageState.ACCEPTED : MessageState.EXPIRED;
                    }
                });
        if (end == null) {
            return false;
        }
        run(
                "update message set state = ?, ended_at = ?, last_reply = coalesce(last_reply, ?) where kind = ? and"
                        + " reference = ? and state = 'QUEUED'",
                "A message could not be expired",
                update -> {
                    update.setString(1, end.name());
                    update.setObject(2, utc(clock.instant()));
                    update.setString(3, reason);
                    update.setString(4, kind);
                    update.setLong(5, reference);
                    return update.executeUpdate();
                });
        ended.fire(new DeliveryEnded(kind, reference, end));
        return true;
    }

    /** Forgets messages that ended long ago; how many. The digests that they carried stay. */
    public int prune() {
        return QuarkusTransaction.requiringNew()
                .call(() -> run(
                        "delete from message where state <> 'QUEUED' and ended_at < ?",
                        "Ended messages could not be forgotten",
                        delete -> {
                            delete.setObject(1, utc(clock.instant().minus(KEPT)));
                            return delete.executeUpdate();
                        }));
    }

    /** Forgets every message made from that row, for its reader is erased. */
    public void forget(String kind, long reference) {
        run("delete from message where kind = ? and reference = ?", "A message could not be forgotten", delete -> {
            delete.setString(1, kind);
            delete.setLong(2, reference);
            return delete.executeUpdate();
        });
    }

    /** How the message of that row stands. */
    public Optional<Standing> standing(String kind, long reference) {
        return run(
                "select id, state, case when leased_till > current_timestamp then true else false end, attempts,"
                        + " last_reply from message where kind = ? and reference = ?",
                "A message could not be read",
                select -> {
                    select.setString(1, kind);
                    select.setLong(2, reference);
                    try (ResultSet row = select.executeQuery()) {
                        return row.next()
                                ? Optional.of(new Standing(
                                        row.getLong(1),
                                        MessageState.valueOf(row.getString(2)),
                                        row.getBoolean(3),
                                        row.getInt(4),
                                        row.getString(5)))
                                : Optional.<Standing>empty();
                    }
                });
    }

    /** How many messages are in each state. */
    public Map<MessageState, Long> counts() {
        return run("select state, count(*) from message group by state", "The outbox could not be counted", select -> {
            var counts = new EnumMap<MessageState, Long>(MessageState.class);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    counts.put(MessageState.valueOf(row.getString(1)), row.getLong(2));
                }
            }
            return counts;
        });
    }

    /** How long the oldest message that is due has waited; zero where none is. */
    public Duration age() {
        return run(
                "select min(not_before) from message where state = 'QUEUED'",
                "The outbox could not be read",
                select -> {
                    try (ResultSet row = select.executeQuery()) {
                        Instant oldest = row.next() ? instant(row, 1) : null;
                        Duration age = oldest == null ? Duration.ZERO : Duration.between(oldest, clock.instant());
                        return age.isNegative() ? Duration.ZERO : age;
                    }
                });
    }

    /** Leases up to that many due messages of these kinds alone, oldest first. */
    public List<OutboundMessage> claim(Collection<String> kinds, int most, Duration lease) {
        return QuarkusTransaction.requiringNew()
                .call(() -> run(
                        "select id, kind, reference, attempts, unknowns, expires_at from message where state ="
                                + " 'QUEUED' and not_before <= ? and expires_at > ? and kind = any(?) and (leased_till"
                                + " is null or leased_till < current_timestamp) order by not_before, id limit ? for"
                                + " update skip locked",
                        "No message could be claimed",
                        select -> {
                            OffsetDateTime now = utc(clock.instant());
                            select.setObject(1, now);
                            select.setObject(2, now);
                            select.setArray(3, select.getConnection().createArrayOf("varchar", kinds.toArray()));
                            select.setInt(4, most);
                            var messages = new ArrayList<OutboundMessage>();
                            try (ResultSet row = select.executeQuery()) {
                                while (row.next()) {
                                    messages.add(new OutboundMessage(
                                            row.getLong(1),
                                            row.getString(2),
                                            row.getLong(3),
                                            row.getInt(4),
                                            row.getInt(5),
                                            instant(row, 6),
                                            random.nextLong()));
                                }
                            }
                            for (OutboundMessage message : messages) {
                                lease(message, lease);
                            }
                            return messages;
                        }));
    }

    private void lease(OutboundMessage message, Duration lease) {
        run(
                "update message set lease = ?, leased_till = current_timestamp + cast(? as integer) * interval '1'"
                        + " second where id = ?",
                "No message could be claimed",
                update -> {
                    update.setLong(1, message.lease());
                    update.setLong(2, lease.toSeconds());
                    update.setLong(3, message.id());
                    return update.executeUpdate();
                });
    }

    /** Ends a message whose end cannot be told: nobody observes it; whether the lease was still ours. */
    public boolean putAside(OutboundMessage message, MessageState state, String reason) {
        return QuarkusTransaction.requiringNew()
                .call(() -> run(
                        "update message set state = ?, last_reply = ?, last_try_at = ?, ended_at = ?, attempts ="
                                + " attempts + 1, leased_till = null where id = ? and lease = ? and state = 'QUEUED'",
                        "A message could not be put aside",
                        update -> {
                            OffsetDateTime now = utc(clock.instant());
                            update.setString(1, state.name());
                            update.setString(2, cut(reason));
                            update.setObject(3, now);
                            update.setObject(4, now);
                            update.setLong(5, message.id());
                            update.setLong(6, message.lease());
                            return update.executeUpdate() == 1;
                        }));
    }

    private static String cut(String reply) {
        return reply == null || reply.length() <= 500 ? reply : reply.substring(0, 500);
    }

    private interface Statement<T> {
        T run(PreparedStatement statement) throws SQLException;
    }

    private <T> T run(String sql, String failure, Statement<T> statement) {
        try (Connection connection = database.getConnection();
                var prepared = connection.prepareStatement(sql)) {
            return statement.run(prepared);
        } catch (SQLException e) {
            throw new DatabaseFailure(failure, e);
        }
    }
}
