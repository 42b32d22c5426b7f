package org.dailypapers.site;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotFoundException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.matching.index.PaperSearch;
import org.dailypapers.matching.index.SearchResult;
import org.dailypapers.paper.Topic;

/** Pages of papers that a search or a topic found. */
@ApplicationScoped
class PaperLists {

    /** The papers of a page. */
    private static final int PAGE = 20;

    private static final int MOST_PAGES = 50;

    private final PaperSearch search;

    PaperLists(PaperSearch search) {
        this.search = search;
    }

    /**
     * What a search or a topic found.
     *
     * @param feed the parameters that ask a feed for the same; null where there is none
     */
    public record ListView(
            String heading,
            String about,
            String query,
            String fault,
            long total,
            List<PaperCard> papers,
            PageOf page,
            String feed) {}

    @CheckedTemplate(basePath = "page")
    static class Templates {
        static native TemplateInstance list(ListView view);

        private Templates() {}
    }

    TemplateInstance search(String query, String page) {
        int number = PageOf.number(page, MOST_PAGES);
        if (query.isBlank()) {
            return Templates.list(
                    new ListView("Search", null, "", null, 0, List.of(), new PageOf(1, 1, null, null), null));
        }
        SearchResult found = search.search(query, number - 1, PAGE);
        String asked = "?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
        List<String> notes = InterestParser.notes(query);
        String told = notes.isEmpty() ? null : "The search " + String.join("; it ", notes) + ".";
        return Templates.list(list("Search", told, query, found, number, "/papers" + asked + "&page=", asked));
    }

    /** The newest papers of a topic. */
    TemplateInstance topic(Topic topic, String page) {
        int number = PageOf.number(page, MOST_PAGES);
        SearchResult found = search.newest(Interest.topicLine(topic.slug()), number - 1, PAGE);
        return Templates.list(list(
                topic.name(),
                topic.about(),
                null,
                found,
                number,
                "/topics/" + topic.slug() + "?page=",
                "?topic=" + topic.slug()));
    }

    private static ListView list(
            String heading, String about, String query, SearchResult found, int number, String address, String feed) {
        int pages = (int) Math.clamp(Math.ceilDiv(found.total(), PAGE), 1, MOST_PAGES);
        if (number > pages) {
            throw new NotFoundException();
        }
        return new ListView(
                heading,
                about,
                query,
                found.fault(),
                found.total(),
                found.papers().stream().map(p -> PaperCard.of(p, 0)).toList(),
                PageOf.of(number, pages, address),
                found.fault() == null ? feed : null);
    }
}
