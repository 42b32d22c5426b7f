package org.dailypapers.subscriber.liking;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a reader said of a paper; one row a reader and paper. */
@Entity
public class Liked {

    @Id
    @SequenceGenerator(name = "liked_seq")
    @GeneratedValue(generator = "liked_seq")
    public @Nullable Long id;

    @Column(name = "subscriber_id")
    public long subscriberId;

    /** Its public id in the catalogue, or the one that its title would have there. */
    @Column(nullable = false)
    public String paper = "";

    @Enumerated(EnumType.STRING)
    public @Nullable Leaning leaning;

    public boolean saved;

    /** Whether letters follow it; switched off it is only kept. */
    public boolean active = true;

    /** Whether it came with a library and no press has spoken of it since. */
    public boolean library;

    /** Of a paper that is not in the catalogue; none of one that is. */
    public @Nullable String title;

    /** The abstract of a paper that is not in the catalogue, where it is known. */
    public @Nullable String text;

    @Column(name = "said_at", nullable = false)
    public Instant saidAt = Instant.EPOCH;

    /** The letter in which it was pressed last; none where that was taken back, or where no letter did it. */
    @Column(name = "digest_id")
    public @Nullable Long digestId;

    /** What it was before that letter's first press; nothing had been said where neither this nor {@link #beforeSaved} is. */
    @Enumerated(EnumType.STRING)
    @Column(name = "before_leaning")
    public @Nullable Leaning beforeLeaning;

    @Column(name = "before_saved")
    public boolean beforeSaved;

    @Column(name = "before_active")
    public boolean beforeActive = true;

    @Column(name = "before_library")
    public boolean beforeLibrary;

    /** Keeps what it is now as what it was before that letter spoke of it; a further press of the same letter keeps that. */
    void pressedIn(long digest) {
        if (digestId != null && digestId == digest) {
            return;
        }
        digestId = digest;
        beforeLeaning = leaning;
        beforeSaved = saved;
        beforeActive = active;
        beforeLibrary = library;
    }

    /** Makes it what it was before the letter that was pressed last; whether anything had been said then. */
    boolean takeBack() {
        digestId = null;
        leaning = beforeLeaning;
        saved = beforeSaved;
        active = beforeActive;
        library = beforeLibrary;
        return leaning != null || saved;
    }
}
