package org.dailypapers.digest;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.time.LocalDate;

/** Where a subscriber stands in the stream of editions. */
@Entity
public class Reader {

    @Id
    @Column(name = "subscriber_id")
    public Long subscriberId;

    /** The last edition that a digest took into account. */
    @Column(nullable = false)
    public LocalDate covered;

    /** The reader's local date that has had its digest; null before the first. */
    @Column(name = "last_date")
    public LocalDate lastDate;

    /** When the next digest is due; null while none is wanted. */
    @Column(name = "next_due")
    public Instant nextDue;

    /** See {@link Seen}. */
    @Column(nullable = false)
    public String seen = "";

    /** Their newest digest, the only one that can still wait in the outbox but for a refused one that was queued again; null before the first. */
    @Column(name = "last_digest")
    public Long lastDigest;
}
