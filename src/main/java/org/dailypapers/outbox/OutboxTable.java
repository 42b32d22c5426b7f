package org.dailypapers.outbox;

import static org.dailypapers.storage.DatabaseTime.known;
import static org.dailypapers.storage.DatabaseTime.utc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.dailypapers.smtp.SmtpStage;
import org.dailypapers.storage.DatabaseArray;
import org.jspecify.annotations.Nullable;

/** The rows of messages and of their attempts, many at a time; several are locked in the order of their ids. */
final class OutboxTable {

    private OutboxTable() {}

    /**
     * Writes what became of messages, as far as the leases still hold under which it came about; of how many that is so.
     * A message's end stands in its own row alone, as most messages end at their first try; {@link #log} keeps the others. A letter that the relay
     * said it has not taken is composed anew at the next try.
     */
    static int write(Connection connection, List<AttemptResult> results) throws SQLException {
        try (var merge = connection.prepareStatement("""
                merge into message m
                using (select *
                from unnest(cast(? as bigint array), cast(? as bigint array), cast(? as varchar array),
                    cast(? as varchar array), cast(? as varchar array), cast(? as varchar array),
                    cast(? as timestamp(6) with time zone array), cast(? as timestamp(6) with time zone array),
                    cast(? as timestamp(6) with time zone array), cast(? as integer array)) as n(id, lease,
                    state, stage, reply, status, tried_at, not_before, ended_at, lost)) r on m.id = r.id
                    and m.lease = r.lease and m.state = 'QUEUED'
                when matched then update
                set state = r.state, last_stage = r.stage, last_reply = r.reply, last_status = r.status,
                    last_try_at = r.tried_at, not_before = coalesce(r.not_before, m.not_before),
                    ended_at = r.ended_at, composed_at =
                    case when r.lost = 0 and r.stage is not null and m.composed_under = m.lease then null
                    else m.composed_at end,
                    attempts = m.attempts + 1, unknowns = m.unknowns + r.lost, leased_till = null""")) {
            var arrays = new Arrays(connection, merge, results);
            arrays.set("bigint", r -> r.message().id());
            arrays.set("bigint", r -> r.message().lease());
            arrays.set("varchar", r -> r.attempt().outcome().state().name());
            arrays.set("varchar", r -> stage(r.attempt()));
            arrays.set("varchar", r -> r.attempt().reply());
            arrays.set("varchar", r -> r.attempt().status());
            arrays.set("timestamptz", r -> utc(r.attempt().at()));
            arrays.set("timestamptz", r -> r.notBefore() == null ? null : utc(r.notBefore()));
            arrays.set("timestamptz", r -> r.ends() ? utc(r.attempt().at()) : null);
            arrays.set("integer", r -> r.attempt().outcome() == AttemptOutcome.UNKNOWN ? 1 : 0);
            return merge.executeUpdate();
        }
    }

    /** As {@link #write}, where the relay took them all: with a third of what that has to be told. */
    static int accept(Connection connection, List<AttemptResult> results) throws SQLException {
        try (var merge = connection.prepareStatement("""
                merge into message m
                using (select *
                from unnest(cast(? as bigint array), cast(? as bigint array), cast(? as varchar array),
                    cast(? as timestamp(6) with time zone array)) as n(id, lease, reply,
                    tried_at)) r on m.id = r.id and m.lease = r.lease and m.state = 'QUEUED'
                when matched then update
                set state = 'ACCEPTED', last_stage = 'DOT', last_reply = r.reply, last_status = null,
                    last_try_at = r.tried_at, ended_at = r.tried_at, attempts = m.attempts + 1,
                    leased_till = null""")) {
            var arrays = new Arrays(connection, merge, results);
            arrays.set("bigint", r -> r.message().id());
            arrays.set("bigint", r -> r.message().lease());
            arrays.set("varchar", r -> r.attempt().reply());
            arrays.set("timestamptz", r -> utc(r.attempt().at()));
            return merge.executeUpdate();
        }
    }

