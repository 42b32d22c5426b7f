package org.dailypapers.source.arxiv;

import java.util.Optional;

/** Where the source notes up to where it was read. */
public interface Bookmark {

    /** What was noted last. */
    Optional<String> read();

    /** Notes it, in place of what was noted before. */
    void write(String note);
}
