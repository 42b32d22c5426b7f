package org.dailypapers.matching.name;

import java.util.HashMap;
import java.util.Map;
import org.dailypapers.paper.Paper;

/**
 * How many authors of each paper are indexed where all papers are: the first {@value #OF_EACH} of every paper, and of
 * those who have more all of them as long as there is room.
 */
public final class IndexedAuthors {

    static final int OF_EACH = 100;

    private final long room;
    private final Map<Long, Integer> more = new HashMap<>();
    private long taken;

    /** @param room for so many authors beyond the first {@value #OF_EACH} of papers */
    public IndexedAuthors(long room) {
        this.room = room;
    }

    /** How many of the paper's authors are to be indexed now. */
    public int of(Paper paper) {
        int beyond = paper.authors.size() - OF_EACH;
        Integer before = more.remove(paper.id);
        taken -= before == null ? 0 : before;
        if (beyond <= 0) {
            return paper.authors.size();
        }
        if (taken + beyond > room) {
            return OF_EACH;
        }
        more.put(paper.id, beyond);
        taken += beyond;
        return paper.authors.size();
    }
}
