package org.dailypapers.edition;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.dailypapers.paper.Edition;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Entries;
import org.dailypapers.paper.Entry;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.PaperId;
import org.dailypapers.paper.Papers;
import org.dailypapers.paper.Trending;
import org.dailypapers.paper.TrendingScore;
import org.dailypapers.source.PaperSource;
import org.dailypapers.source.PaperSource.Votes;
import org.dailypapers.source.Sources;
import org.jboss.logging.Logger;

/**
 * Closes editions: reads the votes of the last fourteen editions' papers again, marks what rises, computes scores and
 * fixes ranks.
 */
@ApplicationScoped
public class EditionClosing {

    /** The most papers that rise in one edition. */
    static final int MOST_RISING = 10;

    /** The fewest votes gained since the closing before that make a paper rise. */
    static final int FEWEST_GAINED = 5;

    private static final int PAGE = 500;

    private static final Logger LOG = Logger.getLogger(EditionClosing.class);

    private final Editions editions;
    private final Entries entries;
    private final Papers papers;
    private final EditionCalendar calendar;
    private final Sources sources;
    private final Trending trending;
    private final Event<EditionClosed> closed;

    EditionClosing(
            Editions editions,
            Entries entries,
            Papers papers,
            EditionCalendar calendar,
            Sources sources,
            Trending trending,
            Event<EditionClosed> closed) {
        this.editions = editions;
        this.entries = entries;
        this.papers = papers;
        this.calendar = calendar;
        this.sources = sources;
        this.trending = trending;
        this.closed = closed;
    }

    /** Closes every edition whose closing time has come, oldest first, and says which. */
    public List<LocalDate> closeDue() {
        var closed = new ArrayList<LocalDate>();
        for (LocalDate date : due()) {
            if (closeOne(date, false)) {
                closed.add(date);
            } else if (isHeld(date)) {
                break;
            }
        }
        return closed;
    }

    /** The editions whose closing time has come, oldest first, up to the first one that is held. */
    private List<LocalDate> due() {
        return editions.open().stream()
                .filter(calendar::mayClose)
                .takeWhile(date -> !isHeld(date))
                .toList();
    }

    private boolean isHeld(LocalDate date) {
        return editions.find(date)
                .filter(edition -> edition.held && !edition.closed())
                .isPresent();
    }

    /**
     * Closes the edition now, every earlier open one first, held or not, and says which were closed.
     *
     * @throws IllegalArgumentException where its date has not begun
     */
    public List<LocalDate> close(LocalDate date) {
        if (date.isAfter(calendar.today())) {
            throw new IllegalArgumentException("The edition of " + date
                    + " cannot be closed: that day has not begun (today is " + calendar.today() + ")");
        }
        var closed = new ArrayList<LocalDate>();
        for (LocalDate earlier : editions.open()) {
            if (earlier.isBefore(date) && closeOne(earlier, true)) {
                closed.add(earlier);
            }
        }
        if (closeOne(date, true)) {
            closed.add(date);
        }
        return closed;
    }

    /** Closes past editions as they are: without the network and without {@code rising}; ranks closed ones anew. */
    public void closeHistory(Set<LocalDate> dates) {
        for (LocalDate date : dates) {
            QuarkusTransaction.requiringNew().run(() -> {
                editions.ensure(date);
                Edition edition = editions.lock(date).orElseThrow();
                List<Entry> entries = this.entries.of(date);
                rank(entries);
                entries.stream()
                        .filter(e -> e.paper.votesAtClosing == null)
                        .forEach(e -> e.paper.votesAtClosing = e.paper.votes);
                if (!edition.closed()) {
                    edition.closedAt = calendar.now();
                }
                editions.touch(edition);
            });
        }
    }

