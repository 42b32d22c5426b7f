package org.dailypapers.outbox;

import static org.dailypapers.storage.DatabaseTime.known;
import static org.dailypapers.storage.DatabaseTime.utc;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.dailypapers.storage.Sql;

/** Finds messages that are due and leases them. */
final class Claims {

    /**
     * So long claims do not look before the messages that they found first: PostgreSQL reads past the index entries of
     * all messages that ended since the last VACUUM, at each claim. What is given back waits that much longer at most.
     */
    private static final Duration KEPT_MARK = Duration.ofSeconds(5);

    private final Sql sql;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private volatile Mark mark = new Mark(utc(Instant.EPOCH), Long.MIN_VALUE, System.nanoTime());

    Claims(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Leases up to that many messages that are due, by priority and then oldest first. */
    List<OutboundMessage> claim(int most, Duration lease) {
        return claim(most, lease, (connection, asked) -> {
            List<OutboundMessage> due = due(connection, Priority.TRANSACTIONAL, List.of(), asked);
            if (due.size() < asked) {
                due.addAll(due(connection, Priority.BULK, List.of(), asked - due.size()));
            }
            return due;
        });
    }

    /** Leases up to that many due messages of this priority alone, oldest first. */
    List<OutboundMessage> claim(Priority priority, int most, Duration lease) {
        return claim(most, lease, (connection, asked) -> due(connection, priority, List.of(), asked));
    }

    /** Leases up to that many due messages that are transactional and of these kinds, oldest first. */
    List<OutboundMessage> claim(Collection<String> kinds, int most, Duration lease) {
        return kinds.isEmpty()
                ? List.of()
                : claim(most, lease, (connection, asked) -> due(connection, Priority.TRANSACTIONAL, kinds, asked));
    }

    private interface Due {
        List<OutboundMessage> of(Connection connection, int most) throws SQLException;
    }

    private List<OutboundMessage> claim(int most, Duration lease, Due lock) {
        return sql.inTransaction("No message could be claimed", connection -> {
            List<OutboundMessage> due = lock.of(connection, most);
            if (!due.isEmpty()) {
                OutboxTable.lease(connection, due, lease.toSeconds());
            }
            return due;
        });
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
        // The priority is written out, for the index has the messages of each apart.
        String due = """
                select id, kind, reference, attempts - attempts_before, unknowns, expires_at, not_before
                from message
                where state = 'QUEUED' and priority = %d and not_before <= ? and (not_before, id) >= (?, ?)
                    and expires_at > ? %s and (leased_till is null or leased_till < current_timestamp)
                order by not_before, id
                limit ?
                for update skip locked""".formatted(priority.rank(), kinds.isEmpty() ? "" : "and kind = any(?)");
        try (var select = connection.prepareStatement(due)) {
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
                        mark = new Mark(utc(known(row, 7)), row.getLong(1), from.since());
                    }
                    messages.add(new OutboundMessage(
                            row.getLong(1),
                            row.getString(2),
                            row.getLong(3),
                            row.getInt(4),
                            row.getInt(5),
                            known(row, 6),
                            random.nextLong()));
                }
            }
        }
        return messages;
    }
}
