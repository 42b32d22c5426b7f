package org.dailypapers.paper;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The papers of the catalogue. */
@ApplicationScoped
@Transactional
public class Papers implements PanacheRepository<Paper> {

    private final Revisions revisions;
    private final EditionCalendar calendar;

    Papers(Revisions revisions, EditionCalendar calendar) {
        this.revisions = revisions;
        this.calendar = calendar;
    }

    /** Marks the paper as changed in this transaction. */
    public void touch(Paper paper) {
        paper.changedAt = calendar.now();
        paper.revision = revisions.current();
    }

    /** The paper of that identity; one that has got a better one since is still found by it. */
    public Optional<Paper> find(PaperId identity) {
        return withPublicId(identity.value()).or(() -> known(identity).stream().findFirst());
    }

    private List<Paper> known(PaperId identity) {
        if (identity.isDoi()) {
            return withDoi(identity.value().substring("doi:".length()));
        }
        return identity.isOwn() ? withOwnId(identity) : identity.isTitle() ? withTitleKey(identity.value()) : List.of();
    }

    public Optional<Paper> withPublicId(String id) {
        return find("publicId", id).firstResultOptional();
    }

    /** The papers that have that DOI, oldest row first; several may. */
    public List<Paper> withDoi(String doi) {
        return list("doi = ?1 order by id", doi);
    }

    /** The papers that a source calls so, oldest row first. */
    public List<Paper> withOwnId(PaperId id) {
        return list("ownId = ?1 order by id", id.value());
    }

    /** The papers whose folded title has that key, newest first. */
    public List<Paper> withTitleKey(String key) {
        return list("titleKey = ?1 order by firstEdition desc, id", key);
    }

    public List<Paper> byIds(Collection<Long> ids) {
        return ids.isEmpty() ? List.of() : list("id in ?1", ids);
    }

    /** Papers whose first entry is in (after, upTo]. */
    public List<Paper> firstSeenBetween(LocalDate after, LocalDate upTo) {
        return list("firstEdition > ?1 and firstEdition <= ?2 order by id", after, upTo);
    }

    /** A paper and the number of its last change. */
    public record Revision(long paper, long revision) {}

    /** The next papers behind that one in the order of their changes. */
    public List<Revision> changedAfter(Revision last, int most) {
        return getEntityManager()
                .createQuery(
                        "select p.id, p.revision from Paper p where p.revision >= :revision"
                                + " and (p.revision > :revision or p.id > :id) order by p.revision, p.id",
                        Object[].class)
                .setParameter("revision", last.revision())
                .setParameter("id", last.paper())
                .setMaxResults(most)
                .getResultStream()
                .map(row -> new Revision((Long) row[0], (Long) row[1]))
                .toList();
    }

    /** How many papers that source brought first. */
    public long countFrom(String origin) {
        return count("origin", origin);
    }

    /** Takes away the papers that only that source knew, with their entries. */
    public long removeFrom(String origin) {
        getEntityManager()
                .createQuery("delete from Entry e where e.paper.id in (select p.id from Paper p where p.origin = :o)")
                .setParameter("o", origin)
                .executeUpdate();
        return delete("origin", origin);
    }
}
