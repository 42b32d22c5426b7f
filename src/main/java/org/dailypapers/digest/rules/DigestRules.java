package org.dailypapers.digest.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.dailypapers.matching.FirstLetter;
import org.jspecify.annotations.Nullable;

/** Turns where a reader stands into what is to be done for them. Nothing here is carried out. */
public final class DigestRules {

    /** So many editions of a longer range count: the newest ones. */
    public static final int MOST_EDITIONS = FirstLetter.MOST_EDITIONS;

    /** A digest composed at an odd hour is worth delivering at least so long. */
    static final Duration SHORTEST_LIFE = Duration.ofHours(6);

    private static final Turn LEAVE_ALONE = new Turn.LeaveAlone();

    private DigestRules() {}

    /** The turn of a reader who is due: one digest of everything that closed since the last one, once on each date. */
    public static Turn scheduled(ReaderStanding reader, ClosedEditions editions, Instant now) {
        return switch (reader.wish(now)) {
            case NO_LETTERS -> new Turn.WaitUntil(null, null);
            case PAUSE -> new Turn.WaitUntil(reader.dueAfter(reader.lastDate(), now), null);
            case LETTERS ->
                reader.served(reader.localDate(now))
                        ? new Turn.WaitUntil(reader.dueAfter(reader.lastDate(), now), null)
                        : beingSent(reader) ? LEAVE_ALONE : onTheirDate(replacing(reader, now), editions, now);
        };
    }

    private static Turn onTheirDate(ReaderStanding reader, ClosedEditions editions, Instant now) {
        LocalDate today = reader.localDate(now);
        LocalDate from = reader.covered();
        return editions.newest()
                .filter(to -> to.isAfter(from))
                .<Turn>map(to -> new Turn.Compose(DigestKind.SCHEDULED, from, to, true, today))
                .orElseGet(() -> new Turn.WaitUntil(reader.dueAfter(today, now), today));
    }

    /**
     * The turn of a reader where the operator has one edition composed, whatever the clock.
     *
     * @param inDigest whether a digest of theirs covers the edition
     */
    public static Turn byHand(
            ReaderStanding reader, LocalDate edition, boolean inDigest, ClosedEditions editions, Instant now) {
        if (reader.wish(now) != Wish.LETTERS || inDigest) {
            return LEAVE_ALONE;
        }
        // What waits may still expire and give its range back, so nothing moves past it.
        boolean advances = reader.waiting() == null && editions.isNext(edition, reader.covered());
        return new Turn.Compose(DigestKind.MANUAL, edition.minusDays(1), edition, advances, null);
    }

    /**
     * The turn of somebody who has just confirmed, and has now covered all that has closed.
     *
     * @param edition the newest one that has something for them
     * @param inDigest whether a digest of theirs covers it
     */
    public static Turn welcome(ReaderStanding reader, LocalDate edition, boolean inDigest, Instant now) {
        if (inDigest || beingSent(reader)) {
            return LEAVE_ALONE;
        }
        LocalDate to = replacing(reader, now).covered();
        return new Turn.Compose(DigestKind.WELCOME, edition.minusDays(1), to, true, reader.localDate(now));
    }

    /**
     * The turn of a digest that expired and is to be sent after all: it takes its range again where nobody else has.
     *
     * @param inDigest whether another digest of the reader's covers the edition
     */
    public static Turn again(ReaderStanding reader, DigestRange digest, boolean inDigest, ClosedEditions editions) {
        boolean manual = digest.kind() == DigestKind.MANUAL;
        boolean next = manual
                ? editions.isNext(digest.to(), reader.covered())
                : digest.from().equals(reader.covered());
        return next || manual && !inDigest
                ? new Turn.Compose(digest.kind(), digest.from(), digest.to(), next, null)
                : LEAVE_ALONE;
    }

    /** Whether the reader's digest that still waits is expired before the turn is carried out. */
    public static boolean replacesWaiting(ReaderStanding reader, Turn turn) {
        return reader.waiting() != null && turn.date() != null;
    }

    private static boolean beingSent(ReaderStanding reader) {
        return reader.waiting() != null && reader.waiting().leased();
    }

    /** Where the reader stands once the digest that waits is expired. */
    private static ReaderStanding replacing(ReaderStanding reader, Instant now) {
        WaitingDigest waiting = reader.waiting();
        return waiting == null || waiting.perhapsSent()
                ? reader.withoutWaiting()
                : givenBack(reader.withoutWaiting(), waiting.range(), now);
    }

    /** Where the reader stands once the turn is carried out. */
    public static ReaderStanding after(ReaderStanding reader, Turn turn, Instant now) {
        return switch (turn) {
            case Turn.LeaveAlone() -> reader;
            case Turn.WaitUntil wait ->
                reader.with(reader.covered(), later(wait.date(), reader.lastDate()), wait.until());
            case Turn.Compose compose -> {
                LocalDate covered = compose.advances() ? compose.to() : reader.covered();
                @Nullable LocalDate served = later(compose.date(), reader.lastDate());
                yield reader.with(
                        covered, served, compose.date() == null ? reader.nextDue() : reader.dueAfter(served, now));
            }
        };
    }

    private static @Nullable LocalDate later(@Nullable LocalDate one, @Nullable LocalDate other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
    }

    /**
     * Where the reader stands once a digest of theirs was not delivered in time, or no longer wanted: its range is free
     * for the next one. Where they have left or paused its date is free too: who returns the same day has had no letter.
     */
    public static ReaderStanding givenBack(ReaderStanding reader, DigestRange digest, Instant now) {
        ReaderStanding back = digest.to().equals(reader.covered()) ? reader.covering(digest.from()) : reader;
        return reader.wish(now) != Wish.LETTERS && digest.localDate().equals(reader.lastDate())
                ? back.with(back.covered(), digest.localDate().minusDays(1), null)
                        .dueAnew(now)
                : back;
    }

    /**
     * Where a reader stands whom a clock that was ahead has carried into days to come, once it is right.
     *
     * @param newestClosed the newest edition that has closed
     */
    public static ReaderStanding broughtBack(ReaderStanding reader, LocalDate newestClosed, Instant now) {
        LocalDate covered = reader.covered().isAfter(newestClosed) ? newestClosed : reader.covered();
        boolean ahead = reader.lastDate() != null && reader.lastDate().isAfter(reader.localDate(now));
        return reader.with(covered, ahead ? null : reader.lastDate(), null).dueAnew(now);
    }

    /**
     * When a digest that is queued now is no longer worth delivering.
     *
     * @param reader as they stand after its turn
     */
    public static Instant expiry(ReaderStanding reader, DigestKind kind, Instant now) {
        return kind == DigestKind.SCHEDULED ? untilTheNext(reader, now) : expiryAtAnOddHour(reader, now);
    }

    /** The same of one that is queued at an hour that its reader did not choose, such as one that is sent again. */
    public static Instant expiryAtAnOddHour(ReaderStanding reader, Instant now) {
        Instant earliest = now.plus(SHORTEST_LIFE);
        Instant next = untilTheNext(reader, now);
        return next.isAfter(earliest) ? next : earliest;
    }

    private static Instant untilTheNext(ReaderStanding reader, Instant now) {
        Instant nextDue = reader.nextDue() == null ? now.plus(SHORTEST_LIFE) : reader.nextDue();
        return DigestCalendar.expiry(reader.preferences(), nextDue, now);
    }
}
