package org.dailypapers.site;

import java.time.ZoneOffset;
import java.util.List;
import org.dailypapers.digest.letter.Excerpt;
import org.dailypapers.digest.letter.Part;
import org.dailypapers.matching.index.Met;
import org.dailypapers.paper.Dates;
import org.dailypapers.paper.Paper;

/**
 * A paper as lists show it.
 *
 * @param page its page here
 * @param authors some names and how many more; null where nothing is known
 * @param date when it was published; null where unknown
 * @param votes null where unknown
 * @param comments null where unknown
 * @param teaser some lines of the abstract, marked where they met what was searched for
 * @param titleParts the title likewise
 * @param gained votes since the closing before, where it is rising, else 0
 */
public record PaperCard(
        String page,
        String title,
        String authors,
        String organization,
        String date,
        Integer votes,
        Integer comments,
        int gained,
        List<Part> teaser,
        List<Part> titleParts,
        boolean withdrawn) {

    private static final int NAMES = 5;
    private static final int TEASER = 280;

    static PaperCard of(Paper paper, int gained) {
        return of(paper, gained, List.of());
    }

    /** The same, marked where it met what was searched for. */
    static PaperCard of(Paper paper, int gained, List<Met.Span> met) {
        return new PaperCard(
                paper.path(),
                paper.title,
                paper.byline(NAMES),
                paper.organization,
                paper.published == null ? null : Dates.SHORT.format(paper.published.atOffset(ZoneOffset.UTC)),
                paper.votes,
                paper.comments,
                gained,
                Excerpt.of(paper, TEASER, List.of(in(Met.Where.SUMMARY, met))),
                Part.of(paper.title, in(Met.Where.TITLE, met)),
                paper.withdrawn);
    }

    private static List<Met.Span> in(Met.Where where, List<Met.Span> spans) {
        return spans.stream().filter(span -> span.where() == where).toList();
    }
}
