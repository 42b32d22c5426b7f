package org.dailypapers.site;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dailypapers.paper.Dates;
import org.dailypapers.paper.Entries;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.PaperId;
import org.dailypapers.paper.Papers;
import org.dailypapers.paper.Topic;
import org.dailypapers.paper.Topics;
import org.dailypapers.site.citation.BibTex;
import org.dailypapers.site.citation.MetaTags;
import org.dailypapers.token.Links;
import org.dailypapers.web.Html;

/** One paper, and the topics. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class PaperPages {

    private static final String BIB = ".bib";

    /** What is shown of an abstract where the page is shared. */
    private static final int ABOUT = 280;

    private static final int MOST_CHANGES = 20;

    private final Papers papers;
    private final Topics topics;
    private final PaperLists lists;
    private final Links links;
    private final Entries entries;

    PaperPages(Papers papers, Topics topics, PaperLists lists, Links links, Entries entries) {
        this.papers = papers;
        this.entries = entries;
        this.topics = topics;
        this.lists = lists;
        this.links = links;
    }

    /**
     * One paper.
     *
     * @param tags what reference managers read
     * @param address of the page itself, for who shares it
     * @param about the beginning of the abstract, likewise
     */
    public record PaperView(
            PaperCard card,
            String id,
            String summary,
            List<String> authors,
            int unnamed,
            List<String> categories,
            List<String> keywords,
            String read,
            String readName,
            String code,
            Integer stars,
            String project,
            String doi,
            String note,
            String edition,
            String editionPage,
            List<MetaTags.Tag> tags,
            URI address,
            String about,
            ScoreChart score,
            List<String> changes) {}

    @CheckedTemplate(basePath = "page")
    static class Templates {
        static native TemplateInstance paper(PaperView view);

        static native TemplateInstance topics(Map<String, List<Topic>> groups);

        private Templates() {}
    }

    @GET
    @Path("topics")
    public TemplateInstance topics() {
        return Templates.topics(topics.groups());
    }

    @GET
    @Path("topics/{slug}")
    public TemplateInstance topic(String slug, @QueryParam("page") String page) {
        return lists.topic(topics.find(slug).orElseThrow(NotFoundException::new), page);
    }

    /** One paper as a page; as BibTeX where its id is followed by {@code .bib}. */
    @GET
    @Path("papers/{id:.+}")
    @Produces({MediaType.TEXT_HTML, "application/x-bibtex"})
    public Response paper(String id) {
        return paperOf(id)
                .map(paper -> Html.ok(page(paper)))
                .or(() -> id.endsWith(BIB)
                        ? paperOf(id.substring(0, id.length() - BIB.length())).map(PaperPages::citation)
                        : Optional.empty())
                .orElseThrow(NotFoundException::new);
    }

    private Optional<Paper> paperOf(String id) {
        return PaperId.parse(id).flatMap(papers::find);
    }

    private static Response citation(Paper paper) {
        String name = paper.publicId.replaceAll("[^A-Za-z0-9.-]+", "_") + BIB;
        return Response.ok(BibTex.of(paper))
                .type(BibTex.TYPE)
                .header("Content-Disposition", "inline; filename=\"" + name + "\"")
                .build();
    }

    private TemplateInstance page(Paper paper) {
        Optional<String> arxiv =
                PaperId.parse(paper.publicId).filter(PaperId::isArxiv).map(PaperId::value);
        return Templates.paper(new PaperView(
                PaperCard.of(paper, 0),
                paper.publicId,
                paper.summary,
                paper.authors,
                Math.max(0, paper.authorCount - paper.authors.size()),
                paper.categories,
                paper.keywords,
                paper.link() == null ? null : paper.link().toString(),
                arxiv.isPresent() ? "arXiv " + arxiv.get() : paper.doi != null ? "doi.org" : "its source",
                paper.code,
                paper.stars,
                paper.project,
                paper.doi,
                paper.note,
                Dates.LONG.format(paper.firstEdition),
                "/papers?date=" + paper.firstEdition,
                MetaTags.of(paper, links),
                links.page(paper.path()),
                paper.excerpt(ABOUT),
                entries.scored(paper)
                        .map(ScoreChart::of)
                        .filter(ScoreChart::tells)
                        .orElse(null),
                papers.changes(paper).stream()
                        .limit(MOST_CHANGES)
                        .map(change -> "%s on %s, by %s"
                                .formatted(
                                        change.field,
                                        Dates.LONG.format(change.at.atOffset(ZoneOffset.UTC)),
                                        change.source))
                        .toList()));
    }
}
