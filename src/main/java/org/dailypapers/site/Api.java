package org.dailypapers.site;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.Blocking;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.language.Said;
import org.dailypapers.matching.search.PaperSearch;
import org.dailypapers.matching.search.SearchQuestion;
import org.dailypapers.matching.search.SearchResult;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Entries;
import org.dailypapers.paper.Entry;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.PaperId;
import org.dailypapers.paper.Papers;
import org.dailypapers.paper.Topic;
import org.dailypapers.paper.Topics;
import org.dailypapers.site.answer.ApiPage;
import org.dailypapers.site.feed.PaperQuestion;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The public interface: papers, editions and topics as JSON. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "papers")
@Blocking
public class Api {

    private static final int LARGEST_PAGE = 100;
    private static final int DEEPEST = 1000;

    /** Of an edition in one answer. */
    private static final int MOST_ENTRIES = 500;

    private final Papers papers;
    private final Editions editions;
    private final Entries entries;
    private final Topics topics;
    private final PaperSearch search;
    private final EditionCalendar calendar;

    Api(
            Papers papers,
            Editions editions,
            Entries entries,
            Topics topics,
            PaperSearch search,
            EditionCalendar calendar) {
        this.papers = papers;
        this.editions = editions;
        this.entries = entries;
        this.topics = topics;
        this.search = search;
        this.calendar = calendar;
    }

    /** A paper; what is not known is left out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PaperJson(
            String id,
            String title,
            String summary,
            List<String> authors,
            int authorCount,
            List<String> categories,
            List<String> keywords,
            String organization,
            Instant published,
            Integer votes,
            Integer comments,
            String doi,
            String code,
            Integer stars,
            String project,
            String url,
            LocalDate edition,
            boolean withdrawn) {

        static PaperJson of(Paper p) {
            return new PaperJson(
                    p.publicId,
                    p.title,
                    p.summary,
                    p.authors,
                    p.authorCount,
                    p.categories,
                    p.keywords,
                    p.organization,
                    p.published,
                    p.votes,
                    p.comments,
                    p.doi,
                    p.code,
                    p.stars,
                    p.project,
                    p.link() == null ? null : p.link().toString(),
                    p.firstEdition,
                    p.withdrawn);
        }
    }

    /**
     * What a search found.
     *
     * @param notes how signs of the query were read that people mean differently, such as a comma
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Found(
            @JsonInclude long total, @JsonInclude List<PaperJson> papers, List<String> notes) {}

    /** Why a paper is in an edition, and where. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record EntryJson(
            Entry.Reason reason,
            String source,
            Integer rank,
            Double score,
            Integer gained,
            Boolean pinned,
            PaperJson paper) {}

    /**
     * A day's papers, as many as were asked for.
     *
     * @param total how many entries there are in all
     */
    public record EditionJson(LocalDate date, boolean closed, long total, List<EntryJson> entries) {}

    /**
     * Editions, as many as were asked for.
     *
     * @param total how many there are in all
     */
    public record EditionsJson(long total, List<Editions.Listed> editions) {}

