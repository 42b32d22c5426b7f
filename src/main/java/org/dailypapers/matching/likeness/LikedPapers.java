package org.dailypapers.matching.likeness;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The papers that interests may name, and what likeness is measured with. */
public interface LikedPapers {

    /** None at all: nothing is like anything. */
    LikedPapers NONE = new LikedPapers() {
        @Override
        public TermVectors vectors() {
            return TermVectors.NONE;
        }

        @Override
        public Optional<LikedPaper> find(String id, long revision) {
            return Optional.empty();
        }
    };

    /** What was learned from the catalogue last. */
    TermVectors vectors();

    /**
     * The paper of that identity, in any form that a paper's page is asked for, unless it is hidden.
     *
     * @param revision the change of the catalogue since which it is to be known
     */
    Optional<LikedPaper> find(String id, long revision);

    /** Waits until something was learned, or learning was given up; whether anything was. */
    default boolean await() {
        return true;
    }

    /** Reads those of the papers that are not known since that change in one go, by their public ids. */
    default void read(Connection connection, Collection<String> ids, long revision) throws SQLException {}

    /** Those papers of the catalogue that resemble the one of that identity, the nearest first. */
    default List<Near> near(String id, int most) {
        return List.of();
    }

    /** The words of a paper that an interest names. */
    record LikedPaper(String publicId, long revision, TermVectors.Text text) {}

    /** A paper, by its id, and the cosine of its angle with what was asked. */
    record Near(long paper, float cosine) {}
}
