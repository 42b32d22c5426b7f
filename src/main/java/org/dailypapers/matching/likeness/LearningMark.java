package org.dailypapers.matching.likeness;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.hibernate.StatelessSession;

/**
 * Up to which paper likeness is learned: a row that all processes share. It moves when a quarter more papers have come, or
 * half of them are gone.
 */
@ApplicationScoped
class LearningMark {

    private final StatelessSession database;

    LearningMark(StatelessSession database) {
        this.database = database;
    }

    /**
     * A state of the row.
     *
     * @param newest the id of the newest paper that is learned from
     * @param papers how many there were
     * @param version another one for each move
     */
    record Mark(long newest, int papers, String version) {

        /** While there is nothing to learn from. */
        static final Mark NOTHING = new Mark(Long.MIN_VALUE, 0, "nothing");
    }

    /** The mark as it is, moved where that is due. */
    Mark current() {
        return QuarkusTransaction.requiringNew().call(() -> {
            Mark now = read();
            // No more rows than tell: this is asked every minute, of catalogues of any size.
            int quarter = Math.max(1, (now.papers + 3) / 4);
            int half = (now.papers + 1) / 2;
            if (count(now.newest, quarter) < quarter && count(Mark.NOTHING.newest, half) >= half) {
                return now;
            }
            int papers = count(Mark.NOTHING.newest, LearnedCatalogue.MOST_PAPERS);
            long newest = database.createQuery("select coalesce(max(p.id), 0) from Paper p", Long.class)
                    .getSingleResult();
            // Of two processes at once the second one finds the version moved, and follows the first.
            database.createNativeMutationQuery("insert into likeness (id, newest, papers, version)"
                            + " values (1, :newest, :papers, :version) on conflict do nothing")
                    .setParameter("newest", Mark.NOTHING.newest)
                    .setParameter("papers", 0)
                    .setParameter("version", Mark.NOTHING.version)
                    .executeUpdate();
            database.createNativeMutationQuery("update likeness set newest = :newest, papers = :papers, version = :next"
                            + " where id = 1 and version = :version")
                    .setParameter("newest", newest)
                    .setParameter("papers", papers)
                    .setParameter("next", UUID.randomUUID().toString())
                    .setParameter("version", now.version)
                    .executeUpdate();
            return read();
        });
    }

    /** How many papers have an id above that, counted as far as so many. */
    private int count(long above, int most) {
        // Without the class of the result, with which Hibernate would make and keep a new plan each time.
        var counted = (Number) database.createNativeQuery(
                        "select count(*) from (select id from paper where id > :above order by id limit :most) counted")
                .setParameter("above", above)
                .setParameter("most", most)
                .getSingleResult();
        return counted.intValue();
    }

    private Mark read() {
        List<Object[]> rows = database.createNativeQuery(
                        "select newest, papers, version from likeness where id = 1", Object[].class)
                .getResultList();
        return rows.isEmpty()
                ? Mark.NOTHING
                : new Mark(((Number) rows.getFirst()[0]).longValue(), ((Number) rows.getFirst()[1]).intValue(), (String)
                        rows.getFirst()[2]);
    }
}