    private boolean closeOne(LocalDate date, boolean byHand) {
        if (editions.find(date).map(Edition::closed).orElse(false)) {
            return false;
        }
        Map<Long, Votes> votes = readVotes(date);
        return QuarkusTransaction.requiringNew().call(() -> {
            editions.ensure(date);
            Edition open = editions.lock(date).orElseThrow();
            if (open.closed() || open.held && !byHand) {
                return false;
            }
            apply(votes);
            // Read again: what was applied is no longer held.
            Edition edition = editions.lock(date).orElseThrow();
            List<Entry> entries = new ArrayList<>(this.entries.of(date));
            entries.addAll(rise(date));
            rank(entries);
            papers.keepCounts(freshAfter(date), date);
            edition.closedAt = calendar.now();
            editions.touch(edition);
            closed.fire(new EditionClosed(date));
            LOG.infof(
                    "Edition %s closed: %d papers, %d rising",
                    date,
                    entries.stream().map(e -> e.paper.id).distinct().count(),
                    entries.stream()
                            .filter(e -> e.reason == Entry.Reason.RISING)
                            .count());
            return true;
        });
    }

    /** The edition after which a paper was first seen that may still rise in this one. */
    private static LocalDate freshAfter(LocalDate date) {
        return date.minusDays(Entry.FRESH_EDITIONS);
    }

    private Map<Long, Votes> readVotes(LocalDate date) {
        Map<PaperId, Long> ids = papers.identities(freshAfter(date), date);
        var found = new HashMap<Long, Votes>();
        if (ids.isEmpty()) {
            return found;
        }
        for (PaperSource source : sources.enabled()) {
            source.votes(ids.keySet()).forEach((id, votes) -> found.putIfAbsent(ids.get(id), votes));
        }
        return found;
    }

    /** In pages, for fourteen editions may have many papers. */
    private void apply(Map<Long, Votes> read) {
        List<Long> ids =
                read.keySet().stream().filter(Objects::nonNull).sorted().toList();
        for (int from = 0; from < ids.size(); from += PAGE) {
            papers.byIds(ids.subList(from, Math.min(from + PAGE, ids.size())))
                    .forEach(paper -> apply(paper, Objects.requireNonNull(read.get(paper.id))));
            papers.flush();
            papers.getEntityManager().clear();
        }
    }

    private void apply(Paper paper, Votes read) {
        paper.votes = read.votes();
        if (read.comments() != null) {
            paper.comments = read.comments();
        }
        if (read.stars() != null) {
            paper.stars = read.stars();
        }
        papers.touch(paper);
    }

    /** New entries for the papers that gained most; what is listed in this edition anyway needs none. */
    private List<Entry> rise(LocalDate date) {
        List<Entry> rising = papers.gainedMost(freshAfter(date), date, FEWEST_GAINED, MOST_RISING).stream()
                .map(p -> {
                    var entry = new Entry();
                    entry.edition = date;
                    entry.paper = p;
                    entry.reason = Entry.Reason.RISING;
                    entry.source = "";
                    entry.gained = gained(p);
                    return entry;
                })
                .toList();
        rising.forEach(entries::add);
        return rising;
    }

    private static int gained(Paper paper) {
        int before = paper.votesAtClosing == null ? 0 : paper.votesAtClosing;
        return paper.votes == null ? 0 : paper.votes - before;
    }

    private void rank(List<Entry> entries) {
        var counts = new LinkedHashMap<Paper, Trending.Counts>();
        for (Entry e : entries) {
            counts.merge(e.paper, Trending.Counts.of(e.paper, e.gained == null ? 0 : e.gained), EditionClosing::higher);
        }
        Trending.Scale scale = trending.scale(counts.values());
        var scores = new HashMap<Paper, TrendingScore>();
        counts.forEach((paper, counted) -> scores.put(paper, scale.score(counted)));
        List<Paper> order = scores.keySet().stream()
                .sorted(Comparator.<Paper>comparingDouble(
                                p -> -Objects.requireNonNull(scores.get(p)).factor())
                        .thenComparingInt(p -> p.votes == null ? 0 : -p.votes)
                        .thenComparing(p -> p.publicId))
                .toList();
        var ranks = new HashMap<Paper, Integer>();
        order.forEach(p -> ranks.put(p, ranks.size() + 1));
        for (Entry e : entries) {
            e.keep(Objects.requireNonNull(scores.get(e.paper)));
            e.rank = ranks.get(e.paper);
        }
    }

    /** A paper that rises has an entry with what it gained, and may have one without. */
    private static Trending.Counts higher(Trending.Counts one, Trending.Counts other) {
        return other.votes() != null && (one.votes() == null || other.votes() > one.votes()) ? other : one;
    }
}
