package org.dailypapers.paper;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/** The whole catalogue in parts of a bounded size, for who lists its pages; the bundled sample and what is hidden are in none. */
@ApplicationScoped
@Transactional
public class Listing {

    /** The papers of a part at most: those with so many ids in a row. */
    public static final int PART = 10_000;

    private final EntityManager database;

    Listing(EntityManager database) {
        this.database = database;
    }

    /** A paper's page: its path, and when the paper changed last. */
    public record Page(String path, Instant changed) {}

    /** The numbers of the parts that hold papers. */
    public List<Long> parts() {
        return database.createNativeQuery(
                        "select distinct p.id / %d as part from paper p where p.origin <> :sample and p.hidden = false order by part"
                                .formatted(PART),
                        Long.class)
                .setParameter("sample", Paper.SAMPLE)
                .getResultList();
    }

    /** The papers of that part, in the order of their rows. */
    public List<Page> of(long part) {
        return database.createQuery("""
                                select p.publicId, p.changedAt
                                from Paper p where p.id >= :from and p.id < :to and p.origin <> :sample and p.hidden = false
                                order by p.id""", Object[].class)
                .setParameter("from", part * PART)
                .setParameter("to", (part + 1) * PART)
                .setParameter("sample", Paper.SAMPLE)
                .getResultStream()
                .map(row -> new Page(Paper.path((String) row[0]), (Instant) row[1]))
                .toList();
    }
}
