package org.dailypapers.subscriber.liking;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A line that a press in a letter took out of a reader's interests. */
@Entity
public class Muted {

    @Id
    @SequenceGenerator(name = "muted_seq")
    @GeneratedValue(generator = "muted_seq")
    public @Nullable Long id;

    @Column(name = "subscriber_id")
    public long subscriberId;

    @Column(nullable = false)
    public String line = "";

    /** Where it stood among the interests, from 0. */
    public int place;

    /** The letter in which it was pressed. */
    @Column(name = "digest_id")
    public long digestId;

    @Column(name = "muted_at", nullable = false)
    public Instant mutedAt = Instant.EPOCH;
}
