package org.dailypapers.site.feed;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dailypapers.digest.letter.DigestView;
import org.dailypapers.language.Language;
import org.dailypapers.paper.Paper;
import org.dailypapers.token.Links;
import org.jspecify.annotations.Nullable;

/**
 * A paper in a feed.
 *
 * @param page its page here, by which readers also know it again
 * @param elsewhere where to read it; null where nothing is known
 * @param updated when it came here; its votes change nothing, or readers would show it as new each day
 * @param html why it is here, where that is known, and its abstract
 */
record FeedItem(
        URI page,
        @Nullable URI elsewhere,
        String title,
        List<String> authors,
        Instant published,
        Instant updated,
        String html,
        List<String> tags) {

    FeedItem {
        authors = List.copyOf(authors);
        tags = List.copyOf(tags);
    }

    /** A paper of the catalogue. */
    static FeedItem of(Paper paper, Links links) {
        Instant listed = paper.firstEdition.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant published = paper.published == null ? listed : paper.published;
        return of(paper, links, published.isAfter(listed) ? published : listed, "");
    }

    /**
     * A paper of somebody's letter.
     *
     * @param sent when the letter was composed
     */
    static FeedItem of(Paper paper, Links links, Instant sent, List<DigestView.Reason> reasons, Language language) {
        return of(paper, links, sent, html(reasons, language));
    }

    private static FeedItem of(Paper paper, Links links, Instant updated, String why) {
        return new FeedItem(
                links.page(paper.path()),
                paper.link(),
                paper.title,
                paper.authors,
                paper.published == null
                        ? paper.firstEdition.atStartOfDay(ZoneOffset.UTC).toInstant()
                        : paper.published,
                updated,
                why + html(paper),
                Stream.concat(paper.categories.stream(), paper.keywords.stream())
                        .distinct()
                        .toList());
    }

    private static String html(List<DigestView.Reason> reasons, Language language) {
        String opening = language.english()
                ? "<p>"
                : "<p lang=\"" + language.htmlTag() + "\" dir=\"" + language.direction() + "\">";
        var html = new StringBuilder();
        for (DigestView.Reason reason : reasons) {
            String words = reason.words();
            html.append(opening)
                    .append("<strong>")
                    .append(escaped(reason.why()))
                    .append("</strong>")
                    .append(words == null ? "" : language.letter().colon() + " " + escaped(words))
                    .append("</p>");
        }
        return html.toString();
    }

    private static String html(Paper paper) {
        var paragraphs = new ArrayList<String>();
        if (paper.withdrawn) {
            paragraphs.add("<strong>This paper has been withdrawn.</strong>");
        }
        if (!paper.summary.isEmpty()) {
            paragraphs.add(escaped(paper.summary));
        }
        var html = new StringBuilder();
        paragraphs.forEach(p -> html.append("<p>").append(p).append("</p>"));
        return html.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** About how many characters it takes. */
    int size() {
        return title.length()
                + html.length()
                + authors.stream().mapToInt(String::length).sum();
    }
}
