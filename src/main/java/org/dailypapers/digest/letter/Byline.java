package org.dailypapers.digest.letter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.dailypapers.language.LetterMessages;
import org.dailypapers.matching.index.Met;
import org.dailypapers.paper.Paper;

/** A paper's first authors and those who met the reader's interest, and how many more there are. */
final class Byline {

    /** The most who are named because they met. */
    private static final int MOST_MET = 3;

    private Byline() {}

    /**
     * In pieces; none where nothing is known.
     *
     * @param names how many of the first are named
     * @param met spans of the authors' names
     */
    static List<Part> of(Paper paper, int names, List<Met.Span> met, LetterMessages words) {
        int all = Math.max(paper.authorCount, paper.authors.size());
        int first = Math.min(paper.authors.size(), all == names + 1 ? all : names);
        var named = new TreeMap<Integer, List<Met.Span>>();
        for (int i = 0; i < first; i++) {
            named.put(i, List.of());
        }
        int most = first + MOST_MET;
        for (Met.Span span : met) {
            if (span.value() < paper.authors.size() && (named.containsKey(span.value()) || named.size() < most)) {
                named.merge(span.value(), List.of(span), Byline::both);
            }
        }
        if (named.isEmpty()) {
            return all == 0 ? List.of() : Part.plain(words.authors(all));
        }
        var parts = new ArrayList<Part>();
        int before = -1;
        for (var name : named.entrySet()) {
            if (before >= 0) {
                parts.add(new Part(name.getKey() == before + 1 ? ", " : " … ", false));
            }
            parts.addAll(Part.of(paper.authors.get(name.getKey()), name.getValue()));
            before = name.getKey();
        }
        if (all > named.size()) {
            parts.add(new Part(" " + words.moreAuthors(all - named.size()), false));
        }
        return Collections.unmodifiableList(parts);
    }

    private static List<Met.Span> both(List<Met.Span> some, List<Met.Span> others) {
        var both = new ArrayList<>(some);
        both.addAll(others);
        return both;
    }
}
