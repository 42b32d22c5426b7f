package org.dailypapers.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dailypapers.delivery.Dispatch.Claimed;
import org.dailypapers.delivery.Dispatch.Finding;
import org.dailypapers.delivery.Dispatch.Prepared;
import org.dailypapers.outbox.OutboundMessage;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.storage.DatabaseFailure;
import org.jspecify.annotations.Nullable;

/**
 * Reads what letters are made of, just before they are composed: for all workers in one go, on the side, and for some
 * letters ahead of their turn.
 */
final class Prefetcher {

    /** Messages that are looked up together at most. */
    private static final int LARGEST_GROUP = 500;

    /** How long a first message waits for others. */
    private static final Duration FOR_OTHERS = Duration.ofMillis(2);

    private static final int AHEAD_OF_EACH = 2;

    private final Map<String, Letters> letters;
    private final SuppressionList suppressions;
    private final ClaimedMessages claimed;
    private final int ahead;
    private final Grouped<Claimed, Prepared> looks;

    /**
     * For the workers who share those messages.
     *
     * @param workers how many they are: for each two messages are looked up ahead
     */
    Prefetcher(Map<String, Letters> letters, SuppressionList suppressions, ClaimedMessages claimed, int workers) {
        this.letters = letters;
        this.suppressions = suppressions;
        this.claimed = claimed;
        this.ahead = workers * AHEAD_OF_EACH;
        looks = new Grouped<>("delivery-looks", LARGEST_GROUP, workers, FOR_OTHERS, this::look);
    }

    /** Begins to look up the messages whose turn comes next, as far as that has not begun. */
    void prefetch() {
        claimed.prefetch(ahead, looks::begin);
    }

    /** Looks a message up; where that fails, what is returned says so. */
    Prepared prepare(Claimed message) {
        return looks.of(message);
    }

    /** Looks messages up together; where that fails each alone, so that one harms no other. */
    private List<Prepared> look(List<Claimed> messages) {
        try {
            return messages.isEmpty() ? List.of() : lookTogether(messages);
        } catch (RuntimeException e) {
            if (messages.size() == 1 || DatabaseFailure.isBehind(e)) {
                return messages.stream()
                        .map(m -> new Prepared(m, new Finding.Failed(e)))
                        .toList();
            }
            return messages.stream().flatMap(m -> look(List.of(m)).stream()).toList();
        }
    }

    private List<Prepared> lookTogether(List<Claimed> messages) {
        Map<OutboundMessage, Draft> drafts =
                drafts(messages.stream().map(Claimed::message).toList());
        Map<String, SuppressionList.Deliverability> deliverability = suppressions.deliverability(
                drafts.values().stream().map(Draft::recipient).collect(Collectors.toSet()));
        return messages.stream()
                .map(m -> new Prepared(m, finding(drafts.get(m.message()), deliverability)))
                .toList();
    }

    private static Finding finding(@Nullable Draft draft, Map<String, SuppressionList.Deliverability> deliverability) {
        return draft == null
                ? new Finding.Unwanted()
                : new Finding.Wanted(draft, Objects.requireNonNull(deliverability.get(draft.recipient())));
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
