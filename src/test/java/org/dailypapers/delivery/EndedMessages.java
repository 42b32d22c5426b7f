package org.dailypapers.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the outbox told of messages that ended. */
@ApplicationScoped
class EndedMessages {

    private final List<DeliveryEnded> ended = new CopyOnWriteArrayList<>();

    void ended(@Observes DeliveryEnded event) {
        ended.add(event);
    }

    List<DeliveryEnded> all() {
        return List.copyOf(ended);
    }

    void forget() {
        ended.clear();
    }
}
