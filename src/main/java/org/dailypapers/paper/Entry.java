package org.dailypapers.paper;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Why a paper is in an edition. */
@Entity
public class Entry {

    /** The editions after a paper's first one in which an entry still counts for letters. */
    public static final int FRESH_EDITIONS = 14;

    /** The reasons that there are. */
    public enum Reason {
        /** A source listed it on that date. */
        LISTED,
        /** It gained many votes since the closing before. */
        RISING
    }

    @Id
    @GeneratedValue(generator = "entry_seq")
    @SequenceGenerator(name = "entry_seq", sequenceName = "entry_seq", allocationSize = 50)
    public Long id;

    @Column(nullable = false)
    public LocalDate edition;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "paper_id")
    public Paper paper;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    public Reason reason;

    /** The name of the source that listed it; empty where it is rising. */
    @Column(nullable = false)
    public String source;

    /** Votes gained since the closing before, where it is rising. */
    public @Nullable Integer gained;

    /** The trending score; there is one from the closing on. */
    public @Nullable Double score;

    /** What votes gave to the score; null where they were unknown, as the following. */
    @Column(name = "from_votes")
    public @Nullable Double fromVotes;

    @Column(name = "from_comments")
    public @Nullable Double fromComments;

    @Column(name = "from_stars")
    public @Nullable Double fromStars;

    @Column(name = "from_growth")
    public @Nullable Double fromGrowth;

    /** Its place in the edition by score, from 1; there is one from the closing on. */
    @Column(name = "rank")
    public @Nullable Integer rank;

    /** Put at the head of its edition by the operator. */
    @Column(nullable = false)
    public boolean pinned;

    /** Keeps a score, as at closing. */
    public void keep(TrendingScore found) {
        score = found.factor();
        fromVotes = found.votes();
        fromComments = found.comments();
        fromStars = found.stars();
        fromGrowth = found.growth();
    }

    /** The parts of the score that was kept. */
    public TrendingScore parts() {
        return new TrendingScore(fromVotes, fromComments, fromStars, fromGrowth);
    }

    /** Whether letters may still hold the paper: its first entry is less than fourteen editions old. */
    public boolean fresh() {
        return edition.isBefore(paper.firstEdition.plusDays(FRESH_EDITIONS));
    }
}
