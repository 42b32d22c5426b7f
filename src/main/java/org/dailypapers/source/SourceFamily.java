package org.dailypapers.source;

import java.util.List;

/** Sources of one kind, as many as there are servers or addresses of it; each is a source like any other. */
public interface SourceFamily {

    /** Its members; the same at each call. */
    List<PaperSource> members();

    /** Whether they are asked though {@code DAILY_PAPERS_SOURCES} does not name them, because another setting does. */
    default boolean namedElsewhere() {
        return false;
    }
}
