package org.dailypapers.matching;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Topics;

/** The indexes of ranges of editions, made once and kept while their papers stay as they are. */
@ApplicationScoped
public class EditionIndexes {

    /** A forecast looks at thirty editions at once. */
    private static final int KEPT = 48;

    private final Editions editions;
    private final EntityManager database;
    private final Topics topics;
    private final Abbreviations abbreviations;
    private final Ranking ranking;
    private final Map<Range, EditionIndex> kept = new LinkedHashMap<>(KEPT, 0.75f, true);

    EditionIndexes(
            Editions editions, EntityManager database, Topics topics, Abbreviations abbreviations, Ranking ranking) {
        this.editions = editions;
        this.database = database;
        this.topics = topics;
        this.abbreviations = abbreviations;
        this.ranking = ranking;
    }

    /** A range and what tells whether its papers are still the same: how many, their ids, ranks and newest change. */
    private record Range(
            LocalDate after, LocalDate upTo, boolean open, long entries, Long ids, Long ranks, Instant changed) {}

    /** The closed editions of (after, upTo] that were lived through, for composing. */
    @Transactional
    public EditionIndex lived(LocalDate after, LocalDate upTo) {
        Object[] stamp = database.createQuery(
                        "select count(e), sum(p.id), sum(e.rank), max(p.changedAt) from Entry e join e.paper p"
                                + " where e.edition > :after and e.edition <= :upTo",
                        Object[].class)
                .setParameter("after", after)
                .setParameter("upTo", upTo)
                .getSingleResult();
        return kept(range(after, upTo, false, stamp));
    }

    /** One edition, open or closed; what is asked of it may come from anybody. */
    @Transactional
    public EditionIndex edition(LocalDate date) {
        return editions(List.of(date)).getFirst();
    }

    /** The same for several of them, in their order. */
    @Transactional
    public List<EditionIndex> editions(List<LocalDate> dates) {
        if (dates.isEmpty()) {
            return List.of();
        }
        Map<LocalDate, Range> ranges = database.createQuery(
                        "select e.edition, count(e), sum(p.id), sum(e.rank), max(p.changedAt) from Entry e"
                                + " join e.paper p where e.edition in :dates group by e.edition",
                        Object[].class)
                .setParameter("dates", dates)
                .getResultStream()
                .collect(Collectors.toMap(
                        stamp -> (LocalDate) stamp[0],
                        stamp -> range((LocalDate) stamp[0], Arrays.copyOfRange(stamp, 1, stamp.length))));
        return dates.stream()
                .map(date -> kept(ranges.getOrDefault(date, range(date, new Object[] {0L, null, null, null}))))
                .toList();
    }

    private static Range range(LocalDate edition, Object[] stamp) {
        return range(edition.minusDays(1), edition, true, stamp);
    }

    private static Range range(LocalDate after, LocalDate upTo, boolean open, Object[] stamp) {
        return new Range(after, upTo, open, (Long) stamp[0], (Long) stamp[1], (Long) stamp[2], (Instant) stamp[3]);
    }

    private synchronized EditionIndex kept(Range range) {
        EditionIndex index = kept.get(range);
        if (index == null) {
            index = range.open()
                    ? new EditionIndex(editions.entries(range.upTo()), topics, abbreviations, ranking).forAnybody()
                    : new EditionIndex(
                            editions.livedEntries(range.after(), range.upTo()), topics, abbreviations, ranking);
            kept.put(range, index);
            if (kept.size() > KEPT) {
                var oldest = kept.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
        }
        return index;
    }
}
