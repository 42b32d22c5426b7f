package org.dailypapers.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dailypapers.delivery.ClaimedMessages.Claimed;
import org.dailypapers.outbox.OutboundMessage;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.outbox.Tried;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.storage.DatabaseFailure;

/**
 * What workers want of the database between two letters: the last one recorded, the next ones looked up. Each is done in
 * one go for all of them, on the side: the next letter is composed meanwhile.
 */
final class Bookkeeping {

    /** Results, or looks, that one statement carries at most. */
    private static final int LARGEST_GROUP = 500;

    /**
     * Two thirds of the workers are worth waiting for: a group costs the database little more than a single result, and
     * they compose and announce their next letters meanwhile.
     */
    private static final Duration FOR_RECORDS = Duration.ofMillis(2);

    /** Nobody waits for what is looked up ahead. */
    private static final Duration FOR_LOOKS = Duration.ofMillis(2);

    private static final int AHEAD_OF_EACH = 2;

    private final Map<String, Letters> letters;
    private final SuppressionList suppressions;
    private final ClaimedMessages claimed;
    private final int workers;
    private final Grouped<Tried, Boolean> records;
    private final Grouped<Claimed, Upcoming> looks;

    /**
     * For the workers who share those messages.
     *
     * @param workers how many they are: for each two messages are looked up ahead
     */
    Bookkeeping(
            Outbox outbox,
            Map<String, Letters> letters,
            SuppressionList suppressions,
            ClaimedMessages claimed,
            int workers) {
        this.letters = letters;
        this.suppressions = suppressions;
        this.claimed = claimed;
        this.workers = workers;
        records = new Grouped<>("delivery-records", LARGEST_GROUP, workers * 2 / 3, FOR_RECORDS, outbox::record);
        looks = new Grouped<>("delivery-looks", LARGEST_GROUP, workers, FOR_LOOKS, this::look);
    }

    /**
     * Begins to record a result, and to look up what follows. What is returned waits until the result is durable, and
     * throws what the recording failed with.
     *
     * @return whether the lease still held under which the result came about
     */
    Grouped.Pending<Boolean> record(Tried result) {
        Grouped.Pending<Boolean> recorded = records.begin(result);
        claimed.lookAhead(workers * AHEAD_OF_EACH, looks::begin);
        return recorded;
    }

    /** Looks a message up; where that fails, what is returned says so. */
    Upcoming lookUp(Claimed message) {
        return looks.of(message);
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
                                .map(draft -> new Upcoming.Found(draft, standings.get(draft.recipient()))),
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
