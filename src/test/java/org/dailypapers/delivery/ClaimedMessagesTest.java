package org.dailypapers.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dailypapers.delivery.Dispatch.Claimed;
import org.dailypapers.delivery.Dispatch.Finding;
import org.dailypapers.delivery.Dispatch.Prepared;
import org.dailypapers.outbox.OutboundMessage;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.storage.DatabaseFailure;
import org.junit.jupiter.api.Test;

class ClaimedMessagesTest {

    private final List<OutboundMessage> released = new ArrayList<>();
    private final Deque<List<OutboundMessage>> first = new ArrayDeque<>();
    private final Deque<List<OutboundMessage>> due = new ArrayDeque<>();
    private final List<OutboundMessage> looked = new ArrayList<>();
    private boolean away;

    private final Outbox outbox = new Outbox(null, Clock.systemUTC(), null) {
        @Override
        public void release(List<OutboundMessage> messages) {
            if (away) {
                throw new DatabaseFailure("Leases could not be given back", new SQLException("gone", "08006"));
            }
            released.addAll(messages);
        }
    };

    private final ClaimedMessages claimed = new ClaimedMessages(
            outbox,
            Clock.systemUTC(),
            Duration.ofMinutes(2),
            Duration.ofMinutes(1),
            Duration.ofMillis(1),
            1,
            () -> first.isEmpty() ? List.of() : first.poll(),
            () -> due.isEmpty() ? List.of() : due.poll());

    @Test
    void whatCannotBeGivenBackIsNeitherForgottenNorGivenOutTwice() {
        due.add(List.of(message(1), message(2)));
        assertTrue(claimed.any());
        assertEquals(Optional.of(message(1)), claimed.poll().map(Claimed::message));
        away = true;
        assertThrows(DatabaseFailure.class, claimed::release);
        assertTrue(claimed.any());
        assertEquals(Optional.of(message(2)), claimed.poll().map(Claimed::message));
        assertEquals(Optional.empty(), claimed.poll().map(Claimed::message));
    }

    @Test
    void whatIsGivenBackIsGivenOutNoMore() {
        due.add(List.of(message(1), message(2)));
        assertTrue(claimed.any());
        claimed.release();
        assertEquals(List.of(message(1), message(2)), released);
        assertEquals(Optional.empty(), claimed.poll().map(Claimed::message));
        assertFalse(claimed.any());
    }

    @Test
    void whatIsPutBackUntriedIsTheNextOneAgain() {
        due.add(List.of(message(1), message(2)));
        assertTrue(claimed.any());
        Claimed first = claimed.poll().orElseThrow();
        claimed.putBack(first);
        assertEquals(Optional.of(first), claimed.poll());
    }

    @Test
    void whatIsToLeaveFirstPassesWhatIsAtHand() throws Exception {
        due.add(List.of(message(1), message(2), message(3)));
        assertTrue(claimed.any());
        prefetch(1);
        assertEquals(Optional.empty(), claimed.pollFirst());
        first.add(List.of(message(10), message(11)));
        Thread.sleep(2);
        assertEquals(Optional.of(message(10)), claimed.pollFirst().map(Claimed::message));
        assertEquals(Optional.of(message(11)), claimed.poll().map(Claimed::message));
        assertEquals(Optional.of(message(1)), pollPrefetched());
        assertEquals(Optional.empty(), claimed.pollFirst());
    }

    @Test
    void whatIsToLeaveFirstIsTakenThoughNothingElseIsDue() {
        first.add(List.of(message(10)));
        assertTrue(claimed.any());
        claimed.release();
        assertEquals(List.of(message(10)), released);
    }

    @Test
    void whatWasLookedUpIsGivenOutWhileItIsTrueAndThenAsAnyOther() throws Exception {
        due.add(List.of(message(1), message(2), message(3)));
        prefetch(2);
        assertEquals(List.of(), looked, "claims nothing");
        assertTrue(claimed.any());
        prefetch(2);
        prefetch(2);
        assertEquals(List.of(message(1), message(2)), looked, "two are");
        assertEquals(Optional.of(message(1)), pollPrefetched());
        Thread.sleep(1_000);
        assertEquals(Optional.empty(), pollPrefetched(), "a second is too long");
        assertEquals(Optional.of(message(2)), claimed.poll().map(Claimed::message));
    }

    @Test
    void whatWasLookedUpIsGivenBackWithTheOthers() {
        due.add(List.of(message(1), message(2)));
        assertTrue(claimed.any());
        prefetch(1);
        claimed.release();
        assertEquals(Set.of(message(1), message(2)), Set.copyOf(released));
        assertFalse(claimed.any());
    }

    private void prefetch(int most) {
        claimed.prefetch(most, one -> {
            looked.add(one.message());
            return () -> new Prepared(one, new Finding.Unwanted());
        });
    }

    private Optional<OutboundMessage> pollPrefetched() {
        return claimed.pollPrefetched().map(Prepared::message);
    }

    private static OutboundMessage message(long id) {
        return new OutboundMessage(id, "test", id, 0, 0, Instant.EPOCH, id);
    }
}
