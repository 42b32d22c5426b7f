package org.dailypapers.outbox;

import static org.dailypapers.storage.DatabaseTime.instant;
import static org.dailypapers.storage.DatabaseTime.utc;

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
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.dailypapers.smtp.SmtpStage;
import org.dailypapers.storage.DatabaseArray;
import org.dailypapers.storage.DatabaseFailure;
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

    /**
     * So long claims do not look before the messages that they found first: PostgreSQL reads past the index entries of
     * all messages that ended since the last VACUUM, at each claim. What is given back waits that much longer at most.
     */
    private static final Duration KEPT_MARK = Duration.ofSeconds(5);

    private static final int EXPIRED_AT_ONCE = 100;
    private static final String OVERDUE = "not delivered in time";

    /** By how much the sequence of the ids grows. */
    private static final int IDS_IN_A_VALUE = 50;

    private final DataSource database;
    private final Clock clock;
    private final Event<DeliveryEnded> ended;
    private final SecureRandom random = new SecureRandom();
    private volatile Mark mark = new Mark(utc(Instant.EPOCH), Long.MIN_VALUE, System.nanoTime());

    public Outbox(DataSource database, Clock clock, Event<DeliveryEnded> ended) {
        this.database = database;
        this.clock = clock;
        this.ended = ended;
    }

    /**
     * How a message stands and what the relay last said.
     *
     * @param unknowns tries that ended between the final dot and its reply
     */
    public record Standing(long id, MessageState state, boolean leased, int attempts, int unknowns, String lastReply) {}

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
        String sql = "insert into message (id, kind, reference, state, priority, queued_at, not_before, expires_at,"
                + " attempts, unknowns, lease) select n.id, ?, n.reference, 'QUEUED', ?, ?, ?, n.expires_at, 0, 0, 0 from"
                + " unnest(cast(? as bigint array), cast(? as bigint array), cast(? as timestamp(6) with time zone"
                + " array)) as n(id, reference, expires_at)";
        run(sql, "Messages could not be queued", insert -> {
            Connection connection = insert.getConnection();
            OffsetDateTime now = utc(clock.instant());
            insert.setString(1, kind);
            insert.setInt(2, priority.rank());
            insert.setObject(3, now);
            insert.setObject(4, now);
            insert.setArray(5, connection.createArrayOf("bigint", ids(connection, messages.size())));
            insert.setArray(6, DatabaseArray.of(connection, "bigint", messages, Queued::reference));
            insert.setArray(7, DatabaseArray.of(connection, "timestamptz", messages, m -> utc(m.expiresAt())));
            return insert.executeUpdate();
        });
    }

    /** A value of the sequence stands for fifty ids. */
    private static Long[] ids(Connection connection, int count) throws SQLException {
        var ids = new Long[count];
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
        // One look into the index for each: a join, planned while the table was small, reads all of it ever after.
        return run(
                "select n.reference from unnest(cast(? as bigint array)) as n(reference) where (select m.state from"
                        + " message m where m.kind = ? and m.reference = n.reference) = 'QUEUED'",
                "Waiting messages could not be read",
                select -> {
                    select.setArray(
                            1, DatabaseArray.of(select.getConnection(), "bigint", List.copyOf(references), r -> r));
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
        return claim(most, lease, (connection, asked) -> {
            List<OutboundMessage> due = due(connection, Priority.TRANSACTIONAL, List.of(), asked);
            if (due.size() < asked) {
                due.addAll(due(connection, Priority.BULK, List.of(), asked - due.size()));
            }
            return due;
        });
    }

    /** Leases up to that many due messages of this priority alone, oldest first. */
    public List<OutboundMessage> claim(Priority priority, int most, Duration lease) {
        return claim(most, lease, (connection, asked) -> due(connection, priority, List.of(), asked));
    }

    /** Leases up to that many due messages that are transactional and of these kinds, oldest first. */
    public List<OutboundMessage> claim(Collection<String> kinds, int most, Duration lease) {
        return kinds.isEmpty()
                ? List.of()
                : claim(most, lease, (connection, asked) -> due(connection, Priority.TRANSACTIONAL, kinds, asked));
    }

    private interface Due {
        List<OutboundMessage> of(Connection connection, int most) throws SQLException;
    }

    private List<OutboundMessage> claim(int most, Duration lease, Due lock) {
        return QuarkusTransaction.requiringNew()
                .call(() -> connected("No message could be claimed", connection -> {
                    List<OutboundMessage> due = lock.of(connection, most);
                    if (!due.isEmpty()) {
                        OutboxRows.lease(connection, due, lease.toSeconds());
                    }
                    return due;
                }));
    }

    /** Where claims of bulk begin for a while: at a message that came first in an earlier one. */
    private record Mark(OffsetDateTime notBefore, long id, long since) {

        boolean holds() {
            return System.nanoTime() - since < KEPT_MARK.toNanos();
        }
    }

    private List<OutboundMessage> due(Connection connection, Priority priority, Collection<String> kinds, int most)
            throws SQLException {
        Mark current = mark;
        if (priority == Priority.BULK && current.holds()) {
            List<OutboundMessage> due = due(connection, priority, kinds, most, current);
            if (due.size() == most) {
                return due;
            }
        }
        var beginning = new Mark(utc(Instant.EPOCH), Long.MIN_VALUE, System.nanoTime());
        return due(connection, priority, kinds, most, beginning);
    }

    /** @param kinds all of them where empty */
    private List<OutboundMessage> due(
            Connection connection, Priority priority, Collection<String> kinds, int most, Mark from)
            throws SQLException {
        var messages = new ArrayList<OutboundMessage>();
        try (var select = connection.prepareStatement(
                "select id, kind, reference, attempts - attempts_before, unknowns, expires_at, not_before from message"
                        + " where state = 'QUEUED' and priority = " + priority.rank()
                        + " and not_before <= ? and (not_before, id) >= (?, ?) and expires_at > ?"
                        + (kinds.isEmpty() ? "" : " and kind = any(?)")
                        + " and (leased_till is null or leased_till < current_timestamp) order by not_before, id limit"
                        + " ? for update skip locked")) {
            OffsetDateTime now = utc(clock.instant());
            int n = 0;
            select.setObject(++n, now);
            select.setObject(++n, from.notBefore());
            select.setLong(++n, from.id());
            select.setObject(++n, now);
            if (!kinds.isEmpty()) {
                select.setArray(++n, connection.createArrayOf("varchar", kinds.toArray()));
            }
            select.setInt(++n, most);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    if (messages.isEmpty() && priority == Priority.BULK) {
                        mark = new Mark(utc(instant(row, 7)), row.getLong(1), from.since());
                    }
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

    /**
     * When a claimed message's letter counts as composed, where its life begins then: now, unless a letter composed
     * before may have left, which is repeated as it was. Durable when it returns; empty where the lease is lost.
     *
     * @param life how long it waits from its first try on, until it expires
     */
    public Optional<Instant> composed(OutboundMessage message, Duration life) {
        return QuarkusTransaction.requiringNew()
                .call(() -> connected("A letter could not be dated", connection -> {
                    OutboxRows.compose(connection, message, clock.instant(), life);
                    return OutboxRows.composedAt(connection, message);
                }));
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
        release(List.of(message));
    }

    /** Gives claimed messages back untried. */
    public void release(List<OutboundMessage> messages) {
        if (messages.isEmpty()) {
            return;
        }
        QuarkusTransaction.requiringNew()
                .run(() -> connected("Leases could not be given back", connection -> {
                    OutboxRows.release(connection, messages);
                    return messages;
                }));
    }

    /** Gives a claimed message back untried, to rest before it is due again; whether the lease was still ours. */
    public boolean putOff(OutboundMessage message, Duration rest) {
        return QuarkusTransaction.requiringNew()
                .call(() -> connected("A message could not be put off", connection -> {
                    OutboxRows.release(connection, List.of(message));
                    return OutboxRows.putOff(
                            connection, message, clock.instant().plus(rest));
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

    /** Records how an attempt that met no relay ended the message; whether the lease was still ours. */
    public boolean end(OutboundMessage message, MessageState state, String reply, String status) {
        return end(message, state, null, reply, status);
    }

    /** Records how an attempt ended the message; whether the lease was still ours. Returns when that is durable. */
    public boolean end(OutboundMessage message, MessageState state, SmtpStage stage, String reply, String status) {
        var attempt = new Attempt(clock.instant(), stage, reply, status, AttemptOutcome.of(state));
        return record(List.of(new OutboxRows.Result(message, attempt, null))).getFirst();
    }

    /** Records an attempt that met no relay, after which the message is tried again. */
    public void again(OutboundMessage message, String reply, String status, Duration rest, boolean unknown) {
        again(message, null, reply, status, rest, unknown);
    }

    /** Records an attempt after which the message is tried again. Returns when that is durable. */
    public void again(
            OutboundMessage message, SmtpStage stage, String reply, String status, Duration rest, boolean unknown) {
        Instant now = clock.instant();
        AttemptOutcome outcome = unknown ? AttemptOutcome.UNKNOWN : AttemptOutcome.DEFERRED;
        record(List.of(
                new OutboxRows.Result(message, new Attempt(now, stage, reply, status, outcome), now.plus(rest))));
    }

    /**
     * Records results in one transaction, and tells of those that are ends. Returns when that is durable.
     *
     * @return for each result whether the lease was still ours
     */
    public List<Boolean> record(List<OutboxRows.Result> all) {
        return all.stream().allMatch(result -> result.attempt().outcome() == AttemptOutcome.ACCEPTED)
                ? accepted(all)
                : record(all, true);
    }

    /** One statement, its own transaction, for most results; told afterwards, for the letter has left whoever objects. */
    private List<Boolean> accepted(List<OutboxRows.Result> all) {
        Set<Long> ours = QuarkusTransaction.suspendingExisting()
                .call(() -> connected("A delivery could not be recorded", connection -> {
                    int written = OutboxRows.accept(connection, all);
                    return written < all.size() ? OutboxRows.accepted(connection, all) : null;
                }));
        all.stream()
                .filter(result -> ours == null || ours.contains(result.message().id()))
                .forEach(this::tellAccepted);
        return all.stream()
                .map(result -> ours == null || ours.contains(result.message().id()))
                .toList();
    }

    private void tellAccepted(OutboxRows.Result result) {
        try {
            tell(result);
        } catch (RuntimeException e) {
            LOG.errorf(
                    e, "The end of message %d cannot be told", result.message().id());
        }
    }

    private void tell(OutboxRows.Result result) {
        OutboundMessage message = result.message();
        ended.fire(new DeliveryEnded(
                message.kind(), message.reference(), result.attempt().outcome().state()));
    }

    /** @param tell whether those who observe ends hear of them */
    private List<Boolean> record(List<OutboxRows.Result> all, boolean tell) {
        return QuarkusTransaction.requiringNew()
                .call(() -> connected("A delivery could not be recorded", connection -> {
                    int written = OutboxRows.write(connection, all);
                    if (written < all.size()) {
                        if (all.size() == 1) {
                            return List.of(false);
                        }
                        throw new LeaseLost();
                    }
                    List<OutboxRows.Result> goOn =
                            all.stream().filter(result -> !result.ends()).toList();
                    if (!goOn.isEmpty()) {
                        OutboxRows.log(connection, goOn);
                    }
                    if (tell) {
                        all.stream().filter(OutboxRows.Result::ends).forEach(this::tell);
                    }
                    return Collections.nCopies(all.size(), true);
                }));
    }

    /** One of a group has lost its lease: each is recorded alone then, which tells whose. */
    private static final class LeaseLost extends RuntimeException {

        private static final long serialVersionUID = 1;

        LeaseLost() {
            super("a lease was lost", null, false, false);
        }
    }

    /** Every try of the message of that row, oldest first. */
    public List<Attempt> attempts(String kind, long reference) {
        return connected("Attempts could not be read", connection -> OutboxRows.attempts(connection, kind, reference));
    }

    /** How many tries of a message, since it was last queued, ended before the relay was asked. */
    public int triesWithoutRelay(OutboundMessage message) {
        return run(
                "select count(*) from attempt a join message m on m.id = a.message_id where m.id = ? and a.number >"
                        + " m.attempts_before and a.stage is null and a.outcome = 'DEFERRED'",
                "Attempts could not be counted",
                select -> {
                    select.setLong(1, message.id());
                    try (ResultSet row = select.executeQuery()) {
                        row.next();
                        return row.getInt(1);
                    }
                });
    }

    /** Expires what was not delivered in time and is not just being tried, newest first; how many. */
    public int expireOverdue() {
        int expired = 0;
        long below = Long.MAX_VALUE;
        var some = new ArrayList<OutboxRows.Overdue>();
        do {
            some.clear();
            expired += expire(below, some);
            below = some.isEmpty() ? below : some.getLast().id();
        } while (some.size() == EXPIRED_AT_ONCE);
        return expired;
    }

    /**
     * Expires some in one transaction; where that fails each has one of its own, so that one harms no other.
     *
     * @param some is told which
     */
    private int expire(long below, List<OutboxRows.Overdue> some) {
        try {
            return QuarkusTransaction.requiringNew()
                    .call(() -> connected("Overdue messages could not be expired", connection -> {
                        some.addAll(OutboxRows.overdue(connection, clock.instant(), below, EXPIRED_AT_ONCE));
                        if (!some.isEmpty()) {
                            OutboxRows.expire(connection, some, clock.instant(), OVERDUE);
                        }
                        some.forEach(m -> ended.fire(new DeliveryEnded(m.kind(), m.reference(), m.end())));
                        return some.size();
                    }));
        } catch (RuntimeException e) {
            if (some.isEmpty() || DatabaseFailure.isBehind(e)) {
                throw e;
            }
            LOG.debug("Overdue messages could not be expired together; taking them one by one", e);
        }
        return (int) some.stream().filter(this::expireAlone).count();
    }

    private boolean expireAlone(OutboxRows.Overdue message) {
        try {
            return QuarkusTransaction.requiringNew().call(() -> expire(message.kind(), message.reference(), OVERDUE));
        } catch (RuntimeException e) {
            DatabaseFailure.throwIfBehind(e);
            LOG.warnf("%s %d could not be expired now: %s", message.kind(), message.reference(), e.getMessage());
            return false;
        }
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
        return Optional.ofNullable(standings(kind, List.of(reference)).get(reference));
    }

    /** How the messages of those rows stand, by their references. */
    public Map<Long, Standing> standings(String kind, Collection<Long> references) {
        return connected(
                "Messages could not be read", connection -> OutboxRows.standings(connection, kind, references));
    }

    /**
     * Locks the messages of those rows that were refused or expired, in the transaction at hand, so that they can be
     * queued again.
     *
     * @return how they ended, by their references
     */
    public Map<Long, MessageState> lockFailed(String kind, Collection<Long> references) {
        return connected(
                "Failed messages could not be read", connection -> OutboxRows.lockFailed(connection, kind, references));
    }

    /** Queues messages again that were refused or expired, in the transaction at hand; their tries so far stay in the ledger. */
    public void queueAgain(String kind, List<Queued> messages) {
        connected(
                "Messages could not be queued again",
                connection -> OutboxRows.queueAgain(connection, kind, messages, clock.instant()));
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

    /** How many messages are queued: counted by the index of those that wait, whatever has ended. */
    public long queued() {
        return run("select count(*) from message where state = 'QUEUED'", "The outbox could not be counted", select -> {
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    /** How long the oldest message that is due has waited; zero where none is. */
    public Duration age() {
        // Of each priority by itself, which is one look into the index.
        return run(
                "select min(oldest) from (select min(not_before) as oldest from message where state = 'QUEUED' and"
                        + " priority = 0 union all select min(not_before) from message where state = 'QUEUED' and"
                        + " priority = 1) waiting",
                "The outbox could not be read",
                select -> {
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
        return record(List.of(new OutboxRows.Result(message, attempt, null)), false)
                .getFirst();
    }

    private interface Statement<T> {
        T run(PreparedStatement statement) throws SQLException;
    }

    private <T> T run(String sql, String failure, Statement<T> statement) {
        return connected(failure, connection -> {
            try (var prepared = connection.prepareStatement(sql)) {
                return statement.run(prepared);
            }
        });
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T connected(String failure, Work<T> work) {
        try (Connection connection = database.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new DatabaseFailure(failure, e);
        }
    }

    /**
     * Makes due what a clock that was ahead has put off.
     *
     * @param rest how far from now what may rest legitimately is due at most
     * @return how many messages there were
     */
    public int bringBack(Duration rest) {
        Instant now = clock.instant();
        return QuarkusTransaction.requiringNew().call(() -> {
            try (Connection connection = database.getConnection();
                    var update = connection.prepareStatement(
                            "update message set not_before = ?" + " where state = 'QUEUED' and not_before > ?")) {
                update.setObject(1, utc(now));
                update.setObject(2, utc(now.plus(rest)));
                return update.executeUpdate();
            } catch (SQLException e) {
                throw new DatabaseFailure("Messages could not be brought back", e);
            }
        });
    }
}
