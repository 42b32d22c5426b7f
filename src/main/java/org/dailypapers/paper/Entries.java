package org.dailypapers.paper;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The entries of editions: which papers are in them, and in which order. */
@ApplicationScoped
@Transactional
public class Entries {

    private final EntityManager database;
    private final Revisions revisions;
    private final Trending trending;

    Entries(EntityManager database, Revisions revisions, Trending trending) {
        this.database = database;
        this.revisions = revisions;
        this.trending = trending;
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
        return database.createQuery("""
                        from Entry e
                        join fetch e.paper p
                        where e.edition = :date %s
                        order by e.rank asc nulls last, p.votes desc nulls last, p.id, e.id""".formatted(also), Entry.class).setParameter("date", date);
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

    /** The paper's entry in the newest edition that has closed; empty where none has. */
    public Optional<Entry> scored(Paper paper) {
        return database.createQuery(
                        "from Entry e where e.paper = :paper and e.score is not null order by e.edition desc, e.rank, e.id",
                        Entry.class)
                .setParameter("paper", paper)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    /** Those entries of an edition that have a score, by their papers' ids. */
    public Map<Long, Entry> scored(LocalDate date, Collection<Long> papers) {
        if (papers.isEmpty()) {
            return Map.of();
        }
        return database.createQuery(
                        "from Entry e where e.edition = :date and e.paper.id in :papers and e.score is not null",
                        Entry.class)
                .setParameter("date", date)
                .setParameter("papers", papers)
                .getResultStream()
                .collect(Collectors.toMap(entry -> entry.paper.id, Function.identity(), (one, same) -> one));
    }

    /** The dates from the first to the last whose editions have papers. */
    public Set<LocalDate> days(LocalDate first, LocalDate last) {
        return new TreeSet<>(database.createQuery(
                        "select distinct e.edition from Entry e"
                                + " where e.edition between :first and :last and e.paper.hidden = false",
                        LocalDate.class)
                .setParameter("first", first)
                .setParameter("last", last)
                .getResultList());
    }

    /** The categories of the papers of the editions from the first date to the last, by the papers' ids. */
    public Map<Long, List<String>> categories(LocalDate first, LocalDate last) {
        var categories = new HashMap<Long, List<String>>();
        database.createQuery(
                        "select distinct p.id, p.categories from Entry e join e.paper p"
                                + " where e.edition between :first and :last and p.hidden = false",
                        Object[].class)
                .setParameter("first", first)
                .setParameter("last", last)
                .getResultStream()
                .forEach(row -> categories.put((Long) row[0], words(row[1])));
        return categories;
    }

    @SuppressWarnings("unchecked")
    private static List<String> words(Object column) {
        return (List<String>) column;
    }

    /**
     * The papers of the editions from the first date to the last, each once: those with votes by their rank or what it is
     * made of, then the others, of newer editions first.
     *
     * @param ranked by the ranks that were fixed at closing; else by what is counted of them now, as {@link Trending}
     *     weighs it
     */
    public List<Place> places(LocalDate first, LocalDate last, boolean ranked) {
        // Plain SQL: Hibernate's parser takes longer over this one, the first time, than a page may wait.
        @SuppressWarnings("unchecked")
        List<Object[]> rows = database.createNativeQuery("""
                        select p.id, p.votes, p.comments, p.stars, p.stars_gained, p.stars_at_closing, p.public_id,
                          max(e.gained), max(e.edition), min(e.rank)
                        from entry e join paper p on p.id = e.paper_id
                        where e.edition between :first and :last and p.hidden = false
                        group by p.id, p.votes, p.comments, p.stars, p.stars_gained, p.stars_at_closing, p.public_id
                        """)
                .setParameter("first", first)
                .setParameter("last", last)
                .getResultList();
        List<Counted> all = rows.stream().map(Counted::of).toList();
        Trending.Scale scale = trending.scale(all.stream().map(Counted::counts).toList());
        var scores = new HashMap<Counted, Double>();
        all.forEach(
                one -> scores.put(one, one.voted() ? scale.score(one.counts()).factor() : 0));
        Comparator<Counted> byRank = Comparator.comparingInt(Counted::rank);
        Comparator<Counted> byScore = Comparator.<Counted>comparingDouble(
                        one -> -Objects.requireNonNull(scores.get(one)))
                .thenComparingInt(one -> -one.votes())
                .thenComparing(one -> one.voted() ? one.publicId() : "")
                .thenComparing(Comparator.comparing(Counted::edition).reversed())
                .thenComparing(byRank)
                .thenComparingLong(Counted::paper);
        return all.stream()
                .sorted(Comparator.comparing(Counted::voted)
                        .reversed()
                        .thenComparing(ranked ? byRank.thenComparing(byScore) : byScore))
                .map(one -> new Place(one.paper(), one.voted(), one.gained()))
                .toList();
    }

    /** A paper and what is counted of it. */
    private record Counted(
            long paper, Trending.Counts counts, int votes, int gained, String publicId, LocalDate edition, int rank) {

        static Counted of(Object[] row) {
            Integer votes = number(row[1]);
            int gained = Objects.requireNonNullElse(number(row[7]), 0);
            return new Counted(
                    ((Number) row[0]).longValue(),
                    Trending.Counts.of(votes, gained, number(row[2]), number(row[3]), number(row[4]), number(row[5])),
                    votes == null ? 0 : votes,
                    gained,
                    (String) row[6],
                    row[8] instanceof LocalDate date ? date : ((java.sql.Date) row[8]).toLocalDate(),
                    Objects.requireNonNullElse(number(row[9]), Integer.MAX_VALUE));
        }

        private static @Nullable Integer number(@Nullable Object value) {
            return value == null ? null : ((Number) value).intValue();
        }

        boolean voted() {
            return votes > 0;
        }
    }
}
