package org.dailypapers.paper;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The editions there are, open and closed, and their entries. */
@ApplicationScoped
@Transactional
public class Editions {

    /** After a long silence at most so many missed days become editions. */
    static final int MOST_MISSED = 14;

    private final EntityManager database;
    private final EditionCalendar calendar;
    private final Revisions revisions;

    Editions(EntityManager database, EditionCalendar calendar, Revisions revisions) {
        this.database = database;
        this.calendar = calendar;
        this.revisions = revisions;
    }

    /** Marks the edition's standing or ranks as changed in this transaction. */
    public void touch(Edition edition) {
        edition.revision = revisions.current();
    }

    public Optional<Edition> find(LocalDate date) {
        return Optional.ofNullable(database.find(Edition.class, date));
    }

    /** The edition, read anew and locked until the transaction ends. */
    public Optional<Edition> lock(LocalDate date) {
        return locked(date, LockModeType.PESSIMISTIC_WRITE);
    }

    /** The edition as it stands now, kept from closing until the transaction ends. */
    public Optional<Edition> share(LocalDate date) {
        return locked(date, LockModeType.PESSIMISTIC_READ);
    }

    /** What the transaction has read before is as it was before the lock was waited for. */
    private Optional<Edition> locked(LocalDate date, LockModeType mode) {
        Edition edition = database.find(Edition.class, date, mode);
        if (edition != null) {
            database.refresh(edition, mode);
        }
        return Optional.ofNullable(edition);
    }

    /** The edition of that date, made where there is none. */
    public Edition ensure(LocalDate date) {
        return find(date).orElseGet(() -> {
            make("insert into edition (date, history) values (:date, false)", date)
                    .executeUpdate();
            return find(date).orElseThrow();
        });
    }

    /** A past edition that had none, closed from the start so that no news joins it; its ranks are still to be fixed. */
    public Edition ensurePast(LocalDate date) {
        return find(date).orElseGet(() -> {
            make("insert into edition (date, closed_at, history) values (:date, :now, true)", date)
                    .setParameter("now", calendar.now())
                    .executeUpdate();
            Edition made = find(date).orElseThrow();
            touch(made);
            return made;
        });
    }

    /** Of two processes at once one makes nothing and finds what the other has made. */
    private Query make(String insert, LocalDate date) {
        return database.createNativeQuery(insert + " on conflict do nothing").setParameter("date", date);
    }

    /** The newest closed edition that was lived through, not filled with the past. */
    public Optional<LocalDate> newestLived() {
        return Optional.ofNullable(database.createQuery(
                        "select max(e.date) from Edition e where e.closedAt is not null and e.history = false",
                        LocalDate.class)
                .getSingleResult());
    }

    /** The newest closed edition of either kind. */
    public Optional<LocalDate> newestClosed() {
        return Optional.ofNullable(
                database.createQuery("select max(e.date) from Edition e where e.closedAt is not null", LocalDate.class)
                        .getSingleResult());
    }

    /** The oldest edition that still takes arrivals; it need not have a row yet. */
    public LocalDate oldestOpen() {
        LocalDate open = database.createQuery(
                        "select min(e.date) from Edition e where e.closedAt is null", LocalDate.class)
                .getSingleResult();
        if (open != null) {
            return open;
        }
        LocalDate today = calendar.today();
        return newestClosed()
                .map(d -> d.plusDays(1))
                .filter(d -> d.isAfter(today))
                .orElse(today);
    }

    /** Every edition that is open, oldest first. */
    public List<LocalDate> open() {
        return database.createQuery(
                        "select e.date from Edition e where e.closedAt is null order by e.date", LocalDate.class)
                .getResultList();
    }

    /** The closed editions of (after, upTo] that were lived through, oldest first. */
    public List<LocalDate> livedBetween(LocalDate after, LocalDate upTo) {
        return database.createQuery("""
                                select e.date
                                from Edition e
                                where e.closedAt is not null and e.history = false and e.date > :after and e.date <= :upTo
                                order by e.date""", LocalDate.class)
                .setParameter("after", after)
                .setParameter("upTo", upTo)
                .getResultList();
    }

    /**
     * The editions of days to come, oldest first, which a clock that was ahead has made: those after tomorrow, which is
     * today east of here, and what closed empty at a time that is still to come. What has closed with papers after
     * being lived through stays, and so does the day after it: then it is the present clock that is behind.
     */
    public List<LocalDate> ahead() {
        LocalDate first = firstOpen();
        return database.createQuery("""
                                select d.date
                                from Edition d
                                where d.date > :latest or d.date >= :first and d.closedAt > :now
                                order by d.date""", LocalDate.class)
                .setParameter("latest", latest(first))
                .setParameter("first", first)
                .setParameter("now", calendar.now())
                .getResultList();
    }

