package org.dailypapers.subscriber.liking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The lines that presses in letters took out of readers' interests, kept until they are brought back or erased. */
@ApplicationScoped
public class MutedLines {

    private final EntityManager database;
    private final Clock clock;

    MutedLines(EntityManager database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Keeps a line that stood at that place of the interests, taken out because of a press in that letter. */
    @Transactional
    public void keep(long subscriber, long digest, String line, int place) {
        Muted muted = find(subscriber, line).orElseGet(Muted::new);
        muted.subscriberId = subscriber;
        muted.line = line;
        muted.place = place;
        muted.digestId = digest;
        muted.mutedAt = clock.instant();
        if (muted.id == null) {
            database.persist(muted);
        }
    }

    /** A line of the reader's that is kept under that id. */
    @Transactional
    public Optional<Muted> find(long subscriber, long id) {
        return Optional.<Muted>ofNullable(database.find(Muted.class, id)).filter(m -> m.subscriberId == subscriber);
    }

    /** Keeps a line no longer. */
    @Transactional
    public void forget(Muted muted) {
        database.remove(database.contains(muted) ? muted : database.merge(muted));
    }

    /** Everything of the reader's that is kept, the newest first. */
    @Transactional
    public List<Muted> all(long subscriber) {
        return database.createQuery(
                        "from Muted m where m.subscriberId = :s order by m.mutedAt desc, m.id desc", Muted.class)
                .setParameter("s", subscriber)
                .getResultList();
    }

    /** Forgets all of it. */
    @Transactional
    public void forgetAll(long subscriber) {
        database.createQuery("delete from Muted m where m.subscriberId = :s")
                .setParameter("s", subscriber)
                .executeUpdate();
    }

    /** A line of the reader's that is kept. */
    @Transactional
    public Optional<Muted> find(long subscriber, String line) {
        return database.createQuery("from Muted m where m.subscriberId = :s and m.line = :l", Muted.class)
                .setParameter("s", subscriber)
                .setParameter("l", line)
                .getResultStream()
                .findFirst();
    }
}
