package org.dailypapers.digest;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.dailypapers.digest.rules.ReaderStanding;
import org.dailypapers.digest.rules.WaitingDigest;
import org.dailypapers.paper.Entry;
import org.dailypapers.subscriber.Subscriber;
import org.jspecify.annotations.Nullable;

/** Where a subscriber stands in the stream of editions. */
@Entity
public class Reader {

    @Id
    @Column(name = "subscriber_id")
    public Long subscriberId;

    /** The last edition that a digest took into account. */
    @Column(nullable = false)
    public LocalDate covered;

    /** The reader's local date that has had its digest; none before the first. */
    @Column(name = "last_date")
    public @Nullable LocalDate lastDate;

    /** When the next digest is due, while one is wanted. */
    @Column(name = "next_due")
    public @Nullable Instant nextDue;

    /** See {@link Seen}. */
    @Column(nullable = false)
    public String seen = "";

    /** Their newest digest, the only one that can still wait in the outbox but for a refused one that was queued again; none before the first. */
    @Column(name = "last_digest")
    public @Nullable Long lastDigest;

    /** @param waiting the newest digest while it waits to be sent */
    ReaderStanding standing(Subscriber subscriber, @Nullable WaitingDigest waiting) {
        return new ReaderStanding(
                subscriber.consent,
                subscriber.pauseUntil,
                subscriber.preferences(),
                covered,
                lastDate,
                nextDue,
                waiting);
    }

    /** Stands so from now on. */
    void stand(ReaderStanding standing) {
        covered = standing.covered();
        lastDate = standing.lastDate();
        nextDue = standing.nextDue();
    }

    /** Remembers the papers of a digest that ends with that edition, and forgets what can no longer come up. */
    void remember(List<Chosen> chosen, LocalDate to) {
        // A range that a clock made that was ahead may end months after the last edition that the papers can be from.
        LocalDate last = LocalDate.ofEpochDay(
                        chosen.stream().mapToLong(Chosen::first).max().orElseThrow())
                .plusDays(Entry.FRESH_EDITIONS);
        seen = Seen.read(seen).add(chosen).forget(last.isBefore(to) ? last : to).write();
    }
}
