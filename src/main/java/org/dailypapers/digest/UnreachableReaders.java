package org.dailypapers.digest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import org.dailypapers.delivery.MailboxUnreachable;
import org.dailypapers.subscriber.Subscriptions;

/** Lets letters rest for readers whose mailbox could not take one digest after another. */
@ApplicationScoped
class UnreachableReaders {

    private final EntityManager database;
    private final Subscriptions subscriptions;

    UnreachableReaders(EntityManager database, Subscriptions subscriptions) {
        this.database = database;
        this.subscriptions = subscriptions;
    }

    void unreachable(@Observes MailboxUnreachable event) {
        Digest digest =
                event.kind().equals(Digest.MESSAGE_KIND) ? database.find(Digest.class, event.reference()) : null;
        if (digest != null) {
            subscriptions.restUnreachable(digest.subscriberId);
        }
    }
}
