package org.dailypapers.source;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Predicate;
import org.dailypapers.source.SourceException.Trouble;

/** Up to where a source was read, when it was last asked, and how that went. */
@Entity
@Table(name = "source")
public class SourceStanding {

    /** A time so far in the future was written by a clock that has been set back since. */
    static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    @Id
    public String name;

    /** When it was first asked. */
    @Column(nullable = false)
    public Instant since;

    /** The newest listing that came; null until the first reading is complete. */
    @Column(name = "read_to")
    public LocalDate readTo;

    /** When it was last asked; null before the first time. */
    @Column(name = "asked_at")
    public Instant askedAt;

    /** So many seconds after {@link #askedAt} it is left alone. */
    @Column(name = "rests", nullable = false)
    public long rests;

    /** Until then one process asks it; null while none does. */
    @Column(name = "leased_till")
    public Instant leasedTill;

    /** When it last answered as it should; null where it never did. */
    @Column(name = "answered_at")
    public Instant answeredAt;

    /** Why it did not answer the last time; null where it did. */
    public String failure;

    /** What was wrong the last time; null where nothing was. */
    @Enumerated(EnumType.STRING)
    public Trouble trouble;

    /** How often in a row it did not want to be asked and did not say until when. */
    @Column(nullable = false)
    public int refusals;

    /** When the last request to it ended, or will leave; null before the first. */
    @Column(name = "requested_at")
    public Instant requestedAt;

    /** When it last brought a paper that was not known; null where it never did. */
    @Column(name = "fresh_at")
    public Instant freshAt;

    /** Up to where it was read, as the source itself reckons; null where it does not. */
    public String bookmark;

    /** Whether some process is asking it. */
    boolean leased(Instant now, Duration longest) {
        return leasedTill != null
                && leasedTill.isAfter(now)
                && !leasedTill.isAfter(now.plus(longest).plus(CLOCKS_DIFFER));
    }

    /**
     * Whether it may be asked.
     *
     * @param notSince one that answered the last time need not rest where it was asked before this moment
     */
    boolean due(Instant now, Instant notSince) {
        if (trouble == Trouble.FORBIDDEN) {
            return false;
        }
        // A turn that was not given back is of a process that is gone: what it asked for has not come.
        return rested(now) || failure == null && (askedBefore(notSince) || leasedTill != null);
    }

    private boolean rested(Instant now) {
        return askedAt == null
                || askedAt.isAfter(now.plus(CLOCKS_DIFFER))
                || !askedAt.plusSeconds(rests).isAfter(now);
    }

    /** Whether it was asked, but not since that moment. */
    boolean askedBefore(Instant moment) {
        return askedAt != null && askedAt.isBefore(moment);
    }

    /** Whether it has said that it does not want to be asked now. */
    boolean unwelcome(Instant now) {
        return trouble == Trouble.FORBIDDEN || trouble == Trouble.BUSY && !rested(now);
    }

    /** What a clock that was ahead has written counts from now on: its silence must not last until then. */
    void bringBack(Instant now) {
        since = since.isAfter(now) ? now : since;
        answeredAt = answeredAt != null && answeredAt.isAfter(now) ? now : answeredAt;
        freshAt = freshAt != null && freshAt.isAfter(now) ? now : freshAt;
        LocalDate latest = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1);
        readTo = readTo != null && readTo.isAfter(latest) ? latest : readTo;
    }

    /** Whether a whole day from Monday to Friday, in UTC, has passed without a good answer. */
    public boolean silent(Instant now) {
        return passed(answeredAt, now, 1, day -> true);
    }

    /**
     * Whether it answers, but two whole days on which it was to list papers, in UTC, have passed without one that was not
     * known: it shows the same ones again and again.
     */
    public boolean stale(Instant now, Predicate<LocalDate> expected) {
        return freshAt != null && passed(freshAt, now, 2, expected);
    }

    private boolean passed(Instant last, Instant now, int days, Predicate<LocalDate> counted) {
        LocalDate from = LocalDate.ofInstant(last == null ? since : last, ZoneOffset.UTC);
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return from.plusDays(1)
                        .datesUntil(today.isAfter(from) ? today : from.plusDays(1))
                        .filter(day -> day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0)
                        .filter(counted)
                        .limit(days)
                        .count()
                == days;
    }
}