    @GET
    @Path("papers")
    @Operation(
            summary = "Search all papers in the language of interests",
            description = "What is asked together must all be met; without q, topic, author, org and category it is all"
                    + " papers. The header Link names the next page.")
    @Parameter(
            name = "q",
            in = ParameterIn.QUERY,
            description = "In the language of interests",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "topic",
            in = ParameterIn.QUERY,
            description = "A topic's slug",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(name = "author", in = ParameterIn.QUERY, schema = @Schema(type = SchemaType.STRING))
    @Parameter(name = "org", in = ParameterIn.QUERY, schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "category",
            in = ParameterIn.QUERY,
            description = "Such as cs.CL or math.*",
            schema = @Schema(type = SchemaType.STRING))
    public RestResponse<Found> papers(
            @Parameter(
                            description = "The first day, by publication, else by when it was first seen",
                            schema = @Schema(type = SchemaType.STRING, format = "date"))
                    @QueryParam("from")
                    String from,
            @Parameter(description = "The last day", schema = @Schema(type = SchemaType.STRING, format = "date"))
                    @QueryParam("to")
                    String to,
            @Parameter(description = "The source that brought it first") @QueryParam("source") String source,
            @Parameter(
                            description = "best, or newest; newest where q is not asked",
                            schema = @Schema(enumeration = {"best", "newest"}))
                    @QueryParam("order")
                    String order,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER)) @QueryParam("page") @DefaultValue("0") String page,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER)) @QueryParam("size") @DefaultValue("20") String size,
            @Context UriInfo uri) {
        var asked = ApiPage.of(page, size, LARGEST_PAGE, DEEPEST);
        PaperQuestion question = PaperQuestion.of(uri.getQueryParameters(), topics);
        if (order != null && !order.equals("best") && !order.equals("newest")) {
            throw new BadRequestException("order is best or newest.");
        }
        LocalDate first = from == null ? null : date(from);
        LocalDate last = to == null ? null : date(to);
        if (first != null && last != null && first.isAfter(last)) {
            throw new BadRequestException("from is after to.");
        }
        String query = uri.getQueryParameters().getFirst("q");
        boolean newest = order == null ? query == null : order.equals("newest");
        SearchResult found = search.search(
                new SearchQuestion(question.interestOrAll(), first, last, source),
                newest,
                asked.number(),
                asked.size());
        return answer(
                new Found(
                        found.total(),
                        found.papers().stream().map(PaperJson::of).toList(),
                        query == null
                                ? List.of()
                                : InterestParser.notes(query).stream()
                                        .map(Said::english)
                                        .toList()),
                asked.links(uri, Math.min(DEEPEST, found.total())));
    }

    private static <T> RestResponse<T> answer(T entity, String links) {
        var answer = RestResponse.ResponseBuilder.ok(entity, MediaType.APPLICATION_JSON_TYPE);
        return links.isEmpty() ? answer.build() : answer.header("Link", links).build();
    }

    private static LocalDate date(String text) {
        try {
            LocalDate date = LocalDate.parse(text);
            if (date.getYear() > 0 && date.getYear() < 10_000) {
                return date;
            }
        } catch (DateTimeParseException e) {
            throw new BadRequestException("A date is written like 2026-01-31.", e);
        }
        throw new BadRequestException("A date is in the years 1 to 9999.");
    }

    @GET
    @Path("papers/{id:.+}")
    @Transactional
    @Operation(summary = "One paper by its arXiv id, or by its id here")
    public PaperJson paper(String id) {
        return PaperId.parse(id).flatMap(papers::find).map(PaperJson::of).orElseThrow(NotFoundException::new);
    }

    @GET
    @Path("editions")
    @Operation(summary = "The editions, newest first", description = "The header Link names the next page.")
    public RestResponse<EditionsJson> editions(
            @Parameter(schema = @Schema(type = SchemaType.INTEGER)) @QueryParam("page") @DefaultValue("0") String page,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER)) @QueryParam("size") @DefaultValue("50") String size,
            @Context UriInfo uri) {
        var asked = ApiPage.of(page, size, LARGEST_PAGE, 0);
        long total = editions.count();
        return answer(new EditionsJson(total, editions.listed(asked.from(), asked.size())), asked.links(uri, total));
    }

    @GET
    @Path("editions/{date}")
    @Operation(summary = "The papers of a day, best rank first", description = "The header Link names the next page.")
    public RestResponse<EditionJson> edition(
            String date,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER)) @QueryParam("page") @DefaultValue("0") String page,
            @Parameter(schema = @Schema(type = SchemaType.INTEGER)) @QueryParam("size") @DefaultValue("" + MOST_ENTRIES)
                    String size,
            @Context UriInfo uri) {
        var asked = ApiPage.of(page, size, MOST_ENTRIES, 0);
        LocalDate day;
        try {
            day = LocalDate.parse(date);
        } catch (DateTimeParseException e) {
            throw new BadRequestException("A date is written like 2026-01-31.", e);
        }
        if (day.isBefore(EditionPages.EARLIEST) || day.isAfter(calendar.today().plusDays(1))) {
            throw new NotFoundException("There is no edition of " + day + ".");
        }
        long total = entries.count(day);
        return answer(
                new EditionJson(
                        day,
                        editions.find(day).map(e -> e.closed()).orElse(calendar.mayClose(day)),
                        total,
                        entries.of(day, asked.from(), asked.size()).stream()
                                .map(e -> new EntryJson(
                                        e.reason,
                                        e.source,
                                        e.rank,
                                        e.score,
                                        e.gained,
                                        e.pinned ? true : null,
                                        PaperJson.of(e.paper)))
                                .toList()),
                asked.links(uri, total));
    }

    @GET
    @Path("topics")
    @Operation(summary = "The topics that a reader can choose, under their headings")
    public Map<String, List<Topic>> topics() {
        return new LinkedHashMap<>(topics.groups());
    }
}
