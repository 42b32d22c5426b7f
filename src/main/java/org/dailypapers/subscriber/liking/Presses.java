package org.dailypapers.subscriber.liking;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
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
    public boolean count(long digest) {
        return count(digest, MOST_AN_HOUR);
    }

    /** Counts a press that takes another back: as many again, so that what was said last can be taken back. */
    public boolean countBack(long digest) {
        return count(digest, 2 * MOST_AN_HOUR);
    }

    private boolean count(long digest, int most) {
        return QuarkusTransaction.joiningExisting().call(() -> counted(digest, most));
    }

    private boolean counted(long digest, int most) {
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
                                .setParameter("most", most)
                                .executeUpdate()
                        > 0;
    }
}
