package org.dailypapers.digest;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.dailypapers.digest.rules.ClosedEditions;
import org.dailypapers.digest.rules.DigestRules;
import org.dailypapers.digest.rules.ReaderStanding;
import org.dailypapers.digest.rules.Turn;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.matching.index.EditionIndex;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.paper.Editions;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.SubscriberRows;

/** Some readers and whose turn it is; what the rules need to know of all of them is asked once. Changes nothing. */
final class ReaderChunk {

    private final ComposeTask task;
    private final ClosedEditions editions;
    private final PaperSelection selection;
    private final Map<Long, Subscriber> subscribers;
    private final WaitingDigests waiting;
    private final Set<Long> inDigest;

    /** The papers for each range, by the edition before its first one: all ranges end with the same one. */
    private final Map<LocalDate, EditionIndex> indexes = new HashMap<>();

    ReaderChunk(
            ComposeTask task,
            Connection connection,
            List<Reader> readers,
            Editions editions,
            Outbox outbox,
            PaperSelection selection)
            throws SQLException {
        this.task = task;
        this.editions = closed(editions);
        this.selection = selection;
        List<Long> ids = readers.stream().map(reader -> reader.subscriberId).toList();
        subscribers = SubscriberRows.read(connection, ids);
        selection.readLiked(
                connection,
                subscribers.values().stream()
                        .flatMap(subscriber -> Stream.concat(
                                subscriber.preferences().interests().stream(), subscriber.learnedLines().stream()))
                        .filter(line -> line.contains("like:") || line.contains("less:"))
                        .distinct()
                        .toList());
        waiting = WaitingDigests.of(connection, outbox, readers);
        LocalDate edition = task.edition();
        inDigest = edition == null ? Set.of() : Digests.covering(connection, ids, edition);
    }

    /** The editions that rules are asked with. */
    static ClosedEditions closed(Editions editions) {
        return new ClosedEditions(editions.newestLived()
                .map(newest -> editions.livedBetween(LocalDate.EPOCH, newest))
                .orElse(List.of()));
    }

    Subscriber subscriber(Reader reader) {
        return Objects.requireNonNull(subscribers.get(reader.subscriberId));
    }

    WaitingDigests waiting() {
        return waiting;
    }

    ReaderStanding standing(Reader reader) {
        return reader.standing(subscriber(reader), waiting.of(reader));
    }

    Turn turn(Reader reader, ReaderStanding standing) {
        return task.turn(standing, inDigest.contains(reader.subscriberId), editions);
    }

    /** Whether the reader's letter cannot be made yet: they ask for the like of a paper, and that is not known. */
    boolean waits(Reader reader) {
        return !task.learned()
                && Stream.concat(
                                subscriber(reader).preferences().interests().stream(),
                                subscriber(reader).learnedLines().stream())
                        .anyMatch(line ->
                                InterestParser.parse(line) instanceof Interest interest && interest.comparesPapers());
    }

    /** The papers of the reader's digest, best first; where a digest that waits is to be replaced, as if it were. */
    List<Chosen> choose(Reader reader, ReaderStanding standing, Turn.Compose turn) {
        EditionIndex index = indexes.computeIfAbsent(turn.from(), from -> selection.index(turn, editions));
        Seen seen = DigestRules.replacesWaiting(standing, turn) ? waiting.seenWithout(reader) : Seen.read(reader.seen);
        return selection.choose(
                index, standing.preferences(), subscriber(reader).learnedLines(), seen);
    }
}