    /** Whether an edition has closed with papers though its day is not over: by hand, or the present clock is behind. */
    public boolean closedEarly() {
        return newestClosedWithPapers()
                .filter(d -> !d.isBefore(calendar.today()))
                .isPresent();
    }

    private Optional<LocalDate> newestClosedWithPapers() {
        return Optional.ofNullable(database.createQuery("""
                                select max(d.date)
                                from Edition d
                                where d.closedAt is not null and d.history = false and exists (from Entry e
                                where e.edition = d.date)""", LocalDate.class).getSingleResult());
    }

    /** The first date from today on whose edition has not closed, or whose closing a clock that was ahead has made. */
    private LocalDate firstOpen() {
        LocalDate today = calendar.today();
        LocalDate first = newestClosedWithPapers()
                .filter(d -> !d.isBefore(today))
                .map(d -> d.plusDays(1))
                .orElse(today);
        while (find(first)
                .map(e -> e.closedAt != null && !e.closedAt.isAfter(calendar.now()))
                .orElse(false)) {
            first = first.plusDays(1);
        }
        return first;
    }

    private LocalDate latest(LocalDate first) {
        LocalDate tomorrow = calendar.today().plusDays(1);
        return first.isAfter(tomorrow) ? first : tomorrow;
    }

    /**
     * Withdraws the editions that are {@linkplain #ahead() ahead}: their papers join the oldest open edition.
     *
     * @return the dates withdrawn
     */
    public List<LocalDate> withdrawFuture() {
        List<LocalDate> withdrawn = ahead();
        if (withdrawn.isEmpty()) {
            return withdrawn;
        }
        LocalDate first = firstOpen();
        LocalDate latest = latest(first);
        ensure(first);
        database.createQuery("update Edition d set d.closedAt = null, d.history = false where d.date = :first")
                .setParameter("first", first)
                .executeUpdate();
        database.clear();
        LocalDate present = oldestOpen();
        List<LocalDate> future =
                withdrawn.stream().filter(date -> !date.equals(first)).toList();
        database.createQuery("delete from Entry e where e.edition in :future and e.reason = :rising")
                .setParameter("future", future)
                .setParameter("rising", Entry.Reason.RISING)
                .executeUpdate();
        for (LocalDate date : future) {
            database.createQuery("""
                    update Entry e
                    set e.edition = :present, e.rank = null, e.score = null
                    where e.edition = :date
                    and not exists (from Entry o
                    where o.edition = :present and o.paper = e.paper and o.source = e.source)""")
                    .setParameter("present", present)
                    .setParameter("date", date)
                    .executeUpdate();
        }
        database.createQuery("delete from Entry e where e.edition in :future")
                .setParameter("future", future)
                .executeUpdate();
        database.createQuery("""
                update Paper p
                set p.firstEdition = :present, p.revision = :revision
                where p.firstEdition > :latest or p.firstEdition in :future""")
                .setParameter("present", present)
                .setParameter("revision", revisions.current())
                .setParameter("latest", latest)
                .setParameter("future", future)
                .executeUpdate();
        database.createQuery("update Paper p set p.changedAt = :now where p.changedAt > :now")
                .setParameter("now", calendar.now())
                .executeUpdate();
        database.createQuery("delete from Edition d where d.date in :future")
                .setParameter("future", future)
                .executeUpdate();
        database.clear();
        find(present).ifPresent(this::touch);
        return withdrawn;
    }

    private Optional<LocalDate> newest() {
        return Optional.ofNullable(database.createQuery("select max(e.date) from Edition e", LocalDate.class)
                .getSingleResult());
    }

    /** Whether the newest edition is so old that the service slept for weeks, or the clock is ahead. */
    public boolean longSilent() {
        LocalDate longest = calendar.today().minusDays(MOST_MISSED);
        return newest().filter(d -> d.plusDays(1).isBefore(longest)).isPresent();
    }

    /** Whether the newest papers are so old; an edition alone may have been made by a clock that is ahead. */
    public boolean longWithoutPapers() {
        LocalDate longest = calendar.today().minusDays(MOST_MISSED);
        return Optional.ofNullable(database.createQuery("select max(e.edition) from Entry e", LocalDate.class)
                        .getSingleResult())
                .filter(d -> d.isBefore(longest))
                .isPresent();
    }

