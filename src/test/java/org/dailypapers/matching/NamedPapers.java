package org.dailypapers.matching;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dailypapers.matching.likeness.LikedPapers;
import org.dailypapers.matching.likeness.TermVectors;
import org.dailypapers.paper.Entry;
import org.dailypapers.paper.Paper;

/** Papers that lines of a test may name, by their public ids, and what is learned from them. */
public final class NamedPapers implements LikedPapers {

    private final Map<String, LikedPaper> papers = new HashMap<>();
    private final TermVectors vectors;

    private NamedPapers(List<Paper> papers) {
        papers.forEach(p -> this.papers.put(p.publicId, new LikedPaper(p.publicId, 0, TermVectors.Text.of(p))));
        vectors = TermVectors.learnedFrom(
                papers.stream().map(TermVectors.Text::of).toList());
    }

    /** The papers of those entries. */
    public static NamedPapers of(List<Entry> entries) {
        return new NamedPapers(entries.stream().map(e -> e.paper).distinct().toList());
    }

    @Override
    public TermVectors vectors() {
        return vectors;
    }

    @Override
    public Optional<LikedPaper> find(String id, long revision) {
        return Optional.ofNullable(papers.get(id));
    }
}
