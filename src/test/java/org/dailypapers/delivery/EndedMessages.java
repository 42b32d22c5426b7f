package org.dailypapers.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.dailypapers.outbox.DeliveryEnded;
import org.dailypapers.reputation.MailboxUnreachable;

/** What the outbox told of messages that ended. */
@ApplicationScoped
public class EndedMessages {

    private final List<DeliveryEnded> ended = new CopyOnWriteArrayList<>();

    private final Set<Long> deaf = ConcurrentHashMap.newKeySet();
    private final List<MailboxUnreachable> unreachable = new CopyOnWriteArrayList<>();

    void ended(@Observes DeliveryEnded event) {
        if (deaf.contains(event.reference())) {
            throw new IllegalStateException("will not hear of " + event.reference());
        }
        ended.add(event);
    }

    /** The end of that message cannot be told. */
    public void refuse(long reference) {
        deaf.add(reference);
    }

    void unreachable(@Observes MailboxUnreachable event) {
        unreachable.add(event);
    }

    public List<MailboxUnreachable> unreachable() {
        return List.copyOf(unreachable);
    }

    public List<DeliveryEnded> all() {
        return List.copyOf(ended);
    }

    public void forget() {
        ended.clear();
        unreachable.clear();
        deaf.clear();
    }
}
