package org.dailypapers.paper.note;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import org.dailypapers.paper.Editions;
import org.jspecify.annotations.Nullable;

/** The notes to editions; in templates {@code inject:notes}. */
@ApplicationScoped
@Named("notes")
public class EditionNotes {

    /** The longest, in characters of Markdown. */
    public static final int LONGEST = 4000;

    private final EntityManager database;
    private final Editions editions;
    private final Clock clock;

    EditionNotes(EntityManager database, Editions editions, Clock clock) {
        this.database = database;
        this.editions = editions;
        this.clock = clock;
    }

    /** The note that an edition has now, in Markdown; empty where it has none. */
    @Transactional
    public String markdown(LocalDate edition) {
        return database.createQuery(
                        "from EditionNote n where n.edition = :edition order by n.id desc", EditionNote.class)
                .setParameter("edition", edition)
                .setMaxResults(1)
                .getResultStream()
                .map(note -> note.text)
                .findFirst()
                .orElse("");
    }

    /** The same for a page that has the date as text. */
    public @Nullable NoteText on(String edition) {
        return Optional.of(markdown(LocalDate.parse(edition)))
                .filter(text -> !text.isBlank())
                .map(NoteText::of)
                .orElse(null);
    }

    /** Writes one in the place of the last; letters that were composed before keep theirs. */
    @Transactional
    public void write(LocalDate edition, String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("A note has at most " + LONGEST + " characters.");
        }
        var note = new EditionNote();
        note.edition = edition;
        note.at = clock.instant();
        note.text = text.strip();
        database.persist(note);
        editions.find(edition).ifPresent(editions::touch);
    }
}
