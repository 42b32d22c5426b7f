package org.dailypapers.site;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
import java.util.Set;
import org.dailypapers.interest.Interest;
import org.dailypapers.language.Language;
import org.dailypapers.language.PageMessages;
import org.dailypapers.matching.index.Highlights;
import org.dailypapers.matching.likeness.LearnedCatalogue;
import org.dailypapers.paper.Entries;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.PaperId;
import org.dailypapers.paper.Papers;
import org.dailypapers.paper.Topic;
import org.dailypapers.paper.Topics;
import org.dailypapers.site.answer.Speech;
import org.dailypapers.site.citation.BibTex;
import org.dailypapers.site.citation.MetaTags;
import org.dailypapers.token.Links;

/** One paper, and the topics. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class PaperPages {

    private static final String BIB = ".bib";

    /** What is shown of an abstract where the page is shared. */
    private static final int ABOUT = 280;

    private static final int MOST_CHANGES = 20;
    private static final int MOST_KEPT = 5_000;
    private static final int MOST_RELATED = 6;

    /** Of the authors that are shown at once. */
    private static final int FIRST_AUTHORS = 8;

    private final Papers papers;
    private final Topics topics;
    private final PaperLists lists;
    private final Links links;
    private final Entries entries;
    private final Highlights highlights;
    private final Speech speech;
    private final LearnedCatalogue likeness;

    /** Each page would ask some seventy topics anew. */
    private final Cache<Version, Set<String>> known =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).executor(Runnable::run).build();

    private record Version(long paper, long revision) {}

    PaperPages(
            Papers papers,
            Topics topics,
            PaperLists lists,
            Links links,
            Entries entries,
            Highlights highlights,
            LearnedCatalogue likeness,
            Speech speech) {
        this.likeness = likeness;
        this.speech = speech;
        this.papers = papers;
        this.highlights = highlights;
        this.entries = entries;
        this.topics = topics;
        this.lists = lists;
        this.links = links;
    }

    /**
     * One paper.
     *
     * @param authors each with the page of their papers, as organisation, categories and keywords have one
     * @param topics those that it belongs to
     * @param pdf its address; null where none is known
     * @param alike the address of a form that asks for letters about what it is about; null where that is not known
     * @param follows the same for its organisation, its topics and its first authors
     * @param tags what reference managers read
     * @param address of the page itself, for who shares it
     * @param about the beginning of the abstract, likewise
     */
    public record PaperView(
            PaperCard card,
            String id,
            String summary,
            List<FieldPages.Named> authors,
            int unnamed,
            List<FieldPages.Named> categories,
            List<FieldPages.Named> keywords,
            List<Topic> topics,
            String read,
            String readName,
            String pdf,
            String alike,
            List<FieldPages.Named> follows,
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
            List<String> changes,
            List<Related> related,
            Language language) {

        /** How many of its authors nobody names. */
        public String unnamedShown() {
            return language.number(unnamed);
        }

        /** How many authors are shown when they are asked for, as a number in the language. */
        public String othersShown() {
            return language.number(others());
        }

        /** Its votes, in words. */
        public String votesCounted() {
            return card.votes() == null
                    ? ""
                    : language.page().votesCounted(card.votes(), language.number(card.votes()));
        }

        /** Its comments, in words. */
        public String commentsCounted() {
            return card.comments() == null
                    ? ""
                    : language.page().commentsCounted(card.comments(), language.number(card.comments()));
        }

        /** How many authors are shown when they are asked for. */
        public int others() {
            return authors.size() - FIRST_AUTHORS + unnamed;
        }
    }

    /** A paper that resembles it. */
    public record Related(String link, String title) {}

    @CheckedTemplate(basePath = "page")
    static class Templates {
        static native TemplateInstance paper(PaperView view);

        static native TemplateInstance topics(Map<String, List<Topic>> groups);

        private Templates() {}
    }

    @GET
    @Path("topics")
    public Response topics() {
        return speech.ok(Templates.topics(topics.groups()));
    }

    @GET
    @Path("topics/{slug}")
    public Response topic(String slug, @QueryParam("page") String page) {
        return speech.ok(lists.topic(speech.language(), topics.find(slug).orElseThrow(NotFoundException::new), page));
    }

    /** One paper as a page; as BibTeX where its id is followed by {@code .bib}. */
    @GET
    @Path("papers/{id:.+}")
    @Produces({MediaType.TEXT_HTML, "application/x-bibtex"})
    public Response paper(String id) {
        return paperOf(id)
                .map(paper -> speech.ok(page(speech.language(), paper)))
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

    private List<Topic> topicsOf(Paper paper) {
        Set<String> met = known.get(
                new Version(paper.id, paper.revision),
                version -> highlights.met(
                        paper,
                        topics.all().stream()
                                .map(topic -> Interest.topicLine(topic.slug()))
                                .toList()));
        return topics.all().stream()
                .filter(topic -> met.contains(Interest.topicLine(topic.slug())))
                .toList();
    }

    private TemplateInstance page(Language language, Paper paper) {
        PageMessages say = language.page();
        List<Topic> subjects = topicsOf(paper);
        Optional<String> arxiv =
                PaperId.parse(paper.publicId).filter(PaperId::isArxiv).map(PaperId::value);
        return Templates.paper(new PaperView(
                PaperCard.of(language, paper, 0),
                paper.publicId,
                paper.summary,
                paper.authors.stream().map(FieldPages::author).toList(),
                Math.max(0, paper.authorCount - paper.authors.size()),
                paper.categories.stream().map(FieldPages::category).toList(),
                paper.keywords.stream().map(FieldPages::keyword).toList(),
                subjects,
                paper.link() == null ? null : paper.link().toString(),
                arxiv.isPresent()
                        ? say.readOn("arXiv " + arxiv.get())
                        : paper.doi != null ? say.readOn("doi.org") : say.readAtSource(),
                arxiv.map(id -> "https://arxiv.org/pdf/" + id).orElse(null),
                Follow.alike(paper, subjects),
                Follow.of(paper, subjects),
                paper.code,
                paper.stars,
                paper.project,
                paper.doi,
                paper.note,
                language.longDate(paper.firstEdition),
                "/papers?date=" + paper.firstEdition,
                MetaTags.of(paper, links),
                links.page(paper.path()),
                paper.excerpt(ABOUT),
                entries.scored(paper)
                        .map(entry -> ScoreChart.of(language, entry))
                        .filter(ScoreChart::tells)
                        .orElse(null),
                papers.changes(paper).stream()
                        .limit(MOST_CHANGES)
                        .map(change -> say.changedField(
                                say.fieldName(change.field),
                                language.longDate(
                                        change.at.atOffset(ZoneOffset.UTC).toLocalDate()),
                                change.source))
                        .toList(),
                related(paper),
                language));
    }

    private List<Related> related(Paper paper) {
        return likeness.nearest(paper, MOST_RELATED).stream()
                .map(other -> new Related(other.path(), other.title))
                .toList();
    }
}
