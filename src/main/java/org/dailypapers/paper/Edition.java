package org.dailypapers.paper;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A day's papers: a local date of the instance, open to arrivals until it closes. */
@Entity
public class Edition {

    @Id
    public LocalDate date;

    /** When it closed, unless it is open. */
    @Column(name = "closed_at")
    public @Nullable Instant closedAt;

    /** Whether it was filled with the past rather than lived through; scheduled digests pass it over. */
    @Column(nullable = false)
    public boolean history;

    /** Whether the operator holds it: then it does not close by itself, nor do those after it. */
    @Column(nullable = false)
    public boolean held;

    /** The number of the last change of its standing or its ranks, see {@link Revisions}. */
    @Column(nullable = false)
    public long revision;

    public boolean closed() {
        return closedAt != null;
    }
}
