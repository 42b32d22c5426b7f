package org.dailypapers.matching.index;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.interest.Query;
import org.dailypapers.matching.likeness.LikedPapers;
import org.dailypapers.matching.likeness.TermVectors;
import org.dailypapers.matching.word.Abbreviations;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Entry;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Revisions;
import org.dailypapers.paper.Topics;
import org.hibernate.StatelessSession;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The indexes of ranges of editions, made once and kept while their papers stay as they are.
 *
 * <p>They are read from the database in pages, each in a transaction of its own where the caller has none, and take a
 * bounded part of the memory: of a range of more than {@value #MOST_PAPERS} entries the best-ranked of each edition are
 * indexed, and of {@value #MOST_NAMES} and more authors the first of each paper.
 */
@ApplicationScoped
public class EditionIndexes {

    static final int MOST_PAPERS = 30_000;
    static final int MOST_NAMES = 250_000;

    private static final Logger LOG = Logger.getLogger(EditionIndexes.class);

    /** An entry is read with its paper, which may have thousands of authors. */
    private static final int PAGE = 200;

    private static final long MOST_BYTES =
            Math.min(512L << 20, Runtime.getRuntime().maxMemory() / 4);

    /** Of all that several editions take together: more is not looked at in one go. */
    private static final long MOST_PAPERS_TOGETHER = Math.min(20_000, MOST_BYTES / 10_000);

    /** A change that was committed after a later one is seen so late. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private static final String IN_A_LIVED_EDITION = """
            and exists (
                from Edition d
                where d.date = e.edition and d.closedAt is not null and d.history = false)""";

    private final Editions editions;
    private final Revisions revisions;
    private final StatelessSession database;
    private final Topics topics;
    private final Abbreviations abbreviations;
    private final Ranking ranking;
    private final LikedPapers liked;

    private final Cache<Range, CachedIndex> kept = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES >> 10)
            .weigher(
                    (Range range, CachedIndex one) -> (int) Math.min(Integer.MAX_VALUE, 1 + (one.index.weight() >> 10)))
            .executor(Runnable::run)
            .build();

    private final Cache<Asked, Map<LocalDate, Stamp>> stamps = Caffeine.newBuilder()
            .maximumSize(100)
            .expireAfterWrite(LATE)
            .executor(Runnable::run)
            .build();

    EditionIndexes(
            Editions editions,
            Revisions revisions,
            StatelessSession database,
            Topics topics,
            Abbreviations abbreviations,
            Ranking ranking,
            LikedPapers liked) {
        this.liked = liked;
        this.editions = editions;
        this.revisions = revisions;
        this.database = database;
        this.topics = topics;
        this.abbreviations = abbreviations;
        this.ranking = ranking;
    }

    /** The editions of (after, upTo]; of those that were lived through and are closed, or all. */
    private record Range(LocalDate after, LocalDate upTo, boolean lived) {}

    /** What tells whether the papers are still the same. */
    private record Stamp(
            long entries,
            @Nullable Long ids,
            @Nullable Long ranks,
            @Nullable Long gained,
            @Nullable Long revisions) {

        private static final Stamp NOTHING = new Stamp(0, null, null, null, null);

        static Stamp of(Object[] row, int first) {
            return new Stamp(
                    (Long) row[first], (Long) row[first + 1], (Long) row[first + 2], (Long) row[first + 3], (Long)
                            row[first + 4]);
        }
    }

    /** @param vectors what likeness was measured with */
    private record CachedIndex(Stamp stamp, TermVectors vectors, EditionIndex index) {}

    private record Asked(List<LocalDate> dates, long revision) {}

    /** Waits until it is known what papers have in common, where one of the interests asks for that; whether it is. */
    public boolean prepare(List<Interest> interests) {
        return interests.stream().noneMatch(Interest::comparesPapers) || liked.await();
    }

    /** Reads the papers that these lines name, all in one go. */
    public void readLiked(Connection connection, List<String> lines) throws SQLException {
        var ids = new ArrayList<String>();
        for (String line : lines) {
            if (InterestParser.parse(line) instanceof Interest interest
                    && interest.query() instanceof Query.Like(String id, boolean less)) {
                ids.add(id);
            }
        }
        liked.read(connection, ids, revisions.newest());
    }

    /** The closed editions of (after, upTo] that were lived through, for composing. */
    public EditionIndex lived(LocalDate after, LocalDate upTo) {
        Object[] stamp = QuarkusTransaction.joiningExisting().call(() -> database.createQuery("""
                        select count(e), sum(p.id), sum(e.rank), sum(e.gained), sum(p.revision)
                        from Entry e
                        join e.paper p
                        where e.edition > :after and e.edition <= :upTo""", Object[].class)
                .setParameter("after", after)
                .setParameter("upTo", upTo)
                .getSingleResult());
        return kept(new Range(after, upTo, true), Stamp.of(stamp, 0)).asOf(revisions.newest());
    }

    /** One edition, open or closed; what is asked of it may come from anybody. */
    public EditionIndex edition(LocalDate date) {
        long revision = revisions.newest();
        return edition(date, stamps(List.of(date), revision)).asOf(revision);
    }

    /** The newest editions with papers up to that date, newest first: no more than so many, nor than can be kept. */
    public Map<LocalDate, EditionIndex> newest(LocalDate upTo, int most) {
        List<LocalDate> dates = editions.lastWithPapers(upTo, most);
        long revision = revisions.newest();
        Map<LocalDate, Stamp> known = stamps(dates, revision);
        var newest = new LinkedHashMap<LocalDate, EditionIndex>();
        long papers = 0;
        for (LocalDate date : dates) {
            papers += known.getOrDefault(date, Stamp.NOTHING).entries();
            if (papers > MOST_PAPERS_TOGETHER && !newest.isEmpty()) {
                break;
            }
            newest.put(date, edition(date, known).asOf(revision));
        }
        return newest;
    }

    private EditionIndex edition(LocalDate date, Map<LocalDate, Stamp> known) {
        return kept(new Range(date.minusDays(1), date, false), known.getOrDefault(date, Stamp.NOTHING));
    }

    private Map<LocalDate, Stamp> stamps(List<LocalDate> dates, long revision) {
        return dates.isEmpty()
                ? Map.of()
                : stamps.get(new Asked(dates, revision), asked -> QuarkusTransaction.joiningExisting()
                        .call(() ->
                                database
                                        .createQuery("""
                                        select e.edition, count(e), sum(p.id), sum(e.rank), sum(e.gained), sum(p.revision)
                                        from Entry e
                                        join e.paper p
                                        where e.edition in :dates
                                        group by e.edition""", Object[].class)
                                        .setParameter("dates", dates)
                                        .getResultList()
                                        .stream()
                                        .collect(
                                                Collectors.toMap(row -> (LocalDate) row[0], row -> Stamp.of(row, 1)))));
    }

    private EditionIndex kept(Range range, Stamp stamp) {
        CachedIndex known = kept.getIfPresent(range);
        TermVectors vectors = liked.vectors();
        if (known == null || known.vectors != vectors || !known.stamp.equals(stamp)) {
            // One thread makes it, others who need it wait for that.
            known = kept.asMap()
                    .compute(
                            range,
                            (r, other) -> other != null && other.vectors == vectors && other.stamp.equals(stamp)
                                    ? other
                                    : new CachedIndex(stamp, vectors, index(range)));
        }
        return known.index;
    }

    private EditionIndex index(Range range) {
        var index = new EditionIndex(entries(range), topics, abbreviations, ranking, liked);
        return range.lived ? index : index.forAnybody();
    }

    /** An entry to be read. */
    private record Row(long id, int rank, long authors) {}

    private List<Entry> entries(Range range) {
        List<Row> rows = QuarkusTransaction.joiningExisting()
                .call(() -> database.createQuery("""
                        select e.id, coalesce(e.rank, 2147483647), p.authorCount
                        from Entry e
                        join e.paper p
                        where e.edition > :after and e.edition <= :upTo %s
                        order by e.edition desc, e.rank asc nulls last, p.votes desc nulls last, p.id""".formatted(range.lived ? IN_A_LIVED_EDITION : ""), Object[].class)
                        .setParameter("after", range.after)
                        .setParameter("upTo", range.upTo)
                        .getResultStream()
                        .map(row -> new Row((Long) row[0], (Integer) row[1], (Integer) row[2]))
                        .toList());
        if (rows.size() > MOST_PAPERS) {
            LOG.warnf(
                    "The editions after %s up to %s have %d entries; the %d best-ranked are looked at",
                    range.after, range.upTo, rows.size(), MOST_PAPERS);
            rows = rows.stream()
                    .sorted(Comparator.comparingInt(Row::rank))
                    .limit(MOST_PAPERS)
                    .toList();
        }
        int names = Share.ofEach(rows.stream().mapToLong(Row::authors).toArray(), MOST_NAMES);
        var entries = new ArrayList<Entry>(rows.size());
        for (int from = 0; from < rows.size(); from += PAGE) {
            Long[] ids = rows.subList(from, Math.min(from + PAGE, rows.size())).stream()
                    .map(Row::id)
                    .toArray(Long[]::new);
            for (Entry entry : read(ids)) {
                entry.paper.authors = first(entry.paper, names);
                entries.add(entry);
            }
        }
        return entries;
    }

    private List<Entry> read(Long[] ids) {
        return QuarkusTransaction.joiningExisting().call(() -> database.createQuery(
                        "from Entry e join fetch e.paper where e.id in :ids order by e.id", Entry.class)
                .setParameter("ids", Arrays.asList(ids))
                .getResultList());
    }

    private static List<String> first(Paper paper, int names) {
        return paper.authors.size() <= names ? paper.authors : List.copyOf(paper.authors.subList(0, names));
    }
}