    /** Those of the messages that stand as accepted under the lease of their results. */
    static Set<Long> accepted(Connection connection, List<AttemptResult> results) throws SQLException {
        try (var select = connection.prepareStatement("""
                        select m.id
                        from unnest(cast(? as bigint array), cast(? as bigint array)) as n(id, lease)
                        join message m on m.id = n.id and m.lease = n.lease
                        where m.state = 'ACCEPTED'""")) {
            var arrays = new Arrays(connection, select, results);
            arrays.set("bigint", r -> r.message().id());
            arrays.set("bigint", r -> r.message().lease());
            var accepted = new HashSet<Long>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    accepted.add(row.getLong(1));
                }
            }
            return accepted;
        }
    }

    /** Adds tries to the ledger that are written and did not end their messages. */
    static void log(Connection connection, List<AttemptResult> results) throws SQLException {
        try (var insert = connection.prepareStatement("""
                insert into attempt (message_id, number, tried_at, stage, reply, status, outcome)
                select m.id, m.attempts, m.last_try_at, m.last_stage, m.last_reply, m.last_status, n.outcome
                from unnest(cast(? as bigint array), cast(? as varchar array)) as n(message_id, outcome)
                join message m on m.id = n.message_id""")) {
            var arrays = new Arrays(connection, insert, results);
            arrays.set("bigint", r -> r.message().id());
            arrays.set("varchar", r -> r.attempt().outcome().name());
            insert.executeUpdate();
        }
    }

    private static @Nullable String stage(Attempt attempt) {
        return attempt.stage() == null ? null : attempt.stage().name();
    }

    /** Sets a statement's parameters, one after the other, to arrays with an element of each result. */
    private static final class Arrays {

        private final Connection connection;
        private final PreparedStatement statement;
        private final List<AttemptResult> results;
        private int set;

        Arrays(Connection connection, PreparedStatement statement, List<AttemptResult> results) {
            this.connection = connection;
            this.statement = statement;
            this.results = results;
        }

        void set(String type, Function<AttemptResult, Object> element) throws SQLException {
            statement.setArray(++set, DatabaseArray.padded(connection, type, results, element));
        }
    }

    /** Leases messages that are locked. */
    static void lease(Connection connection, List<OutboundMessage> messages, long seconds) throws SQLException {
        try (var merge = connection.prepareStatement("""
                merge into message m
                using (select *
                from unnest(cast(? as bigint array), cast(? as bigint array)) as n(id, lease)) r on m.id = r.id
                when matched then update
                set lease = r.lease, leased_till = current_timestamp + cast(? as integer) * interval '1' second""")) {
            merge.setArray(1, DatabaseArray.padded(connection, "bigint", messages, OutboundMessage::id));
            merge.setArray(2, DatabaseArray.padded(connection, "bigint", messages, OutboundMessage::lease));
            merge.setLong(3, seconds);
            merge.executeUpdate();
        }
    }

    /** Notes when a letter is composed, unless one that may have left was; before its first try it lives from then on. */
    static void compose(Connection connection, OutboundMessage message, Instant now, Duration life)
            throws SQLException {
        try (var update = connection.prepareStatement("""
                update message
                set composed_at = ?, composed_under = lease, expires_at =
                    case when attempts = attempts_before then cast(? as timestamp(6) with time zone) else
                    expires_at end
                where id = ? and lease = ? and state = 'QUEUED' and composed_at is null""")) {
            update.setObject(1, utc(now));
            update.setObject(2, utc(now.plus(life)));
            update.setLong(3, message.id());
            update.setLong(4, message.lease());
            update.executeUpdate();
        }
    }

    /** When the letter was composed; empty where the lease is lost. */
    static Optional<Instant> composedAt(Connection connection, OutboundMessage message) throws SQLException {
        try (var select = connection.prepareStatement(
                "select composed_at from message where id = ? and lease = ? and state = 'QUEUED'")) {
            select.setLong(1, message.id());
            select.setLong(2, message.lease());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(known(row, 1)) : Optional.empty();
            }
        }
    }

    /** Gives up the leases of messages that are still held under them; what was composed under one has not left. */
    static void release(Connection connection, List<OutboundMessage> messages) throws SQLException {
        try (var merge = connection.prepareStatement("""
                merge into message m
                using (select *
                from unnest(cast(? as bigint array), cast(? as bigint array)) as n(id, lease)) r on m.id = r.id
                    and m.lease = r.lease and m.state = 'QUEUED'
                when matched then update
                set leased_till = null, composed_at =
                    case when m.composed_under = m.lease then null else m.composed_at end""")) {
            merge.setArray(1, DatabaseArray.padded(connection, "bigint", messages, OutboundMessage::id));
            merge.setArray(2, DatabaseArray.padded(connection, "bigint", messages, OutboundMessage::lease));
            merge.executeUpdate();
        }
    }

    /** Lets a message rest that was given up under that lease; whether it was. */
    static boolean putOff(Connection connection, OutboundMessage message, Instant until) throws SQLException {
        try (var update = connection.prepareStatement("""
                update message
                set not_before = ?
                where id = ? and lease = ? and state = 'QUEUED' and leased_till is null""")) {
            update.setObject(1, utc(until));
            update.setLong(2, message.id());
            update.setLong(3, message.lease());
            return update.executeUpdate() == 1;
        }
    }

    /**
     * A message that waited too long.
     *
     * @param end accepted where its last try ended between the final dot and its reply, else expired
     */
    record Overdue(long id, String kind, long reference, MessageState end) {}

    /** Locks messages below that id that are overdue and not just being tried, newest first. */
    static List<Overdue> overdue(Connection connection, Instant now, long below, int most) throws SQLException {
        try (var select = connection.prepareStatement("""
                select id, kind, reference, unknowns
                from message
                where state = 'QUEUED' and expires_at <= ? and id < ? and (leased_till is null
                    or leased_till < current_timestamp)
                order by id desc
                limit ?
                for update skip locked""")) {
            select.setObject(1, utc(now));
            select.setLong(2, below);
            select.setInt(3, most);
            var overdue = new ArrayList<Overdue>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    overdue.add(new Overdue(
                            row.getLong(1),
                            row.getString(2),
                            row.getLong(3),
                            row.getInt(4) > 0 ? MessageState.ACCEPTED : MessageState.EXPIRED));
                }
            }
            return overdue;
        }
    }

    /** Ends messages that are locked; a reply that the relay gave stays. */
    static void expire(Connection connection, List<Overdue> overdue, Instant now, String reason) throws SQLException {
        try (var merge = connection.prepareStatement("""
                merge into message m
                using (select *
                from unnest(cast(? as bigint array), cast(? as varchar array)) as n(id, state)) r on m.id = r.id
                when matched then update
                set state = r.state, ended_at = ?, last_reply = coalesce(m.last_reply, ?)""")) {
            merge.setArray(1, DatabaseArray.of(connection, "bigint", overdue, Overdue::id));
            merge.setArray(2, DatabaseArray.of(connection, "varchar", overdue, o -> o.end()
                    .name()));
            merge.setObject(3, utc(now));
            merge.setString(4, reason);
            merge.executeUpdate();
        }
    }

    /** How the messages of those rows stand, by their references. */
    static Map<Long, Outbox.MessageStatus> statuses(Connection connection, String kind, Collection<Long> references)
            throws SQLException {
        // From the references to the messages: H2 would read every message of the kind for "reference = any(?)".
        try (var select = connection.prepareStatement("""
                select m.reference, m.id, m.state,
                    case when m.leased_till > current_timestamp then true else false end, m.attempts,
                    m.unknowns, m.last_reply
                from unnest(cast(? as bigint array)) as n(reference)
                join message m on m.kind = ? and m.reference = n.reference""")) {
            select.setArray(1, connection.createArrayOf("bigint", references.toArray()));
            select.setString(2, kind);
            var statuses = new HashMap<Long, Outbox.MessageStatus>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    statuses.put(
                            row.getLong(1),
                            new Outbox.MessageStatus(
                                    row.getLong(2),
                                    MessageState.valueOf(row.getString(3)),
                                    row.getBoolean(4),
                                    row.getInt(5),
                                    row.getInt(6),
                                    row.getString(7)));
                }
            }
            return statuses;
        }
    }

    /** Locks the messages of those rows that were refused or expired; how they ended, by their references. */
    static Map<Long, MessageState> lockFailed(Connection connection, String kind, Collection<Long> references)
            throws SQLException {
        Object[] ids = statuses(connection, kind, references).values().stream()
                .map(Outbox.MessageStatus::id)
                .toArray();
        try (var select = connection.prepareStatement("""
                select reference, state
                from message
                where id = any(?) and state in ('REJECTED', 'EXPIRED')
                order by id
                for update""")) {
            select.setArray(1, connection.createArrayOf("bigint", ids));
            var failed = new HashMap<Long, MessageState>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    failed.put(row.getLong(1), MessageState.valueOf(row.getString(2)));
                }
            }
            return failed;
        }
    }

    /** Queues failed messages again: a new lease of life, with rests between its tries as if it had had none. */
    static int queueAgain(
            Connection connection, Priority priority, String kind, List<Outbox.Queued> messages, Instant now)
            throws SQLException {
        try (var insert = connection.prepareStatement("""
                insert into attempt (message_id, number, tried_at, stage, reply, status, outcome)
                select m.id, m.attempts, m.last_try_at, m.last_stage, m.last_reply, m.last_status, m.state
                from unnest(cast(? as bigint array)) as n(reference)
                join message m on m.kind = ? and m.reference = n.reference
                where m.state in ('REJECTED', 'EXPIRED') and m.attempts > 0 and not exists (
                    select 1 from attempt kept where kept.message_id = m.id and kept.number = m.attempts)""")) {
            insert.setArray(1, DatabaseArray.of(connection, "bigint", messages, Outbox.Queued::reference));
            insert.setString(2, kind);
            insert.executeUpdate();
        }
        try (var merge = connection.prepareStatement("""
                merge into message m
                using (select *
                from unnest(cast(? as bigint array),
                    cast(? as timestamp(6) with time zone array)) as n(reference, expires_at)) r on m.kind = ?
                    and m.reference = r.reference and m.state in ('REJECTED', 'EXPIRED')
                when matched then update
                set state = 'QUEUED', priority = least(m.priority, ?), not_before = ?, expires_at = r.expires_at, ended_at = null,
                    leased_till = null, lease = 0, unknowns = 0, composed_at = null,
                    attempts_before = m.attempts""")) {
            merge.setArray(1, DatabaseArray.of(connection, "bigint", messages, Outbox.Queued::reference));
            merge.setArray(2, DatabaseArray.of(connection, "timestamptz", messages, m -> utc(m.expiresAt())));
            merge.setString(3, kind);
            merge.setInt(4, priority.rank());
            merge.setObject(5, utc(now));
            return merge.executeUpdate();
        }
    }

    /** The tries of a row's message, oldest first. */
    static List<Attempt> attempts(Connection connection, String kind, long reference) throws SQLException {
        // What ended a message stands in its own row, and only there unless it was queued again since.
        try (var select = connection.prepareStatement("""
                select a.tried_at, a.stage, a.reply, a.status, a.outcome, a.number
                from attempt a
                join message m on m.id = a.message_id
                where m.kind = ? and m.reference = ?
                union all
                select m.last_try_at, m.last_stage, m.last_reply, m.last_status, m.state, m.attempts
                from message m
                where m.kind = ? and m.reference = ? and m.state <> 'QUEUED' and m.attempts > 0 and not exists (
                    select 1 from attempt kept where kept.message_id = m.id and kept.number = m.attempts)
                order by 6""")) {
            select.setString(1, kind);
            select.setLong(2, reference);
            select.setString(3, kind);
            select.setLong(4, reference);
            var attempts = new ArrayList<Attempt>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String stage = row.getString(2);
                    attempts.add(new Attempt(
                            known(row, 1),
                            stage == null ? null : SmtpStage.valueOf(stage),
                            row.getString(3),
                            row.getString(4),
                            AttemptOutcome.valueOf(row.getString(5))));
                }
            }
            return attempts;
        }
    }
}
