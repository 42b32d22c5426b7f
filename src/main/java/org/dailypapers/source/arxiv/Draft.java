package org.dailypapers.source.arxiv;

import java.time.Instant;
import java.time.LocalDate;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.PaperRecord.Announced;

/**
 * A record of arXiv's before it is decided in which edition it is listed and as what.
 *
 * @param listed the date that it bears; null where it bears none
 * @param published null where unknown
 */
public record Draft(PaperRecord.Builder rest, PaperId id, LocalDate listed, Instant published, Announced announced) {

    /** The same, listed in that edition. */
    public Draft listedOn(LocalDate edition) {
        return new Draft(rest, id, edition, published, announced);
    }

    /** The same, announced so. */
    Draft announcedAs(Announced other) {
        return new Draft(rest, id, listed, published, other);
    }

    /**
     * The record.
     *
     * @throws IllegalArgumentException as {@link PaperRecord.Builder#build} does
     */
    public PaperRecord paper() {
        return rest.id(id)
                .listed(listed)
                .published(published)
                .announced(announced)
                .build();
    }
}
