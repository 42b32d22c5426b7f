package org.dailypapers.digest;

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
import org.dailypapers.digest.rules.ClosedEditions;
import org.dailypapers.digest.rules.DigestRules;
import org.dailypapers.digest.rules.ReaderStanding;
import org.dailypapers.digest.rules.Turn;
import org.dailypapers.outbox.MessageState;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.outbox.Priority;
import org.dailypapers.paper.Editions;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.storage.Sql;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.SubscriberRows;

/**
 * Queues again the digests of an edition that were refused or expired.
 *
 * <p>It is the same digest, so its letter has the same Message-ID. A refused one kept its range; an expired one gave it
 * back and takes it again, if nobody did meanwhile. The readers' rows are locked as in composing.
 */
@ApplicationScoped
public class DigestRetry {

    private static final int CHUNK = 500;

    private final Sql sql;
    private final DigestLedger ledger;
    private final Outbox outbox;
    private final SuppressionList suppressions;
    private final Editions editions;
    private final Clock clock;

    DigestRetry(
            Sql sql, DigestLedger ledger, Outbox outbox, SuppressionList suppressions, Editions editions, Clock clock) {
        this.sql = sql;
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
        long digests = ledger.read(edition, page -> page.stream()
                .filter(DigestLedger.LedgerEntry::failed)
                .forEach(line -> failed.add(line.digest())));
        Collections.sort(failed, Collections.reverseOrder());
        long queued = 0;
        var left = new EnumMap<Left, Long>(Left.class);
        for (int i = 0; i < failed.size(); i += CHUNK) {
            List<Long> some = failed.subList(i, Math.min(i + CHUNK, failed.size()));
            Map<Long, Optional<Left>> verdicts = sql.inTransaction(
                    "Digests could not be queued again",
                    connection -> new Chunk(connection, edition, Digests.read(connection, some)).queue(Priority.BULK));
            for (Optional<Left> verdict : verdicts.values()) {
                verdict.ifPresent(why -> left.merge(why, 1L, Long::sum));
                queued += verdict.isEmpty() ? 1 : 0;
            }
            progress.accept(i + some.size());
        }
        return new Report(digests, queued, left);
    }

    /** Queues one digest again that failed, before those that leave in a run; whether it was queued. */
    boolean retryOne(long digest) {
        return sql.inTransaction("A digest could not be queued again", connection -> {
            List<Digest> one = Digests.read(connection, List.of(digest));
            return !one.isEmpty()
                    && new Chunk(connection, one.getFirst().to, one)
                            .queue(Priority.TRANSACTIONAL).values().stream().anyMatch(Optional::isEmpty);
        });
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
        private final Set<Long> inDigest;
        private final WaitingDigests waiting;
        private final ClosedEditions closed;
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
            inDigest = new HashSet<>(Digests.covering(connection, owners, edition));
            waiting = WaitingDigests.of(connection, outbox, readers.values());
            closed = ReaderChunk.closed(editions);
        }

        /** For each that still counts as failed, why it was left; empty where it was queued. */
        Map<Long, Optional<Left>> queue(Priority priority) throws SQLException {
            var verdicts = new HashMap<Long, Optional<Left>>();
            for (Digest digest : digests) {
                if (failed.containsKey(digest.id) && readers.containsKey(digest.subscriberId)) {
                    verdicts.put(digest.id, judge(digest));
                }
            }
            if (!messages.isEmpty()) {
                Digests.takeAgain(connection, takenAgain);
                outbox.queueAgain(priority, Digest.MESSAGE_KIND, messages);
                var moved = new ArrayList<Readers.Moved>();
                was.forEach((id, covered) ->
                        moved.add(new Readers.Moved(Objects.requireNonNull(readers.get(id)), covered)));
                Readers.write(connection, moved);
            }
            return verdicts;
        }

        private Optional<Left> judge(Digest digest) {
            Subscriber subscriber = Objects.requireNonNull(subscribers.get(digest.subscriberId));
            Reader reader = Objects.requireNonNull(readers.get(digest.subscriberId));
            ReaderStanding standing = reader.standing(subscriber, waiting.of(reader));
            switch (standing.wish(now)) {
                case NO_LETTERS -> {
                    return Optional.of(Left.WITHDRAWN);
                }
                case PAUSE -> {
                    return Optional.of(Left.PAUSED);
                }
                case LETTERS -> {}
            }
            if (suppressions.find(subscriber.email).isPresent()) {
                return Optional.of(Left.SUPPRESSED);
            }
            if (digest.givenBack != 0 && !takeAgain(digest, reader, standing)) {
                return Optional.of(Left.TAKEN);
            }
            messages.add(new Outbox.Queued(digest.id, DigestRules.expiryAtAnOddHour(standing, now)));
            return Optional.empty();
        }

        /** Takes the range and the papers of an expired digest as at its composing; false where that cannot be. */
        private boolean takeAgain(Digest digest, Reader reader, ReaderStanding standing) {
            Turn turn = DigestRules.again(standing, digest.range(), inDigest.contains(reader.subscriberId), closed);
            List<Chosen> papers = digest.chosen();
            Seen seen = Seen.read(reader.seen);
            if (!(turn instanceof Turn.Compose compose) || papers.stream().anyMatch(paper -> seen.has(paper.paper()))) {
                return false;
            }
            was.putIfAbsent(reader.subscriberId, reader.covered);
            reader.stand(DigestRules.after(standing, turn, now));
            reader.remember(papers, digest.to);
            if (compose.advances() && standing.waiting() == null) {
                reader.lastDigest = digest.id;
            }
            inDigest.add(reader.subscriberId);
            takenAgain.add(digest.id);
            return true;
        }
    }
}
