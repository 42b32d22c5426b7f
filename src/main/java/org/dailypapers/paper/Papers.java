package org.dailypapers.paper;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The papers of the catalogue. */
@ApplicationScoped
@Transactional
public class Papers implements PanacheRepository<Paper> {

    private static final String DOI = "doi:";

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

    /** Keeps what a field of a paper was, in the transaction at hand. */
    public void note(PaperChange change) {
        change.at = calendar.now();
        getEntityManager().persist(change);
    }

    /** What changed in the paper, the newest first. */
    public List<PaperChange> changes(Paper paper) {
        return getEntityManager()
                .createQuery(
                        "from PaperChange c where c.paper = :paper order by c.at desc, c.id desc", PaperChange.class)
                .setParameter("paper", paper)
                .getResultList();
    }

    /** The paper of that identity, unless it is hidden; one that has got a better one since is still found by it. */
    public Optional<Paper> find(PaperId identity) {
        return findAny(identity).filter(paper -> !paper.hidden);
    }

    /** The paper of that identity likewise, hidden or not. */
    public Optional<Paper> findAny(PaperId identity) {
        return withPublicId(identity.value()).or(() -> known(identity).stream().findFirst());
    }

    /** The public ids of those of the papers that are in the catalogue, by the identities that were asked; hidden ones are left out. */
    public Map<PaperId, String> publicIds(Collection<PaperId> identities) {
        var found = new HashMap<PaperId, String>();
        publicIds("publicId", "id", identities.stream(), PaperId::value, found);
        List<PaperId> dois = identities.stream().filter(PaperId::isDoi).toList();
        publicIds("doi", "id", dois.stream(), id -> id.value().substring(DOI.length()), found);
        publicIds("preprintDoi", "id", dois.stream(), id -> id.value().substring(DOI.length()), found);
        publicIds("ownId", "id", identities.stream().filter(PaperId::isOwn), PaperId::value, found);
        publicIds(
                "titleKey",
                "firstEdition desc, p.id",
                identities.stream().filter(PaperId::isTitle),
                PaperId::value,
                found);
        return found;
    }

    private void publicIds(
            String field,
            String order,
            Stream<PaperId> identities,
            Function<PaperId, String> name,
            Map<PaperId, String> found) {
        Map<String, PaperId> asked =
                identities.filter(id -> !found.containsKey(id)).collect(Collectors.toMap(name, id -> id, (a, b) -> a));
        if (!asked.isEmpty()) {
            getEntityManager()
                    .createQuery(
                            "select p.%1$s, p.publicId from Paper p where p.%1$s in :names and p.hidden = false order by p.%2$s"
                                    .formatted(field, order),
                            Object[].class)
                    .setParameter("names", asked.keySet())
                    .getResultList()
                    .forEach(row -> found.putIfAbsent(asked.get((String) row[0]), (String) row[1]));
        }
    }

    private List<Paper> known(PaperId identity) {
        if (identity.isDoi()) {
            return withDoi(identity.value().substring(DOI.length()));
        }
        return identity.isOwn() ? withOwnId(identity) : identity.isTitle() ? withTitleKey(identity.value()) : List.of();
    }

    public Optional<Paper> withPublicId(String id) {
        return find("publicId", id).firstResultOptional();
    }

    /** The papers that have that DOI, their preprint's too, oldest row first; several may. */
    public List<Paper> withDoi(String doi) {
        List<Paper> found = list("doi = ?1 order by id", doi);
        // Apart: H2 takes no index for a condition on two columns.
        return found.isEmpty() ? list("preprintDoi = ?1 order by id", doi) : found;
    }

    /** The papers that a source calls so, oldest row first. */
    public List<Paper> withOwnId(PaperId id) {
        return list("ownId = ?1 order by id", id.value());
    }

    /** The papers whose folded title has that key, newest first. */
    public List<Paper> withTitleKey(String key) {
        return list("titleKey = ?1 order by firstEdition desc, id", key);
    }

    /** The papers of which that field is one of the names. */
    public List<Paper> named(String field, Set<String> names) {
        return names.isEmpty() ? List.of() : list(field + " in ?1", names);
    }

    /** The papers without an identity whose folded title has one of the keys. */
    public List<Paper> titledAlone(Set<String> keys) {
        return keys.isEmpty() ? List.of() : list("titleKey in ?1 and publicId like 't-%'", keys);
    }

    /** Those of the papers that have one of these public ids. */
    public List<Paper> withPublicIds(Collection<String> ids) {
        return ids.isEmpty() ? List.of() : list("publicId in ?1", ids);
    }

    public List<Paper> byIds(Collection<Long> ids) {
        return ids.isEmpty() ? List.of() : list("id in ?1", ids);
    }

    /** The papers whose first entry is in (after, upTo], by their identities. */
    public Map<PaperId, Long> identities(LocalDate after, LocalDate upTo) {
        return getEntityManager()
                .createQuery(
                        "select p.publicId, p.id from Paper p where p.firstEdition > :after and p.firstEdition <= :upTo",
                        Object[].class)
                .setParameter("after", after)
                .setParameter("upTo", upTo)
                .getResultStream()
                .collect(Collectors.toMap(row -> new PaperId((String) row[0]), row -> (Long) row[1]));
    }

    /**
     * Those of them that gained most votes since the closing before and are in no entry of the last edition, the most
     * first; withdrawn and hidden ones are left out.
     *
     * @param fewest votes that count
     */
    public List<Paper> gainedMost(LocalDate after, LocalDate upTo, int fewest, int most) {
        return find("""
                        from Paper p
                        where p.firstEdition > ?1 and p.firstEdition <= ?2 and p.withdrawn = false
                            and p.hidden = false
                            and p.votes - coalesce(p.votesAtClosing, 0) >= ?3
                            and not exists (select 1 from Entry e where e.paper = p and e.edition = ?2)
                        order by p.votes - coalesce(p.votesAtClosing, 0) desc, p.id""", after, upTo, fewest).page(0, most).list();
    }

    /** Keeps the votes and stars that these papers have now as those of a closing; what a source said of growth was until now. */
    public void keepCounts(LocalDate after, LocalDate upTo) {
        update(
                "votesAtClosing = votes, starsAtClosing = stars, starsGained = null"
                        + " where firstEdition > ?1 and firstEdition <= ?2",
                after,
                upTo);
        update(
                "update Paper p set p.starsGained = null where p.starsGained is not null"
                        + " and p.id in (select e.paper.id from Entry e where e.edition = ?1)",
                upTo);
    }

    /**
     * The last change of a paper.
     *
     * @param at when it was made by the clock of whoever made it, which tells two changes with one number apart where a
     *     database was put back to an earlier state; it orders nothing
     */
    public record Change(long paper, long revision, Instant at, boolean hidden) {}

    /** The next papers behind that one in the order of their changes; the first ones behind {@link Long#MIN_VALUE}. */
    public List<Change> changedAfter(long revision, long paper, int most) {
        return getEntityManager()
                .createQuery("""
                                select p.id, p.revision, p.changedAt, p.hidden
                                from Paper p
                                where p.revision >= :revision and (p.revision > :revision or p.id > :id)
                                order by p.revision, p.id""", Object[].class)
                .setParameter("revision", revision)
                .setParameter("id", paper)
                .setMaxResults(most)
                .getResultStream()
                .map(row -> new Change((Long) row[0], (Long) row[1], (Instant) row[2], (Boolean) row[3]))
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
