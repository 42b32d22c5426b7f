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
            Object[] counts = database.createQuery("""
                            select count(p), coalesce(sum(case when p.id > :newest then 1 else 0 end), 0),
                                coalesce(max(p.id), 0)
                            from Paper p""", Object[].class)
                    .setParameter("newest", now.newest)
                    .getSingleResult();
            long all = ((Number) counts[0]).longValue();
            long more = ((Number) counts[1]).longValue();
            int papers = (int) Math.min(all, LearnedCatalogue.MOST_PAPERS);
            boolean due = more > 0 && 4 * more >= now.papers || 2 * all < now.papers;
            if (!due) {
                return now;
            }
            // Of two processes at once the second one finds the version moved, and follows the first.
            database.createNativeMutationQuery("insert into likeness (id, newest, papers, version)"
                            + " values (1, :newest, :papers, :version) on conflict do nothing")
                    .setParameter("newest", Mark.NOTHING.newest)
                    .setParameter("papers", 0)
                    .setParameter("version", Mark.NOTHING.version)
                    .executeUpdate();
            database.createNativeMutationQuery("update likeness set newest = :newest, papers = :papers, version = :next"
                            + " where id = 1 and version = :version")
                    .setParameter("newest", ((Number) counts[2]).longValue())
                    .setParameter("papers", papers)
                    .setParameter("next", UUID.randomUUID().toString())
                    .setParameter("version", now.version)
                    .executeUpdate();
            return read();
        });
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
