package org.dailypapers.paper;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** What a field of a paper was before a source changed it. */
@Entity
@Table(name = "paper_change")
public class PaperChange {

    private static final int LONGEST = 2_000;

    @Id
    @GeneratedValue(generator = "paper_change_seq")
    @SequenceGenerator(name = "paper_change_seq", sequenceName = "paper_change_seq", allocationSize = 50)
    public Long id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "paper_id")
    public Paper paper;

    @Column(nullable = false)
    public Instant at;

    /** The source that changed it. */
    @Column(nullable = false)
    public String source;

    @Column(nullable = false)
    public String field;

    /** The value before, or its beginning. */
    @Column(nullable = false)
    public String was;

    /** A change in the making: {@link Papers#note} says when it was. */
    public static PaperChange of(Paper paper, String source, String field, String was) {
        var change = new PaperChange();
        change.paper = paper;
        change.source = source;
        change.field = field;
        change.was = Titles.cut(was, LONGEST);
        return change;
    }
}
