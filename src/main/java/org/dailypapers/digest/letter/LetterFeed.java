package org.dailypapers.digest.letter;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** The address at which a reader's letters are a feed. */
@Entity
@Table(name = "letter_feed")
class LetterFeed {

    @Id
    @GeneratedValue(generator = "letter_feed_seq")
    @SequenceGenerator(name = "letter_feed_seq", sequenceName = "letter_feed_seq", allocationSize = 50)
    Long id;

    @Column(name = "subscriber_id", nullable = false)
    Long subscriberId;

    /** To the second, as its token says it too: in a database that was restored an id may be given twice. */
    @Column(name = "made_at", nullable = false)
    Instant madeAt;
}