    /** Gives today an edition, and each day since the newest one that the service slept through. */
    public void ensureToday() {
        LocalDate today = calendar.today();
        LocalDate first =
                longSilent() ? today : newest().map(d -> d.plusDays(1)).orElse(today);
        for (LocalDate date = first; !date.isAfter(today); date = date.plusDays(1)) {
            ensure(date);
        }
    }

    /** The newest edition in which that source listed a paper before the instant; empty where it never did. */
    public Optional<LocalDate> newestListedBy(String source, Instant before) {
        return Optional.ofNullable(database.createQuery("""
                                select max(e.edition)
                                from Entry e
                                where e.source = :source and e.edition <= :date and exists (from Edition d
                                where d.date = e.edition and d.closedAt < :before)""", LocalDate.class)
                .setParameter("source", source)
                .setParameter("date", calendar.today())
                .setParameter("before", before)
                .getSingleResult());
    }

    /** Past editions of the last days in which a paper has no rank: whoever filled them did not come to an end. */
    public Set<LocalDate> unranked(int days) {
        return new TreeSet<>(database.createQuery("""
                                select distinct e.edition
                                from Entry e, Edition d
                                where d.date = e.edition and d.history = true and d.date >= :from and e.rank is null""", LocalDate.class)
                .setParameter("from", calendar.today().minusDays(days))
                .getResultList());
    }

    /** Whether an edition's closing time has come and it is still open. */
    public boolean overdue() {
        return open().stream().anyMatch(calendar::mayClose);
    }

    /** Since when an edition is to be closed that is still open, of several the one that was last to be; empty where none is. */
    public Optional<Instant> overdueSince() {
        return open().stream()
                .filter(calendar::mayClose)
                .map(calendar::closesAt)
                .max(Comparator.naturalOrder());
    }

    /** The newest edition up to the date that has papers. */
    public Optional<LocalDate> newestWithPapers(LocalDate upTo) {
        return Optional.ofNullable(database.createQuery(
                        "select max(e.edition) from Entry e where e.edition <= :upTo and e.paper.hidden = false",
                        LocalDate.class)
                .setParameter("upTo", upTo)
                .getSingleResult());
    }

    /** The edition with papers before that date. */
    public Optional<LocalDate> before(LocalDate date) {
        return newestWithPapers(date.minusDays(1));
    }

    /** The edition with papers after that date. */
    public Optional<LocalDate> after(LocalDate date) {
        return Optional.ofNullable(database.createQuery(
                        "select min(e.edition) from Entry e where e.edition > :date and e.paper.hidden = false",
                        LocalDate.class)
                .setParameter("date", date)
                .getSingleResult());
    }

    /** The newest closed editions of (after, upTo], of either kind, that have papers, newest first. */
    public List<LocalDate> closedWithPapers(LocalDate after, LocalDate upTo, int most) {
        return database.createQuery("""
                                select d.date
                                from Edition d
                                where d.closedAt is not null and d.date > :after and d.date <= :upTo and exists (from Entry e
                                where e.edition = d.date and e.paper.hidden = false)
                                order by d.date desc""", LocalDate.class)
                .setParameter("after", after)
                .setParameter("upTo", upTo)
                .setMaxResults(most)
                .getResultList();
    }

    /** The newest editions with papers up to that date, newest first. */
    public List<LocalDate> lastWithPapers(LocalDate upTo, int most) {
        return database.createQuery(
                        "select distinct e.edition from Entry e where e.edition <= :upTo and e.paper.hidden = false"
                                + " order by e.edition desc",
                        LocalDate.class)
                .setParameter("upTo", upTo)
                .setMaxResults(most)
                .getResultList();
    }

    /**
     * An edition in a list of them.
     *
     * @param history whether it was filled with the past rather than lived through
     * @param papers how many entries it has
     */
    public record Listed(LocalDate date, boolean closed, boolean history, long papers) {}

    /** So many editions from that place on, newest first. */
    public List<Listed> listed(int from, int most) {
        return database.createQuery("""
                                select d, (select count(e) from Entry e where e.edition = d.date and e.paper.hidden = false)
                                from Edition d
                                order by d.date desc""", Object[].class)
                .setFirstResult(from)
                .setMaxResults(most)
                .getResultStream()
                .map(row -> {
                    Edition edition = (Edition) row[0];
                    return new Listed(edition.date, edition.closed(), edition.history, (Long) row[1]);
                })
                .toList();
    }

    /** How many editions there are. */
    public long count() {
        return database.createQuery("select count(d) from Edition d", Long.class)
                .getSingleResult();
    }
}
