package org.dailypapers.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dailypapers.delivery.ClaimedMessages.Claimed;

/**
 * What workers want of the database between two letters: the last one recorded and the next one looked up. It is done in
 * one go for all workers that wait for it at that moment.
 */
final class Bookkeeping {

    /** Results in one transaction; more workers than that take turns. */
    private static final int LARGEST_GROUP = 500;

    /** Far less than an exchange takes, and worth it: a group costs the database little more than a single letter. */
    private static final Duration PATIENCE = Duration.ofMillis(1);

    private final Outbox outbox;
    private final Map<String, Letters> letters;
    private final SuppressionList suppressions;
    private final Grouped<Turn, Entry> turns;

    /** @param workers who take turns */
    Bookkeeping(Outbox outbox, Map<String, Letters> letters, SuppressionList suppressions, int workers) {
        this.outbox = outbox;
        this.letters = letters;
        this.suppressions = suppressions;
        turns = new Grouped<>(LARGEST_GROUP, workers / 2, PATIENCE, this::turn);
    }

    /**
     * What one worker wants.
     *
     * @param result to be recorded; null for none
     * @param next message to be looked up; null for none
     */
    private record Turn(OutboxRows.Result result, Claimed next) {}

    /**
     * What came of it.
     *
     * @param ours whether the lease still held under which the result came about
     * @param next null where none was asked for
     */
    record Entry(boolean ours, Upcoming next) {}

    /**
     * A message just before its letter is composed.
     *
     * @param found empty where the letter is no longer wanted
     * @param failure of the look; null where there was none
     */
    record Upcoming(Claimed claimed, Optional<Found> found, RuntimeException failure) {}

    /** A letter to be composed and how its recipient stands. */
    record Found(Draft draft, SuppressionList.Standing standing) {}

    /**
     * Records a result, and looks a message up where there is one. Returns when the result is durable; throws what the
     * recording failed with. A look that failed says so itself.
     *
     * @param next may be null
     */
    Entry record(OutboxRows.Result result, Claimed next) {
        return turns.of(new Turn(result, next));
    }

    Upcoming lookUp(Claimed message) {
        return turns.of(new Turn(null, message)).next();
    }

    private List<Entry> turn(List<Turn> all) {
        List<OutboxRows.Result> results =
                all.stream().map(Turn::result).filter(result -> result != null).toList();
        List<Boolean> ours = results.isEmpty() ? List.of() : outbox.record(results);
        List<Upcoming> upcoming =
                look(all.stream().map(Turn::next).filter(next -> next != null).toList());
        var entries = new ArrayList<Entry>(all.size());
        int recorded = 0;
        int looked = 0;
        for (Turn turn : all) {
            entries.add(new Entry(
                    turn.result() != null && ours.get(recorded++),
                    turn.next() == null ? null : upcoming.get(looked++)));
        }
        return entries;
    }

    /** Looks messages up together; where that fails each alone, so that one harms no other. */
    private List<Upcoming> look(List<Claimed> messages) {
        try {
            return messages.isEmpty() ? List.of() : lookTogether(messages);
        } catch (RuntimeException e) {
            if (messages.size() == 1 || DatabaseFailure.isBehind(e)) {
                return messages.stream()
                        .map(m -> new Upcoming(m, Optional.empty(), e))
                        .toList();
            }
            return messages.stream().flatMap(m -> look(List.of(m)).stream()).toList();
        }
    }

    private List<Upcoming> lookTogether(List<Claimed> messages) {
        Map<OutboundMessage, Draft> drafts =
                drafts(messages.stream().map(Claimed::message).toList());
        Map<String, SuppressionList.Standing> standings = suppressions.standings(
                drafts.values().stream().map(Draft::recipient).collect(Collectors.toSet()));
        return messages.stream()
                .map(m -> new Upcoming(
                        m,
                        Optional.ofNullable(drafts.get(m.message()))
                                .map(draft -> new Found(draft, standings.get(draft.recipient()))),
                        null))
                .toList();
    }

    private Map<OutboundMessage, Draft> drafts(List<OutboundMessage> messages) {
        Map<String, List<OutboundMessage>> byKind = new HashMap<>();
        messages.forEach(
                m -> byKind.computeIfAbsent(m.kind(), kind -> new ArrayList<>()).add(m));
        var drafts = new HashMap<OutboundMessage, Draft>();
        byKind.forEach((kind, same) -> {
            List<Optional<Draft>> made = maker(kind).drafts(same);
            for (int i = 0; i < same.size(); i++) {
                OutboundMessage message = same.get(i);
                made.get(i).ifPresent(draft -> drafts.put(message, draft));
            }
        });
        return drafts;
    }

    private Letters maker(String kind) {
        Letters maker = letters.get(kind);
        if (maker == null) {
            throw new IllegalStateException("Nobody makes letters of the kind " + kind);
        }
        return maker;
    }
}
