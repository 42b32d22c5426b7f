package org.dailypapers.subscriber;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToLongFunction;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.outbox.Priority;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.subscriber.preference.PreferencesText;
import org.jspecify.annotations.Nullable;

/** The letters that carry a link, for whoever asks on a page: so many to a mailbox, by whatever spelling of it. */
@ApplicationScoped
class MailedLinks {

    /** Letters to one mailbox at the asking of whoever types it: 15 minutes apart, three a day, five in 30 days. */
    private static final Duration APART = Duration.ofMinutes(15);

    private static final Duration A_DAY = Duration.ofHours(24);
    private static final Duration A_MONTH = Duration.ofDays(30);
    private static final int MOST_IN_A_DAY = 3;
    private static final int MOST_IN_A_MONTH = 5;

    /** Asking again lifts a bounce's suppression when it is that old. */
    private static final Duration SUPPRESSION_LIFTED_AFTER = Duration.ofDays(30);

    /** A confirmation or a link waits so long for its first try (RFC 5321 §4.5.4.1: four to five days). */
    private static final Duration UNTRIED_EXPIRES = Duration.ofDays(5);

    /** The rows of the table mailbox_lock. */
    private static final int LOCKS = 64;

    private final EntityManager database;
    private final Outbox outbox;
    private final SuppressionList suppressions;
    private final Clock clock;

    MailedLinks(EntityManager database, Outbox outbox, SuppressionList suppressions, Clock clock) {
        this.database = database;
        this.outbox = outbox;
        this.suppressions = suppressions;
        this.clock = clock;
    }

    /** Holds the mailbox until the transaction ends: what it may ask for is counted while nobody else asks for it. */
    void hold(String mailbox) {
        database.createNativeQuery("select stripe from mailbox_lock where stripe = :stripe for update")
                .setParameter("stripe", Math.floorMod(mailbox.hashCode(), LOCKS))
                .getSingleResult();
    }

    /**
     * Mails a link to somebody whose mailbox is held; false where the limits do not allow it.
     *
     * @param preferences what was typed, as text; none for a link alone
     */
    boolean send(Subscriber subscriber, LinkRequest.Kind kind, @Nullable String preferences) {
        Instant now = clock.instant();
        boolean link = kind == LinkRequest.Kind.LINK;
        if (!allowed(now, since -> sent(subscriber.mailboxKey, link, since))) {
            return false;
        }
        liftOld(subscriber.emailKey, now);
        var request = new LinkRequest();
        request.subscriberId = subscriber.id;
        request.kind = kind;
        request.askedAt = now;
        request.preferences = preferences;
        // Who is a reader chose a language; of anybody else only the form tells.
        request.language = kind == LinkRequest.Kind.SUBSCRIBE && preferences != null
                ? PreferencesText.read(preferences).language()
                : subscriber.language;
        count(subscriber.mailboxKey, link, now);
        queue(request);
        return true;
    }

    /**
     * Mails the button to a new address, whose mailbox is held, and a notice to the address of the moment; false where the
     * limits do not allow it: those of the new mailbox, or what one reader may ask of others' mailboxes.
     */
    boolean move(Subscriber subscriber, EmailAddress to, String by) {
        Instant now = clock.instant();
        if (!allowed(now, since -> sent(to.mailbox(), false, since))
                || moves(subscriber, now.minus(A_DAY)) >= MOST_IN_A_DAY
                || moves(subscriber, now.minus(A_MONTH)) >= MOST_IN_A_MONTH) {
            return false;
        }
        liftOld(to.key(), now);
        count(to.mailbox(), false, now);
        queue(move(subscriber, LinkRequest.Kind.MOVE, to.typed(), to.key(), to.mailbox(), by));
        queue(move(
                subscriber,
                LinkRequest.Kind.MOVE_NOTICE,
                subscriber.email,
                subscriber.emailKey,
                subscriber.mailboxKey,
                by));
        return true;
    }

    private LinkRequest move(
            Subscriber subscriber, LinkRequest.Kind kind, String address, String key, String mailbox, String by) {
        var request = new LinkRequest();
        request.subscriberId = subscriber.id;
        request.kind = kind;
        request.askedAt = clock.instant();
        request.language = subscriber.language;
        request.address = address;
        request.addressKey = key;
        request.mailboxKey = mailbox;
        request.askedBy = by;
        return request;
    }

    private void queue(LinkRequest request) {
        database.persist(request);
        database.flush();
        outbox.queue(Priority.TRANSACTIONAL, ServiceLetters.KIND, request.id, request.askedAt.plus(UNTRIED_EXPIRES));
    }

    private void liftOld(String key, Instant now) {
        suppressions
                .find(key)
                .filter(s -> !s.isComplaint() && s.since().isBefore(now.minus(SUPPRESSION_LIFTED_AFTER)))
                .ifPresent(s -> suppressions.remove(key));
    }

    private static boolean allowed(Instant now, ToLongFunction<Instant> sentSince) {
        return sentSince.applyAsLong(now.minus(APART)) == 0
                && sentSince.applyAsLong(now.minus(A_DAY)) < MOST_IN_A_DAY
                && sentSince.applyAsLong(now.minus(A_MONTH)) < MOST_IN_A_MONTH;
    }

    private long moves(Subscriber subscriber, Instant since) {
        return database.createQuery("""
                        select count(*) from LinkRequest r
                        where r.subscriberId = :s and r.kind = :move and r.askedAt > :since and r.askedAt <= :now
                        """, Long.class)
                .setParameter("s", subscriber.id)
                .setParameter("move", LinkRequest.Kind.MOVE)
                .setParameter("since", since)
                .setParameter("now", clock.instant())
                .getSingleResult();
    }

    /**
     * Counts a letter to the mailbox, whoever asked for it: whoever erases themselves does not begin to count anew. Links and
     * confirmations are counted apart: who has just confirmed may ask for a link.
     */
    private void count(String mailbox, boolean link, Instant now) {
        database.createNativeQuery("insert into mailed (mailbox_hash, link, mailed_at) values (:hash, :link, :now)")
                .setParameter("hash", suppressions.hash(mailbox))
                .setParameter("link", link)
                .setParameter("now", now)
                .executeUpdate();
    }

    /** What a clock that was ahead has dated in days to come does not count. */
    private long sent(String mailbox, boolean link, Instant since) {
        // Without the class of the result, with which Hibernate would make and keep a new plan each time.
        var sent = (Number) database.createNativeQuery("""
                        select count(*) from mailed
                        where mailbox_hash = :hash and link = :link and mailed_at > :since and mailed_at <= :now""")
                .setParameter("hash", suppressions.hash(mailbox))
                .setParameter("link", link)
                .setParameter("since", since)
                .setParameter("now", clock.instant())
                .getSingleResult();
        return sent.longValue();
    }

    /**
     * Forgets what counts no more, and addresses to which a reader wished to go and which never said yes: they are kept no
     * longer than those that were typed on the form.
     */
    void forgetBefore(Instant since) {
        database.createNativeQuery("delete from mailed where mailed_at < :since")
                .setParameter("since", since)
                .executeUpdate();
        for (Long asked : database.createQuery("""
                        select r.id from LinkRequest r
                        where r.kind = :move and r.appliedAt is null and r.askedAt < :since
                        """, Long.class)
                .setParameter("move", LinkRequest.Kind.MOVE)
                .setParameter("since", since)
                .getResultList()) {
            outbox.forget(ServiceLetters.KIND, asked);
            database.createQuery("delete from LinkRequest r where r.id = :id")
                    .setParameter("id", asked)
                    .executeUpdate();
        }
    }
}
