package org.dailypapers.paper;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.LocalDate;
import java.util.List;

/** The entries of editions: which papers are in them, and in which order. */
@ApplicationScoped
@Transactional
public class Entries {

    /** Papers that anybody voted for, before those that nobody did. */
    private static final String VOTED = "case when coalesce(p.votes, 0) > 0 then 1 else 0 end";

    private final EntityManager database;
    private final Revisions revisions;

    Entries(EntityManager database, Revisions revisions) {
        this.database = database;
        this.revisions = revisions;
    }

    /** Adds one, in the transaction at hand. */
    public void add(Entry entry) {
        entry.paper.revision = revisions.current();
        database.persist(entry);
    }

    /** How many entries an edition has whose papers are not hidden. */
    public long count(LocalDate date) {
        return database.createQuery(
                        "select count(e) from Entry e where e.edition = :date and e.paper.hidden = false", Long.class)
                .setParameter("date", date)
                .getSingleResult();
    }

    /**
     * So many entries of one edition from that place on, with their papers, best rank first, unranked ones by votes; those
     * of hidden papers are left out.
     */
    public List<Entry> of(LocalDate date, int from, int most) {
        return ordered(date, "and p.hidden = false")
                .setFirstResult(from)
                .setMaxResults(most)
                .getResultList();
    }

    /** The entries of one edition with their papers, best rank first, unranked ones by votes. */
    public List<Entry> of(LocalDate date) {
        return ordered(date, "").getResultList();
    }

    /** The papers that the operator put at the head of an edition, best rank first; hidden ones are left out. */
    public List<Paper> pinned(LocalDate date) {
        return ordered(date, "and e.pinned = true and p.hidden = false")
                .getResultStream()
                .map(entry -> entry.paper)
                .distinct()
                .toList();
    }

    /** Puts a paper at the head of an edition or back into its place; false where it is not in it. */
    public boolean pin(Paper paper, LocalDate date, boolean pinned) {
        return database.createQuery(
                                "update Entry e set e.pinned = :pinned where e.paper = :paper and e.edition = :date")
                        .setParameter("pinned", pinned)
                        .setParameter("paper", paper)
                        .setParameter("date", date)
                        .executeUpdate()
                > 0;
    }

    private TypedQuery<Entry> ordered(LocalDate date, String also) {
        return database.createQuery(
                        "from Entry e join fetch e.paper p where e.edition = :date " + also
                                + " order by e.rank asc nulls last, p.votes desc nulls last, p.id",
                        Entry.class)
                .setParameter("date", date);
    }

    /** Whether that source has listed the paper, in whatever edition. */
    public boolean listedBy(Paper paper, String source) {
        return !database.createQuery(
                        "select e.id from Entry e where e.paper = :paper and e.source = :source", Long.class)
                .setParameter("paper", paper)
                .setParameter("source", source)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    /**
     * A paper's place in some editions.
     *
     * @param paper its id
     * @param voted whether anybody voted for it
     * @param gained the votes it gained where it is rising, else 0
     */
    public record Place(long paper, boolean voted, int gained) {}

    /**
     * The papers of the editions from the first date to the last, each once: those with votes by their rank or what it is
     * made of, then the others, of newer editions first.
     *
     * @param ranked by the ranks that were fixed at closing; else by what votes, comments and gains they have now, as
     *     {@link TrendingScore} weighs them
     */
    public List<Place> places(LocalDate first, LocalDate last, boolean ranked) {
        // Plain SQL: Hibernate's parser takes longer over this one, the first time, than a page may wait.
        @SuppressWarnings("unchecked")
        List<Object[]> rows = database.createNativeQuery(
                        """
                        select p.id, %1$s as voted, coalesce(max(e.gained), 0)
                        from entry e join paper p on p.id = e.paper_id
                        where e.edition between :first and :last and p.hidden = false
                        group by p.id, p.votes, p.comments, p.public_id
                        order by voted desc, %2$s
                          case when coalesce(p.votes, 0) > 0 then %3$s else 0 end desc,
                          coalesce(p.votes, 0) desc,
                          case when coalesce(p.votes, 0) > 0 then p.public_id else '' end,
                          max(e.edition) desc, min(e.rank) asc nulls last, p.id
                        """.formatted(
                                        VOTED,
                                        ranked ? "min(e.rank) asc nulls last," : "",
                                        TrendingScore.heat("p.votes", "p.comments", "max(e.gained)")),
                        Object[].class)
                .setParameter("first", first)
                .setParameter("last", last)
                .getResultList();
        return rows.stream()
                .map(row -> new Place(
                        ((Number) row[0]).longValue(), ((Number) row[1]).intValue() == 1, ((Number) row[2]).intValue()))
                .toList();
    }
}
