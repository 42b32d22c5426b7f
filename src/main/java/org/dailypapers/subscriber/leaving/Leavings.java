package org.dailypapers.subscriber.leaving;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.dailypapers.reputation.SuppressionList;

/**
 * When the readers of a mailbox left, by whatever spelling of it they subscribed: also those who have been erased since,
 * of whom a keyed hash is kept, so that no list brings them back.
 */
@ApplicationScoped
public class Leavings {

    private final EntityManager database;
    private final SuppressionList suppressions;

    Leavings(EntityManager database, SuppressionList suppressions) {
        this.database = database;
        this.suppressions = suppressions;
    }

    /** When the last of them left who has not come back. */
    public Optional<Instant> last(String mailbox) {
        Instant withdrawn = database.createQuery("""
                                select max(s.leftAt)
                                from Subscriber s
                                where s.mailboxKey = :mailbox and s.consent = org.dailypapers.subscriber.Consent.WITHDRAWN""", Instant.class)
                .setParameter("mailbox", mailbox)
                .getSingleResult();
        Instant erased = (Instant)
                database.createNativeQuery("select max(left_at) from leaving where mailbox_hash = :hash", Instant.class)
                        .setParameter("hash", suppressions.hash(mailbox))
                        .getSingleResult();
        return Stream.of(withdrawn, erased).filter(Objects::nonNull).max(Comparator.naturalOrder());
    }

    /** Keeps that somebody left who is about to be erased, in the transaction at hand. */
    public void keep(String mailbox, Instant left) {
        keepHash(suppressions.hash(mailbox), left);
    }

    /** The same for a mailbox of which the keyed hash alone is known. */
    public void keepHash(String hash, Instant left) {
        database.createNativeQuery(
                        "insert into leaving (mailbox_hash, left_at) values (:hash, :left) on conflict do nothing")
                .setParameter("hash", hash)
                .setParameter("left", left)
                .executeUpdate();
        database.createNativeQuery("update leaving set left_at = :left where mailbox_hash = :hash and left_at < :left")
                .setParameter("hash", hash)
                .setParameter("left", left)
                .executeUpdate();
    }
}
