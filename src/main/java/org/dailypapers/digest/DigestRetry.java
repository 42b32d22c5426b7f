package org.dailypapers.digest;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.dailypapers.database.DatabaseFailure;
import org.dailypapers.delivery.MessageState;
import org.dailypapers.delivery.Outbox;
import org.dailypapers.delivery.SuppressionList;
import org.dailypapers.paper.Editions;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.SubscriberRows;
import org.dailypapers.subscriber.preference.Preferences;

/**
 * Queues again the digests of an edition that were refused or expired.
 *
 * <p>It is the same digest, so its letter has the same Message-ID. A refused one kept its range; an expired one gave it
 * back and takes it again, if nobody did meanwhile. The readers' rows are locked as in composing.
 */
@ApplicationScoped
public class DigestRetry {

    private static final int CHUNK = 500;

    private final DataSource tables;
    private final DigestLedger ledger;
    private final Outbox outbox;
    private final SuppressionList suppressions;
    private final Editions editions;
    private final Clock clock;

    DigestRetry(
            DataSource tables,
            DigestLedger ledger,
            Outbox outbox,
            SuppressionList suppressions,
            Editions editions,
            Clock clock) {
        this.tables = tables;
        this.ledger = ledger;
        this.outbox = outbox;
        this.suppressions = suppressions;
        this.editions = editions;
        this.clock = clock;
    }

    /** Why a digest is not sent again. */
    public enum Left {
        /** A later digest of its reader's took its range, or papers of it. */
        TAKEN,
        SUPPRESSED,
        /** Its reader has left. */
        WITHDRAWN,
        PAUSED
    }

    /**
     * What a run did.
     *
     * @param digests that cover the edition
     * @param left of those that failed, how many were left and why
     */
    public record Report(long digests, long queued, Map<Left, Long> left) {

