package org.dailypapers.matching.search;

import java.util.List;
import org.dailypapers.paper.Paper;
import org.jspecify.annotations.Nullable;

/**
 * A page of what a search found.
 *
 * @param total papers found in all
 * @param papers of this page, in the order that was asked for
 * @param fault why the query could not be read, where it could not
 */
public record SearchResult(
        long total, List<Paper> papers, @Nullable String fault) {
    public SearchResult {
        papers = List.copyOf(papers);
    }
}
