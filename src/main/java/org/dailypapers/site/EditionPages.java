package org.dailypapers.site;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import org.dailypapers.language.FaultMessages;
import org.dailypapers.language.Language;
import org.dailypapers.matching.search.PaperSearch;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Revisions;
import org.dailypapers.paper.Topics;
import org.dailypapers.site.answer.KnownPage;
import org.dailypapers.site.answer.Refused;
import org.dailypapers.site.answer.Speech;
import org.dailypapers.site.answer.Spoken;
import org.dailypapers.template.Rendering;

/** The editions: the newest, one by its date, some together. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class EditionPages {

    /** Of a date before the first preprints there is no edition. */
    static final LocalDate EARLIEST = LocalDate.of(1991, 1, 1);
    /** The papers of a page of an edition. */
    static final int EDITION_PAGE = 80;

    /** Of the pages that are kept: some thousand. */
    private static final int MOST_BYTES = 32 << 20;

    /** Revisions are given at a change and seen at its commit: one that commits late is missed for so long at most. */
    static final Duration FRESH = Duration.ofMinutes(1);

    private final Editions editions;
    private final EditionViews views;
    private final PaperLists lists;
    private final PaperSearch search;
    private final EditionCalendar calendar;
    private final Revisions revisions;
    private final Topics topics;
    private final Speech speech;

    /** The pages of editions as they were shown last. */
    private final Cache<EditionState, KnownPage> known = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((EditionState edition, KnownPage page) -> page.size())
            .expireAfterWrite(FRESH)
            .executor(Runnable::run)
            .build();

    EditionPages(
            Editions editions,
            EditionViews views,
            PaperLists lists,
            PaperSearch search,
            EditionCalendar calendar,
            Revisions revisions,
            Topics topics,
            Speech speech) {
        this.speech = speech;
        this.editions = editions;
        this.views = views;
        this.lists = lists;
        this.search = search;
        this.calendar = calendar;
        this.revisions = revisions;
        this.topics = topics;
    }

    /**
     * Papers of an edition under one topic, as many as are on the page.
     *
     * @param size how many there are in all
     */
    public record Section(String name, String slug, int size, List<PaperCard> papers) {}

    /**
     * A page of an edition, or of several together.
     *
     * @param before address of the ones before; null where there are none
     * @param after address of the ones after; null where there are none
     * @param pinned those that the operator put at the head; on the first page alone
     * @param voted those of the page that have votes
     * @param first the place of the first of them, from 1
     * @param fromArxiv whether the rest of the page comes from there
     * @param rising those that gained most votes since the closing before; on a day's first page alone
     * @param facets the links that narrow it
     * @param all its address without what narrows it; null where nothing does
     * @param kept the parameters of what narrows it, for the addresses of a day and a week
     * @param last the last edition that has papers; null but where this one has none
     * @param counted how many papers it has, in words
     * @param closes when it closes; null where it has
     * @param quiet the sources that announced nothing that day
     * @param sources how fresh each source is, on the pages of today's and yesterday's edition
     */
    public record EditionView(
            String heading,
            String date,
            String period,
            String before,
            String after,
            PageOf page,
            List<PaperCard> pinned,
            List<PaperCard> voted,
            int first,
            List<Section> rest,
            boolean fromArxiv,
            List<PaperCard> rising,
            List<EditionFacets.Facet> facets,
            String all,
            String kept,
            EditionMonth month,
            LastEdition last,
            int count,
            String counted,
            String closes,
            boolean sample,
            List<String> quiet,
            List<SourceView> sources) {}

    /** The best papers of an edition that is not the one asked for. */
    public record LastEdition(String heading, String address, List<PaperCard> papers) {}

    /**
     * How fresh a source is.
     *
     * @param answered when it was last read to the end; null where it never was
     * @param silent whether a whole working day has passed since
     */
    public record SourceView(String name, String answered, boolean silent) {}

    @CheckedTemplate(basePath = "page")
    static class Templates {
        static native TemplateInstance edition(EditionView view);

        private Templates() {}
    }

    @GET
    public Response home(@Context HttpHeaders request) {
        LocalDate date = editions.newestWithPapers(calendar.today()).orElse(calendar.today());
        return edition(date, Period.DAY, EditionFilter.of(null, null, topics), 1, true, request);
    }

    /** An edition by its date, or a search. */
    @GET
    @Path("papers")
    public Response papers(
            @QueryParam("date") String date,
            @QueryParam("period") String period,
            @QueryParam("q") String query,
            @QueryParam("topic") List<String> topic,
            @QueryParam("category") List<String> category,
            @QueryParam("page") String page,
            @Context UriInfo uri,
            @Context HttpHeaders request) {
        // An empty q is a search too; it arrives as null.
        if (uri.getQueryParameters().containsKey("q")) {
            return speech.ok(
                    lists.search(speech.language(), query == null ? "" : query, page, uri.getQueryParameters()));
        }
        LocalDate day =
                date == null ? editions.newestWithPapers(calendar.today()).orElse(calendar.today()) : date(date);
        return edition(
                day,
                Period.of(period),
                EditionFilter.of(topic, category, topics),
                PageOf.number(page, Integer.MAX_VALUE),
                false,
                request);
    }

    /** What an edition page spans. */
    enum Period {
        DAY(1),
        WEEK(7),
        MONTH(30);

        final int days;

        Period(int days) {
            this.days = days;
        }

        static Period of(String name) {
            if (name == null) {
                return DAY;
            }
            for (Period period : values()) {
                if (period.id().equals(name)) {
                    return period;
                }
            }
            throw new Refused(FaultMessages::periodFault);
        }

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private LocalDate date(String text) {
        try {
            LocalDate date = LocalDate.parse(text);
            if (!date.isBefore(EARLIEST) && !date.isAfter(calendar.today().plusDays(1))) {
                return date;
            }
        } catch (DateTimeParseException e) {
            throw new Refused(
                    say -> say.noDate(shortened(text), calendar.today().toString()));
        }
        LocalDate first = editions.after(EARLIEST.minusDays(1)).orElse(null);
        throw new Refused(say -> first == null
                ? say.noEditionAtAll(text)
                : say.noEditionOf(text, first.toString(), calendar.today().toString()));
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, text.offsetByCodePoints(0, 20)) + "…";
    }

    /** Everything that an edition's page depends on. */
    record EditionState(
            LocalDate date,
            Period period,
            EditionFilter filter,
            int page,
            LocalDate today,
            boolean open,
            boolean search,
            long revision,
            Language language,
            long templates,
            boolean asked,
            boolean home) {

        /** The address of the page, whatever else was in the one that was asked for. */
        String address() {
            if (home) {
                return "/";
            }
            return EditionViews.address(date, period) + filter.parameters() + (page == 1 ? "" : "&page=" + page);
        }

        EditionOrders.Span span() {
            return new EditionOrders.Span(date.minusDays(period.days - 1L), date, open, revision);
        }
    }

    /** The page, which thousands of people see before it changes. */
    private Response edition(
            LocalDate date, Period period, EditionFilter filter, int page, boolean home, HttpHeaders request) {
        var edition = new EditionState(
                date,
                period,
                filter,
                page,
                calendar.today(),
                editions.find(date).map(e -> !e.closed()).orElse(!calendar.mayClose(date)),
                search.ready(),
                revisions.newest(),
                speech.language(),
                Rendering.revision(),
                speech.spoken().asked(),
                home);
        Spoken spoken = speech.spoken().at(edition.address());
        // What narrows it is typed by anybody: such pages push no whole ones out.
        return filter.narrows()
                ? speech.rendered(200, spoken.render(Templates.edition(views.of(edition))))
                : known.get(
                                edition,
                                state -> KnownPage.of(
                                        spoken.render(Templates.edition(views.of(state))),
                                        state.language().htmlTag()))
                        .answer(request);
    }
}
