package org.dailypapers.subscriber.liking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;

/** Counts how often the links of a letter are pressed: who has a forwarded one may press too, but not without end. */
@ApplicationScoped
public class Presses {

    /** Of one letter. */
    public static final int MOST_AN_HOUR = 100;

    private static final long SECONDS_AN_HOUR = 3_600;

    private final EntityManager database;
    private final Clock clock;

    Presses(EntityManager database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Counts a press; false where there were too many in this hour. */
    @Transactional
    public boolean count(long digest) {
        long hour = Math.floorDiv(clock.instant().getEpochSecond(), SECONDS_AN_HOUR);
        int begun = database.createNativeQuery("""
                        insert into pressed (digest_id, in_hour, presses) values (:digest, :hour, 1)
                        on conflict do nothing""")
                .setParameter("digest", digest)
                .setParameter("hour", hour)
                .executeUpdate();
        return begun > 0
                || database.createNativeQuery("""
                                update pressed
                                set presses = case when in_hour = :hour then presses + 1 else 1 end, in_hour = :hour
                                where digest_id = :digest and (in_hour <> :hour or presses < :most)""")
                                .setParameter("digest", digest)
                                .setParameter("hour", hour)
                                .setParameter("most", MOST_AN_HOUR)
                                .executeUpdate()
                        > 0;
    }
}