        /** How many had failed. */
        public long failed() {
            return queued + left.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * Queues again what failed, newest first, for of two digests with one range the newer knows better.
     *
     * @param progress told how many failed ones were considered so far
     */
    public Report retry(LocalDate edition, LongConsumer progress) {
        var failed = new ArrayList<Long>();
        long digests = ledger.read(
                edition,
                page -> page.stream().filter(DigestLedger.Line::failed).forEach(line -> failed.add(line.digest())));
        Collections.sort(failed, Collections.reverseOrder());
        long queued = 0;
        var left = new EnumMap<Left, Long>(Left.class);
        for (int i = 0; i < failed.size(); i += CHUNK) {
            List<Long> some = failed.subList(i, Math.min(i + CHUNK, failed.size()));
            Map<Long, Optional<Left>> verdicts =
                    QuarkusTransaction.requiringNew().call(() -> inTransaction(edition, some));
            for (Optional<Left> verdict : verdicts.values()) {
                verdict.ifPresent(why -> left.merge(why, 1L, Long::sum));
                queued += verdict.isEmpty() ? 1 : 0;
            }
            progress.accept(i + some.size());
        }
        return new Report(digests, queued, left);
    }

    private Map<Long, Optional<Left>> inTransaction(LocalDate edition, List<Long> ids) {
        try (Connection connection = tables.getConnection()) {
            return new Chunk(connection, edition, Digests.read(connection, ids)).queue();
        } catch (SQLException e) {
            throw new DatabaseFailure("Digests could not be queued again", e);
        }
    }

    /** Digests that are judged and queued in one transaction. */
    private final class Chunk {
        private final Connection connection;
        private final List<Digest> digests;
        private final Instant now = clock.instant();
        private final Map<Long, Reader> readers;
        private final Map<Long, LocalDate> was = new HashMap<>();
        private final Map<Long, Subscriber> subscribers;
        private final Map<Long, MessageState> failed;
        private final Set<Long> covering;
        private final Set<Long> waiting;
        private final List<Long> takenAgain = new ArrayList<>();
        private final List<Outbox.Queued> messages = new ArrayList<>();

        Chunk(Connection connection, LocalDate edition, List<Digest> digests) throws SQLException {
            this.connection = connection;
            this.digests = digests;
            Set<Long> owners = digests.stream().map(d -> d.subscriberId).collect(Collectors.toSet());
            readers = Readers.lock(connection, owners).stream()
                    .collect(Collectors.toMap(r -> r.subscriberId, Function.identity()));
            failed = outbox.lockFailed(
                    Digest.MESSAGE_KIND, digests.stream().map(d -> d.id).toList());
            subscribers = SubscriberRows.read(connection, owners);
            covering = new HashSet<>(Digests.covering(connection, owners, edition));
            waiting = outbox.waiting(
                    Digest.MESSAGE_KIND,
                    readers.values().stream()
                            .map(r -> r.lastDigest)
                            .filter(Objects::nonNull)
                            .toList());
        }

        /** For each that still counts as failed, why it was left; empty where it was queued. */
        Map<Long, Optional<Left>> queue() throws SQLException {
            var verdicts = new HashMap<Long, Optional<Left>>();
            for (Digest digest : digests) {
                if (failed.containsKey(digest.id) && readers.containsKey(digest.subscriberId)) {
                    verdicts.put(digest.id, judge(digest));
                }
            }
            if (!messages.isEmpty()) {
                Digests.takeAgain(connection, takenAgain);
                outbox.queueAgain(Digest.MESSAGE_KIND, messages);
                var moved = new ArrayList<Readers.Moved>();
                was.forEach((id, covered) -> moved.add(new Readers.Moved(readers.get(id), covered)));
                Readers.write(connection, moved);
            }
            return verdicts;
        }

        private Optional<Left> judge(Digest digest) {
            Subscriber subscriber = subscribers.get(digest.subscriberId);
            Preferences preferences = subscriber.preferences();
            if (subscriber.consent != Consent.CONFIRMED) {
                return Optional.of(Left.WITHDRAWN);
            }
            if (subscriber.pausedOn(DigestCalendar.localDate(preferences, now))) {
                return Optional.of(Left.PAUSED);
            }
            if (suppressions.find(subscriber.email).isPresent()) {
                return Optional.of(Left.SUPPRESSED);
            }
            Reader reader = readers.get(digest.subscriberId);
            if (digest.givenBack != 0 && !takeAgain(digest, reader)) {
                return Optional.of(Left.TAKEN);
            }
            messages.add(new Outbox.Queued(digest.id, expiry(preferences, reader)));
            return Optional.empty();
        }

        /** Takes the range and the papers of an expired digest as at its composing; false where that cannot be. */
        private boolean takeAgain(Digest digest, Reader reader) {
            Seen seen = Seen.read(reader.seen);
            boolean next = digest.kind == Digest.Kind.MANUAL
                    ? editions.livedBetween(reader.covered, digest.to).equals(List.of(digest.to))
                    : reader.covered.equals(digest.from);
            boolean free = next || digest.kind == Digest.Kind.MANUAL && !covering.contains(digest.subscriberId);
            if (!free || digest.chosen().stream().anyMatch(c -> seen.has(c.paper()))) {
                return false;
            }
            was.putIfAbsent(reader.subscriberId, reader.covered);
            reader.seen = seen.add(digest.chosen()).forget(digest.to).write();
            if (next) {
                reader.covered = digest.to;
                reader.lastDigest = waiting.contains(reader.lastDigest) ? reader.lastDigest : digest.id;
            }
            covering.add(reader.subscriberId);
            takenAgain.add(digest.id);
            return true;
        }

        private Instant expiry(Preferences preferences, Reader reader) {
            Instant earliest = now.plus(DigestComposer.SHORTEST_LIFE);
            Instant nextDue = reader.nextDue == null ? earliest : reader.nextDue;
            Instant expiry = DigestCalendar.expiry(preferences, nextDue, now);
            return expiry.isAfter(earliest) ? expiry : earliest;
        }
    }
}
