package org.dailypapers.site;

import java.time.ZoneOffset;
import java.util.List;
import org.dailypapers.digest.letter.Excerpt;
import org.dailypapers.digest.letter.Part;
import org.dailypapers.language.Language;
import org.dailypapers.matching.index.Met;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.PaperId;
import org.jspecify.annotations.Nullable;

/**
 * A paper as lists show it.
 *
 * @param page its page here
 * @param authors some names and how many more; null where nothing is known
 * @param organization with the page of its papers; null where it is not known
 * @param date when it was published; null where unknown
 * @param votes null where unknown
 * @param comments null where unknown
 * @param discussion where it is voted on and talked about; null where that is nowhere or unknown
 * @param code the address of its code; null where unknown
 * @param stars of that; null where unknown
 * @param teaser some lines of the abstract, marked where they met what was searched for
 * @param lengthy whether these are more than two lines
 * @param titleParts the title likewise
 * @param gained votes since the closing before, where it is rising, else 0
 * @param picture the address of its thumbnail; null where it has none
 * @param score how it came to its rank in the edition that is shown; null where none is
 */
public record PaperCard(
        String page,
        String title,
        @Nullable String authors,
        FieldPages.@Nullable Named organization,
        @Nullable String date,
        @Nullable Integer votes,
        @Nullable Integer comments,
        @Nullable String discussion,
        @Nullable String code,
        @Nullable Integer stars,
        int gained,
        List<Part> teaser,
        boolean lengthy,
        List<Part> titleParts,
        boolean withdrawn,
        @Nullable String picture,
        @Nullable ScoreChart score) {

    private static final int NAMES = 5;
    /** Around what met a search. */
    private static final int TEASER = 280;
    /** Where two lines are shown, and the rest when it is asked for. */
    private static final int ABSTRACT = 900;

    private static final int TWO_LINES = 170;

    static PaperCard of(Language language, Paper paper, int gained) {
        return of(language, paper, gained, ABSTRACT, List.of(), null);
    }

    /** The same with its place in an edition. */
    static PaperCard ranked(Language language, Paper paper, int gained, @Nullable ScoreChart score) {
        return of(language, paper, gained, ABSTRACT, List.of(), score);
    }

    /** The same, marked where it met what was searched for. */
    static PaperCard found(Language language, Paper paper, List<Met.Span> met) {
        return of(language, paper, 0, TEASER, met, null);
    }

    private static PaperCard of(
            Language language, Paper paper, int gained, int length, List<Met.Span> met, @Nullable ScoreChart score) {
        List<Part> teaser = Excerpt.of(paper, length, List.of(in(Met.Where.SUMMARY, met)));
        return new PaperCard(
                paper.path(),
                paper.title,
                byline(language, paper),
                paper.organization == null ? null : FieldPages.organization(paper.organization),
                paper.published == null
                        ? null
                        : language.shortDate(
                                paper.published.atOffset(ZoneOffset.UTC).toLocalDate()),
                paper.votes,
                paper.comments,
                discussion(paper),
                paper.code,
                paper.stars,
                gained,
                teaser,
                teaser.stream().mapToInt(part -> part.text().length()).sum() > TWO_LINES,
                Part.of(paper.title, in(Met.Where.TITLE, met)),
                paper.withdrawn,
                ThumbnailPages.address(paper),
                score);
    }

    /** Some names and how many more; null where nothing is known. */
    static @Nullable String byline(Language language, Paper paper) {
        int all = Math.max(paper.authorCount, paper.authors.size());
        if (paper.authors.isEmpty()) {
            return all == 0 ? null : language.page().authorsCounted(all);
        }
        int shown = Math.min(paper.authors.size(), all == NAMES + 1 ? all : NAMES);
        String names = String.join(", ", paper.authors.subList(0, shown));
        return all > shown ? language.page().namesAndMore(names, all - shown, language.number(all - shown)) : names;
    }

    /** Hugging Face has a page for each arXiv id whose votes it counts. */
    static @Nullable String discussion(Paper paper) {
        return paper.broughtBy("votes").equals("huggingface") && new PaperId(paper.publicId).isArxiv()
                ? "https://huggingface.co" + paper.path()
                : null;
    }

    private static List<Met.Span> in(Met.Where where, List<Met.Span> spans) {
        return spans.stream().filter(span -> span.where() == where).toList();
    }
}
