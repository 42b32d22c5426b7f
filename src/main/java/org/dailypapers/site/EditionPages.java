package org.dailypapers.site;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dailypapers.edition.Intake;
import org.dailypapers.matching.search.PaperSearch;
import org.dailypapers.paper.Dates;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Entries;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Papers;
import org.dailypapers.paper.QuietDays;
import org.dailypapers.paper.Revisions;
import org.dailypapers.paper.Topic;
import org.dailypapers.web.Html;

/** The editions: the newest, one by its date, some together. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class EditionPages {

    private static final DateTimeFormatter CLOSES =
            DateTimeFormatter.ofPattern("'on' EEEE 'at' HH:mm (VV)", Locale.ENGLISH);
    private static final DateTimeFormatter ANSWERED =
            DateTimeFormatter.ofPattern("d MMMM 'at' HH:mm (VV)", Locale.ENGLISH);
    /** Of a date before the first preprints there is no edition. */
    static final LocalDate EARLIEST = LocalDate.of(1991, 1, 1);
    /** The papers of a page of an edition. */
    static final int EDITION_PAGE = 80;

    /** Of the pages that are kept: some two hundred. */
    private static final int MOST_CHARACTERS = 32 << 20;

    /** Revisions are given at a change and seen at its commit: one that commits late is missed for so long at most. */
    static final Duration FRESH = Duration.ofMinutes(1);

    private final Editions editions;
    private final Papers papers;
    private final Entries entries;
    private final EditionOrders orders;
    private final PaperLists lists;
    private final PaperSearch search;
    private final EditionCalendar calendar;
    private final Revisions revisions;
    private final QuietDays quiet;
    private final Intake intake;

    /** The pages of editions as they were shown last. */
    private final Cache<EditionState, String> known = Caffeine.newBuilder()
            .maximumWeight(MOST_CHARACTERS)
            .weigher((EditionState edition, String page) -> page.length())
            .expireAfterWrite(FRESH)
            .executor(Runnable::run)
            .build();

    EditionPages(
            Editions editions,
            Papers papers,
            Entries entries,
            EditionOrders orders,
            PaperLists lists,
            PaperSearch search,
            EditionCalendar calendar,
            Revisions revisions,
            QuietDays quiet,
            Intake intake) {
        this.intake = intake;
        this.editions = editions;
        this.papers = papers;
        this.entries = entries;
        this.orders = orders;
        this.lists = lists;
        this.search = search;
        this.calendar = calendar;
        this.revisions = revisions;
        this.quiet = quiet;
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
     * @param voted those of the page that have votes, of so many in all
     * @param first the place of the first of them, from 1
     * @param closes when it closes; null where it has
     * @param quiet that a source announced nothing that day, a sentence for each
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
            int votedInAll,
            int first,
            List<Section> rest,
            int count,
            String closes,
            boolean sample,
            List<String> quiet,
            List<SourceView> sources) {}

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
    public Response home() {
        LocalDate date = editions.newestWithPapers(calendar.today()).orElse(calendar.today());
        return edition(date, Period.DAY, 1);
    }

    /** An edition by its date, or a search. */
    @GET
    @Path("papers")
    public Response papers(
            @QueryParam("date") String date,
            @QueryParam("period") String period,
            @QueryParam("q") String query,
            @QueryParam("page") String page,
            @Context UriInfo uri) {
        // An empty q is a search too; it arrives as null.
        if (uri.getQueryParameters().containsKey("q")) {
            return Html.ok(lists.search(query == null ? "" : query, page, uri.getQueryParameters()));
        }
        LocalDate day =
                date == null ? editions.newestWithPapers(calendar.today()).orElse(calendar.today()) : date(date);
        return edition(day, Period.of(period), PageOf.number(page, Integer.MAX_VALUE));
    }

    /** What an edition page spans. */
    private enum Period {
        DAY(1),
        WEEK(7),
        MONTH(30);

        private final int days;

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
            throw new BadRequestException("A period is day, week or month.");
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
            throw new BadRequestException(
                    "“" + shortened(text) + "” is no date; a date is written like " + calendar.today() + ".");
        }
        throw new BadRequestException(editions.after(EARLIEST.minusDays(1))
                .map(first -> "There is no edition of " + text + "; there are some from " + first + " to "
                        + calendar.today() + ".")
                .orElse("There is no edition of " + text + ", nor any other yet."));
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, text.offsetByCodePoints(0, 20)) + "…";
    }

    /** Everything that an edition's page depends on. */
    private record EditionState(
            LocalDate date, Period period, int page, LocalDate today, boolean open, boolean search, long revision) {

        EditionOrders.Span span() {
            return new EditionOrders.Span(date.minusDays(period.days - 1L), date, open, revision);
        }
    }

    /** The page, which thousands of people see before it changes. */
    private Response edition(LocalDate date, Period period, int page) {
        var edition = new EditionState(
                date,
                period,
                page,
                calendar.today(),
                editions.find(date).map(e -> !e.closed()).orElse(!calendar.mayClose(date)),
                search.ready(),
                revisions.newest());
        return Html.ok(
                known.get(edition, state -> Templates.edition(view(state)).render()));
    }

    private EditionView view(EditionState edition) {
        LocalDate date = edition.date();
        Period period = edition.period();
        EditionOrders.Span span = edition.span();
        EditionOrders.Order order = orders.of(span);
        int pages = Math.max(1, Math.ceilDiv(order.size(), EDITION_PAGE));
        if (edition.page() > pages) {
            throw new NotFoundException();
        }
        int from = (edition.page() - 1) * EDITION_PAGE;
        Map<Long, Paper> shown = shown(order, from);
        return new EditionView(
                period == Period.DAY
                        ? Dates.WITH_WEEKDAY.format(date)
                        : Dates.LONG.format(span.first()) + " – " + Dates.LONG.format(date),
                date.toString(),
                period.id(),
                editions.before(span.first()).map(d -> address(d, period)).orElse(null),
                editions.after(date).map(d -> address(after(d, period), period)).orElse(null),
                PageOf.of(edition.page(), pages, address(date, period) + "&page="),
                period == Period.DAY && edition.page() == 1
                        ? entries.pinned(date).stream()
                                .map(paper -> PaperCard.of(paper, 0))
                                .toList()
                        : List.of(),
                cards(part(order.voted(), from), shown),
                order.voted().size(),
                from + 1,
                sections(order, from, shown),
                order.size(),
                edition.open() ? closes(date) : null,
                papers.countFrom(Paper.SAMPLE) > 0,
                period == Period.DAY ? quiet.on(date) : List.of(),
                date.isBefore(edition.today().minusDays(1)) ? List.of() : sources());
    }

    private List<SourceView> sources() {
        return intake.standings().stream()
                .map(standing -> new SourceView(
                        standing.name,
                        standing.answeredAt == null
                                ? null
                                : ANSWERED.format(standing.answeredAt.atZone(calendar.zone())),
                        standing.silent(calendar.now())))
                .toList();
    }

    private String closes(LocalDate date) {
        return CLOSES.format(calendar.closesAt(date).atZone(calendar.zone()));
    }

    /** What of a part of an order is on the page that begins at that place, counted from the part's own beginning. */
    private static List<Entries.Place> part(List<Entries.Place> part, int from) {
        int begin = Math.clamp(from, 0, part.size());
        return part.subList(begin, Math.clamp((long) from + EDITION_PAGE, begin, part.size()));
    }

    private Map<Long, Paper> shown(EditionOrders.Order order, int from) {
        Set<Long> ids = new HashSet<>();
        part(order.voted(), from).forEach(place -> ids.add(place.paper()));
        int before = order.voted().size();
        for (EditionOrders.Order.Part rest : order.rest()) {
            part(rest.papers(), from - before).forEach(place -> ids.add(place.paper()));
            before += rest.papers().size();
        }
        return papers.byIds(ids).stream().collect(Collectors.toMap(p -> p.id, Function.identity()));
    }

    private static List<PaperCard> cards(List<Entries.Place> places, Map<Long, Paper> shown) {
        return places.stream()
                .filter(place -> shown.containsKey(place.paper()))
                .map(place -> PaperCard.of(shown.get(place.paper()), place.gained()))
                .toList();
    }

    private static List<Section> sections(EditionOrders.Order order, int from, Map<Long, Paper> shown) {
        var sections = new ArrayList<Section>();
        int before = order.voted().size();
        for (EditionOrders.Order.Part part : order.rest()) {
            List<PaperCard> cards = cards(part(part.papers(), from - before), shown);
            if (!cards.isEmpty()) {
                Topic topic = part.topic();
                sections.add(new Section(
                        topic != null ? topic.name() : order.rest().size() == 1 ? "Not voted on yet" : "More",
                        topic == null ? null : topic.slug(),
                        part.papers().size(),
                        cards));
            }
            before += part.papers().size();
        }
        return sections;
    }

    private LocalDate after(LocalDate next, Period period) {
        LocalDate end = next.plusDays(period.days - 1L);
        return end.isAfter(calendar.today()) ? calendar.today() : end;
    }

    private static String address(LocalDate date, Period period) {
        return "/papers?date=" + date + (period == Period.DAY ? "" : "&period=" + period.id());
    }
}
