package org.dailypapers.paper;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The papers of the catalogue. */
@ApplicationScoped
@Transactional
public class Papers implements PanacheRepository<Paper> {

    /** The paper of that identity; one that was once known by its title alone is still found by it. */
    public Optional<Paper> find(PaperId identity) {
        return find("publicId", identity.value())
                .firstResultOptional()
                .or(() -> identity.isDoi() ? byDoi(identity.value().substring("doi:".length())) : Optional.empty())
                .or(() -> identity.value().startsWith("t-") ? byTitleKey(identity.value()) : Optional.empty());
    }

    public Optional<Paper> byDoi(String doi) {
        return find("doi = ?1 order by id", doi).firstResultOptional();
    }

    /** The newest paper whose folded title has that key. */
    public Optional<Paper> byTitleKey(String key) {
        return find("titleKey = ?1 order by firstEdition desc, id", key).firstResultOptional();
    }

    public List<Paper> byIds(Collection<Long> ids) {
        return ids.isEmpty() ? List.of() : list("id in ?1", ids);
    }

    /** Papers whose first entry is in (after, upTo]. */
    public List<Paper> firstSeenBetween(LocalDate after, LocalDate upTo) {
        return list("firstEdition > ?1 and firstEdition <= ?2 order by id", after, upTo);
    }

    /** Papers that changed at or after the instant, oldest change first. */
    public List<Paper> changedSince(Instant since, int most) {
        return find("changedAt >= ?1 order by changedAt, id", since)
                .page(0, most)
                .list();
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
