package org.dailypapers.subscriber;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dailypapers.interest.Interest;
import org.dailypapers.paper.Topics;

/** What is done with all subscribers from time to time: who never confirmed is forgotten, dates and topics are looked over. */
@ApplicationScoped
public class SubscriberUpkeep {

    /** An address that was never confirmed is kept so long, for the limits to hold. */
    private static final Duration UNCONFIRMED_KEPT = Duration.ofDays(31);

    private static final List<String> DATES_BROUGHT_BACK = List.of(
            "update subscriber set created_at = :now where created_at > :now",
            "update subscriber set confirmed_at = :now where confirmed_at > :now",
            "update subscriber set chosen_at = :now where chosen_at > :now",
            "update subscriber set left_at = :now where left_at > :now",
            "update request set applied_at = :now where applied_at > :now",
            "update request set stopped_at = :now where stopped_at > :now",
            "update leaving set left_at = :now where left_at > :now",
            "update consent set at = :now where at > :now");

    private static final String TOPIC = Interest.topicLine("");
    private static final int TOPICS_AT_ONCE = 5_000;

    private final EntityManager database;
    private final Subscriptions subscriptions;
    private final MailedLinks mailed;
    private final Clock clock;

    SubscriberUpkeep(EntityManager database, Subscriptions subscriptions, MailedLinks mailed, Clock clock) {
        this.mailed = mailed;
        this.database = database;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    /** Forgets addresses whose confirmation never came, and who never left; how many. */
    public int forgetUnconfirmed() {
        Instant since = clock.instant().minus(UNCONFIRMED_KEPT);
        QuarkusTransaction.requiringNew().run(() -> mailed.forgetBefore(since));
        List<Long> stale = QuarkusTransaction.requiringNew().call(() -> database.createQuery("""
                                select s.id
                                from Subscriber s
                                where s.consent = :pending and s.leftAt is null and s.createdAt < :since
                                    and not exists (
                                        from LinkRequest r
                                        where r.subscriberId = s.id and r.askedAt > :since)""", Long.class)
                .setParameter("pending", Consent.PENDING)
                .setParameter("since", since)
                .getResultList());
        return (int) stale.stream()
                .filter(id -> QuarkusTransaction.requiringNew().call(() -> forgetUnconfirmed(id, since)))
                .count();
    }

    /** Whether they still were unconfirmed, and had not asked again meanwhile. */
    private boolean forgetUnconfirmed(long id, Instant since) {
        Subscriber subscriber = database.find(Subscriber.class, id, LockModeType.PESSIMISTIC_WRITE);
        boolean stale = subscriber != null
                && database.createQuery("""
                                select count(*)
                                from Subscriber s
                                where s.id = :id
                                    and s.consent = :pending and s.leftAt is null and s.createdAt < :since
                                    and not exists (
                                        from LinkRequest r
                                        where r.subscriberId = s.id and r.askedAt > :since)""", Long.class)
                                .setParameter("id", id)
                                .setParameter("pending", Consent.PENDING)
                                .setParameter("since", since)
                                .getSingleResult()
                        > 0;
        if (stale) {
            subscriptions.remove(subscriber);
        }
        return stale;
    }

    /**
     * Dates to this moment what a clock that was ahead has dated in days to come: a list would be refused for it, and a
     * later leaving would seem the earlier one.
     *
     * @return how many dates there were
     */
    @Transactional
    public int bringBack() {
        int dates = 0;
        for (String update : DATES_BROUGHT_BACK) {
            dates += database.createNativeQuery(update)
                    .setParameter("now", clock.instant())
                    .executeUpdate();
        }
        return dates;
    }

    /** The topics that are not offered, by how many readers who have not left chose them. */
    @SuppressWarnings("unchecked")
    public Map<String, Integer> gone(Topics offered) {
        var gone = new TreeMap<String, Integer>();
        long after = Long.MIN_VALUE;
        List<Object[]> page;
        do {
            long from = after;
            page = QuarkusTransaction.requiringNew().call(() -> database.createNativeQuery("""
                            select id, interests from subscriber
                            where id > :after and consent <> 'WITHDRAWN' and interests like '%topic:%'
                            order by id
                            """)
                    .setParameter("after", from)
                    .setMaxResults(TOPICS_AT_ONCE)
                    .getResultList());
            for (Object[] row : page) {
                after = ((Number) row[0]).longValue();
                ((String) row[1])
                        .lines()
                        .filter(line -> line.startsWith(TOPIC))
                        .map(line -> line.substring(TOPIC.length()))
                        .filter(slug ->
                                Topics.isSlug(slug) && offered.find(slug).isEmpty())
                        .distinct()
                        .forEach(slug -> gone.merge(slug, 1, Integer::sum));
            }
        } while (page.size() == TOPICS_AT_ONCE);
        return gone;
    }
}
