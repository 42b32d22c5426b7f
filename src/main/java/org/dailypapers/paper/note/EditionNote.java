package org.dailypapers.paper.note;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A note to an edition, as it was from some moment on; an empty one takes the earlier away. */
@Entity
@Table(name = "edition_note")
public class EditionNote {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public @Nullable Long id;

    @Column(nullable = false)
    @SuppressWarnings("NullAway.Init")
    public LocalDate edition;

    @Column(nullable = false)
    @SuppressWarnings("NullAway.Init")
    public Instant at;

    /** In Markdown. */
    @Column(nullable = false)
    @SuppressWarnings("NullAway.Init")
    public String text;
}
